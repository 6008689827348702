"""Situations: where one provision stands for one role on one day, and what is not known about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from standsbehind.model.dates import PartialDate, earliest, latest
from standsbehind.model.designation import Designation
from standsbehind.standards.listings import (
    Absence,
    day_within,
    doubt_about,
    last_day,
    why_absent,
)
from standsbehind.standards.provisions import (
    EffectKind,
    Otherwise,
    Period,
    Program,
    Provision,
    Role,
)

__all__ = ["Question", "Situation", "State", "situate"]

State = (
    Literal["in_force", "not_yet_in_force", "suspended", "ended", "unverified"]
    | Absence
)
"""Where provision and listing stand that day; an absent listing comes before all else."""


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, for which day, and what the evidence records the system can do."""

    role: Role
    day: date
    capabilities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Situation:
    """One provision of one program, for one listing or, where it is a rule, for none."""

    program: Program
    provision: Provision
    question: Question
    listing: Designation | None
    period: Period
    state: State

    @property
    def is_bound(self) -> bool:
        """Whether the provision binds who asks."""
        return self.question.role in self.provision.binds

    @property
    def is_applied(self) -> bool:
        """Whether the provision applies that day, as far as is known."""
        return self.state in {"in_force", "unverified"}

    @property
    def otherwise(self) -> Otherwise | None:
        """What the program says to this role in particular, where it is not bound."""
        return self.provision.otherwise.get(self.question.role)

    @property
    def effect(self) -> EffectKind:
        """Return what the provision does to this role on this day."""
        if self.state == "not_examined":
            return "not_examined"
        if not self.is_applied:
            return "permitted"
        if self.is_bound:
            return self.provision.effect
        return self.otherwise.effect if self.otherwise else "permitted"

    @property
    def is_condition_recorded(self) -> bool:
        """Whether the evidence records a capability that meets the condition."""
        return bool(self.provision.capabilities & self.question.capabilities)

    @property
    def span(self) -> tuple[PartialDate | None, PartialDate | None]:
        """Return the first and last day on which provision and listing hold together.

        A day is as exact as its source; None is "from the listing, whose start is not
        known" or "no last day". Where the two never meet, the provision's own days.
        """
        own = _text(self.period.start), _text(self.period.last)
        if self.listing is None:
            return own
        start = _later(self.period.start, self.listing.interval.start)
        last = _earlier(self.period.last, self.listing.interval.end)
        if start and last and latest(last) < earliest(start):
            return own
        return start, last

    @property
    def doubts(self) -> tuple[str, ...]:
        """Say what is not verified about this line, one sentence each."""
        return tuple(dict.fromkeys(doubt for doubt in self._doubts() if doubt))

    def _doubts(self) -> Iterator[str]:
        yield self.provision.unverified
        if self.state == "unverified":
            yield self.period.note
        if self.otherwise and not self.is_bound:
            yield self.otherwise.unverified
        if self.listing and self.is_applied:
            yield doubt_about(self.listing, self.question.day)
            if self.is_bound:
                yield self._doubt_about_grace(self.listing.interval.start)

    def _doubt_about_grace(self, start: PartialDate | None) -> str:
        grace = self.provision.grace
        if grace is None or start is None:
            return ""
        settled = latest(start) + timedelta(days=grace.days)
        return grace.why if self.question.day < settled else ""


def situate(
    program: Program,
    provision: Provision,
    question: Question,
    listing: Designation | None,
) -> Situation:
    """Find the period that counts that day, and the state of provision and listing."""
    day = day_within(listing, question.day) if listing else question.day
    period, state = _period_on(provision, day)
    absent = why_absent(listing, question.day) if listing else None
    return Situation(program, provision, question, listing, period, absent or state)


def _period_on(provision: Provision, day: date) -> tuple[Period, State]:
    for period in provision.periods:
        if period.covers(day):
            return period, period.state
        if period.start is not None and day < period.start:
            return period, "not_yet_in_force"
    return provision.periods[-1], "ended"


def _later(own: date | None, listed: PartialDate | None) -> PartialDate | None:
    if listed is not None and (own is None or own < earliest(listed)):
        return listed
    return _text(own)


def _earlier(own: date | None, end: PartialDate | None) -> PartialDate | None:
    last = None if end is None else last_day(end)
    if last is not None and (own is None or latest(last) < own):
        return last
    return _text(own)


def _text(day: date | None) -> PartialDate | None:
    return None if day is None else PartialDate(day.isoformat())
