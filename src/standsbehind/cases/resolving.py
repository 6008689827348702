"""Resolving: what a person says of two records of the data, held against all that is known of them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from standsbehind.cases.needed import needed_author, needed_reason, needed_text
from standsbehind.errors import UsageError
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.merges import JUDGEMENT, Merges
from standsbehind.graph.reader import Reader
from standsbehind.model.dates import PartialDate, partial_date
from standsbehind.model.schema import is_subject
from standsbehind.model.statement import Claim
from standsbehind.publishing.home import timestamp
from standsbehind.resolution.contradictions import Step, contradiction
from standsbehind.resolution.identity import Identity, identity_of
from standsbehind.resolution.judgement_log import Kept, LogState
from standsbehind.resolution.judgements import (
    EVERYWHERE,
    Evidence,
    Judgement,
    Linked,
    Standing,
    Verdict,
    pair_standing_of,
)
from standsbehind.resolution.numbers import family_of, telling_numbers

__all__ = ["PairBench", "PairWord", "number_steps"]


@dataclass(frozen=True, slots=True)
class PairWord:
    """What a person says of two records, and why."""

    left: str
    """The id of a record, or a name."""
    right: str
    verdict: Verdict
    author: str
    reason: str
    link: Linked | None = None
    since: str | None = None
    sources: tuple[str, ...] = ()
    """What the author read."""
    until: date | None = None
    despite_numbers: bool = False
    """Whether it holds although numbers say otherwise: then they are wrong somewhere."""


@dataclass(frozen=True, slots=True)
class PairBench:
    """Where two records are judged: one snapshot, and the moment."""

    reader: Reader
    lookup: Lookup
    now: datetime

    def judgement(self, word: PairWord) -> Judgement:
        """Make a judgement of a word, with what identifies both records now.

        Raises UsageError where a part of it is missing, the two are one record or of kinds
        that are never one, their numbers differ and that is not said, and for a day that
        is past.
        """
        left, right = self.record(word.left), self.record(word.right)
        if left == right:
            message = f"{word.left} and {word.right}: one record, {left}; name two"
            raise UsageError(message)
        if word.until is not None and word.until < self.now.date():
            message = f"until {word.until}: that day is past"
            raise UsageError(message)
        if word.verdict == "positive":
            self._need_alike(left, right, despite=word.despite_numbers)
        sources = tuple(needed_text("the evidence", text) for text in word.sources)
        held = {record: self.identity(record) for record in (left, right)}
        return Judgement(
            left=left,
            right=right,
            verdict=word.verdict,
            scope=EVERYWHERE,
            author=needed_author(word.author),
            reason=needed_reason(word.reason),
            made_at=timestamp(self.now),
            until=word.until.isoformat() if word.until else None,
            evidence=Evidence(self.reader.snapshot.id, held, sources),
            link=word.link,
            since=_since(word.since),
        )

    def record(self, told: str) -> str:
        """Return the record meant by an id or a name. Raises UsageError where several are."""
        if self.lookup.merges.find(told):
            return told
        found = self.lookup.find_one(needed_text("the record", told))
        if not is_subject(self._schema(found)):
            message = f"{told}: a {self._schema(found)}, and no subject of a list"
            raise UsageError(message)
        return found

    def _schema(self, entity_id: str) -> str:
        return str(self.reader.entities[entity_id]["schema"])

    def claims(self, record: str) -> tuple[Claim, ...]:
        """Return what is said of one record; of a merged one, its own part."""
        canonical = self.lookup.merges.canonical(record)
        if canonical not in self.reader.entities:
            return ()
        found = self.reader.claims([canonical])[canonical]
        if not self.lookup.merges.members(canonical):
            return found
        return tuple(claim for claim in found if claim.statement.entity_id == record)

    def identity(self, record: str) -> Mapping[str, Identity]:
        """Return what each dataset says that identifies a record."""
        return identity_of(claim.statement for claim in self.claims(record))

    def _need_alike(self, left: str, right: str, *, despite: bool) -> None:
        """Refuse to make one what bears different numbers, or is of different kinds."""
        schemata = [
            {claim.statement.schema for claim in self.claims(record)}
            for record in (left, right)
        ]
        kinds = [{family_of(name) for name in told} - {None} for told in schemata]
        if all(kinds) and kinds[0].isdisjoint(kinds[1]):
            one, other = (" and ".join(sorted(map(str, found))) for found in kinds)
            message = f"{left} and {right}: a {one} and a {other} are never one"
            raise UsageError(message)
        if not despite and (differing := self.differing_numbers(left, right)):
            message = (
                f"{left} and {right}: {'; '.join(differing)}. An entity has one such "
                "number; if one is wrong, say so with --despite-numbers"
            )
            raise UsageError(message)

    def differing_numbers(self, left: str, right: str) -> Sequence[str]:
        """Name the numbers of which an entity has one and these two have different ones."""
        ours, theirs = (
            telling_numbers(claim.statement for claim in self.claims(record))
            for record in (left, right)
        )
        return [
            f"{kind} differs, {', '.join(sorted(ours[kind]))} and "
            f"{', '.join(sorted(theirs[kind]))}"
            for kind in sorted(ours.keys() & theirs.keys())
            if ours[kind].isdisjoint(theirs[kind])
        ]

    def check(
        self, new: Judgement, *, despite_numbers: bool
    ) -> Callable[[LogState], None]:
        """Return what holds a new judgement against the log, and refuses a contradiction."""
        numbers = () if despite_numbers else number_steps(self.lookup.merges)

        def refuse_contradiction(state: LogState) -> None:
            found = contradiction(new, state.pairs(self.now.date()), numbers)
            if found is None:
                return
            way = "withdraw what is wrong"
            if found.by_numbers:
                way += ", or say with --despite-numbers that the numbers are"
            message = f"contradicts what is held: {found.said}; {way}"
            raise UsageError(message)

        return refuse_contradiction

    def standing(self, one: Kept) -> Standing | None:
        """Say how a judgement of two records stands today; None where one left the data."""
        record = one.judgement
        now = {key: self.identity(key) for key in record.evidence.entities}
        if not all(now.values()):
            return None
        return pair_standing_of(record, now, self.now.date())


def _since(text: str | None) -> PartialDate | None:
    if not text:
        return None
    found = partial_date(text)
    if found is None:
        message = f"since {text!r}: not a date; write it as 2026-11-23, 2026-11 or 2026"
        raise UsageError(message)
    return found


def number_steps(merges: Merges) -> tuple[Step, ...]:
    """Return which records a snapshot holds to be one by their numbers."""
    bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in merges.all():
        for tie in one.by:
            if tie.kind != JUDGEMENT:
                bearers[tie.kind, tie.value].append(one.id)
    return tuple(
        Step(first, other, f"{kind} {value}", is_number=True)
        for (kind, value), (first, *others) in bearers.items()
        for other in others
    )
