"""Each page in a browser: wide and narrow, light and dark, with scripts and without."""

import pytest

from tests.web.seeing import PAGES

LONG = ("/", "/entity/core-zhejiang-dahua", "/standards?class=C1")
"""Pages that between them have every part."""
MOST_TO_PAINT = 1_000
"""Milliseconds until something of a page stands on the screen, on this machine itself."""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_access_and_asks_nothing_of_others(walk, path):
    with walk(path) as seen:
        assert seen.complaints() == []


@pytest.mark.parametrize("path", LONG)
def test_a_page_is_on_the_screen_within_a_second(walk, path):
    with walk(path) as seen:
        # The best of three: other work on the machine is no fault of the page.
        paints = (seen.first_paint_of(path) for _ in range(3))
        assert any(paint <= MOST_TO_PAINT for paint in paints)


@pytest.mark.parametrize("path", LONG)
def test_a_page_fits_a_phone_and_can_be_read_in_the_dark(walk, path):
    with walk(path, 390, scheme="dark") as seen:
        assert seen.complaints() == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_no_scripts(walk, path):
    with walk(path, 390, scripts=False) as seen:
        assert seen.complaints() == []
        assert seen.window.locator("main h1").count() == 1


def test_a_draft_and_an_error_break_no_rule_of_access_either(walk):
    with walk("/entity/core-zhejiang-dahua?lang=zh") as seen:
        assert seen.complaints() == []
        seen.window.goto(f"{seen.site}/nowhere")
        assert seen.of_axe() == []


def test_a_search_is_made_and_narrowed_by_keyboard_alone(walk):
    with walk("/") as seen:
        seen.window.focus("#q")
        seen.window.keyboard.type("大华")
        seen.window.keyboard.press("Enter")
        seen.window.wait_for_url("**/search?q=*")
        assert seen.window.locator(".hits h3").first.inner_text().startswith("Zhejiang")


def test_a_phone_shows_results_first_and_opens_the_counts_when_asked(walk):
    with walk("/search?q=dahua", 390, scripts=False) as seen:
        assert not seen.window.locator(".facet").first.is_visible()
        seen.window.locator("summary").click()
        assert seen.window.locator(".facet").first.is_visible()


def test_a_wide_screen_shows_the_counts_at_once(walk):
    with walk("/search?q=dahua", scripts=False) as seen:
        assert seen.window.locator(".facet").first.is_visible()


def test_the_way_to_the_content_is_the_first_stop_of_the_keyboard(walk):
    with walk("/") as seen:
        seen.window.keyboard.press("Tab")
        seen.window.keyboard.press("Enter")
        assert seen.window.evaluate("document.activeElement.id") == "main"
