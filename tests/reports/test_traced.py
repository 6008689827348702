"""Traced pages: one picture of all paths, the same as tables, and every source numbered once."""

import pytest
from lxml import html

from standsbehind.model.statement import Status
from standsbehind.reports.traced import draw_trace, render_trace
from standsbehind.tracing.paths import Question, trace
from tests.told import cited, firm, link

MADE_AT = "2026-11-25T12:00:00Z"


@pytest.fixture
def found(publish_claims):
    reader = publish_claims(
        *(firm(key, key.upper()) for key in ("shop", "maker", "brand", "camp")),
        link("e1", "maker", "shop", citations=(cited("S1", "agency"),)),
        link("e2", "maker", "camp", status=Status.ALLEGED),
        link("e3", "brand", "shop"),
        link("e4", "maker", "brand"),
    )
    return trace(reader, Question(["shop"], ["camp"], max_hops=3)), reader


def page(found):
    return html.fromstring(render_trace(*found, MADE_AT))


def test_all_paths_stand_in_one_picture_and_each_in_a_table(found):
    made = page(found)
    assert len(made.xpath("//svg//rect")) == 4 + 2  # both ends have a double frame
    assert len(made.xpath("//table[contains(@class, 'hops')]")) == 2


def test_a_line_says_role_dates_grade_and_sources(found):
    said = page(found).xpath("//svg//text/text()")
    assert {"supplied", "reported, one origin", "[1]"} <= set(said)


def test_an_arrow_follows_the_link_and_not_the_walk(found):
    picture = html.fromstring(str(draw_trace(*found)))
    title, said = picture.findtext(".//title"), picture.findtext(".//desc")
    assert title == "Paths from SHOP to CAMP"
    assert "SHOP <- supplied" in said
    assert "MAKER - supplied" in said


def test_the_page_says_how_far_the_search_went(found):
    assert "Every path within the hops asked for" in page(found).text_content()
    _, reader = found
    unknown = trace(reader, Question(["shop"], ["nobody"]))
    told = html.fromstring(render_trace(unknown, reader, MADE_AT)).text_content()
    assert "An end of the path is not in the data" in told
    assert "No path found in this snapshot. That does not say there is none." in told


def test_every_mark_leads_to_a_source(found):
    made = page(found)
    marks = {a.get("href") for a in made.xpath("//span[@class='cite']/a")}
    assert marks
    assert all(made.xpath(f"//*[@id='{mark[1:]}']") for mark in marks)


def test_the_same_trace_gives_the_same_page(found):
    assert render_trace(*found, MADE_AT) == render_trace(*found, MADE_AT)
