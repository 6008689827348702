"""How days, shares and homes are said, and that ends of intervals are rounded outwards."""

import pytest

from standsbehind.model.proportion import Proportion
from standsbehind.reports.parity_words import (
    apart_in_words,
    home_in_words,
    homes_in_words,
    interval_in_words,
    wait_in_words,
)
from standsbehind.standards.parity import Wait
from tests.standards.comparing import named


def wait(days, listing=None, **more):
    fields = {"is_censored": listing is None, "undated": 0, **more}
    report = fields.pop("report", "2020-01-01")
    return Wait("a", "aa", "shown", report, listing, days, **fields)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (wait((315, 315), named()), "listed 315 days after"),
        (wait((409, 438), named()), "listed 409 to 438 days after"),
        (wait((-1465, -1465), named()), "listed 1,465 days before"),
        (wait((-30, 0), named()), "listed 0 to 30 days before"),
        (wait((-5, 20), named()), "listed between 5 days before and 20 days after"),
        (wait((0, 0), named()), "listed on the day of the first report"),
        (wait((2976, 3005)), "not listed in 2,976 to 3,005 days"),
        (wait(None, named(), report=None), "listed on 2020-05-01"),
        (wait(None, undated=1), "listed on a day that is not stated"),
        (wait(None, report=None), "not listed"),
        (wait(None, report="2022"), "not listed; first reported later"),
    ],
)
def test_days_are_said_as_exactly_as_the_dates_allow(one, said):
    assert apart_in_words(one) == said


def test_what_is_open_is_said_beside_the_days():
    assert wait_in_words(wait((5, 5)), "2021-01-01").endswith("days, until 2021-01-01")
    undated = wait_in_words(wait((5, 5), named(), undated=2), "2021-01-01")
    assert undated == "listed 5 days after; 2 more from a day not stated"
    none = wait_in_words(wait(None, named(), report=None), "2021-01-01")
    assert none == "listed on 2020-05-01; no claim with a date"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Proportion(0, 1), "0 % to 97.5 %"),
        (Proportion(1, 1), "2.5 % to 100 %"),
        (Proportion(6, 7), "42.1 % to 99.7 %"),
        (Proportion(5_000, 10_000), "49 % to 51 %"),
    ],
)
def test_ends_of_intervals_are_rounded_outwards(share, said):
    assert interval_in_words(share) == said


def test_homes_are_named_and_the_many_are_counted():
    assert home_in_words("ca+fr") == "Canada and France"
    assert home_in_words("ca+de+fr") == "3 countries"
    assert home_in_words("") == "not stated"
    assert home_in_words("eu") == "European Union"
    many = dict.fromkeys(("ca", "cn", "de", "es", "fr", "gb", "il", "jp", "nl", ""), 2)
    assert homes_in_words(many).endswith("Japan 2, 4 of 2 other homes")
