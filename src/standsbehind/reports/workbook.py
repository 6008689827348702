"""The workbook: a screening as an XLSX file in which every cell is text or a number, never a formula."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from operator import attrgetter
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from standsbehind.cases.screening import AnsweredHit, ScreenAnswer
from standsbehind.errors import UsageError
from standsbehind.model.citation import Citation
from standsbehind.reports import words
from standsbehind.reports.limits import limits
from standsbehind.reports.lines import COLUMNS, citations_of_hit, lines
from standsbehind.reports.plain import plain

__all__ = ["to_workbook"]

_MOST_LETTERS = 32_000
"""A cell holds 32,767; what is cut says so."""
_MOST_ROWS = 1_048_576
_WIDTHS: Mapping[str, int] = {
    "row": 7, "score": 8, "kind": 10, "status": 14, "schema": 12, "number": 8,
    "from": 12, "to": 12, "role": 11, "effect": 13, "state": 14, "published": 12,
}  # fmt: skip
_WIDTH = 34
_EFFECT_COLUMNS = (
    "entity_id", "entity", "role", "program", "provision", "effect", "state", "act",
    "from", "to", "condition", "unverified", "text", "relation", "citation", "address",
    "listed", "through",
)  # fmt: skip
_SOURCE_COLUMNS = (
    "number", "title", "publisher", "published", "address", "origin", "where", "kind",
    "retrieved", "copy (SHA-256)", "entities",
)  # fmt: skip

Cells = Sequence[str | int]


def to_workbook(answer: ScreenAnswer) -> bytes:
    """Write the answer as a workbook; the same answer gives the same bytes.

    Raises UsageError where it has more lines than a sheet has rows.
    """
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": _created(answer), "title": _title(answer)})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for name, columns, rows in _sheets(answer):
            _fill(book.add_worksheet(name), (columns, rows), head, body)
    return content.getvalue()


def _created(answer: ScreenAnswer) -> datetime:
    """Date the file by the day asked about: a clock would make equal answers differ."""
    return datetime.combine(answer.position.as_of, time(), tzinfo=UTC)


def _title(answer: ScreenAnswer) -> str:
    return plain(f"Screening of {answer.intake.name}")[:255]


def _sheets(
    answer: ScreenAnswer,
) -> Iterator[tuple[str, Sequence[str], Iterable[Cells]]]:
    yield "results", COLUMNS, map(attrgetter(*COLUMNS), lines(answer))
    yield "effects", _EFFECT_COLUMNS, _effects(answer)
    yield "sources", _SOURCE_COLUMNS, _sources(answer)
    yield "not examined", ("what", "why"), _not_examined(answer)


def _fill(
    sheet: Worksheet,
    table: tuple[Sequence[str], Iterable[Cells]],
    head: Format,
    body: Format,
) -> None:
    columns, rows = table
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column, _WIDTH))
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, head)
    number = 0
    for number, cells in enumerate(rows, start=1):
        if number >= _MOST_ROWS:
            message = (
                f"{sheet.get_name()}: more than {_MOST_ROWS - 1:,} rows do not fit a "
                "worksheet; use --format csv or jsonl"
            )
            raise UsageError(message)
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell, body)
            else:
                sheet.write_string(number, place, _fitting(cell), body)
    sheet.autofilter(0, 0, number, len(columns) - 1)


def _fitting(cell: str) -> str:
    shown = plain(cell)
    if len(shown) <= _MOST_LETTERS:
        return shown
    return f"{shown[:_MOST_LETTERS]}… (cut: {len(shown):,} characters)"


def _hits(answer: ScreenAnswer) -> Mapping[str, AnsweredHit]:
    """Return each entity that was met, once."""
    return {hit.hit.entity_id: hit for row in answer.rows for hit in row.told}


def _effects(answer: ScreenAnswer) -> Iterator[Cells]:
    for key, hit in _hits(answer).items():
        for exposure in hit.exposures:
            for role, effects in exposure.effects:
                for effect in effects:
                    yield (key, hit.caption, role, *_effect_cells(effect.to_json()))


def _effect_cells(effect: Mapping[str, Any]) -> Iterator[str]:
    for name in _EFFECT_COLUMNS[3:]:
        match name:
            case "unverified":
                yield f"unverified: {effect['unverified_why']}" if effect[name] else ""
            case "citation":
                yield effect[name]["title"]
            case "address":
                yield effect["citation"]["href"]
            case _:
                yield effect[name] or ""


def _sources(answer: ScreenAnswer) -> Iterator[Cells]:
    cited: dict[Citation, dict[str, None]] = {}
    for hit in _hits(answer).values():
        of_links = (c for edge in hit.links for c in edge.citations)
        of_replies = (c for reply in hit.replies for c in reply.citations)
        for citation in (*citations_of_hit(hit), *of_links, *of_replies):
            cited.setdefault(citation, {})[hit.caption] = None
    for number, (citation, entities) in enumerate(cited.items(), start=1):
        yield (
            number,
            citation.title,
            citation.publisher,
            citation.published or "no date given",
            citation.url,
            citation.origin_group,
            citation.locator,
            citation.kind,
            citation.retrieved or "",
            citation.digest,
            "; ".join(entities),
        )


def _not_examined(answer: ScreenAnswer) -> Iterator[Cells]:
    """List first the words that stand on every answer, then what was not looked at."""
    for notice in words.NOTICES:
        yield "Read this first", notice
    yield (
        "Answer",
        (
            f"{answer.searched}, as of {answer.position.as_of}, for "
            f"{', '.join(answer.position.roles)}; file {answer.intake.name}, SHA-256 "
            f"{answer.intake.digest}"
        ),
    )
    for source in answer.lists:
        published, read = source.get("published"), source.get("retrieved")
        dates = (
            f"published {published or 'not stated'}, retrieved {read or 'not stated'}"
        )
        yield f"Searched: {source.get('title') or source['id']}", dates
    for limit in limits(answer):
        yield limit.what, limit.why
    for skipped in answer.skipped:
        yield f"Row {skipped.row}", skipped.reason
