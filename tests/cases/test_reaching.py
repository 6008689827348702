"""A firm that is not listed is reached as far as the law goes, by the evidence of that day."""

from datetime import date

import pytest

from standsbehind.cases.effects import Position, effects_for
from standsbehind.model.statement import Status
from tests.cases.test_ownership import firms, stake
from tests.told import link, listing

SOLD = "2022-11-24"


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    from tests.published import published

    return published(
        tmp_path_factory.mktemp("reaching"),
        firms("maker", "seller", "buyer", "lens"),
        stake("e1", "maker", "seller", role="owned", endDate=SOLD),
        stake("e2", "buyer", "seller", role="bought", startDate=SOLD),
        link(
            "e3",
            "maker",
            "seller",
            role="alleged to supply",
            startDate=SOLD,
            status=Status.ALLEGED,
        ),
        stake("e4", "maker", "lens", "60"),
        listing("s1", "maker", "us-ndaa-889", "2018-08-13"),
        listing("s2", "maker", "us-fcc-covered-list", "2021-03-12"),
        listing("s3", "maker", "us-bis-entity-list", "2019-10-09"),
        listing("s4", "maker", "gb-sanctions-list", "2022-01-01"),
    )


def lines(reader, entity, role, day):
    asked = Position(day, (role,), "us")
    (found,) = effects_for(reader, [entity], asked)
    return {
        (one.program, one.provision): one for one in found.effects[0][1] if one.listed
    }


def test_the_day_before_the_sale_the_seller_is_kin_of_the_maker(reader):
    found = lines(reader, "seller", "contractor", date(2022, 11, 23))
    line = found["us-ndaa-889", "a-1-B"]
    assert (line.effect, line.relation) == ("prohibited", "affiliate")
    assert (line.listed, line.evidence) == ("maker", ("e1",))


def test_from_the_sale_on_only_what_it_sells_is_the_makers(reader):
    found = lines(reader, "seller", "contractor", date(2022, 11, 24))
    assert ("us-ndaa-889", "a-1-B") not in found
    later = lines(reader, "seller", "importer", date(2023, 3, 1))
    line = later["us-fcc-covered-list", "authorisation"]
    assert (line.effect, line.relation) == ("prohibited", "produced_by")
    assert line.unverified
    assert "alleged, one origin" in line.unverified_why


def test_a_firm_that_is_held_to_half_needs_the_licence_while_the_rule_holds(reader):
    key = ("us-bis-affiliates", "owned-50")
    found = lines(reader, "lens", "exporter", date(2025, 10, 15))
    assert (found[key].effect, found[key].relation) == ("licence", "owned_50")
    suspended = lines(reader, "lens", "exporter", date(2026, 6, 1))
    assert (suspended[key].effect, suspended[key].state) == ("permitted", "suspended")
    assert ("us-bis-entity-list", "licence") not in found


def test_a_list_without_a_written_rule_is_not_examined(reader):
    found = lines(reader, "lens", "bank", date(2025, 10, 15))
    line = found["gb-sanctions-list", ""]
    assert (line.effect, line.relation) == ("not_examined", "controlled")


def test_a_share_that_is_not_known_is_told(reader):
    asked = Position(date(2022, 11, 23), ("exporter",), "gb")
    (found,) = effects_for(reader, ["seller"], asked)
    (hanging,) = found.reached.undetermined
    assert hanging.test.id == "gb-50-control"
    assert "the share of Maker Ltd in Seller Ltd, not stated" in hanging.missing[0].text
