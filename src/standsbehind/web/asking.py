"""Asking: how a request for a page becomes the page, in one thread, from one snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any, Literal

from fastapi import Request
from starlette.responses import Response

from standsbehind.answers.known import KnownBy
from standsbehind.api.answering import Refused
from standsbehind.api.asking import desk_of
from standsbehind.api.earlier import Wanted
from standsbehind.api.held import Held
from standsbehind.api.questions import earlier_of, known_in
from standsbehind.web.addresses import KNOWN_ON, LANGUAGE, SNAPSHOT, Address, Addresses
from standsbehind.web.languages import ENGLISH, Language, language_of
from standsbehind.web.setting import page_template
from standsbehind.web.welcome import reader_of

__all__ = ["LONGEST", "Asked", "Moved", "Telling", "frame_of", "page", "rendered"]

LONGEST = 1_000
"""Letters that a field may have."""
_ASK_AGAIN = {"cache-control": "no-cache"}


Lane = Literal["quick", "slow"]
"""Which thread answers: what takes long keeps no short question waiting."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for: the snapshot that is read, and the fields of the address."""

    held: Held
    address: Address
    to: Addresses
    """Where links lead."""

    def text(self, name: str, default: str = "") -> str:
        """Return a field; the default where it is empty. Raises Refused for a long one."""
        found = next((v.strip() for n, v in self.address.fields if n == name), "")
        if len(found) > LONGEST:
            raise Refused(400, f"{name}: longer than {LONGEST} characters")
        return found or default

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that may have several."""
        return tuple(v for n, v in self.address.fields if n == name and v)

    def number(self, name: str, default: int, most: int) -> int:
        """Return a field that is a whole number from 0. Raises Refused for another."""
        found = self.text(name, str(default))
        if not (found.isascii() and found.isdigit() and int(found[:9]) <= most):
            raise Refused(400, f"{name}: {found!r} is not a number up to {most}")
        return int(found)

    def day(self, name: str = "as_of") -> date | None:
        """Return a field that is a day. Raises Refused for another."""
        found = self.text(name)
        try:
            return date.fromisoformat(found) if found else None
        except ValueError as error:
            message = f"{name}: {found!r} is not a day; write it as 2026-11-23"
            raise Refused(400, message) from error


class Moved(Exception):  # noqa: N818 - an answer, not a failure
    """What is asked for has another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


Telling = Callable[[Asked], Mapping[str, Any]]
"""Says what a template is told. It runs in a thread that owns the snapshot, as the template does."""


async def page(
    request: Request,
    template: str,
    tell: Telling,
    *,
    lane: Lane = "quick",
    of: str | None = None,
) -> Response:
    """Answer with a page of the snapshot that is current, or of the one that is named.

    `of` is the snapshot of a page that belongs to one, whatever the address says.
    """
    wanted = Wanted(snapshot=of) if of else _wanted(request)
    try:
        body, age = await _body(request, template, tell, lane, wanted)
    except Moved as moved:
        return Response(status_code=307, headers={"location": moved.address})
    mark = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {**_ASK_AGAIN, **age, "etag": mark}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, "text/html")


def _wanted(request: Request) -> Wanted:
    """Read from the address what is to be answered from. Raises Refused for what is no day."""
    asked = request.query_params
    if known := known_in(asked.get(KNOWN_ON, "").strip()):
        return Wanted(known)
    return Wanted(snapshot=asked.get(SNAPSHOT))


async def _body(
    request: Request, template: str, tell: Telling, lane: Lane, wanted: Wanted
) -> tuple[bytes, Mapping[str, str]]:
    """Make the page; with it the headers on the age of the data, where it is an earlier one's."""
    desk = desk_of(request)
    frame = {**frame_of(request), "known": wanted.known}
    make = partial(_made, frame=frame, template=template, tell=tell)
    if wanted.is_current or wanted.snapshot == desk.quick.held.snapshot.id:
        return await (desk.slow if lane == "slow" else desk.quick).run(make), {}

    def make_earlier(held: Held) -> tuple[bytes, Mapping[str, str]]:
        return make(held), held.freshness().headers

    return await earlier_of(request).ask(wanted, make_earlier)


def frame_of(request: Request, at: Address | None = None) -> dict[str, Any]:
    """Return what lies around every page: language, links, who reads, and what is where.

    `at` is where the page is found, if that is not the address that was asked.
    """
    asked = tuple(request.query_params.multi_items())
    address = at or Address(request.url.path, asked)
    language = language_of(dict(address.fields).get(LANGUAGE))
    kept = tuple(field for field in address.fields if _is_kept(field, language))
    if any(name == KNOWN_ON for name, _ in kept):
        kept = tuple(field for field in kept if field[0] != SNAPSHOT)
    fresh = desk_of(request).freshness
    reader = reader_of(request)
    return {
        "language": language,
        "address": address,
        "to": Addresses(kept),
        "reader": reader,
        "pages": reader.pages,
        "current": fresh.snapshot if fresh else None,
        "stale": fresh.stale if fresh else (),
        "snapshot": None,
        "known": None,
        "settled": {},
    }


def _is_kept(field: tuple[str, str], language: Language) -> bool:
    name, value = field
    if name == KNOWN_ON:
        return bool(value.strip())
    return name == SNAPSHOT or (name == LANGUAGE and language.code != ENGLISH)


def _made(held: Held, frame: Mapping[str, Any], template: str, tell: Telling) -> bytes:
    told = tell(Asked(held, frame["address"], frame["to"]))
    filled = {**frame, "snapshot": held.snapshot, **told}
    # What a page took for want of a field, as the day of today, is part of where it is found.
    known: KnownBy | None = frame["known"]
    place = {SNAPSHOT: None if known else held.snapshot.id}
    settled = {**place, KNOWN_ON: known and known.asked, LANGUAGE: None}
    settled |= filled["settled"]
    filled["permalink"] = frame["address"].with_fields(**settled)
    return page_template(template).render(filled).encode()


def rendered(
    request: Request,
    template: str,
    told: Mapping[str, Any],
    status: int = 200,
    at: Address | None = None,
) -> Response:
    """Answer with a page that needs no snapshot."""
    body = page_template(template).render({**frame_of(request, at), **told})
    return Response(body, status, _ASK_AGAIN, "text/html")
