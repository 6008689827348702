"""Readying: what the first reader of each page would wait for, done as soon as the server answers."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from standsbehind.api.desk import Desk
from standsbehind.api.held import Held
from standsbehind.standards.norms import load_standard
from standsbehind.standards.programs import load_programs
from standsbehind.web.pages.search import FACETS
from standsbehind.web.setting import page_environment

__all__ = ["readied"]

_GIVES_WAY = 0.02
"""Seconds between two templates, so that requests which come meanwhile go first."""


def readied(app: FastAPI) -> None:
    """Have an application ready its pages when it starts, beside the first requests."""
    started = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with started(app):
            readying = asyncio.create_task(_make_ready(app.state.desk))
            yield
            await readying

    app.router.lifespan_context = lifespan


async def _make_ready(desk: Desk) -> None:
    await asyncio.to_thread(_set_up)
    await desk.quick.run(_read_for_search)


def _set_up() -> None:
    """Set up templates and standards; nothing of it depends on the snapshot."""
    environment = page_environment()
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)
        time.sleep(_GIVES_WAY)
    load_standard()
    load_programs()


def _read_for_search(held: Held) -> None:
    """Read the words of names, and the fields that searches are narrowed by."""
    parts = held.words, *map(held.values, FACETS)
    del parts
