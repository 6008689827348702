"""Serving: the API with the pages on it, as a web server starts them."""

from fastapi import FastAPI

from standsbehind.api import serving
from standsbehind.publishing.home import Home
from standsbehind.web.site import with_pages

__all__ = ["serve", "site_of_environment"]


def serve(home: Home, host: str, port: int, workers: int) -> None:
    """Serve pages and API until the process is told to stop."""
    serving.serve(home, host, port, workers, site_of_environment)


def site_of_environment() -> FastAPI:
    """Make the application of one process."""
    return with_pages(serving.app_of_environment())
