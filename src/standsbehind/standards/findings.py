"""Findings: a norm applied to a subject, with all that was looked at, or with what was not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

from standsbehind.model.evidence import Evidence, Fact, Looked
from standsbehind.standards.norms import Element, Norm, Standard
from standsbehind.standards.thresholds import THRESHOLDS

__all__ = ["ElementState", "Finding", "Result", "comes_after", "judge", "judge_all"]

Result = Literal["shown", "not shown", "not examined", "answered"]
"""`not shown` says that somebody searched and an element is not met: it never means cleared."""


@dataclass(frozen=True, slots=True)
class ElementState:
    """How one element stands, and every statement that was looked at for it."""

    id: str
    result: Result
    grounds: tuple[str, ...]
    """Ids of statements: facts that are good enough, those that are not, and searches."""
    facts: tuple[str, ...]
    """Ids of the facts among them."""
    accepted: tuple[str, ...]
    """Ids of the facts that are good enough for the threshold."""
    searches: tuple[str, ...]
    """Records of the searches for it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One norm, one subject."""

    norm: str
    subject: str
    result: Result
    elements: tuple[ElementState, ...]
    proof: tuple[str, ...]
    """For each element a statement that shows it, all on one matter; empty where there are none."""
    is_apart: bool
    """Whether each element is shown, but not on one matter or not in the order of days."""
    replies: tuple[str, ...]
    """Replies to anything that was looked at, the subject's and others'."""
    mitigating: tuple[str, ...]
    """Ids of facts of the norm's mitigating terms that are good enough."""


def judge_all(
    standard: Standard, subject: str, evidence: Evidence
) -> tuple[Finding, ...]:
    """Apply every norm to a subject, in the order of the catalog."""
    return tuple(judge(norm, subject, evidence) for norm in standard.norms)


def judge(norm: Norm, subject: str, evidence: Evidence) -> Finding:
    """Apply a norm to a subject.

    An element is shown by a fact whose sources reach its threshold. Without one it is "not
    shown" where a search for it is recorded, else "not examined"; claims that fall short are
    no search. The norm is shown where facts on one matter show each element, in the order of
    days that it asks for, and "answered" where the subject replied to what was looked at.
    """
    facts = evidence.facts(subject)
    searches = [s for s in evidence.searches(subject) if s.norm == norm.id]
    if not searches and not any(f.term in norm.terms for f in facts):
        return _silent(norm, subject)
    good = {element.id: _good(element, facts) for element in norm.elements}
    states = [_stand(e, facts, searches, good[e.id]) for e in norm.elements]
    proof = min(_proofs(norm.elements, good), default=())
    told = {f.record for f in facts if f.term in norm.terms}
    told.update(*(s.records for s in searches))
    answers = [a for record in sorted(told) for a in evidence.answers(record)]
    is_answered = any(a.author == subject for a in answers)
    return Finding(
        norm=norm.id,
        subject=subject,
        result=_result(states, is_proven=bool(proof), is_answered=is_answered),
        elements=tuple(states),
        proof=proof,
        is_apart=not proof and all(s.result == "shown" for s in states),
        replies=tuple(sorted({a.reply for a in answers})),
        mitigating=_mitigating(norm, facts),
    )


def _good(element: Element, facts: Sequence[Fact]) -> list[Fact]:
    is_enough = THRESHOLDS[element.threshold]
    return [f for f in facts if f.term in element.any and is_enough(f.sources)]


def _stand(
    element: Element,
    facts: Sequence[Fact],
    searches: Sequence[Looked],
    good: Sequence[Fact],
) -> ElementState:
    """Say how an element stands; its grounds are all that was looked at, enough or not."""
    found = [f for f in facts if f.term in element.any]
    looked = [s for s in searches if s.element == element.id]
    grounds = {f.statement for f in found} | {s.statement for s in looked}
    grounds.update(*(f.others for f in found), *(s.also for s in looked))
    return ElementState(
        id=element.id,
        result=_state(is_shown=bool(good), was_searched=bool(looked)),
        grounds=tuple(sorted(grounds)),
        facts=tuple(sorted(f.id for f in found)),
        accepted=tuple(sorted(f.id for f in good)),
        searches=tuple(sorted(s.record for s in looked)),
    )


def _mitigating(norm: Norm, facts: Sequence[Fact]) -> tuple[str, ...]:
    is_enough = THRESHOLDS["primary_or_two_origins"]
    softening = (f for f in facts if f.term in norm.mitigating)
    return tuple(sorted(f.id for f in softening if is_enough(f.sources)))


def _silent(norm: Norm, subject: str) -> Finding:
    """Find nothing where nothing was looked at."""
    return Finding(
        norm=norm.id,
        subject=subject,
        result="not examined",
        elements=tuple(
            ElementState(element.id, "not examined", (), (), (), ())
            for element in norm.elements
        ),
        proof=(),
        is_apart=False,
        replies=(),
        mitigating=(),
    )


def _state(*, is_shown: bool, was_searched: bool) -> Result:
    if is_shown:
        return "shown"
    return "not shown" if was_searched else "not examined"


def _result(
    states: Sequence[ElementState], *, is_proven: bool, is_answered: bool
) -> Result:
    if any(state.result == "not examined" for state in states):
        return "not examined"
    if not is_proven:
        return "not shown"
    return "answered" if is_answered else "shown"


def _proofs(
    elements: Sequence[Element], good: Mapping[str, Sequence[Fact]]
) -> Iterator[tuple[str, ...]]:
    """Give every row of facts, one for each element, that shows the norm on one matter."""
    for row in product(*(good[element.id] for element in elements)):
        if len({fact.matter for fact in row}) != 1:
            continue
        by_id = dict(zip((e.id for e in elements), row, strict=True))
        if all(
            e.after is None
            or comes_after(
                by_id[e.id].earliest, by_id[e.after.element].latest, e.after.days
            )
            for e in elements
        ):
            yield tuple(fact.statement for fact in row)


def comes_after(later: date | None, earlier: date | None, days: int) -> bool:
    """Whether a day is surely that many days after another; without both nobody can say."""
    if later is None or earlier is None:
        return False
    return (later - earlier).days >= days
