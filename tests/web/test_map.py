"""The map: a count is a word as well as a shade, and a place is drawn no surer than it is known."""

import re
from itertools import pairwise

from standsbehind.graph.reader import Reader
from standsbehind.reports.mapped import placed
from standsbehind.reports.world import countries, project
from standsbehind.store import snapshot


def test_each_shaded_country_bears_its_count_and_leads_to_its_table(web):
    page = web.get("/map").text
    shaded = re.findall(r'class="shade-\d" aria-hidden', page)
    labels = re.findall(r'<a href="#in-(\w\w)"><text[^>]*>([^<]+) <tspan>(\d+)<', page)
    assert len(shaded) == len(labels) >= 3
    for code, name, count in labels:
        table = page[page.index(f'<section id="in-{code}"') :]
        table = table[: table.index("</section>")]
        assert name in table
        assert table.count('<th scope="row"') == int(count)


def test_without_coordinates_nothing_is_pinned(web):
    page = web.get("/map").text
    assert "<circle" not in page
    assert "Only the country is stated." in page
    assert "where in it is not stated" in page


def test_a_place_without_a_country_is_counted_under_none(web):
    page = web.get("/map").text
    nowhere = page[page.index('id="in-none"') :]
    assert "Gaza Strip" in nowhere[: nowhere.index("</section>")]


def test_the_page_says_what_the_outlines_are(web):
    assert "who holds an area in fact" in web.get("/map").text


def test_a_site_is_not_in_what_it_includes(site_home):
    mapped = placed(Reader(snapshot.current(site_home.snapshots)))
    (pishan,) = (place for place in mapped.places if place.id == "core-d-pishan")
    assert pishan.inside == ("Xinjiang Uyghur Autonomous Region",)
    assert "includes" in {edge.role for edge in pishan.links}


def test_an_outline_stays_on_its_side_of_the_page():
    """Rings that cross the 180th meridian were once drawn across the whole world."""
    for country in countries().values():
        points = [p.split() for p in re.split("[MLZ]+", country.outline) if p]
        across = [abs(float(a[0]) - float(b[0])) for a, b in pairwise(points)]
        jumps = country.outline.count("M") - 1
        assert sum(step > 300 for step in across) <= max(jumps, 0), country.name


def test_equal_earth_keeps_the_middle_and_the_sides():
    assert project(0, 0)[0] == 480
    assert project(-180, 0)[0] + project(180, 0)[0] == 960
    assert project(0, 60)[1] < project(0, 0)[1] < project(0, -60)[1]
