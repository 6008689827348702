"""Comparisons: all firms and bodies under the same elements, as a document, a text and a table."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standsbehind.cases.assess import Assessment
from standsbehind.cases.compared import RESULTS, Comparison, Extent, extent_of
from standsbehind.cases.grounds import is_looked_at
from standsbehind.graph.reader import Reader
from standsbehind.reports.findings import NOTICES, standard_json, told_from
from standsbehind.reports.scripts import own_names
from standsbehind.reports.table import BYTE_ORDER_MARK, inert
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.words import counted
from standsbehind.standards.findings import Finding, Result
from standsbehind.standards.norms import Norm
from standsbehind.standards.provisions import LAW_AS_OF

__all__ = [
    "NO_ORDER",
    "comparison_csv",
    "comparison_json",
    "comparison_text",
    "extents_in",
]

NO_ORDER = (
    "Every firm and body is held to the same elements. They stand by name: it is no ranking, "
    "and nothing is added up to a score. How much was searched differs from one to another."
)
"""Printed wherever firms stand beside each other."""

_MARKS: dict[Result, str] = {
    "shown": "S",
    "answered": "A",
    "not shown": "N",
    "not examined": "?",
}
_COLUMNS = (
    *("entity", "name", "own_names", "class", "class_title", "result"),
    *("element", "element_says", "element_result"),
    *("records", "origins", "searches", "replies"),
)


def comparison_json(
    found: Comparison, reader: Reader, as_of: str | None
) -> dict[str, Any]:
    """Give the comparison; the grounds of a finding stand in the findings on its subject."""
    return {
        "snapshot": reader.snapshot.id,
        "standard": standard_json(found.standard),
        "as_of": as_of,
        "law_as_of": LAW_AS_OF.isoformat(),
        "notices": [NO_ORDER, *NOTICES],
        "classes": [
            {
                "norm": norm.id,
                "title": norm.title,
                "elements": [{"id": e.id, "says": e.says} for e in norm.elements],
                "severity": norm.severity.model_dump(),
                "totals": {name: found.totals[norm.id][name] for name in RESULTS},
            }
            for norm in found.norms
        ],
        "firms": [_firm_json(row, reader) for row in found.rows],
    }


def _firm_json(row: Assessment, reader: Reader) -> dict[str, Any]:
    entity = reader.entities[row.subject]
    return {
        "entity": {
            "id": row.subject,
            "caption": entity["caption"],
            "own_names": list(own_names(row.subject, reader)),
            "schema": entity["schema"],
            "datasets": entity["datasets"],
        },
        "searches": len({s.record for s in row.evidence.searches(row.subject)}),
        "findings": [
            {
                "norm": finding.norm,
                "result": finding.result,
                "elements": [
                    {"id": state.id, "result": state.result}
                    for state in finding.elements
                ],
                "records": looked.records,
                "origins": looked.origins,
                "searches": looked.searches,
                "replies": list(finding.replies),
            }
            for finding, looked in extents_in(row)
        ],
    }


def extents_in(row: Assessment) -> Iterator[tuple[Finding, Extent]]:
    """Give each finding on a subject with how much was looked at for it."""
    facts = {fact.id: fact for fact in row.evidence.facts(row.subject)}
    for finding in row.findings:
        yield finding, extent_of(finding, facts)


def comparison_csv(found: Comparison, reader: Reader) -> str:
    """Write a line for each firm or body, class and element, safe to open in a spreadsheet."""
    buffer = StringIO(newline="")
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in found.rows:
        who = (row.subject, reader.caption(row.subject))
        named = (*who, "; ".join(own_names(row.subject, reader)))
        for (finding, looked), norm in zip(extents_in(row), found.norms, strict=True):
            counts = (looked.records, looked.origins, looked.searches, looked.replies)
            for state, element in zip(finding.elements, norm.elements, strict=True):
                of_class = (norm.id, norm.title, finding.result)
                of_element = (element.id, element.says, state.result)
                cells = (*named, *of_class, *of_element, *counts)
                writer.writerow([inert(str(cell)) for cell in cells])
    return buffer.getvalue()


def comparison_text(
    found: Comparison, reader: Reader, as_of: str | None
) -> RenderableType:
    """Write the comparison: of one class who was looked at and how, of several a table of marks."""
    is_one = len(found.norms) == 1
    head = safe_text(told_from(found.standard, reader, as_of), "dim")
    parts = _of_class(found, reader) if is_one else _of_classes(found, reader)
    notices = (safe_text(notice, "italic") for notice in (NO_ORDER, *NOTICES))
    return Group(head, *parts, safe_text(""), *notices)


def _of_class(found: Comparison, reader: Reader) -> Iterator[RenderableType]:
    [norm] = found.norms
    yield safe_text(f"{norm.id} {norm.title}", "bold")
    for element in norm.elements:
        yield safe_text(f"  {element.id}: {element.says}")
    yield safe_text(_totals_in_words(found, norm))
    yield safe_text("")
    rows = [row for row in found.rows if is_looked_at(row.findings[0])]
    counts = ("records", "origins", "searches", "replies")
    table = _table("name", "result", *(e.id for e in norm.elements), *counts)
    for row in rows:
        [(finding, looked)] = extents_in(row)
        table.add_row(
            _name(row, reader),
            Text(finding.result, _bold(finding.result)),
            *(state.result for state in finding.elements),
            *map(str, (looked.records, looked.origins, looked.searches)),
            str(looked.replies),
        )
    yield table
    silent = [row for row in found.rows if not is_looked_at(row.findings[0])]
    if silent:
        names = "; ".join(reader.caption(row.subject) for row in silent)
        count = counted(len(silent), "firm or body", "firms and bodies")
        yield safe_text("")
        yield safe_text(f"not examined, nothing looked at, {count}: {names}", "dim")


def _of_classes(found: Comparison, reader: Reader) -> Iterator[RenderableType]:
    count = counted(len(found.rows), "firm or body", "firms and bodies")
    yield safe_text(f"{count}, {counted(len(found.norms), 'class', 'classes')}")
    marks = (f"{mark} {result}" for result, mark in _MARKS.items())
    yield safe_text(f"{'   '.join(marks)}   ?* not examined, though something is held")
    yield safe_text("")
    table = _table("name", *(norm.id for norm in found.norms), "searches")
    for row in found.rows:
        made = len({s.record for s in row.evidence.searches(row.subject)})
        table.add_row(_name(row, reader), *map(_marked, row.findings), str(made))
    table.add_section()
    for result in RESULTS:
        of_class = (found.totals[norm.id][result] for norm in found.norms)
        table.add_row(f"{result}, count", *map(str, of_class), "")
    yield table


def _totals_in_words(found: Comparison, norm: Norm) -> str:
    totals = found.totals[norm.id]
    told = (f"{totals[result]:,} {result}" for result in RESULTS)
    return f"{counted(len(found.rows), 'firm or body', 'firms and bodies')}: {', '.join(told)}"


def _name(row: Assessment, reader: Reader) -> Text:
    names = (reader.caption(row.subject), *own_names(row.subject, reader)[:1])
    return safe_text(" ".join(names))


def _marked(finding: Finding) -> Text:
    is_held = finding.result == "not examined" and is_looked_at(finding)
    return Text(_MARKS[finding.result] + "*" * is_held, _bold(finding.result))


def _bold(result: Result) -> str:
    return "bold" if result in {"shown", "answered"} else ""


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
