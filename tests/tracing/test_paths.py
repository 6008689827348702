"""A trace says what it found, with evidence, and how far it looked."""

from datetime import date

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standsbehind.model.statement import Status
from standsbehind.tracing.filters import Filter
from standsbehind.tracing.paths import Question, trace
from tests.published import published
from tests.told import cited, firm, link


def firms(*names):
    return [claim for name in names for claim in firm(name, name.upper())]


def test_a_path_names_its_hops_and_the_weakest_of_them(publish_claims):
    reader = publish_claims(
        firms("shop", "maker", "camp"),
        link("e1", "maker", "shop", citations=(cited("S1", "agency"),)),
        link("e2", "maker", "camp", status=Status.ALLEGED),
    )
    found = trace(reader, Question(["shop"], ["camp"]))
    (path,) = found.paths
    assert found.completeness == "COMPLETE"
    assert path.entities == ("shop", "maker", "camp")
    assert [hop.forward for hop in path.hops] == [False, True]
    assert path.hops[path.weakest].edge.id == "e2"
    assert path.hops[path.weakest].edge.grade == "alleged, one origin"


def test_links_between_the_same_two_are_one_hop_the_best_first(publish_claims):
    reader = publish_claims(
        firms("a", "b"),
        link("e1", "a", "b", status=Status.OPINION),
        link("e2", "a", "b", status=Status.OFFICIAL),
    )
    (path,) = trace(reader, Question(["a"], ["b"])).paths
    assert (path.hops[0].edge.id, [e.id for e in path.hops[0].also]) == ("e2", ["e1"])


def test_a_contract_is_shown_before_its_end(publish_claims):
    reader = publish_claims(
        firms("a", "b"),
        link("won", "a", "b", status=Status.REPORTED),
        link(
            "over", "a", "b", schema="UnknownLink", role="ended", status=Status.COMPANY
        ),
    )
    (path,) = trace(reader, Question(["a"], ["b"])).paths
    assert (path.hops[0].edge.id, [e.id for e in path.hops[0].also]) == (
        "won",
        ["over"],
    )


def test_a_link_that_had_ended_is_not_walked_on_that_day(publish_claims):
    reader = publish_claims(
        firms("a", "b"), link("e", "a", "b", startDate="2018", endDate="2022-11-24")
    )
    before = Question(["a"], ["b"], wanted=Filter(as_of=date(2022, 11, 23)))
    after = Question(["a"], ["b"], wanted=Filter(as_of=date(2022, 11, 24)))
    assert (len(trace(reader, before).paths), len(trace(reader, after).paths)) == (1, 0)


def test_only_links_of_the_types_asked_for(publish_claims):
    reader = publish_claims(firms("a", "b"), link("e", "a", "b"))
    assert trace(
        reader, Question(["a"], ["b"], wanted=Filter(types=frozenset({"Supply"})))
    ).paths
    assert not trace(
        reader, Question(["a"], ["b"], wanted=Filter(types=frozenset({"Ownership"})))
    ).paths


def test_what_two_firms_have_in_common_does_not_link_them(publish_claims):
    reader = publish_claims(
        firms("a", "b"),
        firm("sees", "Sees faces", schema="Capability"),
        link("e1", "a", "sees", schema="UnknownLink", role="has capability"),
        link("e2", "b", "sees", schema="UnknownLink", role="has capability"),
    )
    assert trace(reader, Question(["a"], ["b"])).paths == ()
    assert trace(reader, Question(["a"], ["sees"])).paths


def test_a_limit_that_stopped_the_search_is_said(publish_claims):
    middle = [f"m{i}" for i in range(5)]
    links = [link(f"i{m}", "a", m) for m in middle] + [
        link(f"o{m}", m, "b") for m in middle
    ]
    reader = publish_claims(firms("a", "b", *middle), *links)
    cut = trace(reader, Question(["a"], ["b"], limit=3))
    assert (cut.completeness, len(cut.paths)) == ("CUT", 3)
    assert "more than the 3 asked for" in cut.cut[0].why
    assert trace(reader, Question(["a"], ["b"], limit=5)).completeness == "COMPLETE"


def test_an_end_that_is_not_in_the_data_is_not_known(publish_claims):
    reader = publish_claims(firms("a"))
    assert trace(reader, Question(["a"], ["nobody"])).completeness == "NOT_KNOWN"


@pytest.mark.filterwarnings("ignore")
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14, unique=True),
    st.integers(1, 5),
)
def test_paths_are_those_that_networkx_finds(tmp_path_factory, pairs, hops):
    pairs = [(a, b) for a, b in pairs if a != b]
    nodes = [f"n{i}" for i in range(7)]
    links = [link(f"e{a}{b}", f"n{a}", f"n{b}") for a, b in pairs]
    reader = published(tmp_path_factory.mktemp("graph"), firms(*nodes), *links)
    found = trace(reader, Question(["n0"], ["n6"], max_hops=hops, limit=1000))
    graph = nx.Graph([(f"n{a}", f"n{b}") for a, b in pairs])
    graph.add_nodes_from(nodes)
    expected = nx.all_simple_paths(graph, "n0", "n6", cutoff=hops)
    assert sorted(p.entities for p in found.paths) == sorted(map(tuple, expected))
