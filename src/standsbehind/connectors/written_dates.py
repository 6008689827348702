"""Dates as American agencies write them out: `July 21, 2026`, `Mar 17, 2026`."""

import re
from typing import Final

from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["WRITTEN_DATE", "written_date"]

WRITTEN_DATE: Final = r"[A-Z][a-z]{2,8}\.? [1-9]\d?,+ \d{4}"
"""The form of a date, for patterns; a doubled comma is a slip that agencies make."""

_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_PARTS = re.compile(
    r"(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>[1-9]\d?),+ (?P<year>\d{4})"
)


def written_date(text: str) -> PartialDate | None:
    """Read a date with the month in letters; None where the text is no day of the calendar.

    >>> written_date("July 21, 2026"), written_date("Mar 17, 2026"), written_date("May 32, 2026")
    ('2026-07-21', '2026-03-17', None)
    """
    found = _PARTS.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    letters = found["month"][:3].lower()
    if letters not in _MONTHS:
        return None
    month = _MONTHS.index(letters) + 1
    return partial_date(f"{found['year']}-{month:02}-{int(found['day']):02}")
