"""The two layouts of the Denied Persons List, read into rows of one form.

Until 2021 a table with a column for each part of the address; now one in which name and
address are joined in a single column: `NAME, STREET, CITY, STATE, COUNTRY, CODE`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standsbehind.connectors.arrival import text_of
from standsbehind.connectors.context import Copy, Fields, Quarantined, Unread
from standsbehind.connectors.federal_register import us_date
from standsbehind.errors import SourceError
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["Order", "orders"]

_CURRENT = (
    "Name_and_Address",
    "Effective_Date",
    "Expiration_Date",
    "Appropriate Federal Register Citations",
    "Type of Denial",
)
_LEGACY = (
    "Name",
    "Street_Address",
    "City",
    "State",
    "Country",
    "Postal_Code",
    "Effective_Date",
    "Expiration_Date",
    "Standard_Order",
    "Last_Update",
    "Action",
    "FR_Citation",
)
_PLACE = ("Street_Address", "City", "State", "Country", "Postal_Code")
_MAY_LACK = {_CURRENT: 0, _LEGACY: 2}
"""How many last columns a row may lack: some exports drop them where they are blank."""

_PLACE_PARTS = 4
"""City, state, country and postal code end every joined name and address."""
_NAME_GOES_ON = re.compile(
    r"(?:JR|SR|II|III|IV|INC|LTD|LLC|L\.L\.C|CO|CORP|S\.A|S\.L|S\.R\.L|JSC|GMBH|PTE|PTY|"
    r"FZE|LIMITED|L\.?P|PLC|B\.?V|N\.?V)\.?",
    re.IGNORECASE,
)
_DAY_IN_NAME = re.compile(r"dpl_(\d{2})(\d{2})(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """One row: an order against a name, with one of its addresses; text as printed."""

    locator: str
    name: str
    address: str
    country: str
    start: str
    end: str
    cited: str
    denial: str
    updated: PartialDate | None
    """The day of the row, or of the whole copy, where the copy gives one."""


def orders(copy: Copy) -> Iterator[Order | Quarantined | Unread]:
    """Read either layout, told apart by its header.

    Raises SourceError where the copy is a web page, is cut off inside a quoted field, or
    has neither header.
    """
    for row in _rows(copy):
        if isinstance(row, Quarantined):
            yield row
        elif "Name" in row:
            yield _legacy(row)
            yield from row.unread()
        else:
            yield _current(copy, row)
            yield from row.unread()


def _rows(copy: Copy) -> Iterator[Fields | Quarantined]:
    text = text_of(copy)
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(rows)]
        lacks = _MAY_LACK[_layout(copy, header)]
        for cells in rows:
            if any(cell.strip() for cell in cells):
                locator = f"{copy.name}, line {rows.line_num}"
                yield _row(locator, header, cells, lacks)
    except csv.Error as error:
        message = f"{copy.name}:{rows.line_num}: cut off ({error}); fetch it again"
        raise SourceError(message) from error


def _row(
    locator: str, header: list[str], cells: list[str], lacks: int
) -> Fields | Quarantined:
    missing = len(header) - len(cells)
    if not 0 <= missing <= lacks:
        return Quarantined(locator, f"{len(cells)} columns, {len(header)} expected")
    return Fields(locator, dict(zip(header, [*cells, *[""] * missing], strict=True)))


def _layout(copy: Copy, header: list[str]) -> tuple[str, ...]:
    layout = _LEGACY if "Name" in header else _CURRENT
    absent = [column for column in layout if column not in header]
    if absent:
        message = (
            f"{copy.name}: no column {', '.join(absent)}; the publisher changed the "
            "layout, and the connector must be adapted before this file can be read"
        )
        raise SourceError(message)
    return layout


def _current(copy: Copy, row: Fields) -> Order | Quarantined:
    parts = [part.strip() for part in row.take("Name_and_Address").split(",")]
    taken = _name_parts(parts)
    day = _DAY_IN_NAME.search(copy.url or copy.name)
    order = Order(
        locator=row.locator,
        name=", ".join(parts[:taken]),
        address=_joined(parts[taken:]),
        country=parts[-2] if len(parts) > _PLACE_PARTS else "",
        start=row.take("Effective_Date"),
        end=row.take("Expiration_Date"),
        cited=row.take("Appropriate Federal Register Citations"),
        denial=row.take("Type of Denial"),
        updated=partial_date(f"{day[3]}-{day[1]}-{day[2]}") if day else None,
    )
    if len(parts) <= _PLACE_PARTS:
        return Quarantined(row.locator, "no name and address to tell apart")
    return order


def _name_parts(parts: list[str]) -> int:
    """Count the parts of the name: a legal form or an open bracket holds them together."""
    taken = 1
    while taken < len(parts) - _PLACE_PARTS:
        name = ", ".join(parts[:taken])
        is_open = name.count("(") > name.count(")")
        if not (is_open or _NAME_GOES_ON.fullmatch(parts[taken])):
            break
        taken += 1
    return taken


def _legacy(row: Fields) -> Order:
    place = {column: row.take(column) for column in _PLACE}
    updated = row.take("Last_Update")
    row.ignore("Action")
    return Order(
        locator=row.locator,
        name=row.take("Name").strip(" ,"),
        address=_joined(place.values()),
        country=place["Country"],
        start=row.take("Effective_Date"),
        end=row.take("Expiration_Date"),
        cited=row.take("FR_Citation"),
        denial=row.take("Standard_Order"),
        updated=us_date(updated) or partial_date(updated),
    )


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
