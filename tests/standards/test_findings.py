"""What the standard finds of the built-in firms, as people wrote it down beforehand.

`cases/findings.yml` is for people to read and write: `entity`, `why`, `expect` (the result of
each class named; every other one is not examined), and what must be true of the elements,
the grounds and the replies.
"""

from pathlib import Path

import pytest
import yaml

from standsbehind.cases.assess import gather
from standsbehind.standards.findings import judge_all
from standsbehind.standards.norms import load_standard

FILE = Path(__file__).parent / "cases" / "findings.yml"
CASES = yaml.safe_load(FILE.read_text("utf-8"))


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


def test_there_are_sixty_expectations_of_ten_countries(built_in_reader):
    assert sum(len(case["expect"]) for case in CASES) >= 60
    results = {result for case in CASES for result in case["expect"].values()}
    assert results == {"shown", "not shown", "not examined", "answered"}
    entities = [built_in_reader.entities[case["entity"]] for case in CASES]
    assert len({country for row in entities for country in row["countries"]}) >= 10
