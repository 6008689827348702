"""The table: an answer for spreadsheets and plain text, safe to open whatever a cell holds."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import SEEK_END, StringIO
from operator import attrgetter

from standsbehind.cases.counts import Counts
from standsbehind.cases.screening import ScreenAnswer
from standsbehind.model.citation import Citation
from standsbehind.reports.limits import limits
from standsbehind.reports.lines import COLUMNS, Line, citations_of_hit, lines
from standsbehind.reports.plain import one_line, plain, web_address
from standsbehind.reports.words import NOTICES, STATUSES, outcome

__all__ = [
    "BYTE_ORDER_MARK",
    "csv_head",
    "csv_lines",
    "csv_of",
    "inert",
    "to_csv",
    "to_markdown",
]

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the code page of the machine, and Chinese is lost."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First letters that make a spreadsheet compute a cell; the wide ones do so in East Asia."""
_ON_PAPER = (
    "row",
    "name",
    "status",
    "entity",
    "score",
    "lists",
    "effects",
    "paths",
    "note",
)
"""Columns of the Markdown table; all of them would not fit a page."""


def csv_lines(answer: ScreenAnswer) -> Iterator[str]:
    """Write the table as CSV, line by line, safe to open in a spreadsheet."""
    yield csv_head()
    for line in lines(answer):
        yield csv_of([line])


def csv_head() -> str:
    """Write the line of headings, with the mark by which Excel knows UTF-8."""
    buffer = StringIO(BYTE_ORDER_MARK, newline="")
    buffer.seek(0, SEEK_END)
    csv.writer(buffer, lineterminator="\r\n").writerow(COLUMNS)
    return buffer.getvalue()


def csv_of(written: Iterable[Line]) -> str:
    """Write lines of the table, safe to open in a spreadsheet."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    cells_of = attrgetter(*COLUMNS)
    for line in written:
        writer.writerow([inert(str(cell)) for cell in cells_of(line)])
    return buffer.getvalue()


def to_csv(answer: ScreenAnswer) -> str:
    """Write the whole table as CSV (RFC 4180, with a byte order mark for Excel)."""
    return "".join(csv_lines(answer))


def inert(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would compute.

    The raw cell is judged as well: a carriage return at its head is a line break by now.
    """
    if not cell or (cell[0].isalnum() and cell.isascii() and cell.isprintable()):
        return cell
    shown = plain(cell)
    is_formula = shown.lstrip(" ").startswith(_FORMULA) or cell.startswith(_FORMULA)
    return f"'{shown}" if is_formula else shown


def to_markdown(answer: ScreenAnswer) -> str:
    """Write the table as Markdown, with what must be said of every screening around it."""
    parts = (_head(answer), _rows(answer), _limits(answer), _sources(answer))
    return "\n".join(line for part in parts for line in part)


def _head(answer: ScreenAnswer) -> Iterator[str]:
    yield f"# Screening of {_escaped(answer.intake.name)}\n"
    yield f"{' '.join(NOTICES)}\n"
    yield f"- {outcome(Counts.of((*answer.rows, *answer.skipped)))}"
    yield f"- File: SHA-256 `{answer.intake.digest}`"
    yield f"- As of {answer.position.as_of}, for {', '.join(answer.position.roles)}"
    yield f"- Searched: {_escaped(answer.searched)}"
    for source in answer.lists:
        title, read = source.get("title") or source["id"], source.get("retrieved")
        yield f"- Searched: {_escaped(str(title))}, retrieved {read or 'on a day not stated'}"
    yield ""


def _rows(answer: ScreenAnswer) -> Iterator[str]:
    yield f"| {' | '.join(_ON_PAPER)} |"
    yield f"|{' --- |' * len(_ON_PAPER)}"
    for line in lines(answer):
        note = " ".join(filter(None, (line.judgements, line.note)))
        said = replace(line, status=STATUSES[line.status], note=note)
        cells = (_escaped(str(getattr(said, name))) for name in _ON_PAPER)
        yield f"| {' | '.join(cells)} |"
    yield ""


def _limits(answer: ScreenAnswer) -> Iterator[str]:
    yield "## What was not examined\n"
    for limit in limits(answer):
        yield f"- **{_escaped(limit.what)}**: {_escaped(limit.why)}"
    yield ""


def _sources(answer: ScreenAnswer) -> Iterator[str]:
    hits = (hit for row in answer.rows for hit in row.told)
    cited = dict.fromkeys(
        citation for hit in hits for citation in citations_of_hit(hit)
    )
    yield "## Sources\n"
    for number, citation in enumerate(cited, start=1):
        yield f"{number}. {_source(citation)}"
    yield ""


def _source(citation: Citation) -> str:
    address = web_address(citation.url)
    said = (citation.title, citation.publisher, citation.published or "no date given")
    where = f"<{address}>" if address else _escaped(citation.url)
    origin = _escaped(f"origin: {citation.origin_group}")
    return f"{_escaped(', '.join(said))} {where} ({origin})"


_MARKS = re.compile(r"([\\`*_\[\]|~#])")


def _escaped(text: str) -> str:
    """Put text on one line in which no letter is read as Markdown or HTML."""
    marked = _MARKS.sub(r"\\\1", one_line(text))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
