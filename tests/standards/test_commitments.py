"""How a word that was given stands, by what its records say."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.model.evidence import Fact, Held, Looked, Source
from standsbehind.model.statement import Status
from standsbehind.standards.commitments import RULE, commitments_of
from standsbehind.standards.norms import load_standard

FIRM_SAYS = (Source("firm", Status.COMPANY),)
COURT = (Source("court", Status.OFFICIAL, "court"),)
ONE = (Source("paper", Status.REPORTED),)
TWO = (*ONE, Source("agency", Status.REPORTED))
RUMOUR = (Source("blog", Status.OPINION), Source("forum", Status.ALLEGED))
SEARCH = Looked("K1", "acme", "C7", "later-act", "s-k1")


def fact(term, when, sources, matter="word", record=None):
    year, month, day = (*map(int, when.split("-")), None, None)[:3]
    first = date(year, month or 1, day or 1)
    last = first if day else date(year, month or 12, 28)
    key = record or f"{term} {when}"
    return Fact(
        f"{key}/{term}/{matter}",
        key,
        "acme",
        term,
        matter,
        f"s-{key}",
        sources,
        first,
        last,
    )


GIVEN = fact("committed", "2020-06-10", FIRM_SAYS)


def stands(*facts, searches=(SEARCH,)):
    (found,) = commitments_of("acme", Held((GIVEN, *facts), searches))
    return found.state


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        pytest.param([], "no later act shown", id="searched, nothing found"),
        pytest.param(
            [fact("acted_inside_scope", "2022-12", COURT)],
            "later act inside the scope",
            id="a court says so",
        ),
        pytest.param(
            [fact("acted_inside_scope", "2022-12", TWO)],
            "later act inside the scope",
            id="two origins say so",
        ),
        pytest.param(
            [fact("acted_inside_scope", "2022-12", ONE)],
            "later act reported, not shown",
            id="one origin says so",
        ),
        pytest.param(
            [fact("acted_inside_scope", "2022-12", RUMOUR)],
            "later act reported, not shown",
            id="voices that are not counted",
        ),
        pytest.param(
            [fact("acted_inside_scope", "2020-06-10", COURT)],
            "no later act shown",
            id="the same day is not later",
        ),
        pytest.param(
            [fact("acted_inside_scope", "2020", COURT)],
            "no later act shown",
            id="a year that holds the day is not surely later",
        ),
        pytest.param(
            [fact("scope_changed", "2021-05", COURT)], "scope narrowed", id="no notice"
        ),
        pytest.param(
            [
                fact("scope_changed", "2021-05", COURT),
                fact("change_announced", "2021-05", FIRM_SAYS),
            ],
            "changed with notice",
            id="announced by the firm",
        ),
        pytest.param(
            [
                fact("scope_changed", "2021-05", COURT),
                fact("change_announced", "2021-05", ONE),
            ],
            "scope narrowed",
            id="the notice rests on one origin",
        ),
        pytest.param(
            [fact("committed", "2021-05-18", FIRM_SAYS)],
            "changed with notice",
            id="made again",
        ),
        pytest.param(
            [fact("committed", "2021-05-18", ONE)],
            "no later act shown",
            id="made again, as one origin says",
        ),
        pytest.param(
            [fact("stopped_supply", "2021-01-01", FIRM_SAYS)],
            "no later act shown",
            id="the firm alone says that it kept it",
        ),
        pytest.param(
            [fact("stopped_supply", "2021-01-01", TWO)], "kept", id="others say so"
        ),
        pytest.param(
            [
                fact("stopped_supply", "2021-01-01", COURT),
                fact("acted_inside_scope", "2022-01-01", COURT),
            ],
            "later act inside the scope",
            id="kept for a time",
        ),
        pytest.param(
            [fact("acted_inside_scope", "2022-12", COURT, matter="another word")],
            "no later act shown",
            id="an act on another matter",
        ),
    ],
)
def test_a_commitment_stands_by_the_first_state_that_holds(facts, state):
    assert stands(*facts) == state


def test_without_a_search_nothing_is_said():
    assert stands(searches=()) == "not examined"
    carried_out = fact("stopped_supply", "2021-01-01", COURT)
    assert stands(carried_out, searches=()) == "not examined"


def test_a_search_for_another_element_is_none_for_later_acts():
    elsewhere = replace(SEARCH, element="scope")
    assert stands(searches=(elsewhere,)) == "not examined"


def test_the_record_of_the_word_does_not_show_that_it_was_kept():
    same = fact("stopped_supply", "2020-06-10", COURT, record=GIVEN.record)
    assert stands(same) == "no later act shown"


def test_the_search_of_the_rule_is_for_an_element_of_the_standard():
    elements = {element.id for element in load_standard().norm("C7").elements}
    assert "later-act" in elements


TERMS = st.sampled_from(
    ["acted_inside_scope", "scope_changed", "change_announced", "committed"]
)
DAYS = st.sampled_from(["2019-01-01", "2020", "2020-06-11", "2021-05", "2024"])
FACTS = st.lists(
    st.builds(fact, TERMS, DAYS, st.sampled_from([FIRM_SAYS, COURT, ONE, TWO, RUMOUR])),
    unique_by=lambda one: one.id,
    max_size=6,
)


@given(FACTS, st.randoms())
def test_neither_order_nor_name_has_a_say(facts, chance):
    shuffled = [GIVEN, *facts]
    chance.shuffle(shuffled)
    renamed = tuple(replace(one, subject="other") for one in shuffled)
    looked = replace(SEARCH, subject="other")
    mine = commitments_of("acme", Held((GIVEN, *facts), (SEARCH,)))
    others = commitments_of("other", Held(renamed, (looked,)))
    assert [one.state for one in mine] == [one.state for one in others]


@given(FACTS)
def test_what_nobody_counts_shows_nothing(facts):
    doubtful = [replace(one, sources=RUMOUR) for one in facts]
    (found,) = commitments_of("acme", Held((GIVEN, *doubtful), (SEARCH,)))
    assert found.state in {"later act reported, not shown", "no later act shown"}
    assert found.state in RULE
