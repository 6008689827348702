"""A server that asks who asks, over a small list, with a user in each role."""

from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import httpx
import pytest

from standsbehind.model.account import ROLES, SCOPES
from standsbehind.publishing.home import Home
from standsbehind.publishing.publish import publish
from standsbehind.store.accounts import Accounts
from standsbehind.web.site import with_pages
from tests.api.serving import serving
from tests.published import take_in
from tests.told import firm

PASSWORD = "a long enough password"  # noqa: S105 - the tests alone know it


def now():
    return datetime.now(tz=UTC)


def as_url(address):
    """Write where a docket is as a server is told it."""
    return f"sqlite:///{address}" if isinstance(address, Path) else address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def kind(request):
    """Say which database holds the accounts; each story is told on both."""
    return request.param


@pytest.fixture(scope="session")
def guarded_home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("guarded") / "data")
    take_in(home.ledger, firm("acme", "Acme Optics Ltd", country="gb"))
    publish(home.ledger, home.snapshots)
    return home


@pytest.fixture(scope="session")
def docket_url(kind, request):
    """Return the URL of the database; None for the file of the data folder."""
    if kind == "sqlite":
        return None
    return request.getfixturevalue("postgres").url()


@pytest.fixture(scope="session")
def accounts(guarded_home, docket_url):
    """Return accounts with a user in each role, named as the role is."""
    accounts = Accounts.at(docket_url or guarded_home.docket)
    for role in ROLES:
        accounts.add(role, role, "root", now())
    accounts.set_password("reviewer", PASSWORD, "root", now())
    return accounts


@pytest.fixture(scope="session")
def guarding(guarded_home, accounts, docket_url):
    """Return how a server is started that asks who asks, on terms of the test's own."""
    del accounts  # must be there first
    return partial(serving, guarded_home, asks_who=True, docket=docket_url)


@pytest.fixture(scope="session")
def guarded(guarding):
    """Return the address of a server with rates that no test here reaches."""
    rates = {"per_caller": 10**6, "per_address": 10**6, "failures": 10**6}
    with guarding(with_pages, **rates) as address:
        yield address


@pytest.fixture
def anyone(guarded):
    with httpx.Client(base_url=guarded, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def key_of(accounts):
    """Return how a key for a day is made, for a role, with scopes; each kind once."""

    @cache
    def make(role, scopes=SCOPES, at=None):
        made = accounts.new_key(role, scopes, 1, "root", at or now())
        return {"authorization": f"ApiKey {made.secret}"}

    return make
