"""Files of statements: a JSON array, one object, or an object on each line, packed or not."""

from collections.abc import Iterator
from typing import Any

import orjson

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy
from standsbehind.connectors.packed import unpacked
from standsbehind.errors import SourceError

__all__ = ["objects_of"]

_BLANKS = b"\xef\xbb\xbf \t\r\n"
_MARKS = frozenset({"statementId", "statementID", "recordDetails", "statementType"})
"""Fields of which every statement has one, whatever its version."""


def objects_of(copy: Copy) -> Iterator[tuple[str, Any]]:
    """Give what the copy holds, one item at a time, each with its place in the file.

    Raises SourceError where the copy is cut off, is a web page, or holds no statement.
    """
    refuse_web_page(copy, "file of statements")
    for name, content in unpacked(copy):
        where = copy.name if name == copy.name else f"{copy.name}, {name}"
        found = list(_items(where, content.lstrip(_BLANKS)))
        if not any(_is_statement(one) for _, one in found):
            message = (
                f"{where}: none of its {len(found)} items is a statement of the "
                "Beneficial Ownership Data Standard; give a file of statements"
            )
            raise SourceError(message)
        for place, one in found:
            yield f"{where}, {place}", one


def _is_statement(one: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(one, dict) and not _MARKS.isdisjoint(one)


def _items(where: str, content: bytes) -> Iterator[tuple[str, Any]]:
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        yield from _lines(where, content, error)
        return
    held = document if isinstance(document, list) else [document]
    for place, one in enumerate(held, 1):
        yield f"item {place}", one


def _lines(
    where: str, content: bytes, why: orjson.JSONDecodeError
) -> Iterator[tuple[str, Any]]:
    lines = [
        (f"line {number}", line)
        for number, line in enumerate(content.split(b"\n"), 1)
        if line.strip()
    ]
    if len(lines) < 2 or not all(line.lstrip()[:1] == b"{" for _, line in lines):
        message = f"{where}: not whole JSON ({why}); fetch it again"
        raise SourceError(message) from why
    for place, line in lines:
        try:
            yield place, orjson.loads(line)
        except orjson.JSONDecodeError as error:
            message = f"{where}, {place}: not whole JSON ({error}); fetch it again"
            raise SourceError(message) from error
