"""Evidence: what a standard may look at, as facts, searches and replies, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, Protocol

from standsbehind.model.statement import Status

__all__ = [
    "Answered",
    "Evidence",
    "Fact",
    "Held",
    "Looked",
    "Profile",
    "Source",
]

Body = Literal["", "court", "un", "search"]
"""Where a court, a body of the United Nations or a recorded search speaks itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a fact. Only voice, origin and body have a say in a finding."""

    origin: str
    """Sources of one origin count as one."""
    voice: Status
    body: Body = ""
    publisher: str = ""
    publisher_country: str = ""
    language: str = ""
    """These three are carried to be permuted: a finding must not depend on them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a record says of a subject, in a term of the catalog."""

    id: str
    record: str
    """The link or report that says it: a reply answers a record."""
    subject: str
    term: str
    matter: str
    """What it is about (a product, a site, a commitment): facts on one matter belong together."""
    statement: str
    """Id of the statement that says it."""
    sources: tuple[Source, ...]
    earliest: date | None = None
    """First day on which it can have begun; None where no date is stated."""
    latest: date | None = None
    """Last such day: a year has 365 of them."""
    others: tuple[str, ...] = ()
    """Further statements of the record that were looked at: dates, role, who made the product."""
    reading: str = ""
    """Why the record is read so; it has no say in a finding."""
    tie: str = ""
    """The record that ties the subject to it, where `record` does not; `sources` are the weaker."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A recorded search: for one element of a norm, of one subject. Only this makes "absent"."""

    record: str
    subject: str
    norm: str
    element: str
    statement: str
    also: tuple[str, ...] = ()
    """Statements that were looked at and are no fact of the element."""
    records: tuple[str, ...] = ()
    """The records that those statements are of."""


@dataclass(frozen=True, slots=True)
class Answered:
    """That a reply answers a record, and who replies."""

    reply: str
    author: str
    record: str


class Evidence(Protocol):
    """A read-only view of what was found; a rule asks it and cannot fetch anything."""

    def subjects(self) -> Iterable[str]:
        """Give the ids of all that something is said of, in order."""
        ...

    def facts(self, subject: str) -> Sequence[Fact]:
        """Give what is said of a subject."""
        ...

    def searches(self, subject: str) -> Sequence[Looked]:
        """Give what was looked for of a subject."""
        ...

    def answers(self, record: str) -> Sequence[Answered]:
        """Give the replies to a record."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """Who a subject is. No rule sees it; it is here so that it can be permuted."""

    name: str = ""
    country: str = ""
    designations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """Evidence in memory."""

    all_facts: tuple[Fact, ...] = ()
    all_searches: tuple[Looked, ...] = ()
    all_answers: tuple[Answered, ...] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)

    @cached_property
    def _facts(self) -> Mapping[str, list[Fact]]:
        grouped: dict[str, list[Fact]] = {}
        for fact in self.all_facts:
            grouped.setdefault(fact.subject, []).append(fact)
        return grouped

    @cached_property
    def _searches(self) -> Mapping[str, list[Looked]]:
        grouped: dict[str, list[Looked]] = {}
        for search in self.all_searches:
            grouped.setdefault(search.subject, []).append(search)
        return grouped

    @cached_property
    def _answers(self) -> Mapping[str, list[Answered]]:
        grouped: dict[str, list[Answered]] = {}
        for answer in self.all_answers:
            grouped.setdefault(answer.record, []).append(answer)
        return grouped

    def subjects(self) -> Sequence[str]:
        """Give the ids of all that something is said of or was looked for, in order."""
        return sorted({*self._facts, *self._searches, *self.profiles})

    def facts(self, subject: str) -> Sequence[Fact]:
        """Give what is said of a subject."""
        return self._facts.get(subject, ())

    def searches(self, subject: str) -> Sequence[Looked]:
        """Give what was looked for of a subject."""
        return self._searches.get(subject, ())

    def answers(self, record: str) -> Sequence[Answered]:
        """Give the replies to a record."""
        return self._answers.get(record, ())
