"""`/reconcile`: version 0.2 of the reconciliation API, as OpenRefine speaks it."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, ValidationError
from starlette.responses import Response

from standsbehind import __version__
from standsbehind.api.answering import Refused, as_json, fields_of
from standsbehind.api.asking import DatasetName, desk_of, refusals, scope_of
from standsbehind.api.held import Held
from standsbehind.api.matching import BadExample, is_long
from standsbehind.api.preview import HEIGHT, WIDTH
from standsbehind.api.reconciling import (
    Candidates,
    Cell,
    Condition,
    Given,
    candidates_for,
    question_of,
    type_named,
)
from standsbehind.api.routes.match import algorithm_named
from standsbehind.api.shapes.bounds import MOST_QUERIES
from standsbehind.api.shapes.reconcile import (
    EntityValue,
    Extended,
    ExtendQuery,
    Manifest,
    ReconBatch,
    ReconQuery,
    Results,
    Value,
)
from standsbehind.api.suggesting import (
    types_held,
    values_of,
)
from standsbehind.model.labels import property_label
from standsbehind.model.schema import schemata

__all__ = [
    "DOCUMENTATION",
    "LIMIT",
    "SETTINGS",
    "ask_cells",
    "conditions_of",
    "extended",
    "named",
    "number",
    "read_json",
    "router",
]

router = APIRouter(tags=["Reconciliation"])

DOCUMENTATION = "https://github.com/standsbehind/standsbehind/blob/main/docs/api.md"
_SPACE = "https://www.followthemoney.tech/explorer/schemata/"
LIMIT, MOST = 5, 100
"""Candidates of one query."""

SETTINGS: list[dict[str, Any]] = [
    {
        "name": "limit",
        "label": "Limit",
        "type": "number",
        "default": 0,
        "help_text": "How many values are given for each row at most (0 for all).",
    },
    {
        "name": "render",
        "label": "How values are written",
        "type": "select",
        "default": "caption",
        "choices": [
            {"value": "caption", "name": "In words"},
            {"value": "raw", "name": "As codes"},
        ],
        "help_text": "China, or cn.",
    },
]

_Queries = Annotated[str | None, Query(description="Queries as JSON")]
_Extend = Annotated[
    str | None, Query(description="What is wanted of which entities, as JSON")
]
Model = TypeVar("Model", bound=BaseModel)


@router.get(
    "/reconcile/{dataset}",
    summary="Manifest, or queries in the address",
    response_model=Manifest | Extended | Results,
    responses=refusals(400, 404),
)
async def reconcile(
    request: Request,
    dataset: DatasetName,
    queries: _Queries = None,
    extend: _Extend = None,
    algorithm: str = "best",
) -> Response:
    """Say what the service can do; with `queries` or `extend`, answer them."""
    algorithm_named(algorithm)
    if queries or extend:
        return await _answered(request, dataset, queries, extend)
    scope_of(desk_of(request).quick.held, dataset)
    manifest = partial(_manifest, request=request, dataset=dataset)
    return as_json(await desk_of(request).quick.run(manifest))


@router.post(
    "/reconcile/{dataset}",
    summary="Queries",
    response_model=Extended | Results,
    responses=refusals(400, 404),
)
async def reconcile_form(
    request: Request,
    dataset: DatasetName,
    queries: Annotated[str | None, Form()] = None,
    extend: Annotated[str | None, Form()] = None,
    algorithm: str = "best",
) -> Response:
    """Answer queries, or give properties of entities, as a form asks."""
    algorithm_named(algorithm)
    return await _answered(request, dataset, queries, extend)


async def _answered(
    request: Request, dataset: str, queries: str | None, extend: str | None
) -> Response:
    if extend and extend.strip():
        asked = read_json(ExtendQuery, extend)
        document = await desk_of(request).quick.run(partial(_extended, asked=asked))
        size = len(document["rows"])
    elif queries and queries.strip():
        batch = read_json(ReconBatch, queries).root
        cells = {key: _cell(query) for key, query in batch.items()}
        found = await ask_cells(request, dataset, list(cells.values()))
        results = ({"result": one} for one in found)
        document = dict(zip(cells, results, strict=True))
        size = len(document)
    else:
        raise Refused(400, "Give queries or extend.")
    return as_json(document, headers={"x-batch-size": str(size)})


def read_json(model: type[Model], text: str) -> Model:
    """Read JSON that came as text. Raises Refused where it is not of the shape."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        fields = fields_of(error.errors(include_input=False, include_url=False))
        where = ".".join(map(str, fields[0]["loc"]))
        told = f"{where}: {fields[0]['msg']}" if where else fields[0]["msg"]
        raise Refused(400, str(told), errors=fields) from error


