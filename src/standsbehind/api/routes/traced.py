"""`/api/v1/trace` and `near`: how one stands behind another, and what lies around it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standsbehind.answers.terms import iso
from standsbehind.answers.traces import NEAR_TERMS, TRACE_TERMS
from standsbehind.api.answering import OURS
from standsbehind.api.questions import (
    FROM_EARLIER,
    AsOf,
    At,
    Direction,
    Entity,
    Hubs,
    Seconds,
    Words,
    ask,
)
from standsbehind.api.shapes.traced import Near, Trace

__all__ = ["router"]

router = APIRouter(prefix=OURS, tags=["Evidence"], responses=FROM_EARLIER)


def _walking(
    types: Words = None,
    status: Words = None,
    min_voice: Annotated[str | None, Query(max_length=50)] = None,
    min_origins: Annotated[int, Query(ge=0, le=1_000)] = 0,
    direction: Direction = "any",
    hubs: Hubs = None,
    time_limit: Seconds = 10.0,
    as_of: AsOf = None,
) -> dict[str, Any]:
    """Take which links are walked, on which day and for how long, as terms of a question."""
    return {
        "types": types,
        "status": status,
        "min_voice": min_voice,
        "min_origins": min_origins,
        "direction": direction,
        "hubs": hubs,
        "time_limit": time_limit,
        "as_of": iso(as_of),
    }


Walking = Annotated[dict[str, Any], Depends(_walking)]


@router.get("/trace", summary="How one stands behind another", response_model=Trace)
async def trace(
    request: Request,
    source: Annotated[str, Query(alias="from", min_length=1, max_length=500)],
    target: Annotated[str, Query(alias="to", min_length=1, max_length=500)],
    walking: Walking,
    at: At,
    max_hops: Annotated[int, Query(ge=1, le=50)] = 6,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 10,
    shortest: bool = False,
) -> Response:
    """Find paths between two ends, hop by hop, with the sources of each hop.

    An end is an id, a name, or `list:NAME` for all that a list names.
    """
    asked = {
        **TRACE_TERMS,
        "source": source,
        "target": target,
        "max_hops": max_hops,
        "limit": limit,
        "shortest": shortest,
        **walking,
    }
    return await ask(request, "trace", asked, at)


@router.get("/near", summary="What lies around an entity", response_model=Near)
async def near(
    request: Request,
    entity: Entity,
    walking: Walking,
    at: At,
    hops: Annotated[int, Query(ge=1, le=50)] = 2,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
    schema: Words = None,
    listed: bool = False,
) -> Response:
    """Give everything within some hops of an entity, each with one shortest way to it."""
    asked = {
        **NEAR_TERMS,
        "entity": entity,
        "hops": hops,
        "limit": limit,
        "schema": schema,
        "listed": listed,
        **walking,
    }
    return await ask(request, "near", asked, at)
