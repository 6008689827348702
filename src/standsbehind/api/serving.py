"""Serving: the application as a web server starts it, in as many processes as are wanted."""

import os
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from standsbehind.api.app import Settings, make_app
from standsbehind.publishing.home import Home

__all__ = ["TOKEN", "app_of_environment", "serve"]

_DATA = "BEHIND_DATA"
TOKEN = "BEHIND_UPDATE_TOKEN"  # noqa: S105 - the name of a variable
"""The variable of the environment that holds what `/updatez` asks for."""


def app_of_environment() -> FastAPI:
    """Make the application of one process."""
    home = Home(Path(os.environ[_DATA]))
    return make_app(home, Settings(update_token=os.environ.get(TOKEN) or None))


def serve(
    home: Home,
    host: str,
    port: int,
    workers: int,
    make: Callable[[], FastAPI] = app_of_environment,
) -> None:
    """Serve until the process is told to stop. `make` makes the application of a process."""
    # Each process makes its own application; the environment tells it the folder.
    os.environ[_DATA] = str(home.folder)
    uvicorn.run(
        f"{make.__module__}:{make.__name__}",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
