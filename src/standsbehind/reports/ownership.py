"""Ownership in answers: holders with their bounds, the tests put to them, and what is not known."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standsbehind.cases.ownership import TestAnswer
from standsbehind.cases.screening import Captions
from standsbehind.graph.reader import Reader
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.tested import (
    number,
    percent,
    reasons,
    stake_in_words,
    stake_json,
    test_json,
)
from standsbehind.reports.words import counted, sentence
from standsbehind.standards.effects import LAW_AS_OF, NOT_LEGAL_ADVICE
from standsbehind.tracing.interest import Interest
from standsbehind.tracing.ownership import Holder, Ownership

__all__ = [
    "NOT_SHOWN",
    "beside",
    "between",
    "interests_in_words",
    "ownership_json",
    "ownership_text",
]

NOT_SHOWN = (
    "An answer rests on the stakes that sources state. Not shown is not cleared."
)
_LOUD = {"YES": "bold red", "UNDETERMINED": "yellow"}


def ownership_json(
    found: Ownership,
    tests: Sequence[TestAnswer],
    reader: Reader,
    others: Sequence[str] = (),
) -> dict[str, Any]:
    """Give an answer; shares are fractions from 0 to 1, rounded to nine places."""
    asked = found.question
    row = reader.entities[asked.entity]
    return {
        "snapshot": reader.snapshot.id,
        "entity": {
            "id": asked.entity,
            **{name: row[name] for name in ("caption", "schema", "datasets")},
        },
        "side": asked.side,
        "by": list(asked.by),
        "as_of": asked.as_of.isoformat(),
        "law_as_of": LAW_AS_OF.isoformat(),
        "notice": f"{NOT_LEGAL_ADVICE} {NOT_SHOWN}",
        "holders": [_holder_json(holder, reader) for holder in found.holders],
        "left_out": found.left_out,
        "together": _interest_json(found.together),
        "unstated": number(found.unstated),
        "tests": [test_json(test, Captions(reader)) for test in tests],
        "stakes": [stake_json(stake) for stake in found.stakes],
        "notes": [
            {"entity": note.entity, "kind": note.kind, "text": note.text}
            for note in found.notes
        ],
        "others": [{"id": key, "caption": reader.caption(key)} for key in others],
    }


def _interest_json(interest: Interest | None) -> dict[str, float] | None:
    if interest is None:
        return None
    return {"lower": number(interest.lower), "upper": number(interest.upper)}


def _holder_json(holder: Holder, reader: Reader) -> dict[str, Any]:
    return {
        "id": holder.id,
        "caption": reader.caption(holder.id),
        "lower": number(holder.lower),
        "upper": number(holder.upper),
        "votes": _interest_json(holder.votes),
        "direct": [stake_json(stake) for stake in holder.direct],
    }


def between(lower: Fraction, upper: Fraction) -> str:
    """Say an interest in words: `56.25 %`, `between 25 % and 50 %`, `not stated`."""
    low, high = percent(lower), percent(upper)
    if low == high:
        return low
    if lower == 0 and upper == 1:
        return "not stated"
    return f"up to {high}" if lower == 0 else f"between {low} and {high}"


def ownership_text(
    found: Ownership,
    tests: Sequence[TestAnswer],
    reader: Reader,
    others: Sequence[str] = (),
) -> RenderableType:
    """Lay an answer out: who holds it or what it holds, then the tests, then what is not known."""
    asked = found.question
    name = reader.caption(asked.entity)
    heading = f"{name}  {asked.entity}"
    what = "who holds it" if asked.side == "owners" else "what it holds"
    parts: list[RenderableType] = [
        safe_text(heading, "bold"),
        safe_text(f"{what}, on {asked.as_of}", "dim"),
    ]
    if found.holders:
        parts.append(_holders(found, reader))
    else:
        nothing = "no stake in it is" if asked.side == "owners" else "none is"
        parts.append(
            safe_text(f"Of this snapshot: {nothing} stated that holds on that day.")
        )
    parts.extend(safe_text(line) for line in beside(found))
    parts.append(Text())
    for answer in tests:
        parts.extend(_test(answer, reader))
    parts.extend(
        safe_text(f"note: {sentence(note.text)}", "yellow") for note in found.notes
    )
    parts.extend(
        safe_text(f"also of that name: {reader.caption(o)} ({o})") for o in others
    )
    closing = f"{NOT_SHOWN} {NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}."
    parts.append(safe_text(closing, "italic"))
    return Group(*parts)


def _holders(found: Ownership, reader: Reader) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    who = "holder" if found.question.side == "owners" else "held"
    for heading in ("interest", who, "by"):
        table.add_column(heading, overflow="fold")
    for holder in found.holders:
        table.add_row(
            safe_text(interests_in_words(holder)),
            safe_text(f"{reader.caption(holder.id)} ({holder.id})"),
            Text("\n").join(safe_text(line) for line in _by(holder, reader)),
        )
    return table


def interests_in_words(holder: Holder) -> str:
    """Say an interest, and beside it that in the votes where these are stated."""
    capital = between(holder.lower, holder.upper)
    votes = holder.votes
    if votes is None or votes.upper == 0:
        return capital
    said = f"votes: {between(votes.lower, votes.upper)}"
    return said if holder.upper == 0 else f"{capital}\n{said}"


def _by(holder: Holder, reader: Reader) -> Iterator[str]:
    if not holder.direct:
        yield "through others"
    for stake in holder.direct:
        yield stake_in_words(stake, Captions(reader))


def beside(found: Ownership) -> Iterator[str]:
    """Say what else is known of the answer: what was left out, and what nobody states."""
    if found.left_out:
        yield f"and {counted(found.left_out, 'other', 'others')}; --limit shows more"
    if found.together is not None:
        both = between(found.together.lower, found.together.upper)
        yield f"those named with --by together: {both}"
    elif found.question.by and found.question.side == "owners":
        yield "no stake of those named with --by is stated, at any remove"
    if found.question.side == "owners" and found.unstated and found.holders:
        yield f"who holds up to {percent(found.unstated)} of it is not stated"


def _test(answer: TestAnswer, reader: Reader) -> Iterator[Text]:
    share = answer.moment.share
    asks = f", {share.words}" if share else ""
    state = answer.state.replace("_", " ")
    yield safe_text(
        f"{answer.answer}  {answer.test.title} ({answer.test.id}{asks}; {state})",
        _LOUD.get(answer.answer, "bold"),
    )
    for line in reasons(answer, Captions(reader)):
        yield safe_text(f"  {line}")
