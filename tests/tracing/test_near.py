"""Near an entity is all that its links reach, each with a shortest way."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.tracing.filters import Filter
from standsbehind.tracing.hubs import Caps
from standsbehind.tracing.near import NearQuestion, nearby, rings_around
from tests.told import firm, link, listing
from tests.tracing.drawn import Row, network, walker_of

nodes = st.integers(0, 9)


@given(st.lists(st.builds(Row, nodes, nodes), max_size=20), nodes, st.integers(1, 5))
def test_the_rings_are_those_of_networkx(rows, start, hops):
    net = network(10, rows)
    rings = rings_around(walker_of(net, [start], []), hops)
    graph = nx.Graph([(row.source, row.target) for row in rows])
    graph.add_node(start)
    away = nx.single_source_shortest_path_length(graph, start, hops)
    found = {
        node: hops
        for hops, ring in enumerate(rings, start=1)
        for node in ring.nodes.tolist()
    }
    assert {start: 0, **found} == away


@pytest.fixture
def reader(publish_claims):
    firms = [claim for name in ("a", "b", "c", "d") for claim in firm(name, name)]
    return publish_claims(
        firms,
        firm("town", "Town", schema="Place"),
        link("e1", "a", "town", schema="UnknownLink", role="located in"),
        link("e2", "b", "town", schema="UnknownLink", role="located in"),
        link("e3", "a", "c"),
        link("e4", "d", "c", schema="Ownership", role="owns"),
        listing("s", "d"),
    )


def told(reader, entity, **terms):
    found = nearby(reader, NearQuestion([entity], **terms))
    return [(one.entity_id, one.hops) for one in found.found], found


def test_a_place_is_reached_and_not_walked_through(reader):
    assert told(reader, "a")[0] == [("c", 1), ("town", 1), ("d", 2)]
    assert told(reader, "town")[0] == [("a", 1), ("b", 1), ("c", 2)]


def test_each_comes_with_the_way_and_its_evidence(reader):
    *_, last = told(reader, "a")[1].found
    assert last.path.entities == ("a", "c", "d")
    assert all(hop.edge.citations for hop in last.path.hops)


def test_only_what_is_asked_for_is_told(reader):
    assert told(reader, "a", listed=True)[0] == [("d", 2)]
    assert told(reader, "a", schemata=frozenset({"Place"}))[0] == [("town", 1)]
    owned = Filter(types=frozenset({"Ownership"}))
    assert told(reader, "c", wanted=owned)[0] == [("d", 1)]
    assert told(reader, "c", wanted=Filter(direction="out"))[0] == []


def test_all_are_counted_where_not_all_are_told(reader):
    shown, found = told(reader, "a", limit=1)
    assert (shown, found.completeness, found.total) == ([("c", 1)], "CUT", 3)
    assert found.counts == [{"Company": 1, "Place": 1}, {"Company": 1}]
    assert "1 of 3 are told" in found.cut[0].why


def test_a_hub_is_reached_and_named(reader):
    _, found = told(reader, "b", caps=Caps(every=1), hops=3)
    assert [one.entity_id for one in found.found] == ["town"]
    _, found = told(reader, "d", caps=Caps(every=1), hops=2)
    assert [one.entity_id for one in found.found] == ["c", "a"]


def test_who_is_not_in_the_data_is_not_known(reader):
    assert told(reader, "nobody")[1].completeness == "NOT_KNOWN"
