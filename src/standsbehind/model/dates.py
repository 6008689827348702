"""Dates as sources write them: a year, a month or a day, never more exact than the source."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NewType

__all__ = [
    "Interval",
    "PartialDate",
    "earliest",
    "latest",
    "partial_date",
    "read_interval",
]

PartialDate = NewType("PartialDate", str)
"""ISO 8601 text of a year (`2020`), a month (`2020-04`) or a day (`2020-04-29`)."""

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def partial_date(text: str) -> PartialDate | None:
    """Read a year, month or day in ISO form; None where the text is not such a date."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    try:
        earliest(PartialDate(found.group(0)))
    except ValueError:
        return None
    return PartialDate(found.group(0))


def earliest(when: PartialDate) -> date:
    """Return the first day that the date can mean."""
    year, month, day = _parts(when)
    return date(year, 1 if month is None else month, 1 if day is None else day)


def latest(when: PartialDate) -> date:
    """Return the last day that the date can mean."""
    year, month, day = _parts(when)
    month = 12 if month is None else month
    return date(year, month, monthrange(year, month)[1] if day is None else day)


def _parts(when: PartialDate) -> tuple[int, int | None, int | None]:
    numbers = [int(part) for part in when.split("-")]
    year, month, day = [*numbers, None, None][:3]
    if year is None:
        raise ValueError(when)
    return year, month, day


@dataclass(frozen=True, slots=True)
class Interval:
    """A time span [start, end): `None` is "not known" at the start and "still open" at the end."""

    start: PartialDate | None = None
    end: PartialDate | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the span may cover the day, reading partial dates in the widest way."""
        if self.start is not None and day < earliest(self.start):
            return False
        return self.end is None or day <= _last_day(self.end)

    def __str__(self) -> str:
        """Say the span in words; what no source states is said to be not stated."""
        if self.start is None and self.end is None:
            return "dates not stated"
        if self.end is None:
            return f"from {self.start}, end not stated"
        if self.start is None:
            return f"until {self.end}, start not stated"
        return f"{self.start} to {self.end}"


def _last_day(end: PartialDate) -> date:
    """Read a full end date as the first day outside; a partial one may cover its period."""
    if len(end) == len("2020-04-29"):
        return earliest(end) - timedelta(days=1)
    return latest(end)


def read_interval(start: str | None, end: str | None) -> Interval:
    """Read a span from what other people's data says; text that is no date is "not known".

    A time of day is cut off: the model knows days.
    """
    return Interval(
        partial_date(start[:10]) if start else None,
        partial_date(end[:10]) if end else None,
    )
