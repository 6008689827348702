"""The ownership engine holds what exact arithmetic on the whole matrix finds."""

import pytest

from ownership import compared, oracle


@pytest.mark.parametrize("exact", [True, False])
def test_interests_hold_what_the_oracle_finds(exact):
    told = compared(graphs=150, seed=7, exact=exact)
    assert told["outside"] == told["other"] == 0
    assert told["compared"] > 100


def test_the_oracle_solves_the_worked_example():
    shares = {(0, 1): 0.6, (0, 2): 0.3, (1, 2): 0.4, (2, 1): 0.1}
    found = oracle(shares, 3, 0)
    assert [float(one) for one in found] == pytest.approx([1, 0.65625, 0.5625])
