"""Search: entities by words, an id or a number, with counts to narrow them down by."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.api.asking import scope_of
from standsbehind.api.docs import Doc, docs_of
from standsbehind.api.search import Sought, facets_of, found, label_in_facet
from standsbehind.model.labels import label_of, value_label
from standsbehind.reports.scripts import own_names
from standsbehind.web.asking import Asked, page

__all__ = ["FACETS", "router"]

router = APIRouter(include_in_schema=False)

PAGE = 20
FURTHEST = 10_000
"""The last result that pages lead to; narrower questions lead further."""
FACETS = ("schema", "countries", "datasets", "topics")
"""Fields that a search is narrowed by."""
_MOST_VALUES = 12


@router.get("/search")
async def search(request: Request) -> Response:
    """Find entities."""
    return await page(request, "search.html.j2", _told)


def _told(asked: Asked) -> Mapping[str, Any]:
    held, text = asked.held, asked.text("q")
    chosen = {name: asked.texts(name) for name in FACETS}
    listed = asked.text("listed")
    schema = (chosen["schema"] or ("Thing",))[0]
    sought = Sought(
        text,
        schema,
        scope_of(held, "default"),
        countries=chosen["countries"],
        topics=chosen["topics"],
        datasets=chosen["datasets"],
        target={"yes": True, "no": False}.get(listed),
    )
    nodes = found(held, sought)
    offset = asked.number("offset", 0, FURTHEST)
    ids = [held.reader.ids[node] for node in nodes[offset : offset + PAGE].tolist()]
    counts = facets_of(held, nodes, FACETS)
    return {
        "q": text,
        "total": len(nodes),
        "offset": offset,
        "step": PAGE,
        "furthest": FURTHEST,
        "chosen": chosen,
        "listed": listed,
        "value_of": partial(label_in_facet, held),
        "facets": {name: counts[name]["values"][:_MOST_VALUES] for name in FACETS},
        "results": [_result(asked, doc) for doc in docs_of(held, ids)],
    }


def _result(asked: Asked, doc: Doc) -> Mapping[str, Any]:
    reader = asked.held.reader
    properties = doc["properties"]
    codes = properties.get("jurisdiction") or properties.get("country") or ()
    return {
        "id": doc["id"],
        "caption": doc["caption"],
        "own_names": own_names(doc["id"], reader)[:3],
        "schema": label_of(doc["schema"]),
        "countries": [value_label("country", code) for code in codes],
        "lists": [asked.held.titles.get(name, name) for name in doc["datasets"]],
        "listed": doc["target"],
    }
