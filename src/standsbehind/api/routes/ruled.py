"""`/api/v1/owners`, `effects` and `assess`: who holds, what binds, what is found."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from standsbehind.answers.answers import Verb
from standsbehind.answers.terms import iso
from standsbehind.api.answering import OURS, Refused
from standsbehind.api.asking import desk_of
from standsbehind.api.earlier import Wanted
from standsbehind.api.questions import (
    FROM_EARLIER,
    AsOf,
    At,
    Entity,
    Jurisdiction,
    Roles,
    ask,
    placed,
    today,
)
from standsbehind.api.shapes.ruled import Assessed, Effects, Ownership
from standsbehind.standards.ownership_tests import load_ownership_tests

__all__ = ["router"]

router = APIRouter(prefix=OURS, tags=["Evidence"], responses=FROM_EARLIER)


async def _owned(
    request: Request,
    at: Wanted,
    verb: Verb,
    entity: str,
    by: list[str],
    terms: tuple[list[str], int, date | None],
) -> Response:
    tests, limit, as_of = terms
    known = load_ownership_tests()
    for name in tests:
        if name not in known:
            raise Refused(400, f"{name}: no such test; known are {', '.join(known)}")
    asked = {
        "entity": entity,
        "by": by,
        "tests": list(dict.fromkeys(tests)),
        "limit": limit,
        "as_of": today(desk_of(request).slow.held, as_of),
    }
    return await ask(request, verb, asked, at)


_By = Annotated[
    list[str], Query(description="Take this as a listed holder; repeatable")
]
_Tests = Annotated[
    list[str], Query(description="Only these tests, as in us-ofac-50; repeatable")
]
_Holders = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/owners", summary="Who holds an entity", response_model=Ownership)
async def owners(
    request: Request,
    entity: Entity,
    at: At,
    by: _By = [],
    test: _Tests = [],
    limit: _Holders = 200,
    as_of: AsOf = None,
) -> Response:
    """Give holders with the bounds of their shares, and whether a rule reaches the entity."""
    return await _owned(request, at, "owners", entity, by, (test, limit, as_of))


@router.get("/owned-by", summary="What an entity holds", response_model=Ownership)
async def owned_by(
    request: Request,
    entity: Entity,
    at: At,
    by: _By = [],
    test: _Tests = [],
    limit: _Holders = 200,
    as_of: AsOf = None,
) -> Response:
    """Give what an entity holds, with the bounds of its shares."""
    return await _owned(request, at, "owned-by", entity, by, (test, limit, as_of))


@router.get(
    "/effects", summary="What each program does for a role", response_model=Effects
)
async def effects(
    request: Request,
    entity: Entity,
    at: At,
    role: Roles = ["buyer"],
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
) -> Response:
    """Say what each program does about an entity for a role on a day. Not legal advice."""
    asked = {"entity": entity, **placed(request, role, jurisdiction, as_of)}
    return await ask(request, "effects", asked, at)


@router.get(
    "/assess", summary="What the conduct standard finds", response_model=Assessed
)
async def assess(
    request: Request,
    entity: Entity,
    at: At,
    standard: Annotated[str, Query(max_length=100)] = "biometric-surveillance",
    classes: Annotated[
        list[str],
        Query(alias="class", description="Only this class, as in C7; repeatable"),
    ] = [],
    as_of: AsOf = None,
) -> Response:
    """Apply the conduct standard, which knows no names, countries or lists."""
    asked = {
        "entity": entity,
        "classes": list(dict.fromkeys(classes)),
        "standard": standard,
        "as_of": iso(as_of),
    }
    return await ask(request, "assess", asked, at)
