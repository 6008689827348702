"""A date is as exact as its source, and an interval reads it in the widest way."""

from datetime import date

import pytest

from standsbehind.model.dates import (
    Interval,
    PartialDate,
    earliest,
    latest,
    partial_date,
)


@pytest.mark.parametrize("text", ["2020", "2020-04", "2020-04-29"])
def test_years_months_and_days_are_dates(text):
    assert partial_date(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "20", "2020-13", "2020-00", "2020-01-00", "2020-02-30", "29.4.2020", "2020-4"],
)
def test_anything_else_is_not(text):
    assert partial_date(text) is None


def test_a_month_runs_from_its_first_to_its_last_day():
    month = PartialDate("2020-02")
    assert (earliest(month), latest(month)) == (date(2020, 2, 1), date(2020, 2, 29))


def test_a_full_end_date_is_the_first_day_outside():
    listed = Interval(PartialDate("2024-02-27"), PartialDate("2024-10-21"))
    assert listed.holds_on(date(2024, 2, 27))
    assert listed.holds_on(date(2024, 10, 20))
    assert not listed.holds_on(date(2024, 10, 21))


def test_a_partial_end_covers_its_whole_period():
    assert Interval(None, PartialDate("2024-10")).holds_on(date(2024, 10, 31))
    assert not Interval(None, PartialDate("2024-10")).holds_on(date(2024, 11, 1))
