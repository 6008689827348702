"""A difference tells what sources say otherwise, not in which copy they say it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standsbehind.model.citation import Citation, Digest, Quote
from standsbehind.model.statement import BASE_ID, Claim, Statement
from standsbehind.publishing.difference import Difference
from standsbehind.publishing.home import Home
from standsbehind.publishing.update import pull_files
from standsbehind.reports.differences import difference_lines
from tests.published import published

PAGE = Path(__file__).parents[1] / "connectors" / "samples" / "fcc-coveredlist.html"
CITED = Citation(
    "list", "The list", "An authority", "https://list.example", "authority", "row 1"
)
ELSEWHERE = {
    "another row": {"locator": "row 2"},
    "another copy": {"digest": Digest("0" * 64), "retrieved": "2026-11-24"},
    "another edition": {"published": "2026-11-24"},
    "another quote": {"quote": Quote("Acme, of Acme Street")},
}


def snapshot(folder, *citations):
    claims = [
        Claim(Statement("acme", prop, "Company", value, "list"), citations)
        for prop, value in ((BASE_ID, "acme"), ("name", "Acme"))
    ]
    return published(folder, claims).snapshot


@pytest.mark.parametrize("how", ELSEWHERE)
def test_a_statement_that_is_cited_elsewhere_is_no_change(tmp_path, how):
    before = snapshot(tmp_path / "before", CITED)
    after = snapshot(tmp_path / "after", replace(CITED, **ELSEWHERE[how]))
    found = Difference(before, after)
    assert (found.ids, found.entities()) == ((), ())
    assert found.counts["statements_cited_elsewhere"] == 2
    assert sum(found.counts.values()) == 2
    (said,) = difference_lines(found, found.entities())
    assert said.endswith("0 statements differ; 2 more are only cited elsewhere")


def test_a_statement_of_another_origin_is_a_change(tmp_path):
    before = snapshot(tmp_path / "before", CITED)
    after = snapshot(tmp_path / "after", CITED, replace(CITED, origin_group="press"))
    (acme,) = Difference(before, after).entities()
    assert [s.what for s in acme.statements] == [("citations",)] * 2


def test_a_snapshot_and_itself_differ_in_nothing(tmp_path):
    held = snapshot(tmp_path, CITED)
    assert not any(Difference(held, held).counts.values())


def test_a_paper_without_a_name_is_called_by_its_title(tmp_path):
    claims = [
        Claim(Statement("paper", prop, "Article", value, "list"), (CITED,))
        for prop, value in ((BASE_ID, "paper"), ("title", "On Acme"))
    ]
    after = published(tmp_path / "after", claims).snapshot
    found = Difference(snapshot(tmp_path / "before", CITED), after).entities()
    assert {one.id: one.caption for one in found} == {
        "acme": "Acme",
        "paper": "On Acme",
    }


def pulled(home, page, day):
    now = datetime(2026, 11, day, tzinfo=UTC)
    pull_files(home, "us_fcc_covered_list", [page], now, accept_shrink=False)
    return home.publish()


def served_again(page):
    """Serve a page as another run of its server may: other marks, the same text."""

    def other(tag):
        attributes = re.findall(r'[\w-]+="[^"]*"', tag[2])
        return " ".join((f'<{tag[1]} data-n="7"', *reversed(attributes))) + ">"

    page = re.sub(r'<(\w+)((?:\s+[\w-]+="[^"]*")*)\s*>', other, page)
    page = re.sub(r"\s+(?![^<]*>)", "\n\t ", page)
    return page.replace("<table", '<script nonce="x">/* x */</script><!-- 7 --><table')


def rows_turned(page):
    """Print the rows of each table in the opposite order, below the column titles."""

    def turned(body):
        return "".join(reversed(re.findall(r"<tr.*?</tr>", body[0], re.DOTALL)))

    return re.sub(r"(?<=<tbody>).*?(?=</tbody>)", turned, page, flags=re.DOTALL)


SAME = {"again": str, "served again": served_again, "rows turned": rows_turned}


@pytest.mark.parametrize("how", SAME)
def test_a_page_that_says_the_same_differs_in_nothing(tmp_path, how):
    home, other = Home(tmp_path / "data"), tmp_path / PAGE.name
    text = PAGE.read_text("utf-8")
    other.write_text(SAME[how](text), "utf-8")
    assert how == "again" or other.read_text("utf-8") != text
    found = Difference(pulled(home, PAGE, 23), pulled(home, other, 24))
    assert not any(found.counts.values())
