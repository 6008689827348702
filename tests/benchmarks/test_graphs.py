"""Synthetic graphs: they have the shape that is said, and lie on disk as a published one."""

import networkx as nx
import numpy as np
import pytest

from side_by_side.graph_snapshot import node_id, tables_of, write_snapshot
from side_by_side.graphs import CROSS, KINDS, power_law, register
from standsbehind.engines import local, plans
from standsbehind.graph.reader import Reader
from standsbehind.publishing.graph_arrays import ends_table, graph_parts
from tests.graph.test_columns import agree


def owning(drawn):
    """Return owners and assets of the links that are ownership, and what is held at least."""
    own = drawn.links.kind == KINDS.index(("Ownership", "owns"))
    return drawn.links.source[own], drawn.links.target[own], drawn.least[own]


def test_ownership_has_no_circles_but_for_the_cross_holdings():
    drawn = power_law(300, 1_000)
    graph = nx.DiGraph(list(zip(*(x.tolist() for x in owning(drawn)[:2]), strict=True)))
    backward = int(1_000 * CROSS) + 1
    circles = [c for c in nx.strongly_connected_components(graph) if len(c) > 1]
    assert len(circles) <= backward


def test_no_firm_is_held_more_than_whole():
    _, asset, least = owning(power_law(300, 1_000))
    assert np.bincount(asset, weights=least).max() <= 1.000001


def test_a_register_is_many_small_groups():
    drawn = register(2_000, 2_500)
    graph = nx.Graph(
        list(zip(drawn.links.source.tolist(), drawn.links.target.tolist(), strict=True))
    )
    assert nx.number_connected_components(graph) > 50


@pytest.mark.parametrize("draw", [power_law, register])
def test_a_synthetic_snapshot_is_what_publishing_its_tables_gives(tmp_path, draw):
    drawn = draw(700, 900)
    reader = Reader(write_snapshot(tmp_path, drawn))
    assert agree(reader) == len(drawn.links)
    assert reader.ids[5] == node_id(5)
    tables = tables_of(reader.snapshot)
    given = {"live": tables["claims"], "ends": ends_table()}
    tables["edges"] = local.run(plans.EDGES, given)
    arrays = graph_parts(tables).arrays
    for name in (
        "graph-neighbours",
        "graph-turns",
        "links-voice",
        "links-origin_starts",
    ):
        group, _, column = name.partition("-")
        assert np.array_equal(arrays[name], reader.snapshot.arrays(group)[column]), name
    assert np.array_equal(
        arrays["claims-starts"], reader.snapshot.arrays("claims")["starts"]
    )
    assert np.array_equal(
        arrays["citations-keys"], reader.snapshot.arrays("citations")["keys"]
    )
