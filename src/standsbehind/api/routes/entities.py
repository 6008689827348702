"""`/entities`: one entity with what lies around it, and its neighbours page by page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from standsbehind.api.answering import Refused, as_json
from standsbehind.api.asking import desk_of, refusals
from standsbehind.api.docs import Doc, adjacent_ids, doc_of, docs_of, neighbour
from standsbehind.api.docs import nested as with_neighbours
from standsbehind.api.held import Held
from standsbehind.api.shapes.entities import (
    Adjacent,
    AdjacentProperty,
    EntityResponse,
)

__all__ = ["router"]

router = APIRouter(tags=["Data access"])

PAGE, MOST, FURTHEST = 10, 500, 9499
MOST_ORDERS = 6
"""Fields by which a page is sorted."""

_MOVED: dict[int | str, dict[str, Any]] = {
    308: {"description": "The record is one with others; its entity is elsewhere"},
    304: {"description": "Not changed since the tag that was sent"},
}
_LIMIT = Annotated[int, Query(le=MOST)]
_OFFSET = Annotated[int, Query(le=FURTHEST)]
_SORT = Annotated[
    list[str],
    Query(
        max_length=MOST_ORDERS,
        description="`caption`, `schema` or a moment, as in `first_seen:desc`",
    ),
]


@router.get(
    "/entities/{entity_id}",
    summary="One entity",
    response_model=EntityResponse,
    responses={**_MOVED, **refusals(404)},
)
async def fetch_entity(
    request: Request,
    entity_id: str,
    nested: bool = True,
) -> Response:
    """Give all that the snapshot holds of one entity, with neighbours where `nested`.

    At most 200 neighbours by one property stand in it; `/adjacent` pages through all.
    """
    desk = desk_of(request)
    tag = f'W/"{desk.quick.held.snapshot.id}-{int(nested)}"'
    if (
        request.headers.get("if-none-match") == tag
        and entity_id in desk.quick.held.reader.entities
    ):
        return Response(status_code=304, headers={"etag": tag})
    tell = with_neighbours if nested else doc_of
    return await _told(request, entity_id, "", tell, {"etag": tag})


async def _told(
    request: Request,
    entity_id: str,
    rest: str,
    tell: Callable[[Held, str], Doc],
    headers: Mapping[str, str] | None = None,
    *,
    is_long: bool = False,
) -> Response:
    """Answer with what is told of an entity; lead to where it is now, if it has another id.

    `rest` is what follows the id in the address. It is long where all neighbours are read.
    """

    def ask(held: Held) -> Doc | str:
        key = _found(held, entity_id)
        return key if key != entity_id else tell(held, key)

    desk = desk_of(request)
    found = await (desk.slow if is_long else desk.quick).run(ask)
    if isinstance(found, str):
        return _redirected(request, found, rest)
    return as_json(found, headers=headers)


def _found(held: Held, entity_id: str) -> str:
    """Return the id of the entity meant. Raises Refused where there is none."""
    if (key := held.id_today(entity_id)) is None:
        raise Refused(404, "No such entity!")
    return key


def _redirected(request: Request, canonical: str, rest: str = "") -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"/entities/{quote(canonical, safe='')}{rest}{query}"
    return RedirectResponse(address, 308)


@router.get(
    "/entities/{entity_id}/adjacent",
    summary="The neighbours of an entity, by property",
    response_model=Adjacent,
    responses={**_MOVED, **refusals(400, 404)},
)
async def fetch_adjacent(
    request: Request,
    entity_id: str,
    sort: _SORT = [],
    limit: _LIMIT = PAGE,
    offset: _OFFSET = 0,
) -> Response:
    """Give an entity and the first neighbours by each property."""

    def tell(held: Held, key: str) -> Doc:
        pages = {
            prop: _page(held, key, ids, (limit, offset, sort))
            for prop, ids in adjacent_ids(held, key).items()
        }
        return {"entity": doc_of(held, key), "adjacent": pages}

    return await _told(request, entity_id, "/adjacent", tell, is_long=bool(sort))


@router.get(
    "/entities/{entity_id}/adjacent/{prop}",
    summary="The neighbours of an entity by one property",
    response_model=AdjacentProperty,
    responses={**_MOVED, **refusals(400, 404)},
)
async def fetch_adjacent_by(
    request: Request,
    entity_id: str,
    prop: str,
    sort: _SORT = [],
    limit: _LIMIT = PAGE,
    offset: _OFFSET = 0,
) -> Response:
    """Give a page of the neighbours by one property."""

    def tell(held: Held, key: str) -> Doc:
        ids = adjacent_ids(held, key).get(prop, [])
        return _page(held, key, ids, (limit, offset, sort))

    rest = f"/adjacent/{quote(prop, safe='')}"
    return await _told(request, entity_id, rest, tell, is_long=bool(sort))


def _page(
    held: Held, root: str, ids: Sequence[str], wanted: tuple[int, int, list[str]]
) -> dict[str, Any]:
    limit, offset, sort = max(0, wanted[0]), max(0, wanted[1]), wanted[2]
    if sort:
        ids = [doc["id"] for doc in in_order(docs_of(held, ids), sort)]
    shown = ids[offset : offset + limit]
    return {
        "results": [neighbour(held, key, {root}) for key in shown],
        "total": {"value": len(ids), "relation": "eq"},
        "limit": limit,
        "offset": offset,
    }


SORTED_BY = ("caption", "schema", "id", "first_seen", "last_seen", "last_change")


def in_order(docs: Sequence[Doc], sort: Sequence[str]) -> list[Doc]:
    """Sort entities by fields, as in `first_seen:desc`. Raises Refused for another field."""
    found = list(docs)
    for one in reversed(sort):
        field, _, direction = one.partition(":")
        if field not in SORTED_BY or direction not in {"", "asc", "desc"}:
            known = ", ".join(SORTED_BY)
            raise Refused(
                400, f"Cannot sort by {one!r}; write one of {known}, and :asc or :desc"
            )
        # Those without a value come last, whichever way it is sorted.
        having = [doc for doc in found if doc[field] is not None]
        without = [doc for doc in found if doc[field] is None]
        having.sort(key=lambda doc: str(doc[field]), reverse=direction == "desc")
        found = having + without
    return found
