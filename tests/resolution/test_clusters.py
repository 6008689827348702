"""Clusters: what is one does not hang on order or history, and what is two is not made one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from standsbehind.resolution.clusters import Evidence, Pair, settle
from standsbehind.resolution.numbers import Number

RECORDS = "abcdefgh"


def known(*, same=(), apart=(), first=None, **numbers):
    """Evidence of records by their numbers, as in `a="L1 R7"`; an L tells two apart."""
    borne = {
        record: frozenset(Number(text[0], text[1:]) for text in told.split())
        for record, told in numbers.items()
    }
    return Evidence(
        uniting=borne,
        telling={
            r: frozenset(n for n in found if n.kind == "L")
            for r, found in borne.items()
        },
        same=[pair(*two) for two in same],
        apart=[pair(*two) for two in apart],
        first=first or {record: n for n, record in enumerate(RECORDS)},
    )


def pair(left, right):
    return Pair(min(left, right), max(left, right), f"{left}{right}")


def clusters(evidence, **more):
    return [one.members for one in settle(evidence, **more).clusters]


def test_records_that_share_a_number_are_one():
    assert clusters(known(a="L1", b="L1", c="L2")) == [("a", "b")]


def test_a_record_may_be_the_link_between_two_others():
    assert clusters(known(a="R1", b="R1 R2", c="R2")) == [("a", "b", "c")]


def test_records_with_different_numbers_of_one_kind_stay_two_and_are_reported():
    settled = settle(known(a="L1 R7", b="L2 R7"))
    assert settled.clusters == ()
    assert [one.records for one in settled.conflicts] == [("a", "b")]
    assert settled.conflicts[0].why == "share R 7, but L differs: 1 and 2"


def test_they_are_one_where_a_person_says_so():
    settled = settle(known(a="L1 R7", b="L2 R7", same=["ab"]))
    assert [one.members for one in settled.clusters] == [("a", "b")]
    assert settled.conflicts == ()


def test_nobody_is_united_by_a_number_that_two_known_to_be_two_bear():
    """c could be either; to choose would be to guess."""
    assert clusters(known(a="L1 R7", b="L2 R7", c="R7")) == []


def test_who_would_come_together_by_way_of_others_stays_apart():
    settled = settle(known(a="L1 R7", b="R7 R8", c="L2 R8"))
    assert settled.clusters == ()
    assert settled.conflicts[0].records == ("a", "b", "c")


def test_a_judgement_splits_what_a_number_united():
    assert clusters(known(a="L1", b="L1", apart=["ab"])) == []


def test_what_was_judged_the_same_and_not_the_same_is_not_one():
    settled = settle(known(same=["ab", "bc"], apart=["ac"]))
    assert settled.clusters == ()
    assert "judged the same, and judged not the same" in settled.conflicts[0].why


def test_the_record_that_came_first_gives_the_id():
    evidence = known(a="L1", b="L1", c="L1", first={"a": 3, "b": 1, "c": 2})
    assert [one.id for one in settle(evidence).clusters] == ["b"]


def test_it_keeps_the_id_when_others_join():
    before = known(b="L1", c="L1", first={"b": 1, "c": 2})
    after = known(a="L1", b="L1", c="L1", first={"a": 3, "b": 1, "c": 2})
    assert settle(before).clusters[0].id == settle(after).clusters[0].id == "b"


def test_each_record_says_what_ties_it():
    one = settle(known(a="L1", b="L1", c="", same=["bc"])).clusters[0]
    assert one.by["a"] == (Number("L", "1"),)
    assert one.by["c"] == (pair("b", "c"),)


def test_only_what_a_touched_record_meets_is_settled_anew():
    numbers = {f"r{n}": f"L{n // 2}" for n in range(1000)}
    before = settle(known(**numbers))
    after = known(**numbers, new="L7")
    settled = settle(after, before, {"new"})
    assert settled == settle(after)
    assert settled.met == 3  # new, and the two that bear its number
    assert len(settled.clusters) == 500


RECORD = st.sampled_from(RECORDS)
NUMBERS = st.frozensets(
    st.builds(Number, st.sampled_from("LMR"), st.sampled_from("12")), max_size=3
)
PAIRS = st.lists(
    st.tuples(RECORD, RECORD)
    .filter(lambda two: two[0] != two[1])
    .map(lambda two: pair(*two)),
    max_size=4,
    unique=True,
)


@st.composite
def evidences(draw):
    borne = draw(st.dictionaries(RECORD, NUMBERS, max_size=8))
    return Evidence(
        uniting=borne,
        telling={
            r: frozenset(n for n in found if n.kind != "R")
            for r, found in borne.items()
        },
        same=draw(PAIRS),
        apart=draw(PAIRS),
        first={record: draw(st.integers(1, 3)) for record in RECORDS},
    )


@given(evidences(), st.randoms())
def test_the_order_does_not_matter(evidence, random):
    def shuffled(items):
        return random.sample(list(items), len(items))

    turned = replace(
        evidence,
        uniting=dict(shuffled(evidence.uniting.items())),
        telling=dict(shuffled(evidence.telling.items())),
        same=shuffled(evidence.same),
        apart=shuffled(evidence.apart),
    )
    assert settle(turned) == settle(evidence)


@given(evidences(), evidences())
def test_going_on_from_what_was_settled_gives_what_settling_all_gives(before, after):
    told = {*before.uniting.items()} ^ {*after.uniting.items()}
    touched = {record for record, _ in told}
    for then, now in ((before.same, after.same), (before.apart, after.apart)):
        changed = {*then} ^ {*now}
        touched |= {record for one in changed for record in (one.left, one.right)}
    after = replace(after, first=before.first)
    assert settle(after, settle(before), touched) == settle(after)


@given(evidences())
def test_no_cluster_holds_two_that_are_known_to_be_two(evidence):
    judged = {frozenset((one.left, one.right)) for one in evidence.apart}
    for cluster in settle(evidence).clusters:
        for one in judged:
            assert not one <= set(cluster.members)


@given(evidences())
def test_a_record_is_in_one_cluster_at_most(evidence):
    members = [m for one in settle(evidence).clusters for m in one.members]
    assert len(members) == len(set(members))
