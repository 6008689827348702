"""The relational plan and the plain evaluator find the same, to the last statement."""

from random import Random

import pytest

from standsbehind.cases.assess import gather
from standsbehind.cases.in_bulk import evidence_tables, find_all, findings_of
from standsbehind.model.evidence import Held
from standsbehind.standards.findings import judge_all
from standsbehind.standards.invented import invent
from standsbehind.standards.norms import load_standard

STANDARD = load_standard()


def by_the_plan(evidence):
    found = find_all(STANDARD, evidence_tables(evidence))
    return {(f.subject, f.norm): f for f in findings_of(found)}


def one_by_one(evidence):
    return {
        (subject, finding.norm): finding
        for subject in evidence.subjects()
        for finding in judge_all(STANDARD, subject, evidence)
    }


def assert_same(evidence):
    planned, plain = by_the_plan(evidence), one_by_one(evidence)
    assert planned.keys() <= plain.keys()
    for key, finding in plain.items():
        if key in planned:
            assert planned[key] == finding
        else:
            assert finding.result == "not examined"
            assert not any(state.grounds for state in finding.elements)


@pytest.mark.parametrize("seed", range(3))
def test_both_find_the_same_of_invented_firms(seed):
    assert_same(invent(STANDARD, 300, Random(seed)))


def test_the_invented_firms_meet_every_result_and_class():
    found = one_by_one(invent(STANDARD, 1_500, Random(7))).values()
    assert {f.result for f in found} == {
        "shown",
        "not shown",
        "not examined",
        "answered",
    }
    assert {f.norm for f in found if f.proof} == {n.id for n in STANDARD.norms}
    assert any(f.is_apart for f in found)
    assert any(f.mitigating for f in found)


def test_both_find_the_same_of_the_built_in_data(built_in_reader):
    assert_same(gather(built_in_reader, STANDARD))


def test_both_find_nothing_in_nothing():
    assert_same(Held())
