"""Posting: what a form of ours sends, and no page of another site in our reader's name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request
from starlette.datastructures import FormData

from standsbehind.api.answering import Refused
from standsbehind.api.guard import come_from_elsewhere

__all__ = ["posted"]


@asynccontextmanager
async def posted(request: Request) -> AsyncIterator[FormData]:
    """Read the form; its file is closed at the end.

    Raises Refused where a page of another site sends it.
    """
    if come_from_elsewhere(request.headers):
        raise Refused(403, "A page of another site sent this form; send it from here.")
    async with request.form(max_files=1, max_fields=200) as form:
        yield form
