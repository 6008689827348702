"""`GET /search`: entities by what is typed into a box."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standsbehind.api.answering import as_json
from standsbehind.api.asking import (
    ChangedSince,
    DatasetName,
    Names,
    desk_of,
    refusals,
    scope_of,
)
from standsbehind.api.docs import docs_of
from standsbehind.api.held import Held
from standsbehind.api.routes.entities import (
    FURTHEST,
    MOST,
    MOST_ORDERS,
    PAGE,
    in_order,
)
from standsbehind.api.search import FACETS, Sought, facets_of, found
from standsbehind.api.shapes.entities import SearchResponse

__all__ = ["router"]

router = APIRouter(tags=["Matching"])

MOST_SORTED = 10_000
"""Results that are read to be sorted by a field."""

Several = Annotated[list[str], Query(max_length=300)]
"""Values of a field; each costs a look at all entities."""

FacetName = Literal[
    "datasets", "schema", "countries", "identifiers", "topics", "genders"
]


class Wanted:
    """What is looked for, as the address tells it."""

    def __init__(
        self,
        q: Annotated[str, Query(description="The text: words, an id or a number")] = "",
        schema: Annotated[
            str, Query(description="The type, or one that descends from it")
        ] = "Thing",
        include_dataset: Names = [],
        exclude_dataset: Names = [],
        exclude_schema: Names = [],
        changed_since: ChangedSince = None,
        countries: Several = [],
        topics: Several = [],
        datasets: Several = [],
        filter: Annotated[  # noqa: A002
            list[str], Query(max_length=12, description="`field:value`")
        ] = [],
        target: Annotated[bool | None, Query(deprecated=True)] = None,
        fuzzy: Annotated[
            bool, Query(description="Find names that are less alike too")
        ] = False,
        simple: Annotated[
            bool, Query(description="No effect: a text is words, and has no operators")
        ] = False,
        filter_op: Literal["OR", "AND"] = "OR",
    ) -> None:
        del simple
        self.include, self.exclude = include_dataset, exclude_dataset
        self.terms: dict[str, Any] = {
            "text": q,
            "schema": schema,
            "exclude_schema": tuple(exclude_schema),
            "countries": tuple(countries),
            "topics": tuple(topics),
            "datasets": tuple(datasets),
            "filters": tuple(filter),
            "changed_since": changed_since,
            "target": target,
            "operator": filter_op,
            "fuzzy": fuzzy,
        }

    @property
    def is_long(self) -> bool:
        """Whether a column of values must be read that is not kept for quick questions."""
        fields = {text.partition(":")[0] for text in self.terms["filters"]}
        return not fields <= FACETS.keys()

    def sought(self, held: Held, dataset: str) -> Sought:
        """Say what is looked for in a dataset."""
        scope = scope_of(held, dataset, self.include, self.exclude)
        return Sought(scope=scope, **self.terms)


@router.get(
    "/search/{dataset}",
    summary="Search by text",
    response_model=SearchResponse,
    responses=refusals(400, 404),
)
async def search(
    request: Request,
    dataset: DatasetName,
    wanted: Annotated[Wanted, Depends()],
    limit: Annotated[int, Query(le=MOST)] = PAGE,
    offset: Annotated[int, Query(le=FURTHEST)] = 0,
    sort: Annotated[
        list[str],
        Query(
            max_length=MOST_ORDERS,
            description="As in `caption:asc`; the nearest first where none is given",
        ),
    ] = [],
    facets: Annotated[list[FacetName], Query()] = ["countries", "topics", "datasets"],
) -> Response:
    """Find entities by a text, a page at a time, with counts by field.

    To ask whether a firm is on a list, match it by example instead.
    """
    limit, offset = max(0, limit), max(0, offset)

    def ask(held: Held) -> dict[str, Any]:
        nodes = found(held, wanted.sought(held, dataset))
        reader = held.reader
        if sort:
            ids = [reader.ids[node] for node in nodes[:MOST_SORTED].tolist()]
            docs = in_order(docs_of(held, ids), sort)[offset : offset + limit]
        else:
            shown = nodes[offset : offset + limit].tolist()
            docs = docs_of(held, [reader.ids[node] for node in shown])
        return {
            "results": docs,
            "facets": facets_of(held, nodes, facets),
            "total": {"value": len(nodes), "relation": "eq"},
            "limit": limit,
            "offset": offset,
        }

    desk = desk_of(request)
    is_long = wanted.is_long or bool(sort)
    return as_json(await (desk.slow if is_long else desk.quick).run(ask))
