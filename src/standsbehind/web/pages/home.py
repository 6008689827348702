"""The first page: a search box, the newest changes, and a chain as an example."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.web.asking import Asked, page

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request) -> Response:
    """Welcome, with a search box."""
    return await page(request, "home.html.j2", _told)


def _told(asked: Asked) -> Mapping[str, Any]:
    del asked
    return {}
