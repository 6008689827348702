"""Sessions: by name and password, never taken over, and safe from what other sites send."""

import re

import httpx
import pytest

from standsbehind.api.callers import SESSION
from tests.accounts.conftest import PASSWORD, now
from tests.accounts.test_keys import at_once
from tests.api.serving import serving

FILE = {"file": ("v.csv", b"name\nAcme\n", "text/csv")}


def token_of(page):
    return re.search(r'name="csrf" value="([^"]+)"', page.text)[1]


def enter(client, password=PASSWORD, name="reviewer", then="/catalog", **headers):
    token = token_of(client.get("/login"))
    fields = {"name": name, "password": password, "csrf": token, "then": then}
    return client.post("/login", data=fields, headers=headers)


def test_a_session_begins_and_ends(anyone):
    entered = enter(anyone)
    assert (entered.status_code, entered.headers["location"]) == (303, "/catalog")
    assert entered.headers["cache-control"] == "no-store"  # it gives the cookie
    assert anyone.get("/catalog").status_code == 200
    page = anyone.get("/login")
    assert "logged in as reviewer (reviewer)" in page.text
    secret = anyone.cookies[SESSION]
    left = anyone.post("/logout", data={"csrf": token_of(page)})
    assert left.headers["location"] == "/login?left=yes"
    again = anyone.get("/catalog", headers={"cookie": f"{SESSION}={secret}"})
    assert again.status_code == 401


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_wires(guarding):
    hosts = frozenset({"127.0.0.1", "behind.example"})
    with (
        guarding(hosts=hosts) as address,
        httpx.Client(base_url=address) as client,
    ):
        cookie = enter(client).headers["set-cookie"]
        assert "HttpOnly; " in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie
        form = client.get("/login", headers={"host": "behind.example", "cookie": ""})
        assert "Secure" in form.headers["set-cookie"]


def test_a_session_that_somebody_planted_is_not_taken_over(anyone):
    anyone.cookies.set(SESSION, "planted")
    enter(anyone)
    given = [one.value for one in anyone.cookies.jar if one.name == SESSION]
    assert any(len(value) == 43 for value in given)
    planted = {"cookie": f"{SESSION}=planted"}
    assert (
        httpx.get(anyone.base_url.join("/catalog"), headers=planted).status_code == 401
    )


def test_a_second_session_ends_the_first(anyone):
    enter(anyone)
    first = anyone.cookies[SESSION]
    token = token_of(httpx.get(anyone.base_url.join("/login")))
    fields = {"name": "reviewer", "password": PASSWORD, "csrf": token}
    both = {"cookie": f"{SESSION}={first}; behind_form={token}"}
    assert httpx.post(
        anyone.base_url.join("/login"), data=fields, headers=both
    ).is_redirect
    old = {"cookie": f"{SESSION}={first}"}
    assert httpx.get(anyone.base_url.join("/catalog"), headers=old).status_code == 401


def test_a_wrong_password_and_a_wrong_name_look_the_same(anyone, accounts):
    told = [
        enter(anyone, "wrong"),
        enter(anyone, name="nobody"),
        enter(anyone, name="reader"),  # has none
    ]
    assert {one.status_code for one in told} == {401}
    assert len({re.sub('value="[^"]*"', "", one.text) for one in told}) == 1
    last = accounts.audit.last(1)[0]
    assert (last.person, last.did) == ("", "refused: POST /login")


def test_who_guesses_passwords_is_locked_out_for_a_while(guarding):
    with (
        guarding(failures=2) as address,
        httpx.Client(base_url=address) as client,
    ):
        assert [enter(client, "x").status_code for _ in range(3)] == [401, 401, 429]
        locked = enter(client)
        assert locked.status_code == 429
        assert 1 <= int(locked.headers["retry-after"]) <= 30


def test_passwords_that_are_guessed_together_are_counted_too(guarded_home):
    with (
        serving(guarded_home, asks_who=True, failures=3) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        fields = {"name": "reviewer", "csrf": token_of(client.get("/login"))}
        tried = [
            client.build_request("POST", "/login", data={**fields, "password": str(n)})
            for n in range(12)
        ]
        assert sorted(at_once(client, *tried)) == [401] * 3 + [429] * 9


def test_a_right_password_is_no_guess(guarded_home):
    with (
        serving(guarded_home, asks_who=True, failures=2) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        for _ in range(4):
            client.cookies.clear()
            assert enter(client).status_code == 303


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/a\nb",
        "javascript:alert(1)",
        " //evil.example",
        "",
    ],
)
def test_after_the_login_nobody_is_sent_elsewhere(anyone, then):
    assert enter(anyone, then=then).headers["location"] == "/"


def test_a_browser_is_shown_the_form_and_then_what_it_asked_for(anyone):
    asked = anyone.get("/search/default?q=a%26b", headers={"accept": "text/html"})
    assert asked.headers["location"] == "/login?then=%2Fsearch%2Fdefault%3Fq%3Da%2526b"
    form = anyone.get(asked.headers["location"])
    assert 'name="then" value="/search/default?q=a%26b"' in form.text


def test_what_another_site_sends_in_a_sessions_name_is_refused(anyone, accounts):
    enter(anyone)
    where, before = "/api/v1/screenings", len(accounts.audit.last(10**6))
    token = token_of(anyone.get("/login"))
    sent = {"x-csrf-token": token}
    for forged in (
        {},
        {"x-csrf-token": "0" * 64},
        {**sent, "origin": "https://evil.example"},
        {**sent, "sec-fetch-site": "cross-site"},
        {**sent, "origin": "null"},
    ):
        assert anyone.post(where, files=FILE, headers=forged).status_code == 403
    assert len(accounts.audit.last(10**6)) == before
    for ours in (sent, {"sec-fetch-site": "same-origin"}):
        assert anyone.post(where, files=FILE, headers=ours).status_code == 202


def test_a_forms_own_field_carries_the_token_and_the_route_reads_the_form(anyone):
    enter(anyone)
    token = token_of(anyone.get("/login"))
    queries = {"queries": '{"q0": {"query": "Acme Optics"}}'}
    shut = anyone.post("/reconcile/default", data=queries)
    told = anyone.post("/reconcile/default", data={**queries, "csrf": token})
    assert shut.status_code == 403
    assert told.json()["q0"]["result"][0]["id"] == "acme"


def test_a_login_form_of_another_site_is_refused(anyone):
    assert enter(anyone, origin="https://evil.example").status_code == 403
    fields = {"name": "reviewer", "password": PASSWORD, "csrf": "x"}
    assert anyone.post("/login", data=fields).status_code == 403


def test_sessions_end_after_hours_and_with_a_new_password(accounts):
    from datetime import timedelta

    accounts.add("brief", "reader", "root", now())
    accounts.set_password("brief", PASSWORD, "root", now())
    proof = accounts.proof_of_password("brief", PASSWORD)
    secret = accounts.begin_session("brief", now(), proof)
    assert accounts.caller_of_session(secret, now()).name == "brief"
    assert accounts.caller_of_session(secret, now() + timedelta(hours=12)) is None
    accounts.set_password("brief", PASSWORD, "root", now())
    assert accounts.caller_of_session(secret, now()) is None


def test_passwords_are_kept_as_argon2id(accounts):
    from sqlalchemy import text

    with accounts.database.reading() as connection:
        kept = connection.execute(text("SELECT password FROM users")).scalars().all()
    kept = list(filter(None, kept))
    assert kept
    assert all(one.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for one in kept)
