"""The guarded site without a browser's help: who sees what, what is kept, and what is forged."""

import re
from contextlib import contextmanager
from html import unescape

import httpx
import pytest

from standsbehind.api.callers import SESSION, Proxy, csrf_of
from standsbehind.model.account import SCOPES
from tests.accounts.conftest import now
from tests.web.conftest import serving, with_pages

PERSON = {"accept": "text/html"}
VENDORS = b"Vendor,Country\nLorex Technology,CA\n"


@pytest.fixture
def of(signed):
    """Return how somebody's browser asks, by name; nobody's by none."""

    @contextmanager
    def made(name=None, **headers):
        cookies = {SESSION: signed.session(name)} if name else {}
        terms = {"base_url": signed.address, "timeout": 60, "cookies": cookies}
        with httpx.Client(headers={**PERSON, **headers}, **terms) as client:
            yield client

    return made


def links(page):
    """Return where the masthead leads."""
    return re.findall(r'href="([^"]+)"', page.partition("</header>")[0])


def token_of(client):
    return csrf_of(client.cookies[SESSION])


@pytest.mark.parametrize("name", ["rosa", "sam", "vera"])
def test_the_masthead_says_who_reads_and_leads_to_no_refusal(of, name):
    with of(name) as client:
        page = client.get("/").text
        assert f"<b>{name}</b>" in page
        assert 'action="/logout" method="post"' in page
        for place in links(page):
            assert client.get(place).status_code == 200, place
        assert ("/cases" in links(page)) == (name == "vera")


def test_where_nobody_is_asked_nothing_of_it_is_shown(web):
    page = web.get("/").text
    for word in ("Log in", "Log out", "/login", "csrf", 'class="who"'):
        assert word not in page
    assert "vary" not in web.get("/").headers


@pytest.mark.parametrize("place", ["/cases", "/screening"])
def test_who_may_not_is_told_which_role_it_takes(of, place):
    with of("rosa") as client:
        answer = client.get(place)
        assert answer.status_code == 403
        needed = "researcher" if place == "/cases" else "screener"
        assert f"takes the role {needed}, or one that may more" in answer.text
        assert "Your role, as rosa, is reader." in answer.text
        told = client.get(place, headers={"accept": "application/json"})
        assert told.json()["detail"].startswith("this asks for the role")


def test_a_key_of_another_scope_is_told_so(of, signed):
    key = signed.accounts.new_key("vera", ("screen",), 1, "root", now()).secret
    with of(authorization=f"Bearer {key}") as client:
        answer = client.get("/cases")
        assert answer.status_code == 403
        assert "takes a key with the scope cases" in answer.text
        assert "Log out" not in answer.text


def test_a_browser_is_led_to_the_form_and_to_what_it_asked_for(of, signed):
    with of() as client:
        asked = client.get("/search?q=dahua&lang=tr")
        assert asked.status_code == 303
        form = client.get(asked.headers["location"])
        assert '<html lang="tr"' in form.text
        assert 'name="then" value="/search?q=dahua&amp;lang=tr"' in form.text
        switch = re.search(r'href="(/login[^"]+)" lang="zh"', form.text)[1]
        other = client.get(unescape(switch))
        assert 'name="then" value="/search?q=dahua&amp;lang=zh"' in other.text
    assert signed.address not in form.text


def test_a_question_as_long_as_they_come_is_led_back_to(of):
    long, longer = "/search?q=" + "%E5%A4%A7" * 500, "/search?q=" + "a" * 9_000
    with of() as client:
        form = client.get(client.get(long).headers["location"])
        assert f'name="then" value="{long}"' in form.text
        assert client.get(longer).headers["location"] == "/login"
        assert client.get("/login", params={"then": longer}).status_code == 200


def test_a_session_that_is_over_is_called_so(of):
    with of() as client:
        client.cookies.set(SESSION, "long-gone")
        page = client.get("/login?then=/map")
        assert "Your session is over." in page.text
        sent = client.post("/screening", files={"file": ("v.csv", VENDORS)})
        assert sent.status_code == 401
        assert "What you sent was not taken" in sent.text
        assert 'href="/login?then=%2Fscreening"' in sent.text
        gone = client.post("/screening/AAAAAAAAAAAAAAAAAAAAAA/delete")
        assert 'href="/login?then=%2Fscreening%2FAAAAAAAAAAAAAAAAAAAAAA"' in gone.text


def test_the_form_is_typed_into_as_browsers_and_readers_need_it(of):
    with of() as client:
        page = client.get("/login").text
        assert 'autocomplete="username"' in page
        assert 'autocomplete="current-password"' in page
        assert "<script" not in page
        assert client.get("/login").headers["cache-control"] == "no-store"


def test_a_form_that_is_out_of_date_is_shown_once_more_with_the_name(of):
    with of() as client:
        fields = {"name": 'x"><b>', "password": "y", "csrf": "z", "then": "/map"}
        answer = client.post("/login", data=fields)
        assert answer.status_code == 403
        assert "The form was out of date." in answer.text
        assert 'value="x&#34;&gt;&lt;b&gt;"' in answer.text
        assert 'name="then" value="/map"' in answer.text


