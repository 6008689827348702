"""Pages of findings in a real browser: they fit a phone, and the keyboard reaches everything."""

import pytest

from standsbehind.cases.assess import assess
from standsbehind.cases.compared import compare
from standsbehind.reports.assessed import render_comparison, render_findings
from standsbehind.standards.norms import load_standard
from tests.reports.sample import MADE_AT

pytestmark = pytest.mark.browser

STANDARD = load_standard()


@pytest.fixture(scope="module")
def pages(built_in_reader, tmp_path_factory):
    everyone = compare(built_in_reader, STANDARD, STANDARD.norms)
    one_class = compare(built_in_reader, STANDARD, [STANDARD.norm("C7")])
    alone = assess(built_in_reader, ["core-amazon"], STANDARD, STANDARD.norms)
    made = (built_in_reader, None, MADE_AT)
    folder = tmp_path_factory.mktemp("pages")
    (folder / "all.html").write_text(render_comparison(everyone, *made), "utf-8")
    (folder / "class.html").write_text(render_comparison(one_class, *made), "utf-8")
    (folder / "one.html").write_text(render_findings(alone, *made), "utf-8")
    return folder


@pytest.fixture(scope="module", params=[390, 1280])
def window(request, browser):
    window = browser.new_page(viewport={"width": request.param, "height": 844})
    yield window
    window.close()


@pytest.mark.parametrize("name", ["all", "class", "one"])
def test_it_fits_and_asks_nothing_of_the_network(window, pages, name):
    address = (pages / f"{name}.html").as_uri()
    seen = []
    window.on("request", lambda request: seen.append(request.url))
    window.on("console", lambda message: seen.append(message.text))
    window.goto(address)
    assert set(seen) == {address}
    assert window.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_head_of_the_table_stays_in_sight(browser, pages):
    window = browser.new_page(viewport={"width": 1280, "height": 844})
    window.goto((pages / "all.html").as_uri())
    window.locator("#row-core-raytheon").scroll_into_view_if_needed()
    head = window.locator(".matrix thead th").nth(7)
    assert head.bounding_box()["y"] == 0
    assert head.inner_text().startswith("C7")


def test_the_unexamined_can_be_left_out_on_screen_and_never_on_paper(browser, pages):
    window = browser.new_page()
    window.goto((pages / "all.html").as_uri())
    window.locator("#fewer").focus()
    window.keyboard.press("Space")
    axis = window.locator("#row-core-axis")
    assert not axis.is_visible()
    assert window.locator("#row-core-amazon").is_visible()
    window.emulate_media(media="print")
    assert axis.is_visible()


def test_a_cell_leads_the_keyboard_to_its_grounds(browser, pages):
    window = browser.new_page()
    window.goto((pages / "all.html").as_uri())
    window.locator('.matrix a[href="#core-clearview-C3"]').focus()
    window.keyboard.press("Enter")
    assert window.url.endswith("#core-clearview-C3")
    assert window.evaluate("document.activeElement.id") == "core-clearview-C3"
