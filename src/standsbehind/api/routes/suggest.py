"""`/reconcile`: suggestions, proposals of properties, and small pages about entities."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from standsbehind.api.answering import Refused, as_json
from standsbehind.api.asking import DatasetName, desk_of, refusals, scope_of
from standsbehind.api.held import Held
from standsbehind.api.matching import BASE
from standsbehind.api.preview import preview
from standsbehind.api.shapes.reconcile import (
    Proposal,
    SuggestedEntities,
    SuggestedProperties,
    SuggestedTypes,
)
from standsbehind.api.suggesting import (
    entities_beginning,
    properties_beginning,
    properties_of,
    suggested,
    types_beginning,
)
from standsbehind.model.schema import schemata

__all__ = [
    "PAGE",
    "found_previewed",
    "propose",
    "router",
    "suggest_entity",
    "suggest_property",
    "suggest_type",
]

router = APIRouter(tags=["Reconciliation"])

MOST_SUGGESTED = 100
PAGE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/html": {"schema": {"type": "string"}}}}
}
Prefix = Annotated[str, Query(description="The letters that were typed")]


async def _asked(
    request: Request,
    dataset: str,
    ask: Callable[[Held], list[dict[str, Any]]],
    prefix: str,
) -> Response:
    scope_of(desk_of(request).quick.held, dataset)
    return as_json(suggested(prefix, await desk_of(request).quick.run(ask)))


@router.get(
    "/reconcile/{dataset}/suggest/entity",
    summary="Entities whose names begin so",
    response_model=SuggestedEntities,
    responses=refusals(404),
)
async def suggest_entity(
    request: Request,
    dataset: DatasetName,
    prefix: Prefix = "",
    cursor: Annotated[int, Query(ge=0, le=9_499)] = 0,
    limit: Annotated[int, Query(le=MOST_SUGGESTED)] = 10,
) -> Response:
    """Suggest entities, a page at a time."""
    desk = desk_of(request)
    scope = scope_of(desk.quick.held, dataset)
    page = cursor, max(0, limit)
    found = await desk.quick.run(lambda h: entities_beginning(h, prefix, scope, page))
    return as_json(suggested(prefix, found))


@router.get(
    "/reconcile/{dataset}/suggest/property",
    summary="Properties whose names begin so",
    response_model=SuggestedProperties,
    responses=refusals(404),
)
async def suggest_property(
    request: Request, dataset: DatasetName, prefix: Prefix = ""
) -> Response:
    """Suggest properties, each with the type that it belongs to."""
    return await _asked(
        request, dataset, lambda h: properties_beginning(h, prefix), prefix
    )


@router.get(
    "/reconcile/{dataset}/suggest/type",
    summary="Types whose names begin so",
    response_model=SuggestedTypes,
    responses=refusals(404),
)
async def suggest_type(
    request: Request, dataset: DatasetName, prefix: Prefix = ""
) -> Response:
    """Suggest types."""
    return await _asked(request, dataset, lambda h: types_beginning(h, prefix), prefix)


@router.get(
    "/reconcile/{dataset}/extend/property",
    summary="What entities of a type can be extended by",
    response_model=Proposal,
    responses=refusals(400, 404),
)
async def propose(
    request: Request,
    dataset: DatasetName,
    type: Annotated[str, Query()] = BASE,  # noqa: A002 - the specification's name
    limit: Annotated[int, Query(le=10_000, description="0 for all")] = 0,
) -> Response:
    """Propose properties; a column that was reconciled to no type is asked for with an empty one."""
    limit = max(0, limit)
    scope_of(desk_of(request).quick.held, dataset)
    if type and type not in schemata():
        raise Refused(400, f"Invalid type: {type}")
    found = properties_of(type or BASE)
    shown = found[: limit or None]
    return as_json({"limit": limit, "type": type, "properties": shown})


@router.get(
    "/reconcile/{dataset}/preview/{entity_id:path}",
    summary="A small page about an entity",
    response_class=Response,
    responses={**PAGE, **refusals(404)},
)
async def preview_entity(
    request: Request, dataset: DatasetName, entity_id: str
) -> Response:
    """Show names, countries and listings of an entity."""
    return await found_previewed(request, dataset, entity_id)


async def found_previewed(request: Request, dataset: str, entity_id: str) -> Response:
    """Write the small page. Raises Refused for an unknown entity."""
    desk = desk_of(request)
    scope_of(desk.quick.held, dataset)
    page = await desk.quick.run(lambda held: preview(held, entity_id))
    if page is None:
        raise Refused(404, "No such entity!")
    return HTMLResponse(
        page,
        headers={
            "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"
        },
    )
