"""Around a listing: what began and ended near its day, no more exact than stated."""

import pytest

from standsbehind.cases.screening import own_links
from standsbehind.tracing.around import around
from tests.told import firm, link, listing


@pytest.fixture
def reader(publish_claims):
    return publish_claims(
        *(firm(key, key.upper()) for key in ("maker", "x", "y", "z", "w")),
        link("e1", "maker", "x", startDate="2018-01-01", endDate="2019-12-31"),
        link("e2", "maker", "y", startDate="2020"),
        link("e3", "maker", "z", startDate="2012-05-01"),
        link("e4", "maker", "w"),
        listing("d1", "maker", start="2019-10-09"),
    )


def found(reader, days=365):
    return around(reader, "maker", own_links(reader, "maker"), days)


def test_what_ended_and_began_near_the_day_is_told_in_order(reader):
    (one,) = found(reader)
    told = [(c.edge.id, c.began, c.when, c.days) for c in one.changes]
    assert told == [
        ("e1", False, "2019-12-31", 83),
        ("e2", True, "2020", None),
    ]


def test_links_in_force_are_counted_before_and_after(reader):
    (one,) = found(reader)
    assert (one.in_force_before, one.in_force_after, one.undated) == (2, 2, 1)


def test_fewer_days_tell_less(reader):
    (one,) = found(reader, days=30)
    assert one.changes == ()


def test_an_exemption_is_no_listing(publish_claims):
    reader = publish_claims(
        firm("maker", "MAKER"),
        listing("d1", "maker", start="2019-10-09", status="exempted"),
    )
    assert found(reader) == ()
