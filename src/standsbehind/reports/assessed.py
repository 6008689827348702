"""Pages of findings: one subject with all its grounds, or all subjects beside each other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from standsbehind.cases.assess import Assessment
from standsbehind.cases.compared import RESULTS, Comparison
from standsbehind.graph.reader import Reader
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.compared import NO_ORDER
from standsbehind.reports.findings import NOTICES
from standsbehind.reports.setting import style, template
from standsbehind.reports.subjects import Subject
from standsbehind.standards.findings import Result
from standsbehind.standards.norms import Norm, Standard

__all__ = ["FindingsPage", "render_comparison", "render_findings"]

_MEANINGS: Mapping[Result, str] = {
    "shown": "Every element is met at its threshold, on one matter. It is not guilt in law.",
    "answered": "It would be shown, and the subject replied to what it rests on. The reply stands beside it; nothing is withdrawn.",
    "not shown": "Somebody searched, and an element is not met. It is not cleared.",
    "not examined": "For at least one element no search is recorded. It is not “not shown”.",
}


@dataclass(frozen=True)
class FindingsPage:
    """What the standard finds of one subject or of many."""

    found: Comparison
    reader: Reader
    as_of: str | None
    notices: tuple[str, ...] = NOTICES
    no_order: str = NO_ORDER
    results: tuple[Result, ...] = RESULTS

    @property
    def standard(self) -> Standard:
        """Return the standard that is applied."""
        return self.found.standard

    @property
    def norms(self) -> Sequence[Norm]:
        """Return the classes asked for."""
        return self.found.norms

    @cached_property
    def subjects(self) -> list[Subject]:
        """Return each subject, in order."""
        return [Subject(row, self.norms, self.reader) for row in self.found.rows]

    @property
    def set_out(self) -> list[Subject]:
        """The subjects of whom anything was looked at."""
        return [subject for subject in self.subjects if subject.looked_at]

    @cached_property
    def totals(self) -> Mapping[str, Counter[Result]]:
        """Count the findings of each class by result."""
        return self.found.totals

    @property
    def graded(self) -> str:
        """Say how severity is graded."""
        edition = f"{self.standard.id} {self.standard.version}"
        return (
            f"Severity is graded for each class, 0 to 3, in {edition} itself, with a reason. It "
            "stands apart from what is shown of anybody: it is no threshold, and makes nothing "
            "easier or harder to show."
        )

    def name(self, entity_id: str) -> str:
        """Name an entity."""
        return self.reader.caption(entity_id)

    def where(self, entity_id: str) -> str:
        """Return the address of the page on which the grounds of a subject stand: this one."""
        del entity_id
        return ""

    def meaning(self, result: Result) -> str:
        """Say what a result means."""
        return _MEANINGS[result]


def render_findings(
    found: Sequence[Assessment], reader: Reader, as_of: str | None, made_at: str
) -> str:
    """Render the findings on an entity, and on others of that name, as one HTML page.

    It is self-contained, free of scripts and outside requests. The same findings, snapshot
    and moment of making give the same page.
    """
    standard = found[0].standard
    norms = tuple(standard.norm(finding.norm) for finding in found[0].findings)
    page = FindingsPage(Comparison(standard, norms, tuple(found)), reader, as_of)
    return _render("assessed.html.j2", page, made_at)


def render_comparison(
    found: Comparison, reader: Reader, as_of: str | None, made_at: str
) -> str:
    """Render all subjects beside each other, and below them the grounds of each, as one page."""
    return _render("compared.html.j2", FindingsPage(found, reader, as_of), made_at)


def _render(name: str, page: FindingsPage, made_at: str) -> str:
    return template(name).render(
        page=page,
        made_at=made_at,
        sources=Bibliography(),
        own_css=style("assessed.css"),
    )
