"""The same conduct under other names and homes finds the same; a rule that looks is caught."""

from random import Random

import pytest

from standsbehind.cases.assess import gather
from standsbehind.cases.neutral import (
    Judges,
    Trial,
    known_subjects,
    permute_all,
)
from standsbehind.model.evidence import Held
from standsbehind.standards.findings import judge_all
from standsbehind.standards.invented import invent
from standsbehind.standards.neutrality import KINDS
from standsbehind.standards.norms import load_standard
from standsbehind.standards.permuting import permuted
from standsbehind.standards.plan import compile_plan

STANDARD = load_standard()
PLAN = compile_plan(STANDARD)


def fair(subject, evidence):
    return judge_all(STANDARD, subject, evidence)


def proven(evidence, *kinds, plan=PLAN, plain=fair, runs=12):
    trial = Trial.in_full("test", evidence, runs)
    found = permute_all(trial, Judges(plan, plain), Random(1), kinds or KINDS)
    return {one.kind: one for one in found}


@pytest.fixture(scope="module")
def built_in(built_in_reader):
    return known_subjects(built_in_reader, gather(built_in_reader, STANDARD))


@pytest.fixture(scope="module")
def invented():
    return invent(STANDARD, 40, Random(5))


def test_the_built_in_data_finds_the_same_in_every_world(built_in):
    found = proven(built_in)
    assert list(found) == list(KINDS)
    assert all(one.is_exact and one.runs == 12 for one in found.values())
    assert all(one.moved > 12 * 60 for one in found.values())


def test_invented_firms_find_the_same_each_in_one_world(invented):
    trial = Trial.in_blocks("test", invented, 20)
    tried = [key for subjects in trial.worlds.values() for key in subjects]
    assert sorted(tried) == sorted(invented.profiles)
    found = list(permute_all(trial, Judges.of(STANDARD), Random(1)))
    assert all(one.is_exact and one.runs == 20 for one in found)


# ── a rule that looks at who it is, is caught ──

SIMPLY = "coalesce(CASE a.threshold"
LOOKING = {
    "names": "r.name <> 'The firm-000007' AND ",
    "home_countries": "r.home < 'm' AND ",
    "designations": "r.listed = '' AND ",
}
"""What a mutated plan asks of a fact, beside its threshold."""


@pytest.mark.parametrize(("kind", "asks"), LOOKING.items())
def test_a_plan_that_looks_at_the_subject_is_caught(invented, kind, asks):
    mutated = PLAN.replace(SIMPLY, asks + SIMPLY)
    assert mutated != PLAN
    found = proven(invented, kind, plan=mutated)
    assert found[kind].exact < found[kind].runs
    assert not found[kind].is_exact


@pytest.mark.parametrize(
    ("kind", "asks"),
    [
        pytest.param("publishers", "publisher <> 'paper-3'", id="a publisher"),
        pytest.param("publishers", "publisher_country <> 'kp'", id="its country"),
        pytest.param("languages", "language <> 'zho'", id="a language"),
    ],
)
def test_a_plan_that_looks_at_the_publisher_is_caught(invented, kind, asks):
    mutated = PLAN.replace(
        "FROM sources GROUP BY", f"FROM sources WHERE {asks} GROUP BY"
    )
    assert mutated != PLAN
    found = proven(invented, kind, plan=mutated)
    assert found[kind].exact < found[kind].runs


def test_a_plan_that_names_one_firm_of_the_built_in_data_is_caught(built_in):
    mutated = PLAN.replace(SIMPLY, f"r.subject NOT LIKE '%core-clearview' AND {SIMPLY}")
    found = proven(built_in, "names", "home_countries", plan=mutated)
    assert found["names"].exact < found["names"].runs
    assert found["home_countries"].is_exact


def _without(keeps):
    def judge(subject, evidence):
        kept = tuple(
            fact
            for fact in evidence.all_facts
            if keeps(fact, evidence.profiles[fact.subject])
        )
        fewer = Held(
            kept, evidence.all_searches, evidence.all_answers, evidence.profiles
        )
        return judge_all(STANDARD, subject, fewer)

    return judge


@pytest.mark.parametrize(
    ("kind", "keeps"),
    [
        pytest.param(
            "names", lambda fact, _: fact.subject != "firm-000007", id="an id"
        ),
        pytest.param(
            "names",
            lambda _, who: not who.name.endswith("7"),
            id="a name",
        ),
        pytest.param(
            "home_countries",
            lambda _, who: who.country < "m",
            id="a home",
        ),
        pytest.param(
            "designations",
            lambda _, who: not who.designations,
            id="a list",
        ),
        pytest.param(
            "publishers",
            lambda fact, _: all(s.publisher != "paper-3" for s in fact.sources),
            id="a publisher",
        ),
        pytest.param(
            "languages",
            lambda fact, _: all(s.language != "zho" for s in fact.sources),
            id="a language",
        ),
    ],
)
def test_a_plain_evaluator_that_looks_is_caught(invented, kind, keeps):
    found = proven(invented, kind, plain=_without(keeps), runs=6)
    assert found[kind].plain_exact < found[kind].plain_runs


# ── what is permuted ──


def test_a_name_takes_the_conduct_of_another_and_not_its_home(invented):
    one, other = list(invented.profiles)[:2]
    world = permuted("names", invented, {one: other, other: one}, {})
    assert len(world.facts(other)) == len(invented.facts(one))
    assert world.profiles[other].country == invented.profiles[one].country
    assert world.profiles[other].name == invented.profiles[other].name


def test_the_same_seed_gives_the_same_worlds(invented):
    once = proven(invented, "names", runs=3)
    assert once == proven(invented, "names", runs=3)
