"""A site over the built-in data and a small list that came later, and a browser to walk it."""

from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
import pytest

from standsbehind.publishing.home import Home
from standsbehind.web.site import with_pages
from tests.api.conftest import a_list
from tests.api.serving import serving
from tests.published import take_in
from tests.web.seeing import Walk


@pytest.fixture(scope="session")
def site_home(tmp_path_factory):
    """Return a data folder with two snapshots: the built-in data, and the list beside it."""
    home = Home(tmp_path_factory.mktemp("site") / "data")
    home.snapshot(datetime(2026, 11, 23, tzinfo=UTC), lambda: None)
    take_in(home.ledger, a_list(), when="2026-11-24T08:00:00Z")
    home.publish()
    return home


@pytest.fixture(scope="session")
def site(site_home):
    """Return the address of the site."""
    with serving(site_home, around=with_pages) as address:
        yield address


@pytest.fixture(scope="session")
def web(site):
    """Return a client that follows no redirect and asks for pages, as a browser does."""
    asking = {"accept": "text/html"}
    with httpx.Client(base_url=site, timeout=60, headers=asking) as client:
        yield client


@pytest.fixture(scope="module")
def walk(site, browser):
    """Return a function that opens a page and says all that is wrong with it.

    `with walk("/sources", width=390, scripts=False) as seen:` gives `seen.window`, the page
    in the browser, and `seen.complaints()`.
    """

    @contextmanager
    def walked(path, width=1280, *, scripts=True, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            java_script_enabled=scripts,
            color_scheme=scheme,
        )
        seen = Walk(site, context.new_page(), runs_scripts=scripts)
        seen.open(path)
        yield seen
        context.close()

    return walked
