"""A server over the built-in data and a small list beside it, started once."""

from datetime import UTC, datetime

import httpx
import pytest

from standsbehind.publishing.home import Home
from tests.api.serving import serving
from tests.published import take_in
from tests.told import firm, link, listing, said

TOKEN = "let me in"  # noqa: S105 - the tests alone know it


def a_list():
    """Tell a small list: a firm that is one with one of the built-in data, and what it owns."""
    return [
        *firm("acme", "Acme Optics Ltd", "Acme", country="gb"),
        said("acme", "registrationNumber", "12345678"),
        said("acme", "topics", "sanction"),
        *firm("acme-sub", "Blue Lens GmbH", country="de"),
        *link("owns", "acme", "acme-sub", schema="Ownership", role="owns"),
        *listing("acme-listing", "acme"),
        *firm("hik-again", "HANGZHOU HIKVISION", country="cn"),
        said("hik-again", "uscCode", "91330000733796106P"),
        *firm("a-person", "Jane Roe", schema="Person"),
    ]


@pytest.fixture(scope="session")
def served_home(tmp_path_factory):
    """Return a data folder that holds the built-in data and the list."""
    home = Home(tmp_path_factory.mktemp("served") / "data")
    home.snapshot(datetime(2026, 11, 23, tzinfo=UTC), lambda: None)
    take_in(home.ledger, a_list(), when="2026-11-24T08:00:00Z")
    home.publish()
    return home


@pytest.fixture(scope="session")
def server(served_home):
    """Return the address of a server."""
    with serving(served_home, update_token=TOKEN, most_body=1 << 20) as address:
        yield address


@pytest.fixture(scope="session")
def api(server):
    """Return a client that follows no redirect."""
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client
