"""Subjects: one subject in the order in which a page tells it, class by class, with its grounds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from standsbehind.cases.assess import Assessment
from standsbehind.cases.compared import Extent, extent_of
from standsbehind.cases.grounds import (
    Grounds,
    is_looked_at,
    meaning,
    searches_of,
    strength_in_words,
    told_by,
)
from standsbehind.cases.told import Told
from standsbehind.graph.reader import Reader
from standsbehind.model.evidence import Fact
from standsbehind.model.reply import Reply
from standsbehind.reports.scripts import own_names
from standsbehind.reports.words import counted
from standsbehind.standards.findings import ElementState, Finding
from standsbehind.standards.norms import Element, Norm, Threshold

__all__ = ["Ground", "SetOutFinding", "StatedElement", "Subject"]

_ENOUGH: Mapping[Threshold, str] = {
    "primary_or_two_origins": "one primary source or two independent origins",
    "court_or_un": "a court or a body of the United Nations",
    "recorded_search": "a recorded search that found none, or sources that say so",
}
"""What makes a fact good enough for an element."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One fact that was looked at for an element."""

    fact: Fact
    told: Told
    is_enough: bool

    @property
    def strength(self) -> str:
        """Say what its sources amount to."""
        return strength_in_words(self.fact, is_enough=self.is_enough)

    @property
    def told_by(self) -> str:
        """Say where it stands, or who tells it."""
        return told_by(self.told)

    @property
    def quotes(self) -> list[str]:
        """Return the words of the sources, where they are held."""
        return [c.quote for c in self.told.citations if c.quote]


@dataclass(frozen=True, slots=True)
class StatedElement:
    """One element of a class, how it stands and on what."""

    element: Element
    state: ElementState
    grounds: tuple[Ground, ...]
    searched: str
    """The days of the searches for it; empty where none is recorded."""

    @property
    def enough(self) -> str:
        """Say what makes a fact good enough for it."""
        return _ENOUGH[self.element.threshold]

    @property
    def missing(self) -> str:
        """Say why it is not shown; empty where it is."""
        if self.state.result == "shown":
            return ""
        looked = (
            f"Searched {self.searched}"
            if self.searched
            else "No search for it is recorded"
        )
        if not self.grounds:
            return f"{looked}; no claim on it is held."
        return f"{looked}; what is held falls short of {self.enough}."


@dataclass(frozen=True)
class SetOutFinding:
    """One class and one subject, in the order in which a page tells it."""

    norm: Norm
    finding: Finding
    grounds: Grounds
    id: str

    @property
    def extent(self) -> Extent:
        """Return how much was looked at."""
        return extent_of(self.finding, self.grounds.facts)

    @property
    def counts(self) -> str:
        """Say how much was looked at."""
        looked = self.extent
        told = (
            counted(looked.records, "record", "records"),
            counted(looked.origins, "independent origin", "independent origins"),
            counted(looked.searches, "search", "searches"),
            counted(looked.replies, "reply", "replies"),
        )
        return ", ".join(told)

    @cached_property
    def elements(self) -> list[StatedElement]:
        """Return the elements in the order of the class."""
        pairs = zip(self.norm.elements, self.finding.elements, strict=True)
        return [self._element(element, state) for element, state in pairs]

    def _element(self, element: Element, state: ElementState) -> StatedElement:
        facts = (self.grounds.facts[key] for key in state.facts)
        grounds = tuple(
            Ground(f, self.grounds.told(f.record), f.id in state.accepted)
            for f in facts
        )
        days = dict.fromkeys(self.grounds.told(key).day for key in state.searches)
        return StatedElement(element, state, grounds, " and ".join(days))

    @property
    def searches(self) -> Iterator[tuple[str, Told, list[tuple[str, Told]]]]:
        """Give each search with the records that were looked at and are no ground."""
        for key in searches_of(self.finding):
            also = [(r, self.grounds.told(r)) for r in self.grounds.looked[key]]
            yield key, self.grounds.told(key), also

    @property
    def mitigating(self) -> list[tuple[str, Told, str]]:
        """Return what mitigates, what is told of it, and its record."""
        facts = (self.grounds.facts[key] for key in self.finding.mitigating)
        return [(meaning(f), self.grounds.told(f.record), f.record) for f in facts]

    @property
    def replies(self) -> tuple[Reply, ...]:
        """Return the replies to anything that was looked at."""
        return self.grounds.replies(self.finding)

    @property
    def missing(self) -> list[StatedElement]:
        """Return the elements that are not shown."""
        return [one for one in self.elements if one.missing]


@dataclass(frozen=True)
class Subject:
    """One subject in the order in which a page tells it."""

    found: Assessment
    norms: Sequence[Norm]
    reader: Reader

    @property
    def id(self) -> str:
        """Return the id of the entity."""
        return self.found.subject

    @property
    def caption(self) -> str:
        """Return the name that is shown of it."""
        return self.reader.caption(self.id)

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """Return its names in letters other than Latin ones."""
        return own_names(self.id, self.reader)

    @property
    def searches(self) -> int:
        """Count the searches made of it."""
        return len({s.record for s in self.found.evidence.searches(self.id)})

    @cached_property
    def findings(self) -> list[SetOutFinding]:
        """Return one finding for each class."""
        grounds = Grounds(self.found, self.reader)
        pairs = zip(self.norms, self.found.findings, strict=True)
        return [SetOutFinding(n, f, grounds, f"{self.id}-{n.id}") for n, f in pairs]

    @cached_property
    def looked_at(self) -> list[SetOutFinding]:
        """Return those for which anything was looked at."""
        return [one for one in self.findings if is_looked_at(one.finding)]

    @property
    def silent(self) -> list[SetOutFinding]:
        """Return those for which nothing was."""
        return [one for one in self.findings if not is_looked_at(one.finding)]
