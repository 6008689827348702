"""A firm that listed ones hold to half counts as listed, and its own stakes then count in full."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.graph.holdings import WHOLE
from standsbehind.tracing.cascade import (
    Question,
    Relation,
    Threshold,
    cascade,
    deciding,
    proof,
)
from tests.tracing.holding import between, held, stakes_of

HALF = Threshold(WHOLE // 2, is_more=False)
MORE = Threshold(WHOLE // 2, is_more=True)
SINGLE = Threshold(WHOLE // 2, is_more=False, is_aggregate=False)


def asked(*stakes, node, seeds=(0,), threshold=HALF, relations=()):
    layer = stakes_of(*stakes, around=node, side="owners")
    return Question((layer,), frozenset(seeds), threshold, tuple(relations))


def answer(*stakes, node, **more):
    question = asked(*stakes, node=node, **more)
    found = cascade(question)
    if node in found.certain:
        return "YES"
    return "UNDETERMINED" if node in found.possible else "NO"


L, A, B, X = 0, 1, 2, 3
WORKED = (held(L, A, "60"), held(L, B, "30"), held(A, B, "40"), held(B, A, "10"))


def test_a_firm_that_is_caught_counts_with_all_that_it_holds():
    assert answer(*WORKED, node=A) == "YES"
    assert answer(*WORKED, node=B) == "YES"


def test_less_than_half_of_a_link_breaks_the_chain():
    assert answer(held(L, A, "49"), held(A, X, "100"), node=X) == "NO"
    assert answer(held(L, A, "51"), held(A, X, "49"), node=X) == "NO"


def test_a_direct_stake_below_half_and_an_indirect_one_add_up():
    chain = (held(L, A, "51"), held(A, X, "49"), held(L, X, "2"))
    assert answer(*chain, node=X) == "YES"


@pytest.mark.parametrize(
    ("share", "at_least", "more"),
    [
        ("50", "YES", "NO"),
        ("50.0000001", "YES", "YES"),
        ("49.99", "NO", "NO"),
        (">50-<75", "YES", "YES"),
        (">25-50", "UNDETERMINED", "NO"),
        ("25-<50", "NO", "NO"),
        ("25-75", "UNDETERMINED", "UNDETERMINED"),
        ("", "UNDETERMINED", "UNDETERMINED"),
        ("majority", "YES", "YES"),
    ],
)
def test_the_ends_of_a_band_count_as_they_are_stated(share, at_least, more):
    assert answer(held(L, X, share), node=X) == at_least
    assert answer(held(L, X, share), node=X, threshold=MORE) == more


def test_two_listed_holders_add_up_only_where_the_rule_says_so():
    two = (held(L, X, "25"), held(A, X, "25"))
    assert answer(*two, node=X, seeds=(L, A)) == "YES"
    assert answer(*two, node=X, seeds=(L, A), threshold=SINGLE) == "NO"


def test_what_one_holder_has_through_others_adds_up_under_either_rule():
    assert answer(*WORKED, node=B, threshold=SINGLE) == "YES"


def test_what_others_hold_leaves_less_for_a_stake_of_unknown_size():
    assert answer(held(L, X, ""), held(A, X, "60"), node=X) == "NO"
    assert answer(held(L, X, ""), held(A, X, "50"), node=X) == "UNDETERMINED"
    above = held(A, X, ">50-75")
    assert answer(held(L, X, ""), above, node=X) == "NO"


def test_a_circle_without_a_listed_holder_catches_nobody():
    assert answer(held(A, B, "100"), held(B, A, "100"), node=A) == "NO"


def test_what_a_firm_holds_in_itself_counts_for_nobody():
    assert answer(held(L, X, "45"), held(X, X, "10"), node=X) == "NO"


def test_stakes_that_exceed_the_whole_decide_nothing():
    assert answer(held(L, X, "60"), held(A, X, "70"), node=X) == "UNDETERMINED"
    assert answer(held(L, X, "100"), held(A, X, "20"), node=X) == "YES"


def test_a_stated_control_catches_without_a_share():
    control = [Relation(L, X, 0)]
    assert answer(held(L, X, "10"), node=X, threshold=None, relations=control) == "YES"


def test_a_stake_through_others_is_not_added_to_those_it_may_run_through():
    through = held(L, X, "30", indirect=True)
    seeds = (L, A)
    assert answer(held(A, X, "20"), through, node=X, seeds=seeds) == "UNDETERMINED"
    assert answer(held(L, X, "20"), through, node=X) == "YES"


def test_the_fact_that_would_decide_is_named_with_the_share_from_which_on():
    question = asked(held(L, A, "51"), held(A, X, "30"), held(L, X, "15-25"), node=X)
    (fact,) = deciding(question, X, cascade(question))
    assert (fact.yes_from, fact.no_at) == (WHOLE // 5, int(0.15 * WHOLE))


def test_a_fact_further_up_the_chain_is_named():
    question = asked(held(L, A, ">25-50"), held(A, X, "100"), node=X)
    (fact,) = deciding(question, X, cascade(question))
    stakes = question.layers[0]
    assert stakes.nodes[stakes.asset[fact.row]] == A
    assert fact.yes_from == WHOLE // 2


def test_the_proof_lists_every_stake_that_counts():
    question = asked(*WORKED, node=B)
    stakes = question.layers[0]
    used, _ = proof(question, B, cascade(question))
    ends = {(int(stakes.owner[r]), int(stakes.asset[r])) for _, r in used}
    assert ends == {(L, B), (A, B), (L, A)}


def test_a_chain_of_two_hundred_links_is_walked():
    chain = [held(n, n + 1, "50") for n in range(200)]
    assert answer(*chain, node=200) == "YES"


BOUNDS = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted)
GRAPHS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(1, 3)), BOUNDS, min_size=1, max_size=5
)


def brute(shares, seeds):
    """Grow the caught by hand for one choice of all shares, in quarters."""
    caught = set(seeds)
    while True:
        more = {
            node
            for node in range(4)
            if node not in caught
            and sum(s for (o, a), s in shares.items() if a == node and o in caught) >= 2
        }
        if not more:
            return caught
        caught |= more


@given(GRAPHS)
def test_answers_are_those_of_all_possible_shares(graph):
    graph = {ends: bounds for ends, bounds in graph.items() if ends[0] != ends[1]}
    choices = [
        dict(zip(graph, picked, strict=True))
        for picked in product(*(range(low, high + 1) for low, high in graph.values()))
    ]
    possible = [
        shares
        for shares in choices
        if all(sum(s for (_, a), s in shares.items() if a == n) <= 4 for n in range(4))
    ]
    if not graph or not possible:
        return
    caught = [brute(shares, {0}) for shares in possible]
    quarter = WHOLE // 4
    stakes = [
        between(o, a, x * quarter, y * quarter) for (o, a), (x, y) in graph.items()
    ]
    for node in range(1, 4):
        question = asked(*stakes, node=node)
        found = cascade(question)
        assert (node in found.certain) == all(node in one for one in caught)
        assert (node in found.possible) == any(node in one for one in caught)


@given(GRAPHS, st.integers(1, 3))
def test_a_fact_that_is_named_does_decide(graph, node):
    quarter = WHOLE // 4
    stakes = [
        between(o, a, x * quarter, y * quarter)
        for (o, a), (x, y) in graph.items()
        if o != a
    ]
    if not stakes:
        return
    question = asked(*stakes, node=node)
    found = cascade(question)
    if node in found.certain or node not in found.possible:
        return
    for fact in deciding(question, node, found):
        if fact.yes_from is not None:
            layer = question.layers[fact.layer]
            lower = layer.lower.copy()
            lower[fact.row] = fact.yes_from
            sure = replace(question, layers=(replace(layer, lower=lower),))
            assert node in cascade(sure).certain
