"""Grounds: what the facts, searches and replies behind a finding say, and where it stands."""

from collections.abc import Mapping, Sequence

from standsbehind.cases.assess import Assessment
from standsbehind.cases.told import Told, tell
from standsbehind.graph.reader import Reader
from standsbehind.model.evidence import Fact
from standsbehind.model.reply import Reply
from standsbehind.standards.findings import Finding
from standsbehind.standards.terms import MEANINGS, Term
from standsbehind.standards.thresholds import reason

__all__ = [
    "Grounds",
    "is_looked_at",
    "meaning",
    "searches_of",
    "strength_in_words",
    "told_by",
]


class Grounds:
    """What the facts and searches of an assessment are, by their ids."""

    def __init__(self, found: Assessment, reader: Reader) -> None:
        evidence, subject = found.evidence, found.subject
        searches = evidence.searches(subject)
        self.facts = {f.id: f for f in evidence.facts(subject)}
        self.looked = {s.record: s.records for s in searches}
        self._reader = reader
        told = [
            *(f.record for f in self.facts.values()),
            *(f.tie for f in self.facts.values() if f.tie),
            *(s.record for s in searches),
            *(record for s in searches for record in s.records),
        ]
        self.records = list(dict.fromkeys(told))

    def told(self, record: str) -> Told:
        """Return what a record says, when, in what voice, and where it stands."""
        return tell(self._reader, record)

    def replies(self, finding: Finding) -> tuple[Reply, ...]:
        """Return the replies that stand beside a finding."""
        wanted = set(finding.replies)
        if not wanted:
            return ()
        answered = sorted(
            {
                claim.statement.value
                for claims in self._reader.claims(sorted(wanted)).values()
                for claim in claims
                if claim.statement.prop == "answers"
            }
        )
        return tuple(r for r in self._reader.replies(answered) if r.id in wanted)


def is_looked_at(finding: Finding) -> bool:
    """Whether anything was looked at for a finding: a claim, or a recorded search."""
    return any(state.grounds for state in finding.elements)


def searches_of(finding: Finding) -> Sequence[str]:
    """Return the records of the searches for any element of a finding."""
    return sorted({key for state in finding.elements for key in state.searches})


def strength_in_words(fact: Fact, *, is_enough: bool) -> str:
    """Say what the sources of a fact amount to, and through whom it is the subject's."""
    tied = f", tied to the subject by {fact.tie}" if fact.tie else ""
    return f"{reason(fact.sources)}{'' if is_enough else ', not enough'}{tied}"


def told_by(told: Told) -> str:
    """Say where a record stands: in a first-hand source, or as others tell it."""
    publishers = "; ".join(dict.fromkeys(c.publisher for c in told.citations))
    is_first_hand = any(c.kind in _FIRST_HAND for c in told.citations)
    return f"{'in' if is_first_hand else 'as told by'} {publishers}"


_FIRST_HAND = frozenset({"official", "court", "company"})


def meaning(fact: Fact) -> str:
    """Say what the term of a fact means."""
    meanings: Mapping[Term, str] = MEANINGS
    return next(said for term, said in meanings.items() if term == fact.term)
