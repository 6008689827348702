"""Map: where deployments and places lie, with how well that is known, and the same as a table."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.model.labels import label_of
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.mapped import KINDS, MOST_PLACES, placed
from standsbehind.web.asking import Asked, page
from standsbehind.web.linking import Names

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_USUAL = ("Deployment", "Place")


@router.get("/map")
async def world(request: Request) -> Response:
    """Show what lies where."""
    return await page(request, "map.html.j2", _told, lane="slow")


def _told(asked: Asked) -> Mapping[str, Any]:
    wanted = tuple(kind for kind in KINDS if kind in asked.texts("kind"))
    kinds, day = wanted or _USUAL, asked.day()
    return {
        "mapped": placed(asked.held.reader, kinds, day),
        "link": Names(asked.held.reader, asked.to),
        "kinds": kinds,
        "every_kind": KINDS,
        "label_of": label_of,
        "most": MOST_PLACES,
        "day": day,
        "sources": Bibliography(),
    }
