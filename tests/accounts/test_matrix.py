"""Who may what: every route for every role, and with no key, a key that is over, a wrong scope."""

import re
from datetime import timedelta

import httpx
import pytest
from fastapi.routing import iter_route_contexts

from standsbehind.api import policy
from standsbehind.api.app import Settings, make_app
from standsbehind.api.policy import Policy
from standsbehind.model.account import ROLES, SCOPES
from standsbehind.web import policy as pages
from standsbehind.web.site import with_pages
from tests.accounts.conftest import now
from tests.api.serving import running, serving

# What a policy says is the same on both databases.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def _on_one(kind):
    """Have every test here know of the database."""


LINES = policy.LINES | pages.LINES
OPEN = [route for route, needs in LINES.items() if needs.role is None]
SHUT = [route for route, needs in LINES.items() if needs.role is not None]


@pytest.fixture(scope="module")
def over(key_of):
    return key_of("admin", at=now() - timedelta(days=2))


@pytest.fixture(scope="module")
def revoked(accounts):
    made = accounts.new_key("admin", SCOPES, 1, "root", now())
    accounts.revoke(made.key.id, "root", now())
    return {"authorization": f"ApiKey {made.secret}"}


def path_of(form):
    return re.sub(r"\{\w+(:\w+)?\}", "x", form)


def told(client, route, headers=None):
    method, form = route
    return client.request(method, path_of(form), headers=headers).status_code


def mounted(app):
    return {
        (method, route.path)
        for route in iter_route_contexts(app.routes)
        for method in route.methods - {"HEAD"}
    }


def test_each_route_has_a_line_and_each_line_a_route(guarded_home):
    app = with_pages(make_app(guarded_home, Settings(asks_who=True)))
    assert mounted(app) == LINES.keys()


def test_what_is_open_without_a_key_is_known():
    assert sorted(OPEN) == [
        ("GET", "/healthz"),
        ("GET", "/login"),
        ("GET", "/readyz"),
        ("GET", "/static/{name}"),
        ("POST", "/login"),
        ("POST", "/logout"),
    ]


def test_what_writes_is_audited_and_asks_for_more_than_reading():
    asks_only = re.compile(r"/match/|/reconcile/")
    for (method, path), needs in LINES.items():
        if method != "GET" and needs.role and not asks_only.search(path):
            assert needs.is_audited, path
            assert needs.scope != "read", path


@pytest.mark.parametrize("route", SHUT, ids=" ".join)
def test_every_route_for_every_role(anyone, key_of, route):
    needs = LINES[route]
    for role in ROLES:
        may = ROLES.index(role) >= ROLES.index(needs.role)
        status = told(anyone, route, key_of(role))
        assert (status not in {401, 403, 429}) == may or route[1] == "/updatez", role
        if not may:
            assert status == 403, role


@pytest.mark.parametrize("route", SHUT, ids=" ".join)
def test_every_route_without_a_good_key(anyone, key_of, over, revoked, route):
    scope = LINES[route].scope
    wrong = key_of("admin", tuple(one for one in SCOPES if one != scope))
    right = key_of("admin", (scope,))
    assert told(anyone, route) == 401
    assert told(anyone, route, over) == 401
    assert told(anyone, route, revoked) == 401
    assert told(anyone, route, wrong) == 403
    assert told(anyone, route, right) not in {401, 429}


PAGES = [route for route in pages.LINES if route in SHUT]


@pytest.mark.parametrize("route", PAGES, ids=" ".join)
def test_every_page_says_in_words_to_whom_it_is_open(anyone, accounts, route):
    needs = LINES[route]
    least = ROLES.index(needs.role)
    for role in ROLES[max(0, least - 1) : least + 1]:
        may = role == needs.role
        session = accounts.begin_session(role, now())
        answer = asked_by_a_person(anyone, route, session)
        assert ("Not open to you" in answer.text) != may, role
        assert (answer.status_code == 403) != may, role
        assert may or f"takes the role {needs.role}" in answer.text


@pytest.mark.parametrize("route", PAGES, ids=" ".join)
def test_every_page_leads_who_has_no_session_to_the_form(anyone, route):
    answer = asked_by_a_person(anyone, route, "over")
    if route[0] == "GET":
        assert answer.headers["location"].startswith("/login?then=%2F")
    else:
        assert answer.status_code == 401
        assert "What you sent was not taken" in answer.text


def asked_by_a_person(client, route, session):
    """Ask as a browser does from our own page, with a session alone."""
    method, form = route
    headers = {"accept": "text/html", "sec-fetch-site": "same-origin"}
    headers["cookie"] = f"behind_session={session}"
    return client.request(method, path_of(form), headers=headers)


def test_a_route_without_a_line_is_shut_to_all(guarded_home, key_of):
    app = make_app(guarded_home, Settings(asks_who=True))
    asked = []
    app.add_api_route("/forgotten", lambda: asked.append(1), methods=["GET"])
    with running(app) as address, httpx.Client(base_url=address) as client:
        assert client.get("/forgotten", headers=key_of("admin")).status_code == 404
        assert client.get("/forgotten").status_code == 404
    assert not asked


def test_a_request_is_not_answered_by_another_route_than_its_lines(
    guarded_home, key_of
):
    app = make_app(guarded_home, Settings(asks_who=True))
    asked = []
    # The routes of an application are asked in their order; the later of two is never reached.
    app.add_api_route("/{where}/one", lambda: asked.append(1), methods=["GET"])
    app.add_api_route("/b/one", lambda: "b", methods=["GET"])
    app.state.policy.add({("GET", "/b/one"): LINES["GET", "/catalog"]})
    with running(app) as address, httpx.Client(base_url=address) as client:
        assert client.get("/b/one", headers=key_of("reader")).status_code == 403
    assert not asked


@pytest.mark.parametrize(
    "path",
    ["/healthz%3F", "/healthz%23/", "//healthz", "/healthz/", "/HEALTHZ"],
)
def test_nothing_else_is_taken_for_an_open_route(anyone, path):
    assert anyone.get(path).status_code in {401, 404}


def test_a_session_is_no_key_and_a_key_no_session(anyone, accounts, key_of):
    key = key_of("reader")
    session = accounts.begin_session("reader", now())
    as_cookie = {"cookie": f"behind_session={key['authorization'].split()[1]}"}
    as_key = {"authorization": f"ApiKey {session}"}
    right = {"cookie": f"behind_session={session}"}
    for sent, status in ((key, 200), (right, 200), (as_cookie, 401), (as_key, 401)):
        anyone.cookies.clear()
        assert anyone.get("/catalog", headers=sent).status_code == status


def test_a_line_is_given_once():
    with pytest.raises(ValueError, match="have a line already"):
        Policy().add({("GET", "/catalog"): LINES["GET", "/healthz"]})


def test_without_auth_everybody_on_the_machine_may_ask(guarded_home):
    with serving(guarded_home) as address, httpx.Client(base_url=address) as client:
        assert client.get("/catalog").status_code == 200
        assert client.get("/login").status_code == 404
