"""A case: evidence on a subject, notices, replies, findings and appeals, read from its acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, TypeVar

from standsbehind.errors import EvidenceError
from standsbehind.model.act import Act, first_bad
from standsbehind.model.filed import (
    Answer,
    Appeal,
    Closing,
    Conflict,
    Correction,
    Decision,
    Evidence,
    Filed,
    Notice,
    Opening,
    Proposal,
    Result,
    Review,
    Ruling,
    Sealed,
    filed,
)

__all__ = ["Case", "CaseFinding", "Standing", "State"]

Standing = Literal[
    "proposed", "withdrawn", "superseded", "made", "not made", "appealed", "set aside"
]
"""`superseded`: a later finding of the norm was made. `set aside`: an appeal was allowed."""

State = Literal["open", "notified", "decided", "appealed", "closed"]

T = TypeVar("T")
Of = TypeVar("Of", Decision, Appeal, Ruling)
"""What is said of one finding."""


@dataclass(frozen=True)
class Case:
    """One case, as its acts tell it. Nothing in it is stored but the acts."""

    id: str
    acts: tuple[Act, ...]

    @classmethod
    def of(cls, case: str, acts: Sequence[Act]) -> "Case":
        """Read a case from its acts. Raises EvidenceError where one is not what was written."""
        if bad := first_bad(case, acts):
            message = f"{bad}; restore the docket from a backup"
            raise EvidenceError(message)
        return cls(case, tuple(acts))

    @property
    def head(self) -> str:
        """The digest of the last act, which vouches for all before it."""
        return self.acts[-1].digest

    @cached_property
    def opening(self) -> Opening:
        """On whom it is, and why."""
        return self._filed(Opening)[0].what

    @cached_property
    def evidence(self) -> tuple[Filed[Evidence], ...]:
        """Records and documents, those that were withdrawn among them."""
        return self._filed(Evidence)

    @cached_property
    def sealed(self) -> tuple[Filed[Sealed], ...]:
        """Evidence that is known by its digest alone."""
        return self._filed(Sealed)

    @cached_property
    def notices(self) -> tuple[Filed[Notice], ...]:
        """The letters to the subject."""
        return self._filed(Notice)

    @cached_property
    def replies(self) -> tuple[Filed[Answer], ...]:
        """What the subject said."""
        return self._filed(Answer)

    @cached_property
    def reviews(self) -> tuple[Filed[Review], ...]:
        """All reviews, of all findings."""
        return self._filed(Review)

    @cached_property
    def decisions(self) -> tuple[Filed[Decision], ...]:
        """All decisions, of all findings."""
        return self._filed(Decision)

    @cached_property
    def appeals(self) -> tuple[Filed[Appeal], ...]:
        """All appeals."""
        return self._filed(Appeal)

    @cached_property
    def rulings(self) -> tuple[Filed[Ruling], ...]:
        """The decisions on appeals."""
        return self._filed(Ruling)

    @cached_property
    def corrections(self) -> dict[int, Filed[Correction]]:
        """Which acts no longer stand, by their numbers."""
        return {one.what.act: one for one in self._filed(Correction)}

    @cached_property
    def conflicts(self) -> tuple[Filed[Conflict], ...]:
        """The notes of interests, without those that were taken back."""
        noted = self._filed(Conflict)
        return tuple(one for one in noted if one.number not in self.corrections)

    @cached_property
    def closings(self) -> tuple[Filed[Closing], ...]:
        """Every time that it was closed: an appeal or a correction opens it again."""
        return self._filed(Closing)

    @cached_property
    def findings(self) -> tuple["CaseFinding", ...]:
        """Every finding that was proposed, in order."""
        return tuple(CaseFinding(self, one) for one in self._filed(Proposal))

    def finding(self, number: int) -> "CaseFinding | None":
        """Give the finding that an act proposed; None where the act proposed none."""
        return next((one for one in self.findings if one.number == number), None)

    @cached_property
    def investigators(self) -> frozenset[str]:
        """Who opened it, added evidence or proposed a finding: they neither review nor decide."""
        kinds = {"open", "add", "add_sealed", "find"}
        return frozenset(act.by for act in self.acts if act.kind in kinds)

    @cached_property
    def conflicted(self) -> frozenset[str]:
        """Who has an interest in it."""
        return frozenset(one.what.person for one in self.conflicts)

    @property
    def undecided(self) -> tuple["CaseFinding", ...]:
        """Findings that wait for a decision."""
        return tuple(one for one in self.findings if one.standing == "proposed")

    @property
    def appealed(self) -> tuple["CaseFinding", ...]:
        """Findings whose appeal waits for a decision."""
        return tuple(one for one in self.findings if one.standing == "appealed")

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, and neither an appeal nor a correction came after that."""
        if not self.closings:
            return False
        last = self.closings[-1].number
        return not any(
            act.kind in {"find", "appeal"} for act in self.acts if act.number > last
        )

    @property
    def state(self) -> State:
        """How far it has come."""
        if self.is_closed:
            return "closed"
        if self.appealed:
            return "appealed"
        if not self.undecided and self.decisions:
            return "decided"
        return "notified" if self.notices else "open"

    def _filed(self, what: type[T]) -> tuple[Filed[T], ...]:
        return tuple(one for one in self._all if isinstance(one.what, what))

    @cached_property
    def _all(self) -> tuple[Filed[Any], ...]:
        return tuple(map(filed, self.acts))


