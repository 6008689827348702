"""Exact intervals: the tails beyond their ends are what they promise, counted in whole numbers."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.model.proportion import Proportion, beta_quantile

TAIL = Fraction(25, 1000)


def at_least(count, of, share):
    """Return the exact probability of so many or more."""
    return sum(
        comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1)
    )


@st.composite
def proportions(draw):
    of = draw(st.integers(1, 60))
    return Proportion(draw(st.integers(0, of)), of)


@pytest.mark.parametrize(
    ("count", "of", "interval"),
    [
        pytest.param(0, 1, (0, 0.975), id="none of one"),
        pytest.param(1, 1, (0.025, 1), id="one of one"),
        pytest.param(0, 0, (0, 1), id="none of none"),
        pytest.param(0, 300, (0, 1 - 0.025 ** (1 / 300)), id="none of many"),
        pytest.param(8, 10, (0.443905, 0.974789), id="eight of ten, as published"),
        pytest.param(28, 28, (0.025 ** (1 / 28), 1), id="all"),
    ],
)
def test_an_interval_is_that_of_clopper_and_pearson(count, of, interval):
    assert Proportion(count, of).interval() == pytest.approx(interval, abs=1e-6)


@given(proportions())
def test_beyond_each_end_lies_one_tail(share):
    lower, upper = map(Fraction, share.interval())
    if share.count:
        assert abs(at_least(share.count, share.of, lower) - TAIL) < 1e-11
    if share.count < share.of:
        below = 1 - at_least(share.count + 1, share.of, upper)
        assert abs(below - TAIL) < 1e-11


@given(proportions())
def test_the_interval_holds_the_share_and_turns_with_it(share):
    lower, upper = share.interval()
    assert lower <= share.count / share.of <= upper
    turned = Proportion(share.of - share.count, share.of).interval()
    assert turned == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@given(proportions())
def test_more_certainty_is_a_wider_interval(share):
    wide, narrow = share.interval(0.99), share.interval(0.9)
    assert wide[0] <= narrow[0]
    assert narrow[1] <= wide[1]


def test_a_million_are_as_quick_as_ten():
    lower, upper = Proportion(500_000, 1_000_000).interval()
    assert (upper - lower) / 2 == pytest.approx(1.96 * 0.0005, rel=1e-3)


def test_a_uniform_distribution_reaches_each_share_at_itself():
    assert beta_quantile(0.3, 1, 1) == pytest.approx(0.3, abs=1e-15)


@pytest.mark.parametrize(("count", "of"), [(2, 1), (-1, 3)])
def test_what_can_be_no_proportion_is_refused(count, of):
    with pytest.raises(ValueError, match="is no proportion"):
        Proportion(count, of)
