"""The UK's table: the day of the report, the header, and one row for each name or address."""

import re
from collections.abc import Iterator

from standsbehind.connectors.arrival import text_of
from standsbehind.connectors.context import Copy, Fields, Quarantined
from standsbehind.connectors.tabular import columns_of, table_rows
from standsbehind.connectors.written_dates import written_date
from standsbehind.errors import SourceError
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["NAME_PARTS", "dated_rows", "uk_date"]

NAME_PARTS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
"""In the order in which a name is said: the family name, or a firm's whole name, is last."""

_NEEDED = (
    "Unique ID",
    *NAME_PARTS,
    "Name type",
    "Regime Name",
    "Designation source",
    "Sanctions Imposed",
    "Date Designated",
    "UN Reference Number",
    "UK Statement of Reasons",
)
_RENAMED = {
    "Individual, Entity, Ship": "Designation Type",
    "Parent Company": "Parent company",
}
"""Names of columns in editions before 2026, and what they are called now."""

_REPORT = re.compile(r'"?Report Date:\s*(?P<day>[^",]+?)\s*"?,*')
_WRITTEN = re.compile(r"(\d{1,2})-([A-Z][a-z]{2})-(\d{4})")
_DAY = re.compile(r"(\d{2}|[Dd]{2})/(\d{2}|[Mm]{2})/(\d{4})")
_NOT_KNOWN = frozenset({"00", "dd", "mm"})


def dated_rows(
    copy: Copy,
) -> tuple[PartialDate | None, Iterator[Fields | Quarantined]]:
    """Return the day of the report, None where it cannot be read, and the rows.

    Raises SourceError where the copy is a web page, is not UTF-8 or is another table.
    """
    first, _, rest = text_of(copy).partition("\n")
    report = _REPORT.fullmatch(first.strip())
    if report is None:
        message = (
            f"{copy.name}:1: opens with {first.strip()[:40]!r}, not with 'Report Date:'; "
            "it is another file, or the connector must be adapted to a new layout first"
        )
        raise SourceError(message)
    rows = table_rows(copy, rest, _NEEDED, first_line=2)
    return _report_day(report["day"]), _in_present_terms(rows)


def _in_present_terms(
    rows: Iterator[Fields | Quarantined],
) -> Iterator[Fields | Quarantined]:
    for row in rows:
        yield row if isinstance(row, Quarantined) else columns_of(row, _RENAMED)


def _report_day(text: str) -> PartialDate | None:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return uk_date(text)
    return written_date(f"{found[2]} {int(found[1])}, {found[3]}")


def uk_date(text: str) -> PartialDate | None:
    """Read a day as the list writes it; one with unknown parts gives the month or the year.

    >>> uk_date("29/06/2012"), uk_date("dd/mm/1975"), uk_date("00/03/1975"), uk_date("1975")
    ('2012-06-29', '1975', '1975-03', None)
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = (part.lower() for part in found.groups())
    if month in _NOT_KNOWN:
        return partial_date(year) if day in _NOT_KNOWN else None
    if day in _NOT_KNOWN:
        return partial_date(f"{year}-{month}")
    return partial_date(f"{year}-{month}-{day}")
