"""How far each program goes from the name that it lists, on three days of the Affiliates Rule."""

from datetime import date

import pytest

from standsbehind.cases.effects import Position
from standsbehind.cases.exposed import exposed
from standsbehind.standards.programs import load_programs
from tests.cases.test_ownership import firms, stake
from tests.told import link, listing

IN_FORCE = date(2025, 10, 15)
SUSPENDED = date(2026, 6, 1)
NOT_VERIFIED = date(2026, 11, 23)
ROLES = ("buyer", "contractor", "exporter", "importer", "investor", "bank", "deployer")

LISTS = sorted(key for key, one in load_programs().items() if one.kind == "list")

NAMED_ONLY = {"us-ns-cmic", "us-eo-13959", "us-bis-entity-list", "us-bis-meu", "un-sc"}
OWNED = {"us-bis-affiliates": "owned_50", "us-ofac-sdn": "owned_50"}
KIN = {"us-ndaa-889": "affiliate", "us-fcc-covered-list": "affiliate"}
CONTROLLED = {"us-dod-1260h": "controlled", "eu-human-rights": "controlled"}
MADE = dict.fromkeys(
    ("gb-sensitive-sites", "us-fcc-covered-list", "us-uflpa"), "produced_by"
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    from tests.published import published

    return published(
        tmp_path_factory.mktemp("reach"),
        firms("maker", "owned", "kin", "run", "seller", "customer"),
        stake("e1", "maker", "owned", "50"),
        link("e2", "kin", "maker", "UnknownLink", "subsidiary of"),
        link("e3", "maker", "run", "UnknownLink", "controls"),
        link("e4", "maker", "seller", role="made for"),
        link("e5", "maker", "customer"),
        *(listing(f"s-{key}", "maker", key, "2015-01-01") for key in LISTS),
    )


def reached_by(reader, entity, day):
    """Return by which relation each provision reaches an entity, and its state that day."""
    found = exposed(reader, entity, Position(day, ROLES))
    return {
        (e.program, e.provision): (e.relation, e.state)
        for one in found.exposures
        if one.path
        for _, effects in one.effects
        for e in effects
    }


def relations(reader, entity, day):
    found = reached_by(reader, entity, day).items()
    return {program: relation for (program, _), (relation, _) in found}


@pytest.mark.parametrize("day", [IN_FORCE, SUSPENDED, NOT_VERIFIED])
@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        # Half is not said to be control or kinship; the EU counts half as ownership.
        ("owned", {**OWNED, "eu-human-rights": "controlled"}),
        ("kin", KIN),
        ("run", {**KIN, **CONTROLLED}),
        ("seller", MADE),
        ("customer", {}),
    ],
)
def test_each_program_goes_as_far_as_its_text(reader, entity, expected, day):
    found = relations(reader, entity, day)
    assert found == expected
    assert NAMED_ONLY.isdisjoint(found)


@pytest.mark.parametrize(
    ("rule", "entity", "states"),
    [
        ("us-bis-affiliates/owned-50", "owned", "in_force suspended unverified"),
        ("us-ofac-sdn/blocking", "owned", "in_force in_force in_force"),
        ("us-ndaa-889/a-1-B", "kin", "in_force in_force in_force"),
        (
            "us-dod-1260h/s805-contract",
            "run",
            "not_yet_in_force not_yet_in_force in_force",
        ),
    ],
)
def test_a_rule_has_the_state_of_the_day(reader, rule, entity, states):
    days = (IN_FORCE, SUSPENDED, NOT_VERIFIED)
    key = tuple(rule.split("/"))
    told = (reached_by(reader, entity, day)[key] for day in days)
    assert [state for _, state in told] == states.split()
