"""A trace says what it found, with evidence, and how far it looked."""

from datetime import date

from standsbehind.model.statement import Status
from standsbehind.tracing.filters import Filter
from standsbehind.tracing.hubs import Caps
from standsbehind.tracing.paths import Question, trace
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


def test_a_hub_is_named_with_its_links_and_not_walked_through(publish_claims):
    clients = [f"c{n}" for n in range(4)]
    reader = publish_claims(
        firms("bank", *clients),
        *[link(f"e{c}", "bank", c) for c in clients],
    )
    found = trace(reader, Question(["c0"], ["c1"], caps=Caps(every=3)))
    assert (found.paths, found.completeness) == ((), "CUT")
    assert found.cut[0].where == "BANK"
    assert "4 links of Supply; not walked through, more than 3" in found.cut[0].why
    # An end is never too large.
    assert trace(reader, Question(["c0"], ["bank"], caps=Caps(every=3))).paths


def test_a_search_that_ran_out_of_time_says_so(publish_claims):
    reader = publish_claims(firms("a", "b"), link("e", "a", "b"))
    seconds = iter(range(0, 1000, 60))
    found = trace(reader, Question(["a"], ["b"]), lambda: next(seconds))
    assert found.completeness == "CUT"
    assert "longer than 10 s" in found.cut[0].why


def test_a_link_that_ends_before_it_begins_is_said_not_to_be_readable(publish_claims):
    reader = publish_claims(
        firms("a", "b"), link("e", "a", "b", startDate="2022", endDate="2018-01-01")
    )
    assert trace(reader, Question(["a"], ["b"])).completeness == "COMPLETE"
    asked = Question(["a"], ["b"], wanted=Filter(as_of=date(2020, 1, 1)))
    found = trace(reader, asked)
    assert (found.paths, found.completeness) == ((), "CUT")
    assert "1 link ends before it begins" in found.cut[0].why


def test_only_the_shortest_paths(publish_claims):
    reader = publish_claims(
        firms("a", "b", "m"),
        link("e1", "a", "b"),
        link("e2", "a", "m"),
        link("e3", "m", "b"),
    )
    (path,) = trace(reader, Question(["a"], ["b"], shortest=True)).paths
    assert path.entities == ("a", "b")


def test_a_path_between_two_sets_touches_them_with_its_ends_only(publish_claims):
    reader = publish_claims(
        firms("a1", "a2", "b1", "b2"),
        link("e1", "a1", "a2"),
        link("e2", "a2", "b1"),
        link("e3", "b1", "b2"),
    )
    found = trace(reader, Question(["a1", "a2"], ["b1", "b2"]))
    assert [path.entities for path in found.paths] == [("a2", "b1")]
