"""Questions: what our routes read from the address alike, and how they are answered."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from starlette.responses import Response

from standsbehind.answers.answers import Verb
from standsbehind.api.answering import PROBLEM, as_json
from standsbehind.api.asking import desk_of
from standsbehind.api.held import Held
from standsbehind.api.shapes.evidence import Problem
from standsbehind.api.sitting import answered
from standsbehind.standards.provisions import Role

__all__ = [
    "AsOf",
    "Direction",
    "Entity",
    "Hubs",
    "Jurisdiction",
    "Roles",
    "Seconds",
    "Words",
    "ask",
    "placed",
    "problems",
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
    Query(ge=1, description="Walk through nobody with more links of one type"),
]


async def ask(request: Request, verb: Verb, asked: Mapping[str, Any]) -> Response:
    """Ask as the command asks, among the long questions."""
    slow = desk_of(request).slow
    return as_json(await slow.run(partial(answered, verb=verb, asked=asked)))


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
