"""Sources: what is held of each, since when, what is missing from it, and what is not held."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.publishing.status import source_states
from standsbehind.reports.limits import limits_of_list
from standsbehind.web.asking import Asked, page

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/sources")
async def sources(request: Request) -> Response:
    """List the sources with their dates."""
    return await page(request, "register.html.j2", _told, lane="slow")


def _told(asked: Asked) -> Mapping[str, Any]:
    held = asked.held.snapshot.sources
    states = {state["id"]: state for state in source_states(asked.held.home)}
    here = {source["id"] for source in held}
    return {
        "held": held,
        "failed": {key: state["failed"] for key, state in states.items()},
        "remarks": {
            source["id"]: [limit.why for limit in limits_of_list(source)]
            for source in held
        },
        "not_held": [state for key, state in states.items() if key not in here],
    }
