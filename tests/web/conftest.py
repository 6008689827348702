"""A site over the built-in data and a small list that came later, and a browser to walk it."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import httpx
import pytest

from standsbehind.api.callers import SESSION
from standsbehind.publishing.home import Home
from standsbehind.store.accounts import Accounts
from standsbehind.store.docket import Docket
from standsbehind.web.site import with_pages
from tests import casework
from tests.accounts.conftest import PASSWORD
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
    return partial(walked, browser, site)


@contextmanager
def walked(browser, site, path, width=1280, *, session=None, **looks):
    scripts = looks.get("scripts", True)
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        java_script_enabled=scripts,
        color_scheme=looks.get("scheme", "light"),
    )
    if session:
        context.add_cookies([{"name": SESSION, "value": session, "url": site}])
    seen = Walk(site, context.new_page(), runs_scripts=scripts)
    seen.open(path)
    yield seen
    context.close()


@dataclass(frozen=True)
class Signed:
    """A site that asks who asks: where it is, who is known there, and a case."""

    address: str
    accounts: Accounts
    case: str

    def session(self, name):
        """Begin a session of somebody."""
        return self.accounts.begin_session(name, datetime.now(tz=UTC))


@pytest.fixture(scope="session")
def signed(site_home, tmp_path_factory):
    """Return the same site once more, with a docket of its own; `sam` screens, `vera` reviews."""
    docket = f"sqlite:///{tmp_path_factory.mktemp('signed')}/docket.sqlite"
    case = opened(Docket.at(docket))
    accounts = Accounts.at(docket)
    for name, role in (("rosa", "reader"), ("sam", "screener"), ("vera", "reviewer")):
        accounts.add(name, role, "root", casework.START)
        accounts.set_password(name, PASSWORD, "root", casework.START)
    terms = {"asks_who": True, "docket": docket, "per_address": 10**6}
    with serving(site_home, with_pages, failures=10**6, **terms) as address:
        yield Signed(address, accounts, case)


def opened(docket):
    """Open a case in which a finding is proposed, the subject was told and has replied."""
    for draft in casework.enrolments():
        docket.add_person(draft, casework.START)
    case = docket.open(casework.opening(), casework.START).case
    acts = (casework.find(record="x-7"), casework.notify(2), casework.reply("x-7"))
    docket.add(case, acts, casework.day(0))
    return case


@pytest.fixture(scope="module")
def walk_signed(signed, browser):
    """Return how a page of the guarded site is opened by somebody, or by nobody known."""

    def walk(path, name=None, *more, **terms):
        session = signed.session(name) if name else None
        return walked(browser, signed.address, path, *more, session=session, **terms)

    return walk
