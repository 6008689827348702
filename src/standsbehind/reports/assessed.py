"""Pages of findings: one subject with all its grounds, or all subjects beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from standsbehind.cases.assess import Assessment
from standsbehind.cases.compared import RESULTS, Comparison, Looked, looked_at
from standsbehind.graph.reader import Reader
from standsbehind.model.evidence import Fact
from standsbehind.model.reply import Reply
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.compared import NO_ORDER
from standsbehind.reports.findings import NOTICES
from standsbehind.reports.grounds import (
    Grounds,
    Told,
    is_looked_at,
    meaning,
    searches_of,
    strength_in_words,
    told_by,
)
from standsbehind.reports.scripts import own_names
from standsbehind.reports.setting import style, template
from standsbehind.reports.words import counted
from standsbehind.standards.findings import ElementState, Finding, Result
from standsbehind.standards.norms import Element, Norm, Standard, Threshold

__all__ = ["render_comparison", "render_findings"]

_ENOUGH: Mapping[Threshold, str] = {
    "primary_or_two_origins": "one primary source or two independent origins",
    "court_or_un": "a court or a body of the United Nations",
    "recorded_search": "a recorded search that found none, or sources that say so",
}
"""What makes a fact good enough for an element."""

_MEANINGS: Mapping[Result, str] = {
    "shown": "Every element is met at its threshold, on one matter. It is not guilt in law.",
    "answered": "It would be shown, and the subject replied to what it rests on. The reply stands beside it; nothing is withdrawn.",
    "not shown": "Somebody searched, and an element is not met. It is not cleared.",
    "not examined": "For at least one element no search is recorded. It is not “not shown”.",
}


@dataclass(frozen=True, slots=True)
class _Ground:
    """One fact that was looked at for an element."""

    fact: Fact
    told: Told
    is_enough: bool

    @property
    def strength(self) -> str:
        return strength_in_words(self.fact, is_enough=self.is_enough)

    @property
    def told_by(self) -> str:
        return told_by(self.told)

    @property
    def quotes(self) -> list[str]:
        return [c.quote for c in self.told.citations if c.quote]


@dataclass(frozen=True, slots=True)
class _Element:
    """One element of a class, how it stands and on what."""

    element: Element
    state: ElementState
    grounds: tuple[_Ground, ...]
    searched: str
    """The days of the searches for it; empty where none is recorded."""

    @property
    def enough(self) -> str:
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
class _Finding:
    """One class and one subject, in the order in which a page tells it."""

    norm: Norm
    finding: Finding
    grounds: Grounds
    id: str

    @property
    def looked(self) -> Looked:
        return looked_at(self.finding, self.grounds.facts)

    @property
    def counts(self) -> str:
        looked = self.looked
        told = (
            counted(looked.records, "record", "records"),
            counted(looked.origins, "independent origin", "independent origins"),
            counted(looked.searches, "search", "searches"),
            counted(looked.replies, "reply", "replies"),
        )
        return ", ".join(told)

    @cached_property
    def elements(self) -> list[_Element]:
        pairs = zip(self.norm.elements, self.finding.elements, strict=True)
        return [self._element(element, state) for element, state in pairs]

    def _element(self, element: Element, state: ElementState) -> _Element:
        facts = (self.grounds.facts[key] for key in state.facts)
        grounds = tuple(
            _Ground(f, self.grounds.told(f.record), f.id in state.accepted)
            for f in facts
        )
        days = dict.fromkeys(self.grounds.told(key).day for key in state.searches)
        return _Element(element, state, grounds, " and ".join(days))

    @property
    def searches(self) -> Iterator[tuple[str, Told, list[tuple[str, Told]]]]:
        """Give each search with the records that were looked at and are no ground."""
        for key in searches_of(self.finding):
            also = [(r, self.grounds.told(r)) for r in self.grounds.looked[key]]
            yield key, self.grounds.told(key), also

    @property
    def mitigating(self) -> list[tuple[str, Told, str]]:
        facts = (self.grounds.facts[key] for key in self.finding.mitigating)
        return [(meaning(f), self.grounds.told(f.record), f.record) for f in facts]

    @property
    def replies(self) -> tuple[Reply, ...]:
        return self.grounds.replies(self.finding)

    @property
    def missing(self) -> list[_Element]:
        return [one for one in self.elements if one.missing]


@dataclass(frozen=True)
class _Subject:
    """One subject in the order in which a page tells it."""

    found: Assessment
    norms: Sequence[Norm]
    reader: Reader

    @property
    def id(self) -> str:
        return self.found.subject

    @property
    def caption(self) -> str:
        return self.reader.caption(self.id)

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        return own_names(self.id, self.reader)

    @property
    def searches(self) -> int:
        return len({s.record for s in self.found.evidence.searches(self.id)})

    @cached_property
    def findings(self) -> list[_Finding]:
        grounds = Grounds(self.found, self.reader)
        pairs = zip(self.norms, self.found.findings, strict=True)
        return [_Finding(n, f, grounds, f"{self.id}-{n.id}") for n, f in pairs]

    @cached_property
    def looked_at(self) -> list[_Finding]:
        return [one for one in self.findings if is_looked_at(one.finding)]

    @property
    def silent(self) -> list[_Finding]:
        return [one for one in self.findings if not is_looked_at(one.finding)]


@dataclass(frozen=True)
class _Page:
    """What the standard finds of one subject or of many."""

    standard: Standard
    norms: Sequence[Norm]
    subjects: Sequence[_Subject]
    reader: Reader
    as_of: str | None
    notices: tuple[str, ...] = NOTICES
    no_order: str = NO_ORDER
    results: tuple[Result, ...] = RESULTS

    @property
    def graded(self) -> str:
        edition = f"{self.standard.id} {self.standard.version}"
        return (
            f"Severity is graded for each class, 0 to 3, in {edition} itself, with a reason. It "
            "stands apart from what is shown of anybody: it is no threshold, and makes nothing "
            "easier or harder to show."
        )

    def name(self, entity_id: str) -> str:
        return self.reader.caption(entity_id)

    def meaning(self, result: Result) -> str:
        return _MEANINGS[result]

    @cached_property
    def totals(self) -> dict[tuple[str, Result], int]:
        """Count the findings of each class with each result; and under "" those of all."""
        counts: dict[tuple[str, Result], int] = {}
        for norm in ("", *(norm.id for norm in self.norms)):
            counts |= dict.fromkeys(((norm, result) for result in RESULTS), 0)
        for subject in self.subjects:
            for one in subject.findings:
                counts["", one.finding.result] += 1
                counts[one.norm.id, one.finding.result] += 1
        return counts

    @property
    def set_out(self) -> list[_Subject]:
        """The subjects of whom anything was looked at."""
        return [subject for subject in self.subjects if subject.looked_at]


def render_findings(
    found: Sequence[Assessment], reader: Reader, as_of: str | None, made_at: str
) -> str:
    """Render the findings on an entity, and on others of that name, as one HTML page.

    It is self-contained, free of scripts and outside requests. The same findings, snapshot
    and moment of making give the same page.
    """
    norms = _norms_of(found[0])
    return _render("assessed.html.j2", found, norms, (reader, as_of, made_at))


def render_comparison(
    found: Comparison, reader: Reader, as_of: str | None, made_at: str
) -> str:
    """Render all subjects beside each other, and below them the grounds of each, as one page."""
    return _render(
        "compared.html.j2", found.rows, found.norms, (reader, as_of, made_at)
    )


def _norms_of(found: Assessment) -> list[Norm]:
    return [found.standard.norm(finding.norm) for finding in found.findings]


def _render(
    name: str,
    found: Sequence[Assessment],
    norms: Sequence[Norm],
    made: tuple[Reader, str | None, str],
) -> str:
    reader, as_of, made_at = made
    subjects = [_Subject(one, norms, reader) for one in found]
    page = _Page(found[0].standard, norms, subjects, reader, as_of)
    return template(name).render(
        page=page,
        made_at=made_at,
        sources=Bibliography(),
        own_css=style("assessed.css"),
    )
