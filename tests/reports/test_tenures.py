"""Bars of the time that a subject stood on lists."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.model.dates import Interval
from standsbehind.model.designation import Designation
from standsbehind.reports.tenures import tenures

DAY = date(2026, 11, 23)


def listed(start, end=None, status="listed"):
    interval = Interval(start, end)
    return Designation("d", "acme", "program", "Acme", interval, status)


def span(bar):
    left, right = re.search(r'class="span" d="M([\d.]+) 7.0H([\d.]+)"', bar).groups()
    return float(left), float(right)


def test_the_years_are_evenly_apart_and_hold_every_bar():
    found = tenures([listed("2001-10-06"), listed("2019", "2020")], DAY)
    steps = {b - a for a, b in zip(found.years, found.years[1:], strict=False)}
    assert len(steps) == 1
    assert found.years[0] == 2001
    assert found.years[-1] > 2026


def test_the_earliest_listing_comes_first():
    found = tenures([listed("2020"), listed("2011"), listed(None)], DAY)
    assert [one.interval.start for one, _ in found.rows] == ["2011", "2020", None]


def test_a_bar_reaches_from_its_first_day_to_its_last_or_to_the_day_asked_about():
    [(_, ended), (_, open_)] = tenures(
        [listed("2021-01-01", "2024-01-01"), listed("2022-01-01")], DAY
    ).rows
    assert span(ended)[1] < span(open_)[1]
    assert span(ended)[0] < span(open_)[0]


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (listed("2020"), "held"),
        (listed("2020", "2021", "revoked"), "held"),
        (listed(None), "unsure"),
        (listed("2020", None, "revoked"), "unsure"),
        (listed("2020", None, "exempted"), "unsure"),
    ],
)
def test_a_bar_is_whole_only_where_its_days_are_known(one, kind):
    [(_, bar)] = tenures([one], DAY).rows
    assert f'class="bar {kind}"' in bar


@given(
    st.dates().map(date.isoformat),
    st.none() | st.dates().map(date.isoformat),
    st.dates(),
)
def test_any_days_give_a_bar_within_the_row(start, end, day):
    [(_, bar)] = tenures([listed(start, end)], day).rows
    left, right = span(bar)
    assert 0 <= left < right <= 1_004
