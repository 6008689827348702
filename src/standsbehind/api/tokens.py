"""Tokens: what a form says of where it comes from, looked for before its route reads it."""

from collections import deque
from urllib.parse import parse_qs

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request
from starlette.types import Message, Receive

from standsbehind.api.answering import Refused
from standsbehind.api.entry import CSRF_FIELD

__all__ = ["token_of_form"]

MOST = 64 << 10
"""Bytes of a form in which the token is looked for."""


async def token_of_form(request: Request) -> tuple[str, Receive]:
    """Read the token of a form, and have the form read once more by the route.

    A form that brings a file says it in its first field, so that the file is not held here.
    """
    form = _form_of(request)
    if form is None:
        return "", request.receive
    taken: deque[Message] = deque()
    size, goes_on = 0, True
    while goes_on and not form.is_enough:
        if size > MOST:
            raise Refused(413, f"the form is larger than {MOST} bytes")
        message = await request.receive()
        taken.append(message)
        piece = message.get("body", b"")
        size, goes_on = size + len(piece), message.get("more_body", False)
        form.take(piece)

    async def again() -> Message:
        return taken.popleft() if taken else await request.receive()

    return form.token, again


class _Fields:
    """A form whose fields are written one after the other; each may be the token."""

    is_enough = False

    def __init__(self) -> None:
        self._body = b""

    def take(self, piece: bytes) -> None:
        self._body += piece

    @property
    def token(self) -> str:
        fields = parse_qs(self._body.decode(errors="replace"), max_num_fields=1000)
        return fields.get(CSRF_FIELD, [""])[-1]


class _Parts:
    """A form in parts, of which the first may be the token."""

    def __init__(self, boundary: bytes) -> None:
        self.is_enough = False
        self._head, self._value = b"", b""
        self._parser = MultipartParser(
            boundary,
            {
                "on_header_value": self._take_head,
                "on_part_data": self._take_value,
                "on_part_end": self._end,
            },
        )

    def take(self, piece: bytes) -> None:
        try:
            self._parser.write(piece)
        except FormParserError:
            self.is_enough, self._head = True, b""

    @property
    def token(self) -> str:
        _, told = parse_options_header(self._head)
        is_it = self.is_enough and told.get(b"name") == CSRF_FIELD.encode()
        return self._value.decode(errors="replace") if is_it else ""

    def _take_head(self, piece: bytes, start: int, end: int) -> None:
        if not self.is_enough:
            self._head += piece[start:end]

    def _take_value(self, piece: bytes, start: int, end: int) -> None:
        if not self.is_enough:
            self._value += piece[start:end]

    def _end(self) -> None:
        self.is_enough = True


def _form_of(request: Request) -> _Fields | _Parts | None:
    kind, told = parse_options_header(request.headers.get("content-type", ""))
    if kind == b"application/x-www-form-urlencoded":
        return _Fields()
    if kind == b"multipart/form-data" and told.get(b"boundary"):
        return _Parts(told[b"boundary"])
    return None
