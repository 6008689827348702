"""Each page in a browser: wide and narrow, light and dark, with scripts and without."""

import pytest

PAGES = ["/", "/search?q=dahua", "/sources", "/compare"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_access_and_asks_nothing_of_others(walk, path):
    with walk(path) as seen:
        assert seen.complaints() == []
        assert seen.first_paint() <= 1_000


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_in_the_dark_without_scripts(walk, path):
    with walk(path, 390, scripts=False, scheme="dark") as seen:
        assert seen.complaints() == []


def test_the_way_to_the_content_is_the_first_stop_of_the_keyboard(walk):
    with walk("/") as seen:
        seen.window.keyboard.press("Tab")
        seen.window.keyboard.press("Enter")
        assert seen.window.evaluate("document.activeElement.id") == "main"
