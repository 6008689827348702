"""Walks are the paths that networkx finds over the links that a naive filter admits."""

from datetime import date, timedelta
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.model.edge import VOICES
from standsbehind.tracing.filters import Filter, voices_from
from standsbehind.tracing.hubs import Caps
from tests.tracing.drawn import KINDS, NO_CAP, Row, expected, network, walks

NODES = 8
nodes = st.integers(0, NODES - 1)
rows_of = st.lists(
    st.builds(
        Row,
        source=nodes,
        target=nodes,
        kind=st.integers(0, len(KINDS) - 1),
        start=st.integers(0, 50),
        days=st.integers(1, 50),
        voice=st.integers(0, len(VOICES) - 1),
        origins=st.sets(st.integers(0, 3), min_size=1, max_size=3).map(tuple),
    ),
    max_size=20,
)
sets = st.lists(nodes, min_size=1, max_size=3)
filters = st.builds(
    Filter,
    types=st.sampled_from([frozenset(), frozenset({"Supply", "lends to"})]),
    as_of=st.none()
    | st.integers(0, 100).map(lambda d: date(2020, 1, 1) + timedelta(days=d)),
    statuses=st.just(frozenset()) | st.sampled_from(VOICES).map(voices_from),
    min_origins=st.integers(0, 2),
    direction=st.sampled_from(["any", "out", "in"]),
)


@given(rows_of, sets, sets, st.integers(1, 9))
def test_all_simple_paths_between_two_sets(rows, sources, targets, hops):
    net = network(NODES, rows)
    found = [walk.nodes for walk in walks(net, sources, targets, hops)]
    assert sorted(found) == expected(net, rows, (sources, targets), hops)


@given(rows_of, nodes, nodes, filters, st.integers(1, 6))
def test_a_filter_admits_what_a_naive_one_admits(rows, source, target, wanted, hops):
    net = network(NODES, rows)
    found = walks(net, [source], [target], hops, wanted=wanted)
    ends = ([source], [target])
    assert sorted(walk.nodes for walk in found) == expected(
        net, rows, ends, hops, wanted=wanted
    )


@given(rows_of, sets, sets, st.integers(1, 4), st.sets(nodes, max_size=2))
def test_hubs_and_what_is_shared_are_ends_and_no_way(
    rows, sources, targets, cap, shared
):
    net = network(NODES, rows, shared)
    caps = Caps(every=cap)
    found = walks(net, sources, targets, 5, caps=caps)
    ends = (sources, targets)
    assert sorted(walk.nodes for walk in found) == expected(
        net, rows, ends, 5, caps=caps
    )


@given(rows_of, nodes, nodes)
def test_the_shortest_comes_first(rows, source, target):
    graph = nx.Graph([(row.source, row.target) for row in rows])
    graph.add_nodes_from(range(NODES))
    found = walks(network(NODES, rows), [source], [target], NODES)
    if source == target or not nx.has_path(graph, source, target):
        assert not found
    else:
        length = nx.shortest_path_length(graph, source, target)
        assert len(found[0].nodes) == length + 1


def rank(rows, a, b):
    """Return the strength of the link that is shown of two nodes."""
    between = [r for r in rows if {r.source, r.target} == {a, b}]
    said = [
        (KINDS[r.kind][0] != "UnknownLink", r.voice, len(r.origins)) for r in between
    ]
    return max(said)[1:]


@given(rows_of, sets, sets)
def test_of_equal_length_the_strongest_weakest_hop_comes_first(rows, sources, targets):
    found = walks(network(NODES, rows), sources, targets, 6)
    keys = [
        (
            len(walk.nodes),
            [-n for n in min(rank(rows, a, b) for a, b in pairwise(walk.nodes))],
            walk.nodes,
        )
        for walk in found
    ]
    assert keys == sorted(keys)


@pytest.mark.parametrize("long", [3, 200])
def test_a_long_chain_is_one_path(long):
    net = network(long + 1, [Row(n, n + 1) for n in range(long)])
    (walk,) = walks(net, [0], [long], 250)
    assert walk.nodes == tuple(range(long + 1))
    assert walks(net, [0], [long], long - 1) == []


def test_an_end_with_very_many_links_is_walked_from():
    many = 300_000
    rows = [Row(0, n, kind=2) for n in range(1, many)] + [Row(5, many)]
    net = network(many + 1, rows)
    (walk,) = walks(net, [0], [many], 3, caps=Caps())
    assert walk.nodes == (0, 5, many)
    # Between two others it says nothing.
    assert walks(net, [7], [9], 3, caps=Caps()) == []
    assert len(walks(net, [7], [9], 2, caps=NO_CAP)) == 1
