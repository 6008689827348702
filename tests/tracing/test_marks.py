"""What one search marks is clean for the next."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.tracing.marks import Marks
from standsbehind.tracing.near import rings_around
from standsbehind.tracing.walks import Walks
from tests.tracing.drawn import Row, network, walker_of

NODES = 8
LINKS = st.lists(
    st.builds(Row, st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=20
)


def test_an_array_given_back_is_lent_again_without_a_mark():
    marks = Marks(5)
    lent = marks.lent()
    lent[[1, 3]] = 7
    marks.given_back(lent, [np.array([1]), np.array([3])])
    assert marks.lent() is lent
    assert not lent.any()


def test_two_searches_at_a_time_mark_two_arrays():
    marks = Marks(5)
    assert marks.lent() is not marks.lent()


@given(LINKS, st.integers(1, 6), st.integers(0, 2))
def test_every_search_cleans_up_wherever_it_stopped(rows, hops, taken):
    net = network(NODES, rows)
    search = Walks(walker_of(net, [0], [1]), np.array([0]), np.array([1]))
    for length in range(1, hops + 1):
        for _ in zip(range(taken), search.of_length(length), strict=False):
            pass
    search.close()
    rings_around(walker_of(net, [0], [0]), hops, [2])
    assert not any(net.marks.lent().any() for _ in range(2))