async def ask_cells(
    request: Request, dataset: str, cells: list[Cell]
) -> list[Candidates]:
    """Answer the cells of a request. Raises Refused where one is wrong."""
    desk = desk_of(request)
    scope = scope_of(desk.quick.held, dataset)
    for name in (name for cell in cells for name in cell.types):
        if name not in schemata():
            raise Refused(400, f"No such type: {name}")
    try:
        questions = [question_of(cell, scope) for cell in cells]
        lane = desk.slow if is_long(questions) else desk.quick
    except BadExample as error:
        raise Refused(400, str(error)) from error
    return await lane.run(lambda held: candidates_for(held, cells, questions))


def _cell(query: ReconQuery) -> Cell:
    types = [query.type] if isinstance(query.type, str) else query.type or []
    if query.query is None and not query.properties:
        raise Refused(400, "A query needs a text or properties.")
    return Cell(
        names=(query.query,) if query.query else (),
        types=tuple(filter(None, types)),
        strictness=query.type_strict,
        conditions=tuple(
            Condition(name, values)
            for one in query.properties
            for name, values in conditions_of(one.pid, one.v)
        ),
        limit=number(query.limit),
    )


def conditions_of(
    pid: str, given: Value | list[Value]
) -> list[tuple[str, tuple[Given, ...]]]:
    """Read the values that a property should have; an empty one says nothing."""
    values = given if isinstance(given, list) else [given]
    read = tuple(
        (one.id, one.name) if isinstance(one, EntityValue) else one
        for one in values
        if one != ""
    )
    return [(pid.rpartition(":")[2], read)] if read else []


def number(limit: float | None) -> int:
    """Read how many candidates are wanted."""
    return LIMIT if limit is None else max(0, min(int(limit), MOST))


def _extended(held: Held, asked: ExtendQuery) -> dict[str, Any]:
    return {"meta": named(asked), "rows": extended(held, asked)}


def named(asked: ExtendQuery) -> list[dict[str, str]]:
    """Say what the wanted properties are called, whether a type stands before them or not."""
    parted = ((one.id, *one.id.rpartition(":")) for one in asked.properties)
    return [
        {"id": pid, "name": property_label(schema or "Company", prop)}
        for pid, schema, _, prop in parted
    ]


def extended(held: Held, asked: ExtendQuery) -> dict[str, Mapping[str, Any]]:
    """Give the wanted properties of each entity; none of one that does not exist."""
    if len(asked.ids) > MOST_QUERIES:
        raise Refused(400, f"Too many queries in one batch (limit: {MOST_QUERIES})")
    rows: dict[str, Mapping[str, Any]] = {}
    for asked_id in asked.ids:
        key = held.id_today(asked_id)
        if key is None:
            rows[asked_id] = {one.id: [] for one in asked.properties}
            continue
        rows[asked_id] = {
            one.id: list(
                values_of(
                    held,
                    key,
                    one.id.rpartition(":")[2],
                    (int(one.settings.limit), one.settings.render == "caption"),
                )
            )
            for one in asked.properties
        }
    return rows


def _manifest(held: Held, request: Request, dataset: str) -> dict[str, Any]:
    root = str(request.base_url)
    service = f"{root}reconcile/{dataset}"
    # What the address carries (a key, say) is carried on.
    rest = f"?{request.url.query}" if request.url.query else ""

    def at(path: str) -> dict[str, str]:
        return {"service_url": service, "service_path": f"{path}{rest}"}

    return {
        "versions": ["0.2"],
        "name": f"{held.titles.get(dataset, 'All sources')} (standsbehind)",
        "identifierSpace": f"{root}entities/",
        "schemaSpace": _SPACE,
        "documentation": DOCUMENTATION,
        "serviceVersion": __version__,
        "view": {"url": f"{root}{request.app.state.view}/{{{{id}}}}"},
        "batchSize": MOST_QUERIES,
        "preview": {
            "url": f"{service}/preview/{{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            part: at(f"/suggest/{part}") for part in ("entity", "type", "property")
        },
        "extend": {
            # OpenRefine puts `?type=` behind this address, whatever it holds already.
            "propose_properties": {
                "service_url": service,
                "service_path": "/extend/property",
            },
            "property_settings": SETTINGS,
        },
        "defaultTypes": [dict(type_named(name)) for name in types_held(held)],
    }
