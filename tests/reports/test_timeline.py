"""Timelines: marks that stand apart, letters of one size, and the same bytes every time."""

import re
import shutil
from datetime import date

import pytest

from standsbehind.reports.strokes import Paper
from standsbehind.reports.timeline import (
    Key,
    Lane,
    Mark,
    Span,
    Timeline,
    draw_timeline,
)


def mark(day, label, **more):
    return Mark(day, more.pop("last", day), more.pop("shape", "disc"), label, **more)


NEAR = Lane("Acme", tuple(mark(date(2024, 1, day), str(day)) for day in (1, 9, 26)))
FAR = Lane(
    "A firm with a name that is far longer than the width of any telephone, Ltd",
    (mark(date(2019, 2, 1), "4"), mark(date(2022, 1, 1), "5", last=date(2022, 12, 31))),
    (Span(date(2019, 2, 1), date(2021, 1, 1)), Span(date(2022, 1, 1), None)),
)
DRAWN = draw_timeline(Timeline((NEAR, FAR), "Words", "Acme: 2024. A firm: 2019"))


def test_marks_of_near_days_stand_on_rows_of_their_own():
    rows = re.findall(r'<svg x="[\d.]+%" y="(\d+)" overflow="visible"><path', DRAWN)
    assert len(set(rows[:3])) == 3
    assert rows[3] == rows[4]


def test_a_day_that_is_a_year_is_drawn_as_long_as_the_year():
    (bar,) = re.findall(r'x1="([\d.]+)%" x2="([\d.]+)%"[^>]*stroke-width="5"', DRAWN)
    year = (95 - 2) / 6
    assert float(bar[1]) - float(bar[0]) == pytest.approx(year, abs=0.1)


def test_a_span_without_an_end_is_dashed():
    assert DRAWN.count("stroke-dasharray") == 1


def test_a_hollow_mark_is_not_filled():
    lane = Lane("Acme", (mark(date(2024, 1, 1), "1", is_solid=False),))
    drawn = draw_timeline(Timeline((lane,), "Words", "said"))
    assert 'stroke-width="1.5" fill="none"' in drawn
    assert 'stroke-width="1.5" fill="currentColor"' not in drawn


def test_the_same_timeline_gives_the_same_bytes_and_says_itself():
    again = draw_timeline(Timeline((NEAR, FAR), "Words", "Acme: 2024. A firm: 2019"))
    assert again == DRAWN
    assert "<desc" in DRAWN
    assert "Acme: 2024. A firm: 2019" in DRAWN


def test_paper_has_one_width_and_the_keys_in_the_picture():
    keys = (Key("disc", "commitment"), Key("dot", "looked at"))
    drawn = draw_timeline(Timeline((NEAR, FAR), "Words", "said"), Paper(660), keys)
    assert 'width="660"' in drawn
    assert "%" not in drawn
    assert set(re.findall(r"<(\w+)", drawn)) == {
        *("svg", "title", "desc", "path", "g", "text")
    }
    assert "looked at</text>" in drawn


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_no_letters_lie_on_others_and_nothing_is_cut(tmp_path, width):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    page = tmp_path / "page.html"
    page.write_text(f'<meta charset="utf-8"><div style="margin:8px">{DRAWN}</div>')
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )
        window = browser.new_page(viewport={"width": width, "height": 600})
        window.goto(page.as_uri())
        boxes = window.evaluate(
            "[...document.querySelectorAll('text')].map(t => {"
            "const b = t.getBoundingClientRect();"
            "return [b.left, b.top + 2, b.right, b.bottom - 2]})"
        )
        browser.close()
    assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
    pairs = ((a, b) for n, a in enumerate(boxes) for b in boxes[:n])
    assert not [
        (a, b)
        for a, b in pairs
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