@dataclass(frozen=True, slots=True)
class CaseFinding:
    """A proposed finding, and what became of it."""

    case: Case
    proposed: Filed[Proposal]

    @property
    def number(self) -> int:
        """The act that proposed it: by this number it is reviewed, decided and appealed."""
        return self.proposed.number

    @property
    def what(self) -> Proposal:
        """What was found, and on what."""
        return self.proposed.what

    @property
    def notices(self) -> tuple[Filed[Notice], ...]:
        """The letters that told it to the subject."""
        found = self.case.notices
        return tuple(one for one in found if self.number in one.what.findings)

    @property
    def replies(self) -> tuple[Filed[Answer], ...]:
        """What the subject said to it: to one of its claims, its norm, or the whole case."""
        return tuple(one for one in self._answers() if self._is_answered_by(one.what))

    @property
    def reviews(self) -> tuple[Filed[Review], ...]:
        """The reviews that count: not of somebody who turned out to have an interest."""
        return tuple(
            one
            for one in self.case.reviews
            if one.what.finding == self.number and one.by not in self.case.conflicted
        )

    @property
    def decision(self) -> Filed[Decision] | None:
        """Its decision."""
        return _last(self.case.decisions, self.number)

    @property
    def appeal(self) -> Filed[Appeal] | None:
        """Its appeal."""
        return _last(self.case.appeals, self.number)

    @property
    def ruling(self) -> Filed[Ruling] | None:
        """The decision on its appeal."""
        return _last(self.case.rulings, self.number)

    @property
    def result(self) -> Result:
        """What is found; "answered" where it is shown and the subject replied to it here."""
        is_answered = self.what.result == "shown" and self.replies
        return "answered" if is_answered else self.what.result

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        if self.number in self.case.corrections:
            return "withdrawn"
        if self.superseded_by is not None:
            return "superseded"
        if self.decision is None:
            return "proposed"
        if self.appeal and not self.ruling:
            return "appealed"
        if self.ruling and self.ruling.what.outcome == "allowed":
            return "set aside"
        return self.decision.what.outcome

    @property
    def superseded_by(self) -> int | None:
        """The later finding of this norm that takes its place.

        A proposal gives way to the next proposal; a decided finding only to one that was made.
        """
        for later in self.case.findings:
            if later.number <= self.number or later.what.norm != self.what.norm:
                continue
            if later.number in self.case.corrections:
                continue
            made = later.decision is not None and later.decision.what.outcome == "made"
            if made or self.decision is None:
                return later.number
        return None

    def may_be_decided_on(self, day: date) -> bool:
        """Whether the subject was told of it, and replied or let the period end."""
        if not self.notices:
            return False
        told = self.notices[0]
        is_answered = any(
            one.number > told.number and not one.what.more_to_come
            for one in self.replies
        )
        return is_answered or date.fromisoformat(told.what.due) < day

    def _answers(self) -> Iterator[Filed[Answer]]:
        return (
            one for one in self.case.replies if one.number not in self.case.corrections
        )

    def _is_answered_by(self, answer: Answer) -> bool:
        named = {*self.what.records, self.what.norm}
        return not answer.to or not named.isdisjoint(answer.to)


def _last(found: Sequence[Filed[Of]], number: int) -> Filed[Of] | None:
    return next((one for one in reversed(found) if one.what.finding == number), None)
