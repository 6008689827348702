"""The evidence cut is the smallest set of origins that breaks every path."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from standsbehind.model.statement import Status
from standsbehind.tracing import evidence_cut
from standsbehind.tracing.evidence_cut import fewest_origins
from standsbehind.tracing.paths import Question, trace
from tests.told import cited, firm, link

hops = st.sets(st.sampled_from("abcdefg"), min_size=1, max_size=3).map(frozenset)
paths_of = st.lists(st.lists(hops, min_size=1, max_size=4), min_size=1, max_size=7)


def stands(path, wrong):
    return not any(hop <= wrong for hop in path)


def fewest(paths):
    """Try all sets of origins, the small ones first."""
    every = sorted({origin for path in paths for hop in path for origin in hop})
    for size in range(1, len(every) + 1):
        for chosen in combinations(every, size):
            if not any(stands(path, {*chosen}) for path in paths):
                return size
    raise AssertionError(paths)


@given(paths_of)
def test_no_smaller_set_breaks_every_path(paths):
    found = fewest_origins(paths)
    assert not any(stands(path, {*found.origins}) for path in paths)
    assert (len(found.origins), found.proven) == (fewest(paths), True)
    every = {origin for path in paths for hop in path for origin in hop}
    alone = [o for o in sorted(every) if not any(stands(path, {o}) for path in paths)]
    assert found.alone == tuple(alone)


@given(paths_of)
def test_a_search_that_was_not_finished_does_not_say_that_it_is_proven(paths):
    with_one_try = evidence_cut.fewest_origins(paths, most_tries=1)
    assert not any(stands(path, {*with_one_try.origins}) for path in paths)
    if with_one_try.proven:
        assert len(with_one_try.origins) == fewest(paths)


def ways(publish_claims, *more):
    firms = [claim for name in "abm" for claim in firm(name, name)]
    reader = publish_claims(
        firms,
        link("e1", "a", "m", citations=(cited("S1", "agency"),)),
        link("e2", "m", "b", citations=(cited("S2", "paper"), cited("S3", "court"))),
        *more,
    )
    return trace(reader, Question(["a"], ["b"]))


def test_a_path_breaks_at_the_hop_with_the_fewest_origins(publish_claims):
    assert ways(publish_claims).rests_on.origins == ("agency",)


def test_a_second_link_between_the_same_two_keeps_the_hop(publish_claims):
    second = link(
        "e3", "a", "m", status=Status.OPINION, citations=(cited("S4", "blog"),)
    )
    found = ways(publish_claims, second)
    assert found.rests_on.origins in {("agency", "blog"), ("court", "paper")}


def test_where_there_is_no_path_there_is_nothing_to_break(publish_claims):
    reader = publish_claims(firm("a", "a"), firm("b", "b"))
    found = trace(reader, Question(["a"], ["b"]))
    assert (found.completeness, found.rests_on) == ("COMPLETE", None)
