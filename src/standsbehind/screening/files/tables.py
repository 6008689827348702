"""Tables: from rows of cells to a header and what stands below it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from standsbehind.screening.files.headings import kind_of, normalise

__all__ = [
    "PREAMBLE",
    "Header",
    "Row",
    "Table",
    "find_header",
    "lay_out",
    "without_blank",
]

Row = tuple[int, Sequence[str]]
"""The number of a row, as a person counts, and its cells."""

PREAMBLE = 10
"""How many rows may stand above the header: exports put a title and a date there."""

_MOST_COLUMNS = 16_384
"""What a spreadsheet can hold; a row of more cells is no header."""

_RULE = " \t\r\n-=_+|"
"""What ruled lines are drawn with in exports that were made to be printed."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it."""

    header: tuple[str, ...]
    rows: Iterable[Row]
    """Each iteration reads them anew, so that a long file is not held in memory."""
    count: int = 0
    """How many rows there are."""
    notes: tuple[str, ...] = ()
    known: bool = True
    """Whether the header was recognised; where not, it is made up or the likeliest row."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where a header stands among rows, and how many of its headings are known."""

    index: int
    known: int


def find_header(rows: Sequence[Row], wanted: frozenset[str]) -> Header | None:
    """Find the first row that heads a name column, or all the columns `wanted`.

    `wanted` holds headings as `normalise` writes them. A row under one as wide is data: a
    column of types may well say "Company".
    """
    widest = 0
    for index, (_, cells) in enumerate(rows[: PREAMBLE + 1]):
        filled = sum(not is_blank(cell) for cell in cells)
        known = _known_headings(cells, wanted)
        if known and (filled > widest or (filled == widest and known > 1)):
            return Header(index, known)
        widest = max(widest, filled)
    return None


def _known_headings(cells: Sequence[str], wanted: frozenset[str]) -> int:
    """Count kinds of headings in a row; 0 where it has neither the wanted nor a name."""
    if len(cells) > _MOST_COLUMNS:
        return 0
    kinds = {kind for cell in cells if (kind := kind_of(cell))}
    if wanted:
        met = wanted & {normalise(cell) for cell in cells if len(cell) < 1000}
        return len(met) + len(kinds) + 1 if met == wanted else 0
    return len(kinds) if "name" in kinds else 0


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing: spaces, or a piece of a ruled line."""
    return not cell.strip(_RULE)


def without_blank(rows: Iterable[Row]) -> list[Row]:
    """Leave out blank and ruled rows."""
    return [row for row in rows if not all(map(is_blank, row[1]))]


@dataclass(slots=True)
class _Survey:
    """What one reading of all rows tells, keeping only the first of them."""

    first: list[Row] = field(default_factory=list)
    """The first rows that say something, as many as a header can be among."""
    said: int = 0
    blank: int = 0
    columns: set[int] = field(default_factory=set)
    """The columns in which any row has text."""
    widths: Counter[int] = field(default_factory=Counter)
    """How many rows have so many cells with text."""

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "_Survey":
        survey = cls()
        for row in rows:
            survey.add(row)
        return survey

    def add(self, row: Row) -> None:
        if all(map(is_blank, row[1])):
            self.blank += 1
            return
        self.said += 1
        if len(self.first) <= PREAMBLE + 1:
            self.first.append(row)
        filled = tuple(map(bool, map(str.strip, row[1])))
        width = sum(filled)
        self.widths[width] += 1
        if width > 1 or len(self.columns) < 2:
            self.columns.update(i for i, is_filled in enumerate(filled) if is_filled)


@dataclass(frozen=True, slots=True)
class _Said:
    """The rows that say something, from one of them on; each iteration reads anew."""

    rows: Iterable[Row]
    start: int

    def __iter__(self) -> Iterator[Row]:
        said = (row for row in self.rows if not all(map(is_blank, row[1])))
        return islice(said, self.start, None)


@dataclass(frozen=True, slots=True)
class _Names:
    """The rows of a plain list, each cut down to the one cell that has text."""

    rows: Iterable[Row]

    def __iter__(self) -> Iterator[Row]:
        for number, cells in self.rows:
            yield number, [next(filter(str.strip, cells))]


def lay_out(rows: Iterable[Row], wanted: frozenset[str] = frozenset()) -> Table:
    """Split rows into preamble, header and body; blank and ruled rows are counted in a note.

    `rows` is iterated more than once. A single column with no known heading is a plain list
    of names; its header is made up. Returns an empty table where all rows are blank.
    """
    survey = _Survey.of(rows)
    notes = _blank_rows(survey.blank)
    found = find_header(survey.first, wanted)
    if found is None and not wanted and len(survey.columns) <= 1:
        return _plain_list(rows, survey, notes)
    start = found.index if found else _first_wide(survey)
    if start:
        notes = (*notes, _preamble(survey.first[0][0], survey.first[start][0]))
    header = _without_end(survey.first[start][1]) if survey.first else ()
    body, count = _Said(rows, start + 1), max(survey.said - start - 1, 0)
    return Table(header, body, count, notes, known=found is not None)


def _blank_rows(count: int) -> tuple[str, ...]:
    return (f"Blank or ruled rows passed over: {count}.",) if count else ()


def _plain_list(rows: Iterable[Row], survey: _Survey, notes: tuple[str, ...]) -> Table:
    if not survey.said:
        return Table((), (), 0, notes, known=False)
    note = "There is one column and no header: each row is taken as a name."
    names = _Names(_Said(rows, 0))
    return Table(("name",), names, survey.said, (*notes, note), known=False)


def _first_wide(survey: _Survey) -> int:
    """Find the first row as wide as most are: the likely header, though no word is known."""
    usual = max(survey.widths, key=survey.widths.__getitem__, default=0)
    widths = [sum(bool(cell.strip()) for cell in cells) for _, cells in survey.first]
    return next((i for i, width in enumerate(widths[:PREAMBLE]) if width >= usual), 0)


def _preamble(first: int, header: int) -> str:
    rows = f"row {first}" if header - first == 1 else f"rows {first} to {header - 1}"
    return f"Not read, as above the header in row {header}: {rows}."


def _without_end(cells: Sequence[str]) -> tuple[str, ...]:
    """Drop empty headings at the right end."""
    last = max((i for i, cell in enumerate(cells) if cell.strip()), default=-1)
    return tuple(cell.strip() for cell in cells[: last + 1])
