"""What was judged is held against a row's hits: the row must be that row, the entity that entity."""

from dataclasses import replace
from datetime import date

import pytest

from standsbehind.model.statement import Claim, Statement
from standsbehind.resolution.identity import identity_of
from standsbehind.resolution.judgement_log import Kept, LogState
from standsbehind.resolution.judgements import Customer, Evidence, Judgement
from standsbehind.screening.judged import Memory, judge
from standsbehind.screening.match import Hit, Result
from standsbehind.screening.query import Query

DAY = date(2026, 11, 25)
HIT = Hit("x-acme", 0.9, "name", "Acme", ())


def claims(canonical="x-acme"):
    told = {"entity_id": "x-acme", "schema": "Company", "dataset": "tiny"}
    values = (("name", "Acme"), ("country", "cn"))
    return tuple(
        Claim(Statement(prop=p, value=v, canonical_id=canonical, **told), ())
        for p, v in values
    )


def judgement(**more):
    held = identity_of(claim.statement for claim in claims())
    told = {
        "left": Customer("Acme Foods", countries=("de",)),
        "right": "x-acme",
        "verdict": "negative",
        "scope": "customer",
        "author": "A",
        "reason": "a grocer",
        "made_at": "2026-11-25T12:00:00Z",
        "until": None,
        "evidence": Evidence("20261125-abc", {"x-acme": held}),
    }
    return Judgement(**(told | more))


def held_against(*judgements, hit=HIT, query=None, canonical="x-acme"):
    kept = tuple(Kept(replace(j, id=str(n))) for n, j in enumerate(judgements))
    memory = Memory(LogState(len(kept), "", kept), DAY)
    row = query or Query(row=2, name="Acme Foods", countries=("de",))
    return judge(Result(row, (hit,)), memory, lambda _: claims(canonical))


def test_a_judged_hit_stands_aside_and_none_is_lost():
    found = held_against(judgement())
    assert (found.result.hits, found.aside) == ((), (HIT,))
    assert found.result.status == "no_hit_found"


def test_a_record_that_was_merged_into_another_is_still_judged():
    merged = replace(HIT, entity_id="NK-1")
    found = held_against(judgement(), hit=merged, canonical="NK-1")
    assert found.aside == (merged,)


def test_a_judgement_of_two_entities_says_nothing_of_a_row():
    found = held_against(judgement(left="y-acme", scope="everywhere"))
    assert (found.result.hits, dict(found.standings)) == ((HIT,), {})


@pytest.mark.parametrize("verdict", ["positive", "unsure"])
def test_who_says_otherwise_keeps_the_hit(verdict):
    other = judgement(verdict=verdict, scope="everywhere")
    found = held_against(judgement(), other)
    assert (found.result.hits, len(found.standings["x-acme"])) == ((HIT,), 2)


def test_an_expired_word_does_not_keep_the_hit():
    other = judgement(verdict="positive", scope="everywhere", until="2026-11-24")
    assert held_against(judgement(), other).aside == (HIT,)


def test_a_hit_by_number_is_not_set_aside_by_a_name():
    by_number = replace(HIT, kind="identifier")
    anywhere = judgement(scope="everywhere")
    assert held_against(anywhere, hit=by_number).result.hits == (by_number,)
    assert held_against(anywhere).aside == (HIT,)
