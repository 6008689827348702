"""Diagrams: nothing overlaps, nothing is lost, and the same firms give the same drawing."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from standsbehind.reports.diagram import Box, Diagram, Line, draw
from standsbehind.reports.layering import Arc, Size, lay_out

SVG = {"s": "http://www.w3.org/2000/svg"}
BOXES = (
    Box("l", "Northlight Holding", ("listed: tiny list",), is_double=True),
    Box("a", "Eastern Plain Optics Co., Ltd."),
    Box("b", "杭州海光数字技术股份有限公司"),
)
LINES = (
    Line("l", "a", ("60 %", "from 2019-01 [1]")),
    Line("l", "b", ("30 %", "[2]")),
    Line("a", "b", ("40 %", "[3]"), is_dashed=True),
    Line("b", "a", ("10 %", "[4]")),
)
CROSSHOLDING = Diagram(BOXES, LINES, "Who holds what", "L holds 60 % of A.")


def drawn(diagram):
    return etree.fromstring(str(draw(diagram)))


def texts(picture):
    return ["".join(found.itertext()) for found in picture.iterfind(".//s:text", SVG)]


def test_names_shares_dates_and_source_marks_can_be_read():
    said = texts(drawn(CROSSHOLDING))
    assert {"60 %", "from 2019-01 [1]", "listed: tiny list"} <= set(said)
    assert "".join(said).count("杭州海光数字技术股份有限公司") == 1


def test_the_picture_says_what_it_shows_to_those_who_cannot_see_it():
    picture = drawn(CROSSHOLDING)
    assert picture.find("s:title", SVG).text == "Who holds what"
    assert picture.find("s:desc", SVG).text == "L holds 60 % of A."


def test_one_asked_about_has_a_double_frame_and_a_weak_line_is_dashed():
    picture = drawn(CROSSHOLDING)
    assert len(picture.findall(".//s:rect", SVG)) == len(BOXES) + 1
    assert len(picture.xpath("//s:path[@stroke-dasharray]", namespaces=SVG)) == 1


def test_the_same_diagram_gives_the_same_bytes():
    assert draw(CROSSHOLDING) == draw(replace(CROSSHOLDING))


def test_a_hostile_name_cannot_leave_its_label():
    name = '<script>alert("x")</script>\u202e&'
    picture = drawn(Diagram((Box("x", name),), (), name, name))
    assert not picture.xpath("//*[local-name()='script']")
    assert "[U+202E]" in "".join(texts(picture))


_pairs = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] != p[1]),
    max_size=16,
)


@given(_pairs, st.lists(st.integers(20, 180), min_size=8, max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_two_boxes_or_words_overlap(pairs, widths):
    boxes = {str(key): Size(width, 30) for key, width in enumerate(widths)}
    arcs = [Arc(str(a), str(b), Size(60, 20)) for a, b in pairs]
    layout = lay_out(boxes, arcs)
    words = [way[at] for way, at in zip(layout.ways, layout.worded, strict=True)]
    for one, other in combinations([*layout.boxes.values(), *words], 2):
        is_beside = abs(one.x - other.x) >= (one.size.width + other.size.width) / 2
        assert is_beside or one.bottom <= other.y or other.bottom <= one.y


@given(_pairs)
@settings(max_examples=50, deadline=None)
def test_every_line_runs_from_its_upper_to_its_lower_box(pairs):
    boxes = {str(key): Size(50, 30) for key in range(8)}
    layout = lay_out(boxes, [Arc(str(a), str(b), Size(60, 20)) for a, b in pairs])
    for (a, b), way in zip(pairs, layout.ways, strict=True):
        heights = [p.y for p in (layout.boxes[str(a)], *way, layout.boxes[str(b)])]
        assert heights in (sorted(heights), sorted(heights, reverse=True))


def test_a_firm_above_all_stands_above_what_it_holds():
    layout = lay_out(
        dict.fromkeys("lab", Size(50, 30)),
        [Arc("l", "a", Size(9, 9)), Arc("a", "b", Size(9, 9))],
    )
    places = layout.boxes
    assert places["l"].y < places["a"].y < places["b"].y
