"""Commitments of a snapshot: who gave which word, what came after, and what the firm answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.cases.assess import gather
from standsbehind.cases.told import Told, tell
from standsbehind.graph.reader import Reader
from standsbehind.model.dates import earliest, latest
from standsbehind.model.evidence import Held
from standsbehind.model.reply import Reply
from standsbehind.standards.commitments import (
    CLASS,
    Act,
    Commitment,
    State,
    commitments_of,
)
from standsbehind.standards.findings import Finding, comes_after, judge
from standsbehind.standards.norms import Standard

__all__ = ["Firm", "LaterAct", "Search", "Word", "commitments_in"]


@dataclass(frozen=True, slots=True)
class LaterAct:
    """What a record says of a commitment; without `act` it was looked at and read as nothing."""

    told: Told
    act: Act | None
    is_after_term: bool = False
    """Whether it comes after the end that the commitment states for itself."""

    @property
    def kind(self) -> str:
        """In what way it touches the commitment."""
        return self.act.kind if self.act else "looked at"


@dataclass(frozen=True, slots=True)
class Word:
    """One commitment with the records that say it, what came after, and the replies."""

    commitment: Commitment
    made: tuple[Told, ...]
    acts: tuple[LaterAct, ...]
    """By day; what was looked at and not read as inside the scope is among them."""
    replies: tuple[Reply, ...]

    @property
    def state(self) -> State:
        """How it stands by the rule."""
        return self.commitment.state

    @property
    def until(self) -> str:
        """The end that it states for itself; empty where it states none."""
        return self.made[0].interval.end or ""

    @property
    def is_contested(self) -> bool:
        """Whether the subject itself replies to what came after."""
        return any(r.author == self.commitment.subject for r in self.replies)


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for, and which records were looked at."""

    told: Told
    looked_at: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Firm:
    """The commitments of one subject, beside what the standard finds of its class of them."""

    subject: str
    finding: Finding
    words: tuple[Word, ...]
    searches: tuple[Search, ...]

    def only_in(self, search: Search) -> tuple[Told, ...]:
        """Return what a search looked at and no commitment is told with."""
        shown = {act.told.record for word in self.words for act in word.acts}
        return tuple(told for told in search.looked_at if told.record not in shown)

    @property
    def records(self) -> Iterator[str]:
        """Every record that is told of."""
        for word in self.words:
            yield word.commitment.matter
            yield from (told.record for told in word.made)
            yield from (act.told.record for act in word.acts)
            yield from (reply.id for reply in word.replies)
        for search in self.searches:
            yield search.told.record
            yield from (told.record for told in search.looked_at)


def commitments_in(
    reader: Reader,
    standard: Standard,
    subjects: Sequence[str] | None = None,
    as_of: date | None = None,
) -> tuple[Firm, ...]:
    """Put together the commitments of the subjects, or of all that made one, oldest first."""
    evidence = gather(reader, standard, as_of)
    asked = _Asked(reader, standard, evidence, as_of)
    if subjects is not None:
        return tuple(map(asked.firm, subjects))
    makers = [s for s in evidence.subjects() if commitments_of(s, evidence)]
    firms = [asked.firm(one) for one in makers]
    days = {firm.subject: firm.words[0].commitment.day or date.max for firm in firms}
    return tuple(sorted(firms, key=lambda firm: (days[firm.subject], firm.subject)))


@dataclass(frozen=True, slots=True)
class _Asked:
    reader: Reader
    standard: Standard
    evidence: Held
    as_of: date | None

    def firm(self, subject: str) -> Firm:
        """Put together what is known of the commitments of one subject."""
        mine = self.evidence.searches(subject)
        looked = {s.record: s.records for s in mine if s.norm == CLASS}
        searches = tuple(
            Search(self._tell(key), tuple(map(self._tell, records)))
            for key, records in sorted(looked.items())
        )
        found = commitments_of(subject, self.evidence)
        facts = [f for one in found for f in (*one.made, *(a.fact for a in one.acts))]
        read = {fact.record for fact in facts}
        beside = [told for search in searches for told in search.looked_at]
        unread = [told for told in beside if told.record not in read]
        return Firm(
            subject=subject,
            finding=judge(self.standard.norm(CLASS), subject, self.evidence),
            words=tuple(self._word(one, unread) for one in found),
            searches=searches,
        )

    def _tell(self, record: str) -> Told:
        return tell(self.reader, record)

    def _word(self, commitment: Commitment, unread: Sequence[Told]) -> Word:
        made = tuple(self._tell(fact.record) for fact in commitment.made)
        end = made[0].interval.end
        last = latest(end) if end else None
        acts = [
            LaterAct(self._tell(a.fact.record), a, _is_past(a.fact.earliest, last))
            for a in commitment.acts
        ]
        acts += [
            LaterAct(told, None, _is_past(began, last))
            for told in unread
            if (began := _began(told))
            and comes_after(began, commitment.day, 1)
            and not (self.as_of and began > self.as_of)
        ]
        acts.sort(key=lambda act: (act.told.day, act.told.record))
        replies = self.reader.replies([act.told.record for act in acts])
        return Word(commitment, made, tuple(acts), replies)


def _began(told: Told) -> date | None:
    return earliest(told.interval.start) if told.interval.start else None


def _is_past(day: date | None, last: date | None) -> bool:
    return day is not None and last is not None and day > last