@pytest.mark.parametrize("place", ["/", "/sources", "/cases", "/nowhere", "/login"])
def test_a_page_that_names_somebody_is_kept_by_nobody(of, place):
    with of("vera") as client:
        answer = client.get(place)
        assert "vera" in answer.text
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["vary"] == "cookie, authorization"


def test_the_mark_of_ones_page_does_not_answer_for_anothers(of):
    with of("rosa") as client:
        mark = client.get("/sources").headers["etag"]
    with of("sam", **{"if-none-match": mark}) as client:
        answer = client.get("/sources")
        assert answer.status_code == 200
        assert "rosa" not in answer.text


def test_a_refusal_names_nobody_to_the_next(of):
    with of("rosa") as client:
        refused = client.get("/cases")
        assert refused.headers["cache-control"] == "private, no-store"
    with of() as client:
        led = client.get("/cases")
        assert "private" in led.headers["cache-control"]
        assert "content-security-policy" in led.headers


def test_a_program_may_keep_an_answer_and_ask_whether_it_holds(of, signed):
    key = signed.accounts.new_key("rosa", SCOPES, 1, "root", now()).secret
    with of(authorization=f"ApiKey {key}", accept="*/*") as client:
        answer = client.get("/catalog")
        assert answer.headers["cache-control"] == "private, no-cache"
        again = {"if-none-match": answer.headers["etag"]}
        assert client.get("/catalog", headers=again).status_code == 304


def test_files_that_name_nobody_are_kept_by_everybody(of):
    with of() as client:
        page = client.get("/login").text
        for place in re.findall(r'"(/static/[^"]+)"', page):
            assert client.get(place).headers["cache-control"].startswith("public")


def test_each_case_that_is_read_is_on_record_and_each_refusal(of, signed):
    places = ["/cases", f"/cases/{signed.case}"]
    before = len(signed.accounts.audit.last(10**6))
    for name in ("vera", "rosa", "sam"):
        with of(name) as client:
            for place in places:
                client.get(place)
    added = signed.accounts.audit.last(10**6)[before:]
    told = [(entry.person, entry.did) for entry in added]
    read = [("vera", f"GET {place}") for place in places]
    refused = [(n, f"refused: GET {p}") for n in ("rosa", "sam") for p in places]
    assert told == read + refused


def test_cases_are_read_through_a_proxy_that_is_trusted(site_home, signed):
    docket = str(signed.accounts.database.url)
    proxy = Proxy.of(["127.0.0.1"], "X-Remote-User")
    terms = {"asks_who": True, "docket": docket, "proxy": proxy}
    through = {**PERSON, "x-forwarded-for": "203.0.113.7"}
    with (
        serving(site_home, with_pages, **terms) as address,
        httpx.Client(base_url=address, headers=through, timeout=60) as client,
    ):
        by = [{"x-remote-user": name} for name in ("vera", "rosa", "stranger")]
        read = client.get(f"/cases/{signed.case}", headers=by[0])
        assert read.status_code == 200
        assert "<b>vera</b>" in read.text
        assert "Log out" not in read.text  # the proxy would let them in again
        assert "x-remote-user" in read.headers["vary"]
        assert client.get("/cases", headers=by[1]).status_code == 403
        led = client.get("/cases", headers=by[2])
        assert led.status_code == 303
        unknown = client.get(led.headers["location"], headers=by[2])
        assert "calls you stranger" in unknown.text
        old = {**by[0], "cookie": f"{SESSION}=over"}
        assert client.get("/cases", headers=old).status_code == 200
        assert "(reviewer)" in client.get("/login", headers=by[0]).text


FORGED = [
    pytest.param({}, id="without a token"),
    pytest.param({"csrf": "0" * 64}, id="with a wrong one"),
]


@pytest.mark.parametrize("fields", FORGED)
def test_a_file_is_taken_from_our_own_form_alone(of, fields):
    file = {"file": ("v.csv", VENDORS)}
    with of("sam") as client:
        shut = client.post("/screening", data=fields, files=file)
        assert shut.status_code == 403
        assert "the form is out of date" in shut.text
        right = {"csrf": token_of(client)}
        sent = client.post("/screening", data=right, files=file)
        assert sent.status_code == 303
        place = sent.headers["location"]
        # Every form of the page that follows brings the token, whichever browser sends it.
        page = client.get(place).text
        assert page.count(right["csrf"]) == 3  # the terms, delete, log out
        assert client.post(f"{place}/delete", data=fields).status_code == 403
        assert client.post(f"{place}/delete", data=right).status_code == 303
        assert client.get(place).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"--x\r\n", id="cut"),
        pytest.param(b"no form at all", id="none"),
        pytest.param(
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n'
            + b"a" * 200_000
            + b"\r\n--x--\r\n",
            id="a file first",
        ),
    ],
)
def test_a_form_without_its_token_in_front_is_refused(of, body):
    kind = {"content-type": "multipart/form-data; boundary=x"}
    with of("sam") as client:
        answer = client.post("/screening", content=body, headers=kind)
        assert answer.status_code in {403, 413}


def test_a_page_of_another_site_cannot_log_anybody_out(of):
    with of("vera") as client:
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://else"}):
            fields = {"csrf": token_of(client)}
            shut = client.post("/logout", data=fields, headers=headers)
            assert shut.status_code == 403
        assert client.post("/logout").status_code == 403
        assert client.get("/").status_code == 200
