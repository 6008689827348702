"""Path pictures: the same path gives the same drawing, and every label can be read."""

import pytest
from lxml import etree

from standsbehind.reports.picture import draw_path
from standsbehind.tracing.paths import Hop, Path
from tests.reports.sample import BUILT, HOSTILE_NAMES, NAMES, PATH, SOLD, SUPPLIED

SVG = {"s": "http://www.w3.org/2000/svg"}


def drawn(path, names=NAMES, marks=None):
    return etree.fromstring(str(draw_path(path, names, marks)))


def texts(picture):
    return ["".join(t.itertext()) for t in picture.iterfind(".//s:tspan", SVG)]


def test_the_picture_names_itself_for_those_who_cannot_see_it():
    picture = drawn(PATH)
    assert picture.get("role") == "img"
    title, desc = picture.find("s:title", SVG), picture.find("s:desc", SVG)
    assert title.text.endswith("to Eastern Plain Public Security Office")
    assert "Northlight Optics Co., Ltd.: built for: Eastern Plain" in desc.text
    assert picture.get("aria-labelledby") == title.get("id")


def test_the_weakest_hop_is_dashed_and_says_so():
    picture = drawn(PATH)
    assert len(picture.xpath("//s:path[@stroke-dasharray]", namespaces=SVG)) == 1
    assert "weakest: reported, one origin" in texts(picture)
    assert "reported, 2 origins" in texts(picture)


def test_a_path_of_one_hop_has_nothing_weaker():
    picture = drawn(Path(PATH.hops[:1]))
    assert "the only hop: reported, one origin" in texts(picture)


def test_role_dates_and_source_marks_stand_on_the_edge():
    said = texts(drawn(PATH, marks={"e1": (4, 5)}))
    assert {"supplied", "from 2020-04, end not stated", "[4] [5]"} <= set(said)


def test_the_arrow_follows_the_edge_and_not_the_walk():
    backward, forward = drawn(PATH).xpath(
        "//s:path[@fill='currentColor']", namespaces=SVG
    )
    assert backward.get("d").endswith("0Z")
    assert not forward.get("d").endswith("34 0Z")


def test_other_links_between_the_two_are_counted():
    path = Path((Hop("northlight", "office", BUILT, also=(SUPPLIED, SOLD)),))
    assert "and 2 more links" in texts(drawn(path))


def test_a_chinese_name_breaks_between_characters():
    names = NAMES | {"office": "东方平原公共安全办公室" * 3}
    lines = [line for line in texts(drawn(PATH, names)) if "东" in line or "安" in line]
    assert len(lines) > 1
    assert "".join(lines) == names["office"]


def test_the_same_path_gives_the_same_drawing():
    assert draw_path(PATH, NAMES) == draw_path(PATH, NAMES)


@pytest.mark.parametrize("name", HOSTILE_NAMES.values(), ids=HOSTILE_NAMES)
def test_hostile_names_stay_text(name):
    picture = drawn(PATH, dict.fromkeys(NAMES, name))
    assert {etree.QName(e).localname for e in picture.iter()} <= {
        "svg", "title", "desc", "g", "rect", "path", "text", "tspan",
    }  # fmt: skip
    assert len(texts(picture)) < 30


def test_colours_are_those_of_the_text_around():
    picture = drawn(PATH)
    assert set(picture.xpath("//@fill | //@stroke")) == {"none", "currentColor"}
