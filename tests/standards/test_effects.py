"""What a listing or a rule does to whom, case by case.

The cases in `cases/effects/` are for lawyers to read and write: `name`, `given` (who asks,
where, as of which day, with which listings) and `expect` (lines of the answer; `first` is
the line read first, `says`, `why`, `citation` and `condition` need only be part of it).
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from standsbehind.model.citation import Citation
from standsbehind.standards.effects import LAW_AS_OF, NOT_LEGAL_ADVICE
from standsbehind.standards.programs import ROLES
from tests.standards.asking import ALL_LISTED, PROGRAMS, ask, line, listed

CASES = Path(__file__).parent / "cases"


def cases():
    files = sorted((CASES / "effects").glob("*.yml"))
    found = [case for file in files for case in yaml.safe_load(file.read_text("utf-8"))]
    return [pytest.param(c["given"], c["expect"], id=c["name"]) for c in found]


def answer(asked):
    listings = [
        listed(found.pop("program"), found.pop("from"), found.pop("to", None), **found)
        for found in map(dict, asked.get("listings", []))
    ]
    capabilities = asked.get("capabilities", [])
    return ask(
        asked["role"],
        asked["as_of"],
        *listings,
        within=asked.get("in"),
        capabilities=capabilities,
    )


def printed(effect):
    said = {"says": effect.text, "why": effect.unverified_why}
    return {**effect.to_json(), **said, "citation": effect.citation.title}


def agrees(key, wanted, found):
    if key in {"says", "why", "citation", "condition"}:
        return wanted in found
    return found == (str(wanted) if isinstance(wanted, date) else wanted)


@pytest.mark.parametrize(("asked", "expected"), cases())
def test_case(asked, expected):
    effects = answer(asked)
    assert bool(effects) == bool(expected)
    for want in expected:
        found = line(effects, want["provision"])
        assert found == effects[0] or not want.get("first")
        for key in want.keys() - {"provision", "first"}:
            assert agrees(key, want[key], printed(found)[key]), key


@pytest.mark.parametrize(
    ("provision", "role", "day", "state"),
    [
        pytest.param(
            row["provision"], row["role"], day, state, id=f"{row['provision']} {day}"
        )
        for row in yaml.safe_load((CASES / "boundaries.yml").read_text("utf-8"))
        for day, state in row["days"].items()
    ],
)
def test_a_provision_changes_on_its_day(provision, role, day, state):
    program = provision.partition("/")[0]
    attached = PROGRAMS[program].attaches_to
    listing = listed(attached[0] if attached else program, "2019-01-01")
    assert line(ask(role, day, listing, within=None), provision).state == state


def test_every_dated_provision_has_its_boundary_tested():
    tested = {
        (row["provision"], day)
        for row in yaml.safe_load((CASES / "boundaries.yml").read_text("utf-8"))
        for day in row["days"]
    }
    same_article = {f"eu-ai-act-5/5-1-{point}" for point in "fgh"} | {
        "eu-dual-use-5/informed"
    }
    dated = {
        (f"{program.id}/{provision.id}", day)
        for program in PROGRAMS.values()
        for provision in program.provisions
        for period in provision.periods
        if period.start and f"{program.id}/{provision.id}" not in same_article
        for day in (period.start - timedelta(days=1), period.start)
    }
    assert dated <= tested


@pytest.mark.parametrize("role", ROLES)
def test_the_table_is_complete_for_every_role(role):
    effects = ask(role, date(2026, 11, 23), *ALL_LISTED, within=None)
    seen = {(e.program, e.provision) for e in effects}
    written = {(p.id, v.id) for p in PROGRAMS.values() for v in p.provisions}
    assert written <= seen
    assert all(e.text.endswith(".") for e in effects)
    assert all(e.citation.title and e.citation.href for e in effects)


def test_what_forbids_is_read_before_what_is_permitted():
    effects = ask("importer", date(2026, 1, 15), *ALL_LISTED, within=None)
    order = [
        "prohibited",
        "licence",
        "presumption",
        "duty",
        "not_examined",
        "permitted",
    ]
    weights = [order.index(effect.effect) for effect in effects]
    assert weights == sorted(weights)


def test_for_a_buyer_the_entity_list_line_comes_before_even_a_prohibition():
    effects = ask("buyer", date(2026, 1, 15), *ALL_LISTED)
    assert effects[0].program == "us-bis-entity-list"
    assert effects[1].effect == "prohibited"


def test_a_listing_whose_first_day_nobody_recorded_is_not_sure():
    found = ask("exporter", date(2015, 1, 1), listed("us-bis-entity-list"))[0]
    assert (found.effect, found.unverified, found.since) == ("licence", True, None)


def test_it_is_sure_from_the_day_on_which_a_source_shows_the_name():
    seen = Citation(
        "S1", "Note", "Press", "https://example.org", "o", published="2021-12"
    )
    listing = replace(listed("us-bis-entity-list"), citations=(seen,))
    assert ask("exporter", date(2021, 12, 30), listing)[0].unverified
    assert not ask("exporter", date(2021, 12, 31), listing)[0].unverified


def test_a_revoked_listing_was_in_force_until_its_last_day():
    listing = listed("us-bis-entity-list", "2024-02-27", "2024-10-21", status="revoked")
    assert ask("exporter", date(2024, 5, 1), listing)[0].state == "in_force"
    assert ask("exporter", date(2024, 10, 21), listing)[0].state == "no_longer_listed"


def test_a_revoked_listing_with_no_known_last_day_forbids_nothing():
    listing = listed("us-bis-entity-list", "2019-10-09", status="revoked")
    found = ask("exporter", date(2020, 1, 1), listing)[0]
    assert (found.effect, found.state) == ("permitted", "no_longer_listed")
    assert "its listing is revoked" in found.text


def test_a_listing_that_ended_before_the_provision_keeps_the_provisions_own_days():
    listing = listed("us-dod-1260h", "2024-01-31", "2025-01-07")
    found = line(
        ask("contractor", date(2026, 7, 1), listing), "us-dod-1260h/s805-contract"
    )
    assert (found.state, found.since, found.until) == (
        "no_longer_listed",
        "2026-06-30",
        None,
    )


def test_a_day_after_the_law_was_read_is_spoken_of_in_the_present():
    listing = listed("us-dod-1260h", "2024-01-31")
    found = line(ask("buyer", date(2027, 1, 1), listing), "us-dod-1260h/s805-goods")
    assert "is not yet in force on 2027-01-01" in found.text


def test_a_last_day_known_only_as_a_month_is_not_sure_in_that_month():
    listing = listed("us-bis-entity-list", "2019-10-09", "2024-10")
    assert not ask("exporter", date(2024, 9, 30), listing)[0].unverified
    found = ask("exporter", date(2024, 10, 15), listing)[0]
    assert (found.until, found.unverified) == ("2024-10", True)
    assert (
        found.unverified_why == "The last day of the listing is known only as 2024-10."
    )


def test_a_program_without_a_rule_shows_its_days_and_source():
    source = Citation(
        "dpl", "Denied Persons List", "BIS", "https://example.org/dpl", "bis"
    )
    listing = listed(
        "us-bis-denied-persons", "2017-09-28", "2025-11-19", citations=(source,)
    )
    found = ask("exporter", date(2026, 1, 1), listing)[0]
    assert found.effect == "not_examined"
    assert (found.since, found.until) == ("2017-09-28", "2025-11-18")
    assert found.citation.href == "https://example.org/dpl"


def test_an_effect_is_plain_json_with_the_fields_of_the_contract():
    found = ask("contractor", date(2020, 9, 1), listed("us-ndaa-889", "2019-08-13"))[0]
    printed = json.loads(json.dumps(found.to_json()))
    assert {
        "program",
        "act",
        "effect",
        "relation",
        "citation",
        "from",
        "to",
        "unverified",
    } <= set(printed)
    assert printed["citation"]["title"] == "FAR 52.204-25 (Nov 2021)"
    assert (printed["from"], printed["to"], printed["designation"]) == (
        "2020-08-13",
        None,
        "L1",
    )


def test_every_answer_can_carry_its_two_fixed_sentences():
    assert NOT_LEGAL_ADVICE == "Not legal advice."
    assert date(2026, 11, 23) == LAW_AS_OF
