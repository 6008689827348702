"""Intake: from a user's file, whatever it is, to the questions that it asks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from standsbehind.errors import UsageError
from standsbehind.model.citation import digest_of
from standsbehind.screening.files.asking import (
    Asked,
    Given,
    ask_entities,
    ask_records,
    ask_table,
    holds_entities,
)
from standsbehind.screening.files.columns import wanted_headings
from standsbehind.screening.files.delimited import LineOf, read_delimited
from standsbehind.screening.files.documents import read_json, read_json_lines
from standsbehind.screening.files.encodings import decode
from standsbehind.screening.files.formats import is_archive, refuse_foreign, text_form
from standsbehind.screening.files.rows import Remarks
from standsbehind.screening.files.tables import lay_out
from standsbehind.screening.files.userfile import UserFile, receive
from standsbehind.screening.files.workbook import read_workbook
from standsbehind.screening.query import Intake, Query, Skipped

__all__ = [
    "Intake",
    "Opened",
    "Query",
    "Skipped",
    "headings_in",
    "open_queries",
    "read_queries",
    "receive",
]


@dataclass(frozen=True, slots=True)
class Opened:
    """A user's file, understood as a whole; its rows are still to be asked about."""

    intake: Intake
    """What is known before the rows are: it holds no query, and no remark on a row."""
    asked: Asked
    refusal: Callable[[str], UsageError]
    """Makes the error that refuses the file."""

    @property
    def count(self) -> int:
        """How many rows there are below the header."""
        return self.asked.count

    def chunks(self, size: int) -> Iterator[list[Given]]:
        """Give the rows in their order, so many together; each call reads them anew."""
        rows = iter(self.asked.rows)
        while chunk := list(islice(rows, size)):
            yield chunk

    def ask(self, rows: Iterable[Given], remarks: Remarks) -> list[Query | Skipped]:
        """Make of each row a query or the reason why it is skipped."""
        return [self.asked.ask(row, remarks) for row in rows]

    def whole(self) -> Intake:
        """Ask about all rows."""
        remarks = Remarks()
        answers = self.ask(self.asked.rows, remarks)
        return self.filled(answers, remarks)

    def filled(self, answers: Iterable[Query | Skipped], remarks: Remarks) -> Intake:
        """Put the answers of rows and what was remarked of rows to what was known."""
        kept = tuple(answers)
        return replace(
            self.intake,
            notes=(*self.intake.notes, *remarks.notes),
            queries=tuple(a for a in kept if isinstance(a, Query)),
            skipped=tuple(a for a in kept if isinstance(a, Skipped)),
        )


def headings_in(file: UserFile) -> tuple[str, ...]:
    """Return the headings of a table, for a person to choose among; none for other forms.

    Raises UsageError where the file cannot be read as what it is.
    """
    refuse_foreign(file)
    if is_archive(file):
        return read_workbook(file, None, frozenset()).header
    text = decode(file, None).text
    if text_form(file, text) != "table":
        return ()
    return lay_out(read_delimited(file, text, frozenset()).rows).header


@dataclass(frozen=True, slots=True)
class _Wish:
    """How the user wants the file read, as far as they said."""

    columns: Mapping[str, str]
    headings: frozenset[str]
    """The headings of `columns` in the form in which headings are compared."""
    encoding: str | None
    sheet: str | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file as it was read."""

    form: str
    asked: Asked
    notes: tuple[str, ...] = ()
    """What is to be known of the file as a whole."""
    line_of: Callable[[int], int] | None = None


def read_queries(
    source: Path | bytes,
    *,
    file_name: str,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Intake:
    """Read the file; each of its rows becomes a query or is skipped with the reason.

    `columns` says what stands where (`{"name": "Vendor"}`) in place of a guess by headings.
    Raises UsageError where the file as a whole cannot be read, and where reading it would
    be guessing between meanings that are equally good.
    """
    file = receive(source, file_name)
    return open_queries(file, columns=columns, encoding=encoding, sheet=sheet).whole()


def open_queries(
    file: UserFile,
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Opened:
    """Understand the file as a whole, as `read_queries` does, and leave the rows for later.

    Raises UsageError where `read_queries` does: what makes a file unreadable is found here,
    and not when half of it was asked about.
    """
    given = dict(columns or {})
    wish = _Wish(given, wanted_headings(file, given), encoding, sheet)
    reading = _read(file, wish)
    asked = reading.asked
    if not asked.count:
        raise file.refusal("there is no row below the header; nothing to screen")
    intake = Intake(
        name=file.name,
        format=reading.form,
        digest=digest_of(file.content),
        size=len(file.content),
        columns=asked.columns.named if asked.columns else {},
        guessed=asked.columns is not None and asked.columns.guessed,
        notes=(*reading.notes, *asked.notes),
        line_of=reading.line_of,
    )
    return Opened(intake, asked, replace(file, content=b"").refusal)


def _read(file: UserFile, wish: _Wish) -> _Reading:
    refuse_foreign(file)
    if is_archive(file):
        table = read_workbook(file, wish.sheet, wish.headings)
        asked = ask_table(file, table, wish.columns)
        return _Reading("xlsx", asked, _unused(wish.encoding, "text"))
    decoded = decode(file, wish.encoding)
    found = _read_text(file, decoded.text, wish)
    guessed = (decoded.note,) if decoded.note else ()
    unused = _unused(wish.sheet, "workbooks")
    return replace(found, notes=(*guessed, *unused, *found.notes))


def _unused(option: str | None, use: str) -> tuple[str, ...]:
    return (f"Not used, as it is for {use}: {option!r}.",) if option is not None else ()


def _read_text(file: UserFile, text: str, wish: _Wish) -> _Reading:
    form = text_form(file, text)
    if form == "table":
        return _read_table(file, text, wish)
    found = read_json(file, text) if form == "json" else read_json_lines(file, text)
    line_of = None if form == "json" else int  # a row of JSON lines is a line
    if holds_entities(found):
        asked = ask_entities(file, found, wish.columns)
        return _Reading("ftm", asked, line_of=line_of)
    asked = ask_records(file, found, wish.columns)
    return _Reading(form, asked, line_of=line_of)


def _read_table(file: UserFile, text: str, wish: _Wish) -> _Reading:
    found = read_delimited(file, text, wish.headings)
    asked = ask_table(file, lay_out(found.rows, wish.headings), wish.columns)
    line_of = LineOf(found.rows)
    if found.delimiter in {None, "comma"}:
        return _Reading("csv", asked, line_of=line_of)
    form = "tsv" if found.delimiter == "tab" else "csv"
    note = f"The sign between the columns is the {found.delimiter}."
    return _Reading(form, asked, (note,), line_of)
