"""Edges: whatever the links, a node's neighbours are those that the links name."""

from hypothesis import given
from hypothesis import strategies as st

from standsbehind.graph.edges import Edges, build_edges

NODES = 6
_node = st.integers(0, NODES - 1)


@given(st.lists(st.tuples(_node, _node), max_size=30))
def test_the_links_of_a_node_are_told_apart_by_direction(pairs):
    built = build_edges(NODES, [s for s, _ in pairs], [t for _, t in pairs])
    edges = Edges.from_arrays(built.arrays())
    for node in range(NODES):
        leaving = [(t, n) for n, (s, t) in enumerate(pairs) if s == node]
        arriving = [(s, n) for n, (s, t) in enumerate(pairs) if t == node]
        assert links_in(edges.outgoing(node)) == leaving
        assert links_in(edges.incoming(node)) == arriving
        assert links_in(edges.links(node)) == leaving + arriving


def links_in(slices):
    others, numbers = slices
    return list(zip(others.tolist(), numbers.tolist(), strict=True))
