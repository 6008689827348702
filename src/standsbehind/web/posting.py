"""Posting: what a form of ours sends, and no page of another site in our reader's name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData

from standsbehind.api.answering import Refused

__all__ = ["posted"]

_OURS = frozenset({"same-origin", "none"})


@asynccontextmanager
async def posted(request: Request) -> AsyncIterator[FormData]:
    """Read the form; its file is closed at the end.

    Raises Refused where a page of another site sends it.
    """
    if _is_from_elsewhere(request):
        raise Refused(403, "A page of another site sent this form; send it from here.")
    async with request.form(max_files=1, max_fields=200) as form:
        yield form


def _is_from_elsewhere(request: Request) -> bool:
    """Tell by what browsers say of themselves and no page can change; programs say neither."""
    told = request.headers.get("sec-fetch-site")
    if told is not None:
        return told not in _OURS
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
