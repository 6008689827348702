"""Readying: what the first reader of each page would wait for, done as soon as the server answers."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from standsbehind.engines import local
from standsbehind.standards.norms import load_standard
from standsbehind.standards.programs import load_programs
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
            readying = asyncio.create_task(asyncio.to_thread(_make_ready))
            yield
            await readying

    app.router.lifespan_context = lifespan


def _make_ready() -> None:
    """Set up templates, engine and standards; nothing of it depends on the snapshot."""
    environment = page_environment()
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)
        time.sleep(_GIVES_WAY)
    load_standard()
    load_programs()
    local.run("SELECT 1 AS ready")
