"""Tables: from rows of cells to a header and what stands below it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mode

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
    rows: tuple[Row, ...]
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


def lay_out(rows: Iterable[Row], wanted: frozenset[str] = frozenset()) -> Table:
    """Split rows into preamble, header and body; blank and ruled rows are counted in a note.

    A single column with no known heading is a plain list of names; its header is made up.
    Returns an empty table where all rows are blank.
    """
    every = list(rows)
    said = without_blank(every)
    notes = _blank_rows(len(every) - len(said))
    found = find_header(said, wanted)
    if found is None and not wanted and _columns(said) <= 1:
        return _plain_list(said, notes)
    start = found.index if found else _first_wide(said)
    if start:
        notes = (*notes, _preamble(said[0][0], said[start][0]))
    header = _without_end(said[start][1]) if said else ()
    return Table(header, tuple(said[start + 1 :]), notes, known=found is not None)


def _blank_rows(count: int) -> tuple[str, ...]:
    return (f"Blank or ruled rows passed over: {count}.",) if count else ()


def _columns(rows: Iterable[Row]) -> int:
    return len({i for _, cells in rows for i, cell in enumerate(cells) if cell.strip()})


def _plain_list(rows: list[Row], notes: tuple[str, ...]) -> Table:
    names = tuple((n, [next(filter(str.strip, cells))]) for n, cells in rows)
    if not names:
        return Table((), (), notes, known=False)
    note = "There is one column and no header: each row is taken as a name."
    return Table(("name",), names, (*notes, note), known=False)


def _first_wide(rows: Sequence[Row]) -> int:
    """Find the first row as wide as most are: the likely header, though no word is known."""
    widths = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows]
    usual = mode(widths) if widths else 0
    return next((i for i, width in enumerate(widths[:PREAMBLE]) if width >= usual), 0)


def _preamble(first: int, header: int) -> str:
    rows = f"row {first}" if header - first == 1 else f"rows {first} to {header - 1}"
    return f"Not read, as above the header in row {header}: {rows}."


def _without_end(cells: Sequence[str]) -> tuple[str, ...]:
    """Drop empty headings at the right end."""
    last = max((i for i, cell in enumerate(cells) if cell.strip()), default=-1)
    return tuple(cell.strip() for cell in cells[: last + 1])
