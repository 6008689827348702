"""The page in a real browser: no request leaves it, and it fits a phone."""

import pytest

from standsbehind.publishing.verify_dossier import unpacked
from standsbehind.reports.page import render_page
from standsbehind.reports.sealing import seal_case
from tests.docketed import home_with_a_case
from tests.reports.sample import HOSTILE_NAMES, MADE_AT, hostile_answer, sample_answer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[390, 768, 1280])
def window(request, browser):
    window = browser.new_page(viewport={"width": request.param, "height": 844})
    yield window
    window.close()


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    sealed = seal_case(*home_with_a_case(tmp_path_factory.mktemp("sealed") / "data"))
    return unpacked(sealed)["dossier.html"].decode()


def load(window, folder, answer):
    return load_page(window, folder, render_page(answer, MADE_AT))


def load_page(window, folder, page):
    path = folder / "report.html"
    path.write_text(page, "utf-8")
    seen = []
    window.on("request", lambda request: seen.append(request.url))
    window.on("console", lambda message: seen.append(message.text))
    window.goto(path.as_uri())
    return seen


def test_nothing_is_asked_of_the_network_and_nothing_is_blocked(window, tmp_path):
    seen = load(window, tmp_path, sample_answer())
    assert seen == [(tmp_path / "report.html").as_uri()]


@pytest.mark.parametrize("name", ["very long", "right to left", "script"])
def test_the_page_never_scrolls_sideways(window, tmp_path, name):
    load(window, tmp_path, hostile_answer(HOSTILE_NAMES[name]))
    wide = window.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_the_skip_link_is_the_first_stop_of_the_keyboard(window, tmp_path):
    load(window, tmp_path, sample_answer())
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.className") == "skip"


def test_a_dossier_fits_and_asks_for_nothing(window, dossier, tmp_path):
    seen = load_page(window, tmp_path, dossier)
    assert seen == [(tmp_path / "report.html").as_uri()]
    wide = window.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
