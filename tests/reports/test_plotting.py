"""Plots fit any width, say what they show, and never break on what a name holds."""

from itertools import pairwise

from lxml import html

from standsbehind.reports.plotting import (
    Key,
    Mark,
    Plot,
    Row,
    Rule,
    Writing,
    draw_plots,
)

SCALE = ((0.0, "0 %"), (1.0, "100 %"))


def plot(*rows):
    return Plot("Shares", "One of two.", rows, SCALE)


def drawn(*rows):
    return html.fromstring(str(draw_plots([plot(*rows)])))


def test_what_lies_along_the_track_is_placed_in_percent():
    row = Row("Home", rules=(Rule(0, 1),), marks=(Mark(0.5, "dot", "half"),))
    made = drawn(row)
    rule = made.xpath("//line[@stroke-width='1.5']")[0]
    assert (rule.get("x1"), rule.get("x2")) == ("2.5%", "97.5%")
    mark = made.xpath("//svg/svg")[0]
    assert mark.get("x") == "50.0%"
    assert mark.findtext("title") == "half"


def test_a_dashed_line_is_dashed():
    dashes = drawn(Row("Home", rules=(Rule(0, 1, is_dashed=True),))).xpath(
        "//line/@stroke-dasharray"
    )
    assert dashes == ["4 3"]


def test_it_says_what_it_shows_to_those_who_cannot_see_it():
    made = drawn(Key("dot", "a share"))
    svg = made.xpath("//svg[@role='img']")[0]
    assert made.xpath(f"//*[@id='{svg.get('aria-describedby')}']/text()") == [
        "One of two."
    ]


def test_a_long_heading_is_broken_and_a_long_name_is_cut():
    heading = drawn(Writing("A heading of many words " * 3, "heading"))
    assert len(heading.xpath("//text")) > 1
    name = drawn(Row("A firm whose name does not come to an end " * 3))
    assert name.xpath("//text/text()")[0].endswith("…")


def test_a_name_cannot_become_markup():
    made = drawn(Row("<script>alert(1)</script>\x00\u202e & Co."))
    assert not made.xpath("//script")
    assert "[U+202E]" in made.xpath("//text/text()")[0]


def test_rows_do_not_overlap():
    rows = (
        Writing("Heading", "heading"),
        Writing("", "note", has_scale=True),
        Row("a", note="b"),
        Row("c"),
        Key("ring", "d"),
    )
    made = drawn(*rows)
    lines = [
        float(text.get("y")) for text in made.xpath("//text[@text-anchor='start']")
    ]
    assert lines == sorted(lines)
    assert all(b - a > 11 for a, b in pairwise(lines))
    assert float(made.xpath("//svg[@role='img']/@height")[0]) > lines[-1]


def test_the_same_plots_give_the_same_bytes():
    assert draw_plots([plot(Row("a"))]) == draw_plots([plot(Row("a"))])
