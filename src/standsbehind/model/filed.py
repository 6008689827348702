"""Filed: what each kind of act says, with the act that says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, Literal, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from standsbehind.errors import EvidenceError
from standsbehind.model.act import Act, ActKind
from standsbehind.model.citation import Citation

__all__ = [
    "PERIOD_DAYS",
    "SEALED_KINDS",
    "Answer",
    "Appeal",
    "CaseElement",
    "CaseFact",
    "CaseSearch",
    "Closing",
    "Conflict",
    "Correction",
    "Decision",
    "Evidence",
    "Filed",
    "Notice",
    "Opening",
    "Proposal",
    "Published",
    "Review",
    "Ruling",
    "Sealed",
    "SealedKind",
    "filed",
    "plain",
]

PERIOD_DAYS = 30
"""How long the subject has to reply, in days after that of the notice."""

Result = Literal["shown", "not shown", "not examined", "answered"]

SealedKind = Literal["statement", "document", "correspondence", "data"]
"""What a sealed item is: a closed list, so that no free words give a source away."""
SEALED_KINDS: tuple[SealedKind, ...] = (
    "statement",
    "document",
    "correspondence",
    "data",
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A case is opened on a subject, to apply a standard to it."""

    subject: str
    caption: str
    standard: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record of a snapshot, or a document of which a copy is kept.

    A record says something. A document says nothing in the case until it is read into the
    data: then its records are added.
    """

    kind: Literal["record", "document"]
    record: str
    """The record's id; for a document the name of its file."""
    says: str
    date: str
    voice: str
    statements: tuple[str, ...]
    citations: tuple[Citation, ...]
    snapshot: str
    digest: str
    """SHA-256 of the document; empty for a record, whose citations have their own."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Evidence whose content the docket does not hold: that it exists, and its digest."""

    kind: SealedKind
    digest: str
    """SHA-256 of a random salt, which the docket does not hold either, and the content."""


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A claim: what a record says, in a term of the standard, and where it stands."""

    record: str
    statement: str
    means: str
    says: str
    date: str
    voice: str
    sources: str
    """What its sources amount to, in words, and whether that is enough."""
    accepted: bool
    """Whether that is enough for the threshold of the element."""
    citations: tuple[Citation, ...]
    tie: str = ""
    """The record that ties it to the subject, where another body is what it names."""


@dataclass(frozen=True, slots=True)
class CaseSearch:
    """What was looked for, and which records were looked at."""

    record: str
    says: str
    date: str
    looked_at: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A reply that the data holds: what was said in public before the case."""

    id: str
    author: str
    """The caption of who said it."""
    date: str
    text: str
    answers: tuple[str, ...]
    """Records among those that were looked at."""


@dataclass(frozen=True, slots=True)
class CaseElement:
    """How one element stands, with all that was looked at."""

    id: str
    says: str
    threshold: str
    result: Result
    grounds: tuple[str, ...]
    facts: tuple[CaseFact, ...]
    searches: tuple[CaseSearch, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the standard finds of the subject on one snapshot, taken over as it was found."""

    norm: str
    title: str
    result: Result
    elements: tuple[CaseElement, ...]
    proof: tuple[str, ...]
    is_apart: bool
    """Whether each element is shown, but not on one matter or not in the order of days."""
    mitigating: tuple[CaseFact, ...]
    published: tuple[Published, ...]
    """Replies that the data holds."""
    texts: tuple[str, ...]
    """Titles of the texts that the norm rests on."""
    standard: str
    version: str
    standard_digest: str
    snapshot: str
    manifest: str
    """SHA-256 of the snapshot's manifest."""
    as_of: str | None
    reason: str = ""
    """Why an earlier finding of the norm is corrected by it; empty where there is none."""

    @property
    def records(self) -> frozenset[str]:
        """All records that it looked at: a reply may answer any of them."""
        searches = [one for element in self.elements for one in element.searches]
        return frozenset(
            (
                *(fact.record for fact in self.facts),
                *(fact.tie for fact in self.facts if fact.tie),
                *(one.record for one in searches),
                *(record for one in searches for record in one.looked_at),
            )
        )

    @property
    def facts(self) -> tuple[CaseFact, ...]:
        """All claims, element by element, those that mitigate last."""
        told = [fact for element in self.elements for fact in element.facts]
        return (*told, *self.mitigating)


@dataclass(frozen=True, slots=True)
class Notice:
    """The letter that told the subject of findings, word for word."""

    to: str
    sender: str
    reply_to: str
    findings: tuple[int, ...]
    """Numbers of the acts that proposed them."""
    sent: str
    due: str
    """The last day of the period for a reply, an ISO date."""
    letter: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the subject says, to the claims that it answers."""

    author: str
    received: str
    to: tuple[str, ...]
    """Records or norms; empty: the case as a whole."""
    text: str
    digest: str
    """SHA-256 of the file in which it came; empty where it was typed."""
    more_to_come: bool = False
    """The subject says that it has not said all: the period goes on."""


@dataclass(frozen=True, slots=True)
class Review:
    """A second person's word on a proposed finding."""

    finding: int
    agrees: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A third person's decision: the finding is made, or it is not made."""

    finding: int
    outcome: Literal["made", "not made"]
    reason: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """The subject asks that a decided finding be looked at by another decider."""

    finding: int
    received: str
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """Another decider's decision on an appeal."""

    finding: int
    outcome: Literal["allowed", "dismissed"]
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """An earlier act no longer stands; it stays readable, with the reason."""

    act: int
    reason: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A person has an interest in the case, and so neither reviews nor decides in it."""

    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class Closing:
    """The case is closed."""

    reason: str


_SAYS: Mapping[ActKind, type] = {
    "open": Opening,
    "add": Evidence,
    "add_sealed": Sealed,
    "conflict": Conflict,
    "find": Proposal,
    "notify": Notice,
    "reply": Answer,
    "review": Review,
    "decide": Decision,
    "appeal": Appeal,
    "rule": Ruling,
    "correct": Correction,
    "close": Closing,
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Filed(Generic[T]):
    """What an act says, with the act."""

    act: Act
    what: T

    @property
    def number(self) -> int:
        """The number of the act."""
        return self.act.number

    @property
    def by(self) -> str:
        """Who did it."""
        return self.act.by


def plain(said: object) -> Mapping[str, Any]:
    """Write what an act says in plain values, as the log keeps it."""
    told: Mapping[str, Any] = orjson.loads(orjson.dumps(said))
    return told


def filed(act: Act) -> Filed[Any]:
    """Read what an act says. Raises EvidenceError where it says something else."""
    try:
        what = _reader(act.kind).validate_python(act.said)
    except (KeyError, ValidationError) as error:
        raise _unread(act) from error
    if not _is_kept(act.said, plain(what)):
        raise _unread(act)
    return Filed(act, what)


def _is_kept(said: object, read: object) -> bool:
    """Whether nothing that was said was passed over; what a later version adds has a default."""
    if isinstance(said, Mapping) and isinstance(read, Mapping):
        return all(key in read and _is_kept(said[key], read[key]) for key in said)
    if isinstance(said, list) and isinstance(read, list):
        pairs = zip(said, read, strict=False)
        return len(said) == len(read) and all(_is_kept(*pair) for pair in pairs)
    return said == read


@cache
def _reader(kind: ActKind) -> TypeAdapter[Any]:
    return TypeAdapter(_SAYS[kind])


def _unread(act: Act) -> EvidenceError:
    message = (
        f"case {act.case}, act {act.number}: does not say what an act of its kind "
        f"({act.kind}) says; another version may have written it"
    )
    return EvidenceError(message)
