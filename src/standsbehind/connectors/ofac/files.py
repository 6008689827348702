"""OFAC's legacy files: rows without a header, turned into named fields."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NewType

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy, Fields, Quarantined
from standsbehind.errors import SourceError

__all__ = ["ADDRESS", "ALTERNATE", "COMMENT", "PRIMARY", "Columns", "rows_of"]

Columns = NewType("Columns", tuple[str, ...])
"""The columns of one file, in order, under the names of OFAC's file specification."""

PRIMARY = Columns(
    (
        "ent_num",
        "SDN_Name",
        "SDN_Type",
        "Program",
        "Title",
        "Call_Sign",
        "Vess_type",
        "Tonnage",
        "GRT",
        "Vess_flag",
        "Vess_owner",
        "Remarks",
    )
)
ALTERNATE = Columns(("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"))
ADDRESS = Columns(
    ("ent_num", "add_num", "Address", "City/State/Postal", "Country", "Add_remarks")
)
COMMENT = Columns(("ent_num", "Remarks"))

_NULL = "-0-"
_END_OF_FILE = "\x1a"


def rows_of(copy: Copy, columns: Columns) -> Iterator[Fields | Quarantined]:
    """Read the rows of one file; a null mark becomes an empty field.

    Raises SourceError where the copy is not text, not CSV, cut off, or has other columns.
    """
    text, _mark, beyond = _text(copy).partition(_END_OF_FILE)
    rows = _parsed(copy, text)
    _need_layout(copy, columns, rows)
    for line, row in rows:
        locator = f"{copy.name}, line {line}"
        if len(row) != len(columns):
            yield Quarantined(locator, f"{len(row)} columns, {len(columns)} expected")
        elif not row[0].strip().isdecimal():
            yield Quarantined(locator, f"ent_num {row[0]!r} is not a number")
        else:
            yield _fields(columns, row)
    # DOS ended a file with this mark. Rows after it are another file, glued on.
    for line, _row in _parsed(copy, beyond.replace(_END_OF_FILE, "")):
        yield Quarantined(
            f"{copy.name}, line {line} after the end-of-file mark",
            "belongs to another list; pull that list from its own files",
        )


def _text(copy: Copy) -> str:
    try:
        text = copy.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = copy.content.count(b"\n", 0, error.start) + 1
        message = (
            f"{copy.name}: line {line}, byte {error.start}: not UTF-8 text; "
            "fetch the file again and do not save it from a spreadsheet"
        )
        raise SourceError(message) from error
    refuse_web_page(copy)
    return text


def _parsed(copy: Copy, text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, each with the number of its last line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [(reader.line_num, row) for row in reader if any(map(str.strip, row))]
    except csv.Error as error:
        message = (
            f"{copy.name}: line {reader.line_num}: {error}; "
            "the file is damaged or was cut off: fetch it again"
        )
        raise SourceError(message) from error


def _need_layout(
    copy: Copy, columns: Columns, rows: Sequence[tuple[int, list[str]]]
) -> None:
    """Refuse another layout, seen in the first row, and a cut download, in the last."""
    if not rows:
        message = f"{copy.name}: no row in it; fetch it again"
        raise SourceError(message)
    first, last = rows[0][1], rows[-1]
    if len(first) != len(columns):
        message = (
            f"{copy.name}: line 1 has {len(first)} columns, not the {len(columns)} "
            f"of this file ({columns[0]} to {columns[-1]}); is it the right file?"
        )
        raise SourceError(message)
    if len(last[1]) < len(columns):
        message = (
            f"{copy.name}: line {last[0]}: the last row has {len(last[1])} of "
            f"{len(columns)} columns, so the file was cut off; fetch it again"
        )
        raise SourceError(message)


def _fields(columns: Columns, row: list[str]) -> Fields:
    cells = ("" if cell.strip() == _NULL else cell for cell in row)
    return Fields(f"ent_num {row[0].strip()}", dict(zip(columns, cells, strict=True)))
