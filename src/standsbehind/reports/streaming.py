"""Streaming: an answer is written as its rows come, so that a million of them need no memory."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

import orjson

from standsbehind.cases.counts import Counts
from standsbehind.cases.screening import (
    AnsweredRow,
    Row,
    ScreenAnswer,
    judgements_in,
)
from standsbehind.reports.document import (
    after_results,
    before_results,
    receipt_of,
    row_json,
    skipped_json,
)
from standsbehind.reports.lines import lines_of_row
from standsbehind.reports.table import csv_head, csv_of
from standsbehind.screening.files.asking import Given
from standsbehind.screening.files.rows import Remarks
from standsbehind.screening.intake import Opened
from standsbehind.screening.query import Query, Skipped

__all__ = [
    "STREAMED",
    "Answers",
    "Form",
    "Part",
    "Sink",
    "Stream",
    "Streaming",
    "Totals",
]

Form = Literal["json", "jsonl", "csv"]
STREAMED: Mapping[str, Form] = {"json": "json", "jsonl": "jsonl", "csv": "csv"}
"""What is written row by row."""

_NEXT = b",\n    "
"""What stands between two results of the JSON document."""


class Answers(Protocol):
    """Whatever answers the rows of a file: a snapshot, or a list of the user's own."""

    def answer(self, asked: Sequence[Query | Skipped], *, explained: bool) -> list[Row]:
        """Answer rows in their order; reasons may be left out where nobody reads them."""

    def told_by(self, rows: Iterable[Row]) -> Iterator[str]:
        """Name whose statements the answers use."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of the answer, as written in each form."""

    pieces: Mapping[Form, bytes]
    digested: bytes
    """The rows as the digest of the result takes them; blank where none is wanted."""
    rows: tuple[Row, ...]
    """The rows themselves, where the whole answer is wanted at the end."""
    counts: Counts
    remarks: Remarks
    told: tuple[str, ...]
    judgements: tuple[str, ...]
    """The ids of the judgements that had a say."""


@dataclass(frozen=True)
class Streaming:
    """How rows become parts of what is written."""

    opened: Opened
    answers: Answers
    head: ScreenAnswer
    """The answer without its rows."""
    forms: frozenset[Form]
    digests: bool = False
    """Whether a receipt is wanted."""
    keeps: bool = False
    """Whether a form is wanted that can only be written when all rows are there."""

    def part(self, given: Sequence[Given]) -> Part:
        """Ask and answer some rows of the file."""
        remarks = Remarks()
        asked = self.opened.ask(given, remarks)
        rows = self.answers.answer(asked, explained=self._explains)
        answered = [row for row in rows if isinstance(row, AnsweredRow)]
        return Part(
            pieces=dict(self._pieces(rows)),
            digested=self._digested(rows) if self.digests else b"",
            rows=tuple(rows) if self.keeps else (),
            counts=Counts.of(rows),
            remarks=remarks,
            told=tuple(
                dict.fromkeys(self.answers.told_by(rows) if self.digests else ())
            ),
            judgements=tuple(judgements_in(answered)),
        )

    @property
    def _explains(self) -> bool:
        return self.keeps or not self.forms.isdisjoint({"json", "jsonl"})

    def _pieces(self, rows: Sequence[Row]) -> Iterator[tuple[Form, bytes]]:
        if "csv" in self.forms:
            found = (line for row in rows for line in lines_of_row(row, self.head))
            yield "csv", csv_of(found).encode()
        if "jsonl" in self.forms:
            lines = (orjson.dumps(self._json(row), option=_LINE) for row in rows)
            yield "jsonl", b"".join(lines)
        if "json" in self.forms:
            yield "json", b"".join(_NEXT + _indented(self._json(row)) for row in rows)

    def _digested(self, rows: Sequence[Row]) -> bytes:
        found = map(self._json, rows)
        if self.head.against is not None:
            found = map(_without_reasons, found)
        return b",".join(
            orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in found
        )

    def _json(self, row: Row) -> dict[str, Any]:
        if isinstance(row, Skipped):
            return skipped_json(row)
        return row_json(row, self.head.names)


_LINE = orjson.OPT_APPEND_NEWLINE


def _indented(row: Mapping[str, Any]) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_INDENT_2).replace(b"\n", b"\n    ")


def _without_reasons(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out the reasons of the scores: they follow from the names, and take long."""
    hits = [{k: v for k, v in hit.items() if k != "explanation"} for hit in row["hits"]]
    return {**row, "hits": hits}


@dataclass
class Totals:
    """What all parts so far come to; they are added in the order of the file."""

    counts: Counts = field(default_factory=Counts)
    remarks: Remarks = field(default_factory=Remarks)
    told: dict[str, None] = field(default_factory=dict)
    judgements: set[str] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin the digest of the result: a JSON list."""
        self._digest = hashlib.sha256(b"[")
        self._is_first = True

    def add(self, part: Part) -> None:
        """Count a part in."""
        self.counts += part.counts
        self.remarks.take_in(part.remarks)
        self.told |= dict.fromkeys(part.told)
        self.judgements.update(part.judgements)
        self.rows += part.rows
        if part.digested:
            self._digest.update(
                part.digested if self._is_first else b"," + part.digested
            )
            self._is_first = False

    @property
    def result(self) -> str:
        """The SHA-256 of the results, as a receipt names it."""
        whole = self._digest.copy()
        whole.update(b"]")
        return whole.hexdigest()

    def answer(self, head: ScreenAnswer) -> ScreenAnswer:
        """Complete the answer by what the rows told of the file, and by kept rows."""
        answered = tuple(row for row in self.rows if isinstance(row, AnsweredRow))
        intake = replace(
            head.intake,
            notes=(*head.intake.notes, *self.remarks.notes),
            queries=tuple(row.result.query for row in answered),
            skipped=tuple(row for row in self.rows if isinstance(row, Skipped)),
        )
        return replace(head, intake=intake, rows=answered)

    def receipt(self, head: ScreenAnswer) -> dict[str, Any]:
        """Name by digest what the answer was made from, and the answer itself."""
        return receipt_of(head, self.result, sorted(self.judgements))


class Sink(Protocol):
    """Whatever takes the parts of an answer as they come."""

    def add(self, part: Part) -> None:
        """Take some rows."""


@dataclass
class Stream:
    """One form of the answer on its way to where it is written."""

    form: Form
    write: Callable[[bytes], object]
    is_first: bool = True

    def begin(self, head: ScreenAnswer) -> None:
        """Write what stands before the first row."""
        self.write(_opening(self.form, head))

    def add(self, part: Part) -> None:
        """Write some rows."""
        piece = part.pieces[self.form]
        if self.form == "json" and self.is_first:
            piece = piece.removeprefix(b",")
        self.is_first = False
        self.write(piece)

    def end(self, answer: ScreenAnswer, totals: Totals) -> None:
        """Write what stands after the last row."""
        self.write(_closing(self.form, answer, totals))


def _opening(form: Form, head: ScreenAnswer) -> bytes:
    if form == "csv":
        return csv_head().encode()
    if form == "jsonl":
        return b""
    written = orjson.dumps(before_results(head), option=orjson.OPT_INDENT_2)
    return written.removesuffix(b"\n}") + b',\n  "results": ['


def _closing(form: Form, answer: ScreenAnswer, totals: Totals) -> bytes:
    if form != "json":
        return b""
    last = after_results(answer, totals.counts, totals.receipt(answer))
    written = orjson.dumps(last, option=orjson.OPT_INDENT_2)
    return b"\n  ]," + written.removeprefix(b"{") + b"\n"
