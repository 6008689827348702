"""Questions: what our routes read from the address alike, and how they are answered."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request
from starlette.responses import Response

from standsbehind.answers.answers import Verb
from standsbehind.answers.known import KnownBy
from standsbehind.api.answering import PROBLEM, Refused, as_json, tagged
from standsbehind.api.asking import desk_of
from standsbehind.api.earlier import Earlier, Wanted
from standsbehind.api.held import Held
from standsbehind.api.shapes.evidence import Problem
from standsbehind.api.sitting import answered
from standsbehind.standards.provisions import Role

__all__ = [
    "FROM_EARLIER",
    "AsOf",
    "At",
    "Direction",
    "Entity",
    "Hubs",
    "Jurisdiction",
    "Roles",
    "Seconds",
    "Words",
    "ask",
    "earlier_of",
    "known_in",
    "placed",
    "problems",
    "reply",
    "today",
]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Say in the OpenAPI document with which problems our routes refuse."""
    told = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "model": Problem,
            "content": {PROBLEM: {"schema": told}},
            "description": "A problem (RFC 9457)",
        }
        for status in (*statuses, 413, 422, 503)
    }


Entity = Annotated[
    str, Query(min_length=1, max_length=500, description="An id or a name")
]
AsOf = Annotated[date | None, Query(description="The day that is asked about")]
Roles = Annotated[list[Role], Query(description="Your role; repeatable")]
Jurisdiction = Annotated[
    str | None,
    Query(
        alias="in", pattern="^[A-Za-z]{2}$", description="Where you act: us, eu, gb ..."
    ),
]
Words = Annotated[
    str | None, Query(max_length=1_000, description="One or several, with commas")
]
Direction = Literal["any", "out", "in"]
Seconds = Annotated[
    float,
    Query(
        ge=0.01,
        le=30,
        allow_inf_nan=False,
        description="Stop there, and say what was cut",
    ),
]
Hubs = Annotated[
    int | None,
    Query(
        ge=1, le=10**9, description="Walk through nobody with more links of one type"
    ),
]


FROM_EARLIER: dict[int | str, dict[str, Any]] = {
    304: {"description": "You have it: it is that of your `If-None-Match`"},
    **problems(400, 404, 410),
}
"""What an answer may be that can be asked of an earlier state."""

_KNOWN = re.compile(
    r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$", re.ASCII
)


def known_in(text: str | None) -> KnownBy | None:
    """Read the day or moment of which the knowledge is asked for. Raises Refused for another."""
    if not text:
        return None
    try:
        if _KNOWN.fullmatch(text):
            return KnownBy.read(text)
    except ValueError:
        pass
    message = f"known_on: {text!r} is no day and no moment; write it as 2026-11-23 or 2026-11-23T08:00:00Z"
    raise Refused(422, message)


def _wanted(
    known_on: Annotated[
        str | None,
        Query(
            max_length=25,
            description="Answer from what was known by this day (to its end, in UTC) or moment",
            examples=["2026-11-23", "2026-11-23T08:00:00Z"],
        ),
    ] = None,
    snapshot: Annotated[
        str | None,
        Query(
            pattern=r"^[0-9]{8}-[0-9a-f]{12}$",
            description="Answer from this snapshot, as long as it is kept",
        ),
    ] = None,
) -> Wanted:
    """Take what a question is to be answered from. Raises Refused where both are given."""
    known = known_in(known_on)
    if known is not None and snapshot is not None:
        raise Refused(
            400, "known_on and snapshot: each names what to answer from; leave one out"
        )
    return Wanted(known, snapshot)


At = Annotated[Wanted, Depends(_wanted)]


def earlier_of(request: Request) -> Earlier:
    """Return what opens earlier states."""
    earlier: Earlier = request.app.state.earlier
    return earlier


async def ask(
    request: Request, verb: Verb, asked: Mapping[str, Any], at: Wanted
) -> Response:
    """Ask as the command asks, among the long questions."""
    tell = partial(answered, verb=verb, asked=asked, known=at.known)
    return await reply(request, at, tell)


async def reply(
    request: Request, at: Wanted, tell: Callable[[Held], Mapping[str, Any]]
) -> Response:
    """Answer from what is wanted, and say in the headers how old that is."""

    def told(held: Held) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        return tell(held), held.freshness().headers

    document, age = await earlier_of(request).ask(at, told)
    return tagged(request, as_json(document, headers=age))


def today(held: Held, day: date | None) -> str:
    """Write the day that is asked about; today where none is."""
    return (day or held.now.date()).isoformat()


def placed(
    request: Request, roles: list[Role], where: str | None, as_of: date | None
) -> dict[str, Any]:
    """Write who asks, where, and for which day, as a receipt keeps it."""
    return {
        "roles": list(dict.fromkeys(roles)) or ["buyer"],
        "in": where and where.lower(),
        "as_of": today(desk_of(request).slow.held, as_of),
    }
