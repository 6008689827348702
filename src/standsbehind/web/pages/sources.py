"""Sources: what is held of each list, since when, and what is missing from it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.web.asking import Asked, page

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/sources")
async def sources(request: Request) -> Response:
    """List the sources with their dates."""
    return await page(request, "register.html.j2", _told)


def _told(asked: Asked) -> Mapping[str, Any]:
    return {"held": asked.held.snapshot.sources}
