"""Workbooks: which sheet of an XLSX file holds the names, and its cells as text."""

import difflib
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from standsbehind.screening.files.tables import Row, Table, lay_out
from standsbehind.screening.files.userfile import MAX_FIELD, UserFile
from standsbehind.screening.files.workbook_guard import guard

__all__ = ["read_workbook"]

Cell = str | int | float | bool | date | datetime | time | timedelta

_EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number."""


def read_workbook(
    file: UserFile, sheet: str | None = None, wanted: frozenset[str] = frozenset()
) -> Table:
    """Read the sheet that is asked for, else the first that has a column of names.

    The sheet that was read is noted, and those that were not. Raises UsageError for a file
    that cannot be opened safely, for a sheet that is not there and for one with no rows.
    """
    guarded = guard(file)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(file.content)) as workbook:
            name, table = _choose(file, workbook, sheet, wanted)
            notes = _notes(workbook, name)
    except CalamineError as error:
        message = (
            f"the workbook cannot be read ({error}); save it as CSV or as XLSX anew"
        )
        raise file.refusal(message) from error
    if guarded.has_formulas:
        note = "The workbook has formulas: their values are those of its last saving."
        notes = (*notes, note)
    return replace(table, notes=(*notes, *table.notes))


def _choose(
    file: UserFile,
    workbook: CalamineWorkbook,
    sheet: str | None,
    wanted: frozenset[str],
) -> tuple[str, Table]:
    names = _sheet_names(workbook)
    if sheet is not None:
        name = _sheet_asked_for(file, names, sheet)
        return name, lay_out(list(_rows(file, workbook, name)), wanted)
    filled: dict[str, Table] = {}
    for name in names:
        table = lay_out(list(_rows(file, workbook, name)), wanted)
        if table.known:
            return name, table
        if table.header:
            filled[name] = table
    if len(filled) == 1:
        return filled.popitem()
    what = "no sheet of the workbook has rows; nothing to screen"
    if filled:
        shown = ", ".join(map(repr, filled))
        what = (
            f"no column of names was found in the sheets {shown}; choose with --sheet"
        )
    raise file.refusal(what)


def _sheet_names(workbook: CalamineWorkbook) -> list[str]:
    """List the sheets that have cells, hidden ones last."""
    sheets = [s for s in workbook.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    return [sheet.name for sheet in sheets]


def _sheet_asked_for(file: UserFile, names: Sequence[str], sheet: str) -> str:
    if sheet in names:
        return sheet
    close = difflib.get_close_matches(sheet, names, n=1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    listed = ", ".join(map(repr, names))
    raise file.refusal(f"there is no sheet {sheet!r}; {hint}The sheets are: {listed}")


def _notes(workbook: CalamineWorkbook, read: str) -> tuple[str, ...]:
    others = [name for name in workbook.sheet_names if name != read]
    if not others:
        return ()
    listed = ", ".join(map(repr, others))
    return (f"The sheet {read!r} was read; not read: {listed} (choose with --sheet).",)


def _rows(file: UserFile, workbook: CalamineWorkbook, name: str) -> Iterator[Row]:
    sheet = workbook.get_sheet_by_name(name)
    first_row = sheet.start[0] + 1 if sheet.start else 1
    for number, cells in enumerate(sheet.to_python(), first_row):
        texts = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
        if any(len(text) > MAX_FIELD for text in texts):
            what = f"row {number} is longer than 10 MB; is this a table of names?"
            raise file.refusal(what, number)
        yield number, texts


def _text(cell: Cell) -> str:
    """Write a cell as its user sees it: whole numbers without a point, dates in ISO form."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**_EXACT_DIGITS:
        return str(int(cell))
    if isinstance(cell, float) and abs(cell) >= 10**_EXACT_DIGITS:
        return str(cell).upper()
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
