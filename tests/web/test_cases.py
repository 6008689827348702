"""Cases on pages: what a reply answers stands beside it, and nobody reads them from elsewhere."""

import httpx
import pytest

from standsbehind.publishing.home import Home
from standsbehind.store.docket import Docket
from tests import casework
from tests.web.conftest import opened, serving, with_pages


@pytest.fixture(scope="module")
def docket(site_home):
    """Return a docket with a case that waits for its decision, and one that is only open."""
    docket = Docket.at(site_home.docket)
    first = opened(docket)
    docket.open(casework.opening(), casework.day(1))
    return first


def test_each_case_is_listed_with_its_state_and_the_end_of_its_period(web, docket):
    page = web.get("/cases").text
    assert "2 cases" in page
    row = page[page.index(f"/cases/{docket}") :].split("</tr>")[0]
    for said in ("notified", "C1 answered", "proposed", "2026-12-23"):
        assert said in row


def test_a_reply_stands_beside_the_claim_that_it_answers(web, docket):
    page = web.get(f"/cases/{docket}").text
    claim, reply = page.index("<code>x-7</code>"), page.index("act 4; to x-7")
    assert claim < reply < page.index("</li>", claim)
    assert "a proposal is not a finding made" in page
    assert "(acts.jsonl)" not in page  # that is of a sealed file


def test_every_act_is_told_in_order(web, docket):
    page = web.get(f"/cases/{docket}").text
    acts = page[page.index('id="acts"') :]
    said = ["opened the case", "proposed a finding", "told Acme", "put a reply"]
    places = [acts.index(one) for one in said]
    assert places == sorted(places)


@pytest.mark.usefixtures("docket")
def test_a_case_that_is_not_there_is_not_found(web):
    assert web.get("/cases/2026-99999").status_code == 404
    assert web.get("/cases/people").status_code == 404


@pytest.mark.usefixtures("docket")
@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded"])
def test_who_comes_through_a_proxy_reads_no_case(web, header):
    answer = web.get("/cases", headers={header: "203.0.113.7"})
    assert answer.status_code == 403
    assert "Acme" not in answer.text


def test_reading_begins_no_docket(tmp_path):
    home = Home(tmp_path / "data")
    with (
        serving(home, around=with_pages) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        assert "No case is kept here" in client.get("/cases").text
    assert not home.docket.exists()


@pytest.mark.browser
def test_a_case_breaks_no_rule_of_access_wide_or_narrow(walk, docket):
    for path in ("/cases", f"/cases/{docket}"):
        with walk(path) as seen:
            assert seen.complaints() == []
        with walk(path, 390, scripts=False, scheme="dark") as seen:
            assert seen.complaints() == []
