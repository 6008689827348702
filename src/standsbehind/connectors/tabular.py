"""A table published as delimited text: its rows, each under the columns of the header."""

import csv
import io
from collections.abc import Iterator, Mapping

from standsbehind.connectors.context import Copy, Fields, Quarantined
from standsbehind.errors import SourceError

__all__ = ["columns_of", "need_columns", "table_rows"]


def table_rows(
    copy: Copy,
    text: str,
    needed: tuple[str, ...],
    *,
    delimiter: str = ",",
    first_line: int = 1,
) -> Iterator[Fields | Quarantined]:
    """Read the rows of a table whose header is the first line of the text.

    `first_line` is the header's line number in the copy. A row of another width is set
    aside. Raises SourceError where a needed column is missing or a quoted field is open
    at the end.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        need_columns(copy, header, needed)
        for cells in rows:
            if any(cell.strip() for cell in cells):
                locator = f"{copy.name}, line {first_line + rows.line_num - 1}"
                yield _row(locator, header, cells)
    except csv.Error as error:
        line = first_line + rows.line_num - 1
        message = f"{copy.name}:{line}: cut off ({error}); fetch it again"
        raise SourceError(message) from error


def need_columns(copy: Copy, header: list[str], needed: tuple[str, ...]) -> None:
    """Raise SourceError where the header lacks a column that the connector reads."""
    absent = [column for column in needed if column not in header]
    if absent:
        message = (
            f"{copy.name}: no column {', '.join(absent)}; it is another file, or the "
            "publisher changed the layout and the connector must be adapted first"
        )
        raise SourceError(message)


def columns_of(row: Fields, names: Mapping[str, str]) -> Fields:
    """Return the row with older names of columns replaced by those in use now."""
    cells = {names.get(name, name): value for name, value in row.cells.items()}
    return Fields(row.locator, cells)


def _row(locator: str, header: list[str], cells: list[str]) -> Fields | Quarantined:
    if len(cells) != len(header):
        return Quarantined(locator, f"{len(cells)} columns, {len(header)} expected")
    texts: dict[str, str] = {}
    for name, cell in zip(header, cells, strict=True):
        # A header may name a column twice (the key of a part repeats that of the entity).
        texts.setdefault(name, cell)
    return Fields(locator, texts)
