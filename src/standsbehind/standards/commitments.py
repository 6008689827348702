"""Commitments: how a word that was given stands, by one rule that is the same for everyone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from standsbehind.model.evidence import Evidence, Fact, Source
from standsbehind.model.statement import Status
from standsbehind.standards.findings import comes_after
from standsbehind.standards.thresholds import THRESHOLDS, origins_of

__all__ = [
    "CLASS",
    "RULE",
    "Act",
    "ActKind",
    "Commitment",
    "State",
    "commitments_of",
]

CLASS = "C7"
"""The class of the standard that is about commitments; its finding stays the standard's."""

_LATER_ACT = "later-act"

ActKind = Literal["inside the scope", "scope changed", "made again", "carried out"]

State = Literal[
    "later act inside the scope",
    "scope narrowed",
    "changed with notice",
    "later act reported, not shown",
    "kept",
    "no later act shown",
    "not examined",
]

RULE: Mapping[State, str] = {
    "later act inside the scope": (
        "a record that is good enough was read, for the reason printed with it, as an act inside "
        "what the commitment covers"
    ),
    "scope narrowed": (
        "a record that is good enough says that what it covers was changed, and none says that "
        "the change was announced"
    ),
    "changed with notice": (
        "records that are good enough say that it was changed and that this was announced, or "
        "that it was made again"
    ),
    "later act reported, not shown": (
        "a record was read so, or as a change of what it covers, and its sources are not enough: "
        "one origin, or a voice that is not counted"
    ),
    "kept": (
        "somebody other than the subject says, and that is good enough, that it was carried "
        "out; a search for later acts is recorded, and none was found"
    ),
    "no later act shown": (
        "a search for later acts is recorded, and no record of one was read as inside the scope"
    ),
    "not examined": "no search for later acts is recorded",
}
"""When a commitment has a state. They are tried in this order, and the first that holds is
taken. Good enough is the threshold of the standard: one primary source or two independent
origins. Later is at least one day after, surely: a year is read so that it helps least."""

_KINDS: Mapping[str, ActKind] = {
    "acted_inside_scope": "inside the scope",
    "scope_changed": "scope changed",
    "committed": "made again",
    "left_relationship": "carried out",
    "stopped_supply": "carried out",
}


@dataclass(frozen=True, slots=True)
class Act:
    """What one record says of a commitment after it was made."""

    fact: Fact
    kind: ActKind
    is_shown: bool
    """Whether its sources are good enough."""
    is_later: bool
    """Whether it surely comes after the day of the commitment."""
    is_noticed: bool = False
    """Whether a record that is good enough says that a change was announced."""

    @property
    def counts(self) -> bool:
        """Whether it has a say in how the commitment stands."""
        return self.is_shown and self.is_later


@dataclass(frozen=True, slots=True)
class Commitment:
    """One word given by a subject, what came after it, and how it stands by the rule."""

    subject: str
    matter: str
    """The commitment itself, or whom it is about: facts on one matter belong together."""
    made: tuple[Fact, ...]
    """The records that it was made; the first is the earliest that is good enough, if any is."""
    scope: tuple[Fact, ...]
    """The records that say what it covers."""
    acts: tuple[Act, ...]
    state: State

    @property
    def is_shown(self) -> bool:
        """Whether the records that it was made are good enough."""
        return any(map(_is_enough, self.made))

    @property
    def day(self) -> date | None:
        """The last day on which it can have been made; None where no day is stated."""
        return self.made[0].latest


def commitments_of(subject: str, evidence: Evidence) -> tuple[Commitment, ...]:
    """Put the commitments of a subject together, by the day on which they were made."""
    facts = evidence.facts(subject)
    is_searched = any(
        looked.norm == CLASS and looked.element == _LATER_ACT
        for looked in evidence.searches(subject)
    )
    matters = sorted({fact.matter for fact in facts if fact.term == "committed"})
    found = [
        _commitment([f for f in facts if f.matter == matter], is_searched=is_searched)
        for matter in matters
    ]
    return tuple(sorted(found, key=lambda one: (_order(one.made[0]), one.matter)))


def _commitment(facts: Sequence[Fact], *, is_searched: bool) -> Commitment:
    given = sorted((f for f in facts if f.term == "committed"), key=_order)
    first = next(filter(_is_enough, given), given[0])
    again = [f for f in given if comes_after(f.earliest, first.latest, 1)]
    made = (first, *(f for f in given if f is not first and f not in again))
    acts = tuple(sorted(_acts(facts, made), key=lambda act: _order(act.fact)))
    return Commitment(
        subject=first.subject,
        matter=first.matter,
        made=made,
        scope=tuple(f for f in facts if f.term == "commitment_scope_stated"),
        acts=acts,
        state=_state(acts, is_searched=is_searched),
    )


def _acts(facts: Sequence[Fact], made: Sequence[Fact]) -> Iterator[Act]:
    first, own = made[0], {fact.record for fact in made}
    noticed = [f for f in facts if f.term == "change_announced" and _is_enough(f)]
    seen: set[str] = set()
    for fact in facts:
        kind = _KINDS.get(fact.term)
        # The record of the commitment says that it was made, and shows nothing beside.
        if kind is None or fact.record in own or f"{kind} {fact.record}" in seen:
            continue
        seen.add(f"{kind} {fact.record}")
        yield Act(
            fact=fact,
            kind=kind,
            is_shown=_is_enough(fact)
            and (kind != "carried out" or _is_said_by_others(fact.sources)),
            is_later=comes_after(fact.earliest, first.latest, 1),
            is_noticed=kind == "scope changed" and bool(noticed),
        )


def _is_enough(fact: Fact) -> bool:
    return THRESHOLDS["primary_or_two_origins"](fact.sources)


def _is_said_by_others(sources: Sequence[Source]) -> bool:
    """Whether an authority or two independent origins say it: not the firm of itself."""
    others = [source for source in sources if source.voice != Status.COMPANY]
    is_official = any(source.voice == Status.OFFICIAL for source in others)
    return is_official or len(origins_of(others)) >= 2


def _state(acts: Sequence[Act], *, is_searched: bool) -> State:
    """Take the first state of the rule that holds."""
    told = [act for act in acts if act.counts]
    kinds = {act.kind for act in told}
    changes = [act for act in told if act.kind == "scope changed"]
    reported = {act.kind for act in acts if act.is_later and not act.is_shown}
    holds: Mapping[State, bool] = {
        "later act inside the scope": "inside the scope" in kinds,
        "scope narrowed": any(not act.is_noticed for act in changes),
        "changed with notice": bool(changes) or "made again" in kinds,
        "later act reported, not shown": not reported.isdisjoint(
            {"inside the scope", "scope changed"}
        ),
        "kept": is_searched and "carried out" in kinds,
        "no later act shown": is_searched,
        "not examined": True,
    }
    return next(state for state in RULE if holds[state])


def _order(fact: Fact) -> tuple[date, str]:
    return fact.earliest or date.max, fact.id
