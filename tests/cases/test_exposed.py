"""What a hit is exposed to: each effect stands with the listed name from which it comes."""

from datetime import date

import pytest

from standsbehind.cases.effects import Position, effects_for
from standsbehind.cases.exposed import exposed
from tests.cases.test_ownership import firms, stake
from tests.told import firm, link, listing, said

IN_FORCE = date(2025, 10, 15)
SUSPENDED = date(2026, 6, 1)
NOT_VERIFIED = date(2026, 11, 23)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    from tests.published import published

    return published(
        tmp_path_factory.mktemp("exposed"),
        firms("maker", "lens", "far", "further", "band", "part", "buyer", "plain"),
        firm("home", "Home Ltd", country="us"),
        stake("e1", "maker", "lens", "60"),
        stake("e2", "lens", "far", "51"),
        stake("e3", "far", "further", "50"),
        stake("e4", "maker", "band", ">25-50"),
        stake("e5", "maker", "part", "30"),
        stake("e6", "maker", "home", "80"),
        link("e7", "maker", "buyer"),
        firm("device", "Device", schema="Product"),
        [said("device", "maker", "maker", "Product")],
        listing("s1", "maker", "us-bis-entity-list", "2019-10-09"),
        listing("s2", "maker", "us-fcc-covered-list", "2021-03-12"),
        listing("s3", "maker", "us-ns-cmic", "2021-08-02"),
        listing("s4", "maker", "us-ofac-sdn", "2026-01-01"),
    )


def through_maker(reader, entity, day=IN_FORCE, role="exporter"):
    found = exposed(reader, entity, Position(day, (role,), "us"))
    (one,) = (e for e in found.exposures if e.entity_id == "maker")
    return one


def lines(exposure):
    return {
        (e.program, e.effect, e.relation, e.state)
        for _, effects in exposure.effects
        for e in effects
    }


@pytest.mark.parametrize(
    ("day", "effect", "state", "span"),
    [
        (IN_FORCE, "licence", "in_force", ("2025-09-29", "2025-11-09")),
        (SUSPENDED, "permitted", "suspended", ("2025-11-10", "2026-11-09")),
        (NOT_VERIFIED, "licence", "unverified", ("2026-11-10", None)),
    ],
)
def test_the_affiliates_rule_reaches_a_firm_on_the_days_it_is_in_force(
    reader, day, effect, state, span
):
    one = through_maker(reader, "lens", day)
    (line,) = (
        e for _, found in one.effects for e in found if e.program == "us-bis-affiliates"
    )
    assert (line.effect, line.state) == (effect, state)
    assert (line.since, line.until) == span
    assert (line.relation, line.listed, line.evidence) == ("owned_50", "maker", ("e1",))
    assert line.test == "us-bis-affiliates-50"


def test_a_listed_name_beyond_two_links_stands_with_the_stakes_that_lead_to_it(reader):
    one = through_maker(reader, "further")
    assert [hop.edge.id for hop in one.path.hops] == ["e3", "e2", "e1"]
    assert one.path.entities == ("further", "far", "lens", "maker")
    assert one.relations == ("owned_50",)


def test_a_list_that_reaches_only_its_names_does_not_reach_what_they_own(reader):
    one = through_maker(reader, "lens", NOT_VERIFIED, "investor")
    assert "us-ns-cmic" not in {program for program, *_ in lines(one)}


def test_the_rule_of_another_list_counts_from_the_day_of_its_own_listing(reader):
    before = through_maker(reader, "lens", date(2025, 12, 31), "bank")
    after = through_maker(reader, "lens", date(2026, 1, 1), "bank")
    assert "us-ofac-sdn" not in {program for program, *_ in lines(before)}
    assert ("us-ofac-sdn", "prohibited", "owned_50", "in_force") in lines(after)


def test_a_supply_by_itself_carries_nothing_over(reader):
    one = through_maker(reader, "buyer")
    assert (one.effects, one.relations) == ((), ("none",))
    (test,) = (t for t in one.tests if t.test.id == "us-bis-affiliates-50")
    assert (test.answer, test.missing[0].fact) == ("UNDETERMINED", "holders")


def test_a_small_stake_leaves_open_who_holds_the_rest(reader):
    one = through_maker(reader, "part")
    (test,) = (t for t in one.tests if t.test.id == "us-bis-affiliates-50")
    assert one.effects == ()
    assert (test.answer, float(test.unstated)) == ("UNDETERMINED", 0.7)
    assert [one.fact for one in test.missing] == ["holders"]


def test_a_share_that_is_not_known_has_no_effect_and_is_named(reader):
    found = exposed(reader, "band", Position(IN_FORCE, ("exporter",), "us"))
    (test,) = found.reached.undetermined
    assert not any(e.binding for e in found.exposures)
    assert (test.answer, test.missing[0].fact) == ("UNDETERMINED", "share")


def test_a_firm_of_the_country_that_the_rule_spares_is_not_reached(reader):
    one = through_maker(reader, "home")
    assert "us-bis-affiliates" not in {program for program, *_ in lines(one)}


def test_the_maker_that_a_product_names_stands_behind_it_with_its_source(reader):
    one = through_maker(reader, "device", role="importer")
    assert one.relations == ("produced_by",)
    assert ("us-fcc-covered-list", "prohibited", "produced_by", "in_force") in lines(
        one
    )
    (hop,) = one.path.hops
    assert (hop.edge.role, hop.edge.grade) == ("maker of", "reported, one origin")
    assert hop.edge.citations


def test_an_entity_that_nobody_lists_is_exposed_to_a_rule_of_use_that_binds(reader):
    deployer = exposed(reader, "plain", Position(NOT_VERIFIED, ("deployer",), "eu"))
    (own,) = deployer.exposures
    assert (own.path, own.designations, own.relations) == (None, (), ("none",))
    assert {e.program for _, found in own.binding for e in found} == {"eu-ai-act-5"}
    buyer = exposed(reader, "plain", Position(NOT_VERIFIED, ("buyer",), "us"))
    assert buyer.exposures == ()


@pytest.mark.parametrize(
    "entity", ["maker", "lens", "further", "band", "buyer", "home"]
)
@pytest.mark.parametrize("day", [IN_FORCE, SUSPENDED, NOT_VERIFIED])
def test_the_effects_are_those_that_are_decided_for_the_entity_alone(
    reader, entity, day
):
    """Each of them once, under the listed name that it comes from; no other."""
    position = Position(day, ("exporter", "contractor", "bank"), "us")
    (alone,) = effects_for(reader, [entity], position)
    found = exposed(reader, entity, position)
    for role, effects in alone.effects:
        told = [
            effect
            for one in found.exposures
            for its_role, its in one.effects
            for effect in its
            if its_role == role
        ]
        assert sorted(told, key=repr) == sorted(effects, key=repr)
