"""`/api/v1/statements`: which source states which value, and what a statement's id stands for."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from standsbehind.api.answering import OURS, Refused
from standsbehind.api.earlier import Wanted
from standsbehind.api.held import Held
from standsbehind.api.questions import FROM_EARLIER, At, earlier_of, reply
from standsbehind.api.shapes.ours import StatementsPage, StatementTold
from standsbehind.api.stating import Filter, lines, page, single
from standsbehind.api.streaming import Streams

__all__ = ["router"]

router = APIRouter(prefix=OURS, tags=["Evidence"], responses=FROM_EARLIER)

_LINES = "application/x-ndjson"


def _filter(
    entity: Annotated[
        str | None, Query(max_length=500, description="Only about this id")
    ] = None,
    dataset: Annotated[
        str | None, Query(max_length=100, description="Only of this source")
    ] = None,
    prop: Annotated[
        str | None, Query(max_length=100, description="Only of this property")
    ] = None,
    value: Annotated[
        str | None, Query(max_length=2_000, description="Only of exactly this value")
    ] = None,
    digest: Annotated[
        str | None,
        Query(
            pattern="^[0-9a-f]{64}$",
            description="Only what was read from the copy of this SHA-256",
        ),
    ] = None,
) -> Filter:
    """Take which statements are wanted."""
    return Filter(entity, dataset, prop, value, digest)


@router.get(
    "/statements",
    summary="Statements with their citations, by a filter",
    response_model=StatementsPage,
    responses={
        200: {
            "content": {_LINES: {"schema": {"type": "string"}}},
            "description": "A page, or with `form=jsonl` all of them, one to a line",
        }
    },
)
async def statements(
    request: Request,
    at: At,
    wanted: Annotated[Filter, Depends(_filter)],
    form: Literal["json", "jsonl"] = "json",
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    cursor: Annotated[
        str | None,
        Query(
            pattern=r"^[0-9]{8}-[0-9a-f]{12}\.[0-9]{1,12}$",
            description="`next` of the page before; it stays with the snapshot of that page",
        ),
    ] = None,
) -> Response:
    """Say which source states which value, where, when and in which copy.

    `next` is null on the last page, and only there: a page may hold fewer than `limit`. With
    `form=jsonl` all come in one stream, and `limit` and `cursor` have no say.
    """
    if form == "jsonl":
        return await _streamed(request, at, wanted)
    if cursor is None:
        return await reply(request, at, lambda held: page(held, wanted, 0, limit))
    snapshot_id, _, place = cursor.partition(".")
    there = await _there(request, at, snapshot_id)
    return await reply(
        request, there, lambda held: page(held, wanted, int(place), limit)
    )


async def _there(request: Request, at: Wanted, snapshot_id: str) -> Wanted:
    """Return where a cursor goes on. Raises Refused where something else is asked for."""
    if at.snapshot not in {None, snapshot_id}:
        raise Refused(400, "cursor: it is of another snapshot than the one asked for")
    if at.known is None:
        return Wanted(snapshot=snapshot_id)
    state = await earlier_of(request).state(at)
    if state.snapshot.id != snapshot_id:
        why = "cursor: what was known by then is another snapshot now; begin again without it"
        raise Refused(410, why)
    return at


async def _streamed(request: Request, at: Wanted, wanted: Filter) -> Response:
    earlier = earlier_of(request)
    state = await earlier.state(at)

    def checked(held: Held) -> Mapping[str, str]:
        wanted.bounds(held)  # an unknown entity is refused before anything is sent
        return held.freshness().headers

    age = await earlier.ask_state(state, checked)
    made_of = f"{state.snapshot.id}\n{request.url.query}"
    mark = f'W/"{sha256(made_of.encode()).hexdigest()[:32]}"'
    headers = {**age, "etag": mark, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    streams: Streams = request.app.state.streams
    return streams.begin(lines(earlier, state, wanted), headers, _LINES)


@router.get(
    "/statements/{statement_id}",
    summary="What a statement's id stands for",
    response_model=StatementTold,
)
async def statement(
    request: Request,
    statement_id: Annotated[str, Path(max_length=200)],
    at: At,
) -> Response:
    """Give one statement with its sources: what they quote, from which copy, since when it is known."""
    return await reply(request, at, lambda held: single(held, statement_id))
