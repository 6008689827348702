"""Builders of the files that users hand to us: whole, odd and hostile."""

import io
import zipfile
from collections.abc import Callable, Sequence

import xlsxwriter

from standsbehind.screening.intake import Intake, read_queries

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"


def read(content: str | bytes, name: str = "vendors.csv", **wish) -> Intake:
    content = content.encode() if isinstance(content, str) else content
    return read_queries(content, file_name=name, **wish)


def names(intake: Intake) -> list[str]:
    return [query.name for query in intake.queries]


def workbook(
    *rows: Sequence[object], **other_sheets: Sequence[Sequence[object]]
) -> bytes:
    return drawn(lambda book: _fill(book, {"Vendors": rows, **other_sheets}))


def drawn(draw: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}
    ) as book:
        draw(book)
    return content.getvalue()


def _fill(
    book: xlsxwriter.Workbook, sheets: dict[str, Sequence[Sequence[object]]]
) -> None:
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def altered(book: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return the archive with one part changed, as a forger would write it."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as before,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            held = before.read(entry)
            if entry.filename == part:
                assert old in held
                held = held.replace(old, new)
            after.writestr(entry.filename, held)
    return content.getvalue()


def with_part(book: bytes, part: str, held: bytes) -> bytes:
    content = io.BytesIO(book)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, held)
    return content.getvalue()
