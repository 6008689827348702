"""Tests in answers: what an ownership test says, by which stated stakes, and what is not known."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from standsbehind.cases.ownership import TestAnswer
from standsbehind.cases.undecided import Missing
from standsbehind.reports.fields import edge_json
from standsbehind.reports.words import STATES, sentence
from standsbehind.tracing.stated import Stake

__all__ = [
    "number",
    "percent",
    "reasons",
    "stake_in_words",
    "stake_json",
    "test_in_words",
    "test_json",
]

_PLACES = 9
"""Decimal places of a share; stakes are whole billionths."""


def number(share: Fraction) -> float:
    """Give a share as a fraction from 0 to 1, rounded to nine places."""
    return round(float(share), _PLACES)


def stake_json(stake: Stake) -> dict[str, Any]:
    """Give one stated stake or statement, with the link that says it and its citations."""
    return {
        "owner": stake.owner,
        "asset": stake.asset,
        "of": stake.kind,
        "lower": number(stake.lower),
        "upper": number(stake.upper),
        "share": stake.share,
        "marks": list(stake.marks),
        "edge": edge_json(stake.edge),
    }


def test_json(answer: TestAnswer, names: Mapping[str, str]) -> dict[str, Any]:
    """Give what one test says, with the days of its rule and what is not known."""
    period = answer.moment.period
    share = answer.moment.share
    return {
        "id": answer.test.id,
        "title": answer.test.title,
        "answer": answer.answer,
        "arithmetic": answer.arithmetic,
        "by_share": answer.by_share,
        "state": answer.state,
        "asks": share.words if share else "",
        "says": answer.test.says,
        "from": None if period.start is None else period.start.isoformat(),
        "to": None if period.last is None else period.last.isoformat(),
        "citation": {"title": period.citation.title, "href": period.citation.href},
        "is_listed": answer.is_listed,
        "is_spared": answer.is_spared,
        "counted_from": [
            {"id": seed, "caption": names.get(seed, seed)} for seed in answer.seeds
        ],
        "unstated": number(answer.unstated),
        "missing": [_missing_json(one) for one in answer.missing],
        "proof": [stake_json(stake) for stake in answer.proof],
    }


def _missing_json(one: Missing) -> dict[str, Any]:
    return {
        "fact": one.fact,
        "text": one.text,
        "owner": one.owner or None,
        "asset": one.asset or None,
        "stated": one.stated or None,
        "yes_from": None if one.yes_from is None else number(one.yes_from),
        "no_at": None if one.no_at is None else number(one.no_at),
    }


def percent(share: Fraction) -> str:
    """Say a share in per cent, rounded to four places."""
    return f"{round(float(share) * 100, 4):g} %"


def stake_in_words(stake: Stake, names: Mapping[str, str]) -> str:
    """Say one stake with its share, dates and who says so."""
    edge = stake.edge
    source, target = (names.get(end, end) for end in (edge.source, edge.target))
    of = " of the votes" if stake.kind == "votes" else ""
    share = f": {stake.share}{of}" if stake.share else ""
    marks = "".join(f", {mark}" for mark in stake.marks if mark != stake.share)
    return f"{source} - {edge.role} -> {target}{share}{marks}  [{edge.interval}; {edge.grade}]"


def reasons(answer: TestAnswer, names: Mapping[str, str]) -> Iterator[str]:
    """Say why a test answers so, what is missing, and by which law."""
    yield from _why(answer, names)
    cited = answer.moment.period.citation
    yield f"{cited.title} <{cited.href}>"


def _why(answer: TestAnswer, names: Mapping[str, str]) -> Iterator[str]:
    if answer.is_spared:
        yield f"A firm of {answer.test.spares} alone, as far as stated: the rule reaches others."
    elif answer.answer != answer.arithmetic:
        state = answer.state.replace("_", " ")
        said = f"The stakes and statements alone would answer {answer.arithmetic}"
        yield f"{said}; on that day the rule is {state}."
    if answer.is_listed:
        yield "It stands among the listed names itself."
    elif answer.seeds:
        seeds = ", ".join(names.get(seed, seed) for seed in answer.seeds)
        yield f"counted from {seeds}"
    else:
        yield "No listed name is among those who are stated to hold it."
    yield from (stake_in_words(stake, names) for stake in answer.proof)
    yield from (f"missing: {one.text}" for one in answer.missing)
    if answer.arithmetic == "NO" and answer.unstated:
        unstated = percent(answer.unstated)
        yield f"By the stakes that are stated; who holds up to {unstated} is not."


def test_in_words(answer: TestAnswer, names: Mapping[str, str]) -> str:
    """Say what a test asks, on which days that counts, and why it answers so."""
    period, share = answer.moment.period, answer.moment.share
    days = f"from {period.start or 'the listing'} to {period.last or 'no last day'}"
    asks = f"{share.words}; " if share else ""
    why = " ".join(map(sentence, _why(answer, names)))
    return f"{answer.test.title} ({asks}{STATES[answer.state]}, {days}): {why}"
