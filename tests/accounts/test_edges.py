"""At the edge: the names a server answers to, what browsers are told, and whose word is believed."""

import httpx
import pytest

from standsbehind.api.callers import Proxy
from standsbehind.errors import UsageError


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.x"])
def test_a_name_that_leads_here_from_elsewhere_is_refused(anyone, key_of, host):
    sent = {**key_of("admin"), "host": host}
    answer = anyone.get("/catalog", headers=sent)
    assert answer.status_code == 400
    assert "--allow-host" in answer.json()["detail"]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]:8"])
def test_names_of_this_machine_are_answered_to(anyone, host):
    assert anyone.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/catalog", "/nowhere", "/login"])
def test_every_answer_has_the_headers_of_safety(anyone, path):
    headers = anyone.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_preview_may_be_set_in_a_frame_and_runs_no_script(anyone, key_of):
    seen = anyone.get("/reconcile/default/preview/acme", headers=key_of("reader"))
    assert seen.status_code == 200
    assert "x-frame-options" not in seen.headers
    assert seen.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.fixture(scope="module")
def behind_a_proxy(guarding):
    proxy = Proxy.of(["127.0.0.1"], "X-Remote-User")
    with (
        guarding(proxy=proxy) as address,
        httpx.Client(base_url=address) as client,
    ):
        yield client


def test_a_trusted_proxy_says_who_asks(behind_a_proxy):
    by = {"x-remote-user": "reader"}
    assert behind_a_proxy.get("/catalog", headers=by).status_code == 200
    assert behind_a_proxy.get("/catalog").status_code == 401
    by = {"x-remote-user": "nobody"}
    assert behind_a_proxy.get("/catalog", headers=by).status_code == 401


def test_a_proxys_word_is_no_reason_to_do_what_another_site_sends(behind_a_proxy):
    by = {"x-remote-user": "screener", "origin": "https://evil.example"}
    sent = behind_a_proxy.post("/match/default", json={"queries": {}}, headers=by)
    assert sent.status_code == 403


def test_the_address_on_record_is_that_which_the_proxy_saw(behind_a_proxy, accounts):
    by = {"x-remote-user": "reader", "x-forwarded-for": "1.1.1.1, 203.0.113.9"}
    assert behind_a_proxy.post("/updatez", headers=by).status_code == 403
    assert accounts.audit.last(1)[0].address == "203.0.113.9"


def test_anybody_elses_word_is_not_believed(anyone, accounts, key_of):
    by = {"x-remote-user": "admin"}
    assert anyone.get("/catalog", headers=by).status_code == 401
    told = {**key_of("reader"), "x-forwarded-for": "203.0.113.9"}
    assert anyone.post("/updatez", headers=told).status_code == 403
    assert accounts.audit.last(1)[0].address == "127.0.0.1"


def test_a_proxy_is_named_by_its_address():
    with pytest.raises(UsageError, match="write an address, or a network"):
        Proxy.of(["proxy.example"], "")
    with pytest.raises(UsageError, match="anybody could send it"):
        Proxy.of([], "X-Remote-User")
    assert Proxy.of(["10.0.0.0/8", "::1"], "").trusts("10.2.3.4")
