"""What must be true of any evidence: more of it never takes away, and its order does not matter."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standsbehind.model.evidence import Answered, Fact, Held, Looked, Source
from standsbehind.model.statement import Status
from standsbehind.standards.findings import judge, judge_all
from standsbehind.standards.invented import invent
from standsbehind.standards.norms import load_standard

STANDARD = load_standard()
SEEDS = st.integers(0, 2**32)


def found(evidence):
    return {
        (subject, finding.norm): finding
        for subject in evidence.subjects()
        for finding in judge_all(STANDARD, subject, evidence)
    }


@given(SEEDS)
@settings(max_examples=30)
def test_more_facts_never_take_an_element_away(seed):
    whole = invent(STANDARD, 6, Random(seed))
    fewer = replace(whole, all_facts=whole.all_facts[::2])
    now = found(whole)
    for key, finding in found(fewer).items():
        for before, after in zip(finding.elements, now[key].elements, strict=True):
            assert set(before.grounds) <= set(after.grounds)
            assert before.result != "shown" or after.result == "shown"
        assert not finding.proof or now[key].proof


@given(SEEDS)
@settings(max_examples=30)
def test_the_order_of_evidence_does_not_matter(seed):
    whole = invent(STANDARD, 6, Random(seed))
    turned = replace(
        whole,
        all_facts=whole.all_facts[::-1],
        all_searches=whole.all_searches[::-1],
        all_answers=whole.all_answers[::-1],
    )
    assert found(turned) == found(whole)


@given(SEEDS)
@settings(max_examples=30)
def test_a_reply_changes_shown_into_answered_and_nothing_else(seed):
    whole = invent(STANDARD, 6, Random(seed))
    unanswered = found(replace(whole, all_answers=()))
    for key, finding in found(whole).items():
        before = unanswered[key]
        assert replace(finding, result=before.result, replies=()) == before
        assert (before.result, finding.result) == ("shown", "answered") or (
            before.result == finding.result
        )


@given(SEEDS)
@settings(max_examples=30)
def test_without_a_search_nothing_is_not_shown_but_what_is_apart(seed):
    whole = replace(invent(STANDARD, 6, Random(seed)), all_searches=())
    for finding in found(whole).values():
        assert finding.result != "not shown" or finding.is_apart


# ── one firm, fact by fact ──

REPORTED = Source("paper", Status.REPORTED)
OTHER = Source("radio", Status.REPORTED)
COURT = Source("court", Status.OFFICIAL, "court")
MINISTRY = Source("ministry", Status.OFFICIAL)


def fact(term, *sources, day=None, matter="thing", name=""):
    when = day and date.fromisoformat(day)
    return Fact(
        *(f"{term}{name}", f"r-{term}{name}", "acme", term, matter, f"s-{term}{name}"),
        sources or (MINISTRY,),
        when,
        when,
    )


def looked(norm, element):
    return Looked("k", "acme", norm, element, "s-k")


def element(norm, name, *facts, searches=()):
    finding = judge(STANDARD.norm(norm), "acme", Held(facts, searches))
    return next(state.result for state in finding.elements if state.id == name)


@pytest.mark.parametrize(
    ("sources", "result"),
    [
        pytest.param([REPORTED], "not shown", id="one origin"),
        pytest.param([REPORTED, REPORTED], "not shown", id="one origin twice"),
        pytest.param([REPORTED, OTHER], "shown", id="two origins"),
        pytest.param([MINISTRY], "shown", id="an authority"),
        pytest.param([Source("f", Status.COMPANY)], "shown", id="the firm of itself"),
        pytest.param(
            [Source("a", Status.ALLEGED), Source("b", Status.ALLEGED)],
            "not shown",
            id="two who allege",
        ),
        pytest.param(
            [REPORTED, Source("column", Status.OPINION)], "not shown", id="an opinion"
        ),
        pytest.param(
            [REPORTED, Source("x", Status.DISPUTED)], "not shown", id="a dispute"
        ),
        pytest.param(
            [REPORTED, Source("file", Status.UNSTATED)],
            "not shown",
            id="a file of somebody",
        ),
    ],
)
def test_two_origins_or_one_primary_source(sources, result):
    said = fact("knew_of_sorting", *sources)
    assert (
        element("C1", "knowledge", said, searches=[looked("C1", "knowledge")]) == result
    )


@pytest.mark.parametrize(
    ("source", "result"),
    [
        pytest.param(COURT, "shown", id="a court"),
        pytest.param(Source("un", Status.OFFICIAL, "un"), "shown", id="the UN"),
        pytest.param(MINISTRY, "not examined", id="an authority"),
        pytest.param(
            Source("paper", Status.REPORTED, "court"), "not examined", id="of a court"
        ),
    ],
)
def test_detention_without_a_judge_takes_a_court_or_the_un(source, result):
    assert element("C2", "detention", fact("detention_without_judge", source)) == result


def test_what_is_absent_takes_a_search_for_just_that():
    assert element("C4", "no-test") == "not examined"
    assert element("C4", "no-test", searches=[looked("C4", "no-test")]) == "not shown"
    search = Source("us", Status.UNSTATED, "search")
    assert element("C4", "no-test", fact("no_accuracy_test_found", search)) == "shown"


COMMITTED = (fact("committed", day="2020-06-10"), fact("commitment_scope_stated"))


@pytest.mark.parametrize(
    ("act", "result", "is_apart"),
    [
        pytest.param({"day": "2020-06-11"}, "shown", False, id="the day after"),
        pytest.param({"day": "2020-06-10"}, "not shown", True, id="the same day"),
        pytest.param({"day": "2019-01-01"}, "not shown", True, id="before"),
        pytest.param({}, "not shown", True, id="on no known day"),
        pytest.param(
            {"day": "2021-01-01", "matter": "other"},
            "not shown",
            True,
            id="another word",
        ),
    ],
)
def test_a_word_is_broken_by_a_later_act_inside_it(act, result, is_apart):
    evidence = Held((*COMMITTED, fact("acted_inside_scope", **act)))
    finding = judge(STANDARD.norm("C7"), "acme", evidence)
    assert (finding.result, finding.is_apart) == (result, is_apart)


def test_the_reply_of_another_does_not_answer():
    act = fact("acted_inside_scope", day="2021-01-01")
    for author, result in (("acme", "answered"), ("rival", "shown")):
        answers = (Answered("reply", author, act.record),)
        finding = judge(
            STANDARD.norm("C7"), "acme", Held((*COMMITTED, act), (), answers)
        )
        assert finding.result == result
        assert finding.replies == ("reply",)


def test_the_proof_is_a_row_on_one_matter_in_the_order_of_days():
    acts = (
        fact("acted_inside_scope", day="2019-01-01", name="-a"),
        fact("acted_inside_scope", day="2021-01-01", name="-b"),
        fact("acted_inside_scope", day="2022-01-01", name="-c", matter="other"),
    )
    finding = judge(STANDARD.norm("C7"), "acme", Held((*COMMITTED, *acts)))
    assert finding.proof == (
        *("s-committed", "s-commitment_scope_stated", "s-acted_inside_scope-b"),
    )
    assert len(finding.elements[2].grounds) == 3
