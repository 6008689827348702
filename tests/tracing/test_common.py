"""What two firms have in common is told with a way from each of them."""

import pytest

from standsbehind.tracing.common import CommonQuestion, in_common
from standsbehind.tracing.filters import Filter
from tests.told import firm, link

OWNERS = Filter(types=frozenset({"Ownership"}), direction="in")


@pytest.fixture
def reader(publish_claims):
    def owns(key, owner, asset):
        return link(key, owner, asset, schema="Ownership", role="owns")

    return publish_claims(
        *(firm(key, key.upper()) for key in ("one", "two", "mid", "top", "bank", "x")),
        owns("o1", "top", "one"),
        owns("o2", "top", "mid"),
        owns("o3", "mid", "two"),
        owns("o4", "bank", "one"),
        owns("o5", "one", "x"),
        owns("o6", "two", "x"),
        link("s1", "bank", "two"),
    )


def asked(*entities, **terms):
    return CommonQuestion(entities, wanted=OWNERS, **terms)


def test_common_owners_are_found_at_any_remove(reader):
    found = in_common(reader, asked("one", "two"))
    assert found.completeness == "COMPLETE"
    (only,) = found.shared
    assert only.entity_id == "top"
    assert [path.entities for path in only.paths] == [
        ("one", "top"),
        ("two", "mid", "top"),
    ]
    assert only.hops == 3


def test_what_both_own_is_no_common_owner(reader):
    assert "x" not in {
        one.entity_id for one in in_common(reader, asked("one", "two")).shared
    }


def test_any_link_counts_where_any_is_asked_for(reader):
    found = in_common(reader, CommonQuestion(("one", "two"), hops=2))
    assert [one.entity_id for one in found.shared] == ["bank", "x", "mid", "top"]


def test_what_one_reaches_only_through_the_other_is_not_in_common(publish_claims):
    reader = publish_claims(
        *(firm(key, key.upper()) for key in ("one", "two", "far")),
        link("s1", "one", "two"),
        link("s2", "two", "far"),
    )
    assert in_common(reader, CommonQuestion(("one", "two"))).shared == ()


def test_too_few_hops_find_nothing_and_say_they_looked(reader):
    found = in_common(reader, asked("one", "two", hops=1))
    assert (found.shared, found.completeness) == ((), "COMPLETE")


def test_one_who_is_not_in_the_data_is_not_known(reader):
    assert in_common(reader, asked("one", "nobody")).completeness == "NOT_KNOWN"


def test_more_than_the_limit_are_counted(reader):
    found = in_common(reader, CommonQuestion(("one", "two"), hops=2, limit=1))
    assert (len(found.shared), found.total) == (1, 4)
