"""An interest is what belongs to a holder through all chains, as exactly as shares are stated."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.graph.holdings import VOTES, WHOLE
from standsbehind.tracing import sweeping
from standsbehind.tracing.interest import interest_of
from tests.tracing.holding import held, stakes_of


def interests(*stakes, of=0, **more):
    """Say what the holder has in every node, as `{node: (lower, upper)}`."""
    found = stakes_of(*stakes, around=of, **more)
    bounds = interest_of(found, found.place(of))
    return {
        node: (float(one.lower), float(one.upper))
        for node, one in zip(found.nodes.tolist(), bounds, strict=True)
        if node != of
    }


L, A, B, X = 0, 1, 2, 3


def test_a_circle_is_solved_and_not_walked_round():
    worked = (held(L, A, "60"), held(L, B, "30"), held(A, B, "40"), held(B, A, "10"))
    assert interests(*worked) == {A: (0.65625, 0.65625), B: (0.5625, 0.5625)}


def test_shares_multiply_along_a_chain_and_chains_add_up():
    chains = (held(L, A, "51"), held(A, X, "49"), held(L, X, "2"))
    lower, upper = interests(*chains)[X]
    assert lower == upper == pytest.approx(0.51 * 0.49 + 0.02)


def test_bands_give_a_band():
    bands = (held(L, A, "50-75"), held(A, X, "25-50"))
    assert interests(*bands)[X] == (0.125, 0.375)


def test_a_stake_of_unknown_size_is_at_most_what_others_leave():
    assert interests(held(L, X, ""), held(A, X, "60"))[X] == (0, 1)
    around = stakes_of(held(L, X, ""), held(A, X, "60"), around=X, side="owners")
    assert float(interest_of(around, around.place(L))[around.place(X)].upper) == 0.4


def test_what_is_left_of_the_whole_goes_round_once_only():
    stakes = (
        *(held(L, A, "50"), held(L, B, "50")),
        *(held(L, X, "0-50"), held(A, X, "0-75"), held(B, X, "0-75")),
    )
    assert interests(*stakes)[X] == (0, 0.75)


def test_what_returns_to_the_holder_is_not_counted_again():
    assert interests(held(L, A, "60"), held(A, L, "40")) == {A: (0.6, 0.6)}


def test_what_a_firm_holds_in_itself_belongs_to_the_others():
    assert interests(held(L, A, "60"), held(A, A, "20")) == {A: (0.75, 0.75)}


def test_stakes_that_exceed_the_whole_give_what_the_others_leave():
    around = stakes_of(held(L, X, "60"), held(A, X, "70"), around=X, side="owners")
    found = interest_of(around, around.place(L))[around.place(X)]
    assert (float(found.lower), float(found.upper)) == (0.3, 0.6)
    assert around.excess[around.place(X)] == 3 * WHOLE // 10


def test_an_indirect_stake_is_not_added_to_the_chain_it_runs_through():
    chain = (held(L, A, "100"), held(A, X, "60"))
    stated = held(L, X, "60", indirect=True)
    assert interests(*chain, stated)[X] == (0.6, 0.6)
    assert interests(held(L, X, "60", indirect=True))[X] == (0.6, 0.6)
    assert interests(held(L, X, "20"), stated)[X] == pytest.approx((0.8, 0.8))


def test_votes_and_capital_are_kept_apart():
    stakes = (held(L, A, "30"), held(L, A, "70", kind=VOTES))
    assert interests(*stakes)[A] == (0.3, 0.3)
    assert interests(*stakes, share_class="votes")[A] == (0.7, 0.7)


def test_two_statements_of_one_stake_are_one():
    assert interests(held(L, A, "25-50"), held(L, A, "30"))[A] == (0.3, 0.3)
    assert interests(held(L, A, "20"), held(L, A, "30"))[A] == (0.2, 0.3)


def test_a_stake_counts_on_the_days_on_which_it_is_held():
    from datetime import date

    from standsbehind.graph.links import day_number

    sold = day_number(date(2022, 11, 24))
    stakes = (held(L, A, "100", end=sold), held(X, A, "100", start=sold))
    assert interests(*stakes, day=date(2022, 11, 23)) == {A: (1, 1)}
    after = stakes_of(*stakes, around=L, day=date(2022, 11, 24))
    assert len(after) == 0


def test_a_chain_of_two_hundred_links_ends():
    chain = [held(n, n + 1, "99") for n in range(200)]
    lower, upper = interests(*chain)[200]
    assert lower == upper == pytest.approx(0.99**200)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1), st.data())
def test_both_ways_of_working_it_out_agree(ends, data):
    band = st.sampled_from(["100", "50", "25-50", "", "10", "33.3", ">50"])
    stakes = [held(o, a, data.draw(band)) for o, a in dict.fromkeys(ends)]
    found = stakes_of(*stakes)
    if not len(found):
        return
    root = found.place(0)
    exact, swept = interest_of(found, root), sweeping.interests_of(found, root)
    for one, lower, upper in zip(exact, swept.lower, swept.upper, strict=True):
        assert float(one.lower) == pytest.approx(lower, abs=1e-9)
        assert float(one.upper) == pytest.approx(upper, abs=1e-9)


def test_a_ring_that_is_too_large_for_fractions_is_bounded_all_the_same():
    ring = [held(n, n % 60 + 1, "50") for n in range(1, 61)]
    found = stakes_of(held(0, 1, "50"), *ring)
    assert interest_of(found, 0) is None
    swept = sweeping.interests_of(found, 0)
    first = Fraction(1, 2) / (1 - Fraction(1, 2) ** 60)
    assert swept.lower[1] <= float(first) <= swept.upper[1]
    assert swept.upper[1] - swept.lower[1] < 1e-9
