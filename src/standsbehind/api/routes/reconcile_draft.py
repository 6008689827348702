"""`/reconcile/{dataset}/1.0-draft`: the draft of version 1.0 of the reconciliation API."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from standsbehind import __version__
from standsbehind.api.answering import Refused, as_json
from standsbehind.api.asking import DatasetName, desk_of, refusals, scope_of
from standsbehind.api.held import Held
from standsbehind.api.preview import HEIGHT, WIDTH
from standsbehind.api.reconciling import Cell, Condition, Given, type_named
from standsbehind.api.routes.reconcile import (
    DOCUMENTATION,
    SETTINGS,
    ask_cells,
    conditions_of,
    extended,
    named,
    number,
)
from standsbehind.api.routes.suggest import (
    PAGE,
    found_previewed,
    propose,
    suggest_entity,
    suggest_property,
    suggest_type,
)
from standsbehind.api.shapes.bounds import MOST_QUERIES
from standsbehind.api.shapes.reconcile import (
    DraftBatch,
    DraftCondition,
    DraftExtended,
    DraftExtendQuery,
    DraftManifest,
    DraftQuery,
    DraftResults,
    Proposal,
    SuggestedEntities,
    SuggestedProperties,
    SuggestedTypes,
)
from standsbehind.api.suggesting import types_held

__all__ = ["router"]

router = APIRouter(
    prefix="/reconcile/{dataset}/1.0-draft", tags=["Reconciliation, draft of 1.0"]
)


@router.get(
    "", summary="Manifest", response_model=DraftManifest, responses=refusals(404)
)
async def manifest(request: Request, dataset: DatasetName) -> Response:
    """Say what the service can do."""
    scope_of(desk_of(request).quick.held, dataset)
    root = str(request.base_url)

    def written(held: Held) -> dict[str, Any]:
        return {
            "versions": ["1.0-draft"],
            "name": f"{held.titles.get(dataset, 'All sources')} (standsbehind)",
            "lang": "en",
            "documentation": DOCUMENTATION,
            "serviceVersion": __version__,
            "view": {"url": f"{root}{request.app.state.view}/{{id}}"},
            "batchSize": MOST_QUERIES,
            "preview": {"width": WIDTH, "height": HEIGHT},
            "suggest": {"entity": True, "property": True, "type": True},
            "extend": {
                "proposeProperties": True,
                "propertySettings": [_setting(one) for one in SETTINGS],
            },
            "standardizedScore": True,
            "defaultTypes": [dict(type_named(name)) for name in types_held(held)],
        }

    return as_json(await desk_of(request).quick.run(written))


def _setting(setting: dict[str, Any]) -> dict[str, Any]:
    renamed = {"name": "id", "label": "name", "help_text": "helpText"}
    return {renamed.get(key, key): value for key, value in setting.items()}


@router.post(
    "/reconcile",
    summary="Queries",
    response_model=DraftResults,
    responses=refusals(400, 404),
)
async def reconcile(
    request: Request, dataset: DatasetName, batch: DraftBatch
) -> Response:
    """Answer queries in their order; scores run from 0 to 100."""
    cells = [_cell(query) for query in batch.queries]
    found = await ask_cells(request, dataset, cells)
    return as_json({"results": [{"candidates": _standardized(one)} for one in found]})


def _standardized(candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**one, "score": round(one["score"] * 100, 2)} for one in candidates]


def _cell(query: DraftQuery) -> Cell:
    by_kind: dict[str, list[DraftCondition]] = {"name": [], "id": [], "property": []}
    for one in query.conditions:
        by_kind[one.matchType].append(one)
    names = [text for one in by_kind["name"] for text in _texts(one)]
    conditions = [
        Condition(prop, values, one.required, one.matchQuantifier)
        for one in by_kind["property"]
        for prop, values in conditions_of(_pid(one), one.propertyValue)
    ]
    return Cell(
        names=tuple(names),
        ids=tuple(text for one in by_kind["id"] for text in _texts(one)),
        types=(query.type,) if query.type else (),
        conditions=tuple(conditions),
        limit=number(query.limit),
    )


def _pid(condition: DraftCondition) -> str:
    if not condition.propertyId:
        raise Refused(400, "A condition on a property needs its propertyId.")
    return condition.propertyId


def _texts(condition: DraftCondition) -> list[str]:
    told = conditions_of("name", condition.propertyValue)
    values: tuple[Given, ...] = told[0][1] if told else ()
    is_id = condition.matchType == "id"
    return [str(_of(one, is_id=is_id)) for one in values]


def _of(value: Given, *, is_id: bool) -> object:
    if not isinstance(value, tuple):
        return value
    key, name = value
    return key if is_id else name or key


@router.post(
    "/extend",
    summary="Properties of entities",
    response_model=DraftExtended,
    responses=refusals(400, 404),
)
async def extend(
    request: Request, dataset: DatasetName, asked: DraftExtendQuery
) -> Response:
    """Give the wanted properties of each entity."""
    desk = desk_of(request)
    scope_of(desk.quick.held, dataset)
    rows = await desk.quick.run(lambda held: extended(held, asked))
    told = [
        {"id": key, "properties": [{"id": p, "values": v} for p, v in row.items()]}
        for key, row in rows.items()
    ]
    return as_json({"meta": named(asked), "rows": told})


@router.get(
    "/preview",
    summary="A small page about an entity",
    response_class=Response,
    responses={**PAGE, **refusals(404)},
)
async def preview_entity(
    request: Request,
    dataset: DatasetName,
    id: Annotated[str, Query()],  # noqa: A002 - the specification's name
) -> Response:
    """Show names, countries and listings of an entity."""
    return await found_previewed(request, dataset, id)


for _path, _route, _model in (
    ("/suggest/entity", suggest_entity, SuggestedEntities),
    ("/suggest/property", suggest_property, SuggestedProperties),
    ("/suggest/type", suggest_type, SuggestedTypes),
    ("/extend/propose", propose, Proposal),
):
    router.add_api_route(
        _path,
        _route,
        methods=["GET"],
        response_model=_model,
        responses=refusals(400, 404),
        operation_id=f"draft{_path.replace('/', '_')}",
    )
