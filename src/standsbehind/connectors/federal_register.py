"""The US Federal Register's notices, as lists cite them beside a name.

Agencies write the same citation in many ways: `84 FR 54004, 10/9/19`,
`46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81`, `76 FR 71867`.
"""

import re
from dataclasses import dataclass

from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["Notice", "notices", "us_date"]

_NOTICE = re.compile(
    r"(?P<volume>\d{1,3})\.?\s*F\.?\s?R\.?,?\s*(?P<page>\d[\d,]*\d)"
    r"(?:,\s\d{4,6}(?=\s\d{1,2}/))?(?: preview citation details)?"
    r"(?:[\s,(]*(?P<date>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})))?"
)
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_FIRST_YEAR = 36
"""The Federal Register began in 1936: a two-digit year below 36 is of this century."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice by volume and first page, with its day where the list prints one."""

    volume: int
    page: int
    published: PartialDate | None = None


def notices(text: str) -> tuple[Notice, ...]:
    """Find all notices in a text, in its order.

    >>> [(found.page, found.published) for found in notices("84 FR 54004, 10/9/19.")]
    [(54004, '2019-10-09')]
    """
    return tuple(
        Notice(
            volume=int(found["volume"]),
            page=int(found["page"].replace(",", "")),
            published=us_date(found["date"] or ""),
        )
        for found in _NOTICE.finditer(text)
    )


def us_date(text: str) -> PartialDate | None:
    """Read a date in American order; None where the text is no day of the calendar.

    >>> us_date("9/17/81"), us_date("11/19/2025"), us_date("13/1/2025")
    ('1981-09-17', '2025-11-19', None)
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    month, day, year = (int(number) for number in found.groups())
    if year < 100:
        year += 2000 if year < _FIRST_YEAR else 1900
    return partial_date(f"{year:04}-{month:02}-{day:02}")
