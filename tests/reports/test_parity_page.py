"""The page of parity in a real browser: it fits a phone, and no word lies on another."""

from datetime import date

import pytest

from standsbehind.cases.parity import parity
from standsbehind.reports.parity_page import render_parity
from standsbehind.standards.norms import load_standard

pytestmark = pytest.mark.browser

_OVERLAPS = """
() => [...document.querySelectorAll('.plot')].flatMap(plot => {
  const words = [...plot.querySelectorAll('text')].map(
    text => [text.textContent, text.getBoundingClientRect()]).filter(([said]) => said);
  const meet = (a, b) => a.left < b.right && b.left < a.right
    && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
  return words.flatMap(([said, box], n) => words.slice(n + 1)
    .filter(([, other]) => meet(box, other)).map(([other]) => [said, other]));
})
"""
_OUTSIDE = """
() => [...document.querySelectorAll('.plot text')].filter(text => {
  const box = text.getBoundingClientRect();
  return box.left < 0 || box.right > innerWidth;
}).map(text => text.textContent)
"""


@pytest.fixture(scope="module", params=[390, 1280])
def window(request, browser):
    window = browser.new_page(viewport={"width": request.param, "height": 844})
    yield window
    window.close()


@pytest.fixture(scope="module")
def page(built_in_reader, tmp_path_factory):
    standard = load_standard()
    norms = [norm.id for norm in standard.norms]
    found = parity(built_in_reader, standard, norms, date(2026, 11, 23))
    path = tmp_path_factory.mktemp("parity") / "parity.html"
    made = render_parity(found, built_in_reader, 50, "2026-11-23T12:00:00Z")
    path.write_text(made, "utf-8")
    return path


def test_the_page_fits_the_window_and_asks_for_nothing(window, page):
    seen = []
    window.on("request", lambda request: seen.append(request.url))
    window.goto(page.as_uri())
    assert seen == [page.as_uri()]
    wide = window.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_no_word_of_a_figure_lies_on_another_or_leaves_the_page(window, page):
    window.goto(page.as_uri())
    assert window.evaluate(_OVERLAPS) == []
    assert window.evaluate(_OUTSIDE) == []
