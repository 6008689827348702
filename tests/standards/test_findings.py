"""What the standard finds of the built-in firms, as people wrote it down beforehand.

`cases/findings.yml` is for people to read and write; its head says what each word means.
"""

from pathlib import Path

import pytest
import yaml

from standsbehind.cases.assess import gather
from standsbehind.standards.findings import judge_all
from standsbehind.standards.norms import load_standard
from standsbehind.standards.thresholds import reason

FILE = Path(__file__).parent / "cases" / "findings.yml"
WRITTEN = yaml.safe_load(FILE.read_text("utf-8"))
CASES = [case for case in WRITTEN if "entity" in case]
SILENT = [entity for case in WRITTEN for entity in case.get("entities", ())]


@pytest.fixture(scope="module")
def built_in(built_in_reader):
    return gather(built_in_reader, load_standard())


@pytest.fixture(scope="module")
def findings(built_in):
    def found(subject):
        return {f.norm: f for f in judge_all(load_standard(), subject, built_in)}

    return found


def named(case):
    return pytest.param(case, id=case["entity"].removeprefix("core-"))


@pytest.mark.parametrize("case", [named(case) for case in CASES])
def test_the_findings_are_those_written_down(case, findings):
    found = findings(case["entity"])
    results = {norm: finding.result for norm, finding in found.items()}
    silent = dict.fromkeys(results, "not examined")
    assert results == silent | case["expect"]
    states = {f"{n}/{e.id}": e.result for n, f in found.items() for e in f.elements}
    wanted = case.get("elements", {})
    assert {key: states[key] for key in wanted} == wanted
    assert {key for key, state in states.items() if state == "shown"} <= set(wanted)
    held = {norm for norm, f in found.items() if any(e.facts for e in f.elements)}
    assert held <= set(case["expect"])


@pytest.mark.parametrize("entity", SILENT)
def test_of_those_not_looked_at_nothing_is_found_and_nothing_is_cleared(
    entity, findings
):
    for finding in findings(entity).values():
        assert finding.result == "not examined"
        assert not any(element.grounds for element in finding.elements)


def test_every_firm_and_body_of_the_set_has_an_expectation(built_in_reader):
    kinds = {"Company", "Organization", "PublicBody"}
    held = {k for k, row in built_in_reader.entities.items() if row["schema"] in kinds}
    written = [*SILENT, *(case["entity"] for case in CASES)]
    assert len(written) == len(set(written))
    assert set(written) == held


@pytest.mark.parametrize("case", [named(c) for c in CASES if "grounds" in c])
def test_the_grounds_are_all_that_was_looked_at(case, findings, built_in_reader):
    for norm, records in case["grounds"].items():
        finding = findings(case["entity"])[norm]
        grounds = {g for element in finding.elements for g in element.grounds}
        for record, claims in built_in_reader.claims(records).items():
            assert {c.statement.id for c in claims} <= grounds, record


@pytest.mark.parametrize("case", [named(c) for c in CASES if "replies" in c])
def test_replies_stand_beside_what_they_answer(case, findings):
    found = findings(case["entity"])
    said = {norm: list(found[norm].replies) for norm in case["replies"]}
    assert said == case["replies"]


@pytest.mark.parametrize("case", [named(c) for c in CASES if "short" in c])
def test_one_origin_is_not_enough(case, findings, built_in):
    found, facts = findings(case["entity"]), facts_of(case, built_in)
    for norm, records in case["short"].items():
        for element in found[norm].elements:
            assert not {facts[key].record for key in element.accepted} & set(records)
        told = {facts[k].record for e in found[norm].elements for k in e.facts}
        assert set(records) <= told
    short = {record for records in case["short"].values() for record in records}
    for fact in facts.values():
        if fact.record in short:
            assert reason(fact.sources) == "one origin", fact.record


@pytest.mark.parametrize("case", [named(c) for c in CASES if "primary" in c])
def test_a_primary_source_is_enough(case, findings, built_in):
    found, facts = findings(case["entity"]), facts_of(case, built_in)
    for norm, records in case["primary"].items():
        accepted = {k for e in found[norm].elements for k in e.accepted}
        for record in records:
            enough = [facts[key] for key in accepted if facts[key].record == record]
            assert enough, record
            assert all(reason(f.sources).startswith("primary: ") for f in enough)


def facts_of(case, built_in):
    return {fact.id: fact for fact in built_in.facts(case["entity"])}


def test_the_database_of_faces_is_shown_on_primary_evidence(findings, built_in):
    facts = {fact.id: fact for fact in built_in.facts("core-clearview")}
    found = findings("core-clearview")["C3"]
    assert found.result == "shown"
    for element in found.elements:
        told = [reason(facts[key].sources) for key in element.accepted]
        assert any(said.startswith("primary: ") for said in told), element.id


def test_a_fact_stands_once(built_in):
    ids = [fact.id for fact in built_in.all_facts]
    assert len(ids) == len(set(ids))


def test_no_claim_of_one_origin_is_enough_for_anybody(findings, built_in):
    few = {f.id for f in built_in.all_facts if reason(f.sources) == "one origin"}
    subjects = built_in.subjects()
    elements = [e for s in subjects for f in findings(s).values() for e in f.elements]
    assert len(few & {key for element in elements for key in element.facts}) > 30
    assert not few & {key for element in elements for key in element.accepted}


def test_there_are_sixty_expectations_of_ten_countries(built_in_reader):
    assert sum(len(case["expect"]) for case in CASES) >= 60
    results = {result for case in CASES for result in case["expect"].values()}
    assert results == {"shown", "not shown", "not examined", "answered"}
    homes = {
        country
        for case in CASES
        for country in built_in_reader.entities[case["entity"]]["countries"]
    }
    assert len(homes - {"eu"}) >= 10
