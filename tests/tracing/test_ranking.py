"""A ranking counts others and not links, and says whom it counts."""

from datetime import date

import pytest

from standsbehind.tracing.ranking import RankQuestion, rank
from tests.told import cited, firm, link, listing

SUPPLIES = frozenset({"Supply"})


@pytest.fixture
def reader(publish_claims):
    return publish_claims(
        *(firm(key, key.upper()) for key in ("big", "small", "x", "y", "z")),
        link("e1", "big", "x"),
        link("e2", "big", "x", citations=(cited("S2", "agency"),)),
        link("e3", "big", "y", startDate="2021"),
        link("e4", "small", "x"),
        link("e5", "small", "z"),
        link("e6", "small", "y"),
        link("e7", "small", "y", schema="Ownership", role="owns"),
        listing("d1", "x"),
        listing("d2", "y", start="2022-01-01"),
    )


def told(ranking):
    return [(one.entity_id, one.others) for one in ranking.ranked]


def test_others_are_counted_once_however_many_links_there_are(reader):
    found = rank(reader, RankQuestion(SUPPLIES))
    assert told(found) == [("small", ("x", "y", "z")), ("big", ("x", "y"))]
    assert found.ranked[1].origins == 2
    assert [edge.id for edge in found.ranked[1].edges] == ["e1", "e2", "e3"]


def test_only_listed_buyers_count_where_that_is_asked(reader):
    found = rank(reader, RankQuestion(SUPPLIES, listed=True))
    assert told(found) == [("big", ("x", "y")), ("small", ("x", "y"))]


def test_on_a_day_only_listings_and_links_of_that_day_count(reader):
    asked = RankQuestion(SUPPLIES, listed=True, as_of=date(2020, 6, 1))
    assert told(rank(reader, asked)) == [("big", ("x",)), ("small", ("x",))]


def test_buyers_can_be_ranked_by_their_suppliers(reader):
    found = rank(reader, RankQuestion(SUPPLIES, side="target", limit=1))
    assert told(found) == [("x", ("big", "small"))]
    assert found.total == 3


def test_nothing_of_a_kind_ranks_nobody(reader):
    assert rank(reader, RankQuestion(frozenset({"Funding"}))).ranked == ()
