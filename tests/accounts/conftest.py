"""A server that asks who asks, over a small list, with a user in each role."""

from datetime import UTC, datetime
from functools import cache

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


@pytest.fixture(scope="session")
def guarded_home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("guarded") / "data")
    take_in(home.ledger, firm("acme", "Acme Optics Ltd", country="gb"))
    publish(home.ledger, home.snapshots)
    accounts = Accounts.at(home.docket)
    for role in ROLES:
        accounts.add(role, role, "root", now())
    accounts.set_password("reviewer", PASSWORD, "root", now())
    return home


@pytest.fixture(scope="session")
def accounts(guarded_home):
    return Accounts.at(guarded_home.docket)


@pytest.fixture(scope="session")
def guarded(guarded_home):
    """Return the address of a server with rates that no test here reaches."""
    terms = {"asks_who": True, "per_caller": 10**6, "per_address": 10**6}
    with serving(guarded_home, with_pages, failures=10**6, **terms) as address:
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
