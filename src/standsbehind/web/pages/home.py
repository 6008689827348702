"""The first page: a search box, one chain as a picture, and what was read last."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.answers.traces import TRACE_TERMS, traced
from standsbehind.api.held import Held
from standsbehind.api.sitting import Sitting
from standsbehind.cases.screening import Captions
from standsbehind.tracing.paths import Path
from standsbehind.web.asking import Asked, page
from standsbehind.web.changes import newest_readings
from standsbehind.web.linking import Names

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_ENDS = ("core-amazon", "core-pl-xinjiang")
"""The ends of the chain that the article behind this product tells of."""
MOST_READINGS = 6


@router.get("/")
async def home(request: Request) -> Response:
    """Welcome, with a search box."""
    return await page(request, "home.html.j2", _told)


def _told(asked: Asked) -> Mapping[str, Any]:
    held = asked.held
    return {
        "rows": held.snapshot.manifest["rows"],
        "lists": len(held.snapshot.sources),
        "chain": _chain(held),
        "ends": _ENDS,
        "names": Names(held.reader, asked.to),
        "captions": Captions(held.reader),
        "readings": newest_readings(held, MOST_READINGS),
    }


def _chain(held: Held) -> Path | None:
    """Trace the chain; None where the built-in data is not part of the snapshot."""
    if any(end not in held.reader.entities for end in _ENDS):
        return None
    source, target = _ENDS
    terms = {**TRACE_TERMS, "source": source, "target": target, "limit": 1}
    found = traced(Sitting(held), {**terms, "as_of": None})
    return found.paths[0] if found.paths else None
