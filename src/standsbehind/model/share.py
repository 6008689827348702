"""Shares: how large a holding is, in exactly the bounds in which it is stated."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

__all__ = ["NOT_STATED", "Share", "plain_number", "read_share"]

_LEAST, _MOST = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage, or the bounds that one lies in; `None` where no such bound is stated.

    Written for machines, without the sign: `60` is exact; `25-50` holds both of its ends;
    `>25-50`, `25-<50` and `>25-<50` hold them but for the end that is marked. With only one
    bound stated: `>=25`, `>25`, `<=50`, `<50`. Nothing is filled in for the other bound.

    >>> Share(Decimal(25), Decimal(50), is_above=True).figure
    '>25-50'
    >>> Share(Decimal(25), Decimal(50), is_above=True).words
    'more than 25 % and at most 50 %'
    """

    least: Decimal | None
    most: Decimal | None
    is_above: bool = False
    """Whether the share is more than `least`, and not just as much."""
    is_below: bool = False
    """Whether the share is less than `most`, and not just as much."""

    @property
    def figure(self) -> str:
        """Write the share for machines."""
        least, most = plain_number(self.least), plain_number(self.most)
        above, below = ">" * self.is_above, "<" * self.is_below
        if least and most:
            return least if least == most else f"{above}{least}-{below}{most}"
        if least:
            return f"{above or '>='}{least}"
        return f"{below or '<='}{most}" if most else ""

    @property
    def words(self) -> str:
        """Write the share for people."""
        least, most = plain_number(self.least), plain_number(self.most)
        if least and least == most and not (self.is_above or self.is_below):
            return f"{least} %"
        bounds = (
            f"{'more than' if self.is_above else 'at least'} {least} %" * bool(least),
            f"{'less than' if self.is_below else 'at most'} {most} %" * bool(most),
        )
        return " and ".join(filter(None, bounds))

    @property
    def is_possible(self) -> bool:
        """Whether a holding can have it: from 0 to 100 %, with something between its bounds."""
        least = _LEAST if self.least is None else self.least
        most = _MOST if self.most is None else self.most
        if not (_LEAST <= least <= _MOST and _LEAST <= most <= _MOST):
            return False
        return least < most or (least == most and not (self.is_above or self.is_below))

    def holds(self, exact: Decimal) -> bool:
        """Whether a figure lies within the bounds."""
        if self.least is not None and (
            exact < self.least or (self.is_above and exact == self.least)
        ):
            return False
        return self.most is None or (
            exact < self.most or (not self.is_below and exact == self.most)
        )


NOT_STATED = Share(None, None)
"""The share of a holding of which no source says how large it is."""

_WORDS: Mapping[str, Share] = MappingProxyType(
    {
        "majority": Share(Decimal(50), None, is_above=True),
        "majority stake": Share(Decimal(50), None, is_above=True),
        "majority owned": Share(Decimal(50), None, is_above=True),
        "minority": Share(None, Decimal(50), is_below=True),
        "minority stake": Share(None, Decimal(50), is_below=True),
        "wholly owned": Share(_MOST, _MOST),
        "whole": Share(_MOST, _MOST),
        "all": Share(_MOST, _MOST),
        "unknown": NOT_STATED,
        "not stated": NOT_STATED,
    }
)

_BANDS: Mapping[str, Share] = MappingProxyType(
    {
        "25-to-50": Share(Decimal(25), Decimal(50), is_above=True),
        "50-to-75": Share(Decimal(50), Decimal(75), is_above=True, is_below=True),
        "75-to-100": Share(Decimal(75), _MOST),
        "more-than-25": Share(Decimal(25), None, is_above=True),
    }
)
"""The bands of the UK register of persons with significant control.

Companies Act 2006, Schedule 1A, and the register's own wording: "more than 25 % but not more
than 50 %", "more than 50 % but less than 75 %", "75 % or more".
"""

_BAND = re.compile(
    r"(?:ownership-of-shares|voting-rights|right-to-share-surplus-assets|part-right-to-share"
    r"-surplus-assets)-(?P<band>more-than-25|\d+-to-\d+)-percent(?:-as-.+|-limited-.+)?"
)
_NUMBER = r"\d+(?:\.\d+)?"
_ABOVE = r">|more than|over|above|greater than|exceeding"
_FROM = r">=|≥|at least|not less than|no less than|from"
_BELOW = r"<|less than|under|below"
_UP_TO = r"<=|≤|at most|up to|not more than|no more than"
_FORM = re.compile(
    rf"(?:between )?(?P<low>{_FROM}|{_ABOVE}|{_UP_TO}|{_BELOW})?\s*(?P<a>{_NUMBER})"
    rf"(?P<tail> or more| or less|\+)?"
    rf"(?:\s*(?:-|to|and|but|and up to)\s*(?P<high>{_UP_TO}|{_BELOW})?\s*(?P<b>{_NUMBER}))?"
)
_OPEN_LOW, _OPEN_HIGH = re.compile(_ABOVE), re.compile(_BELOW)
_HIGH = re.compile(rf"{_UP_TO}|{_BELOW}")


@lru_cache(maxsize=50_000)
def read_share(text: str) -> Share | None:
    """Read a share as sources print it; None for a text that states no possible share.

    A text that says "about", or more than a share, is not read: the caller keeps it.

    >>> read_share("more than 25 % but not more than 50 %").figure
    '>25-50'
    >>> read_share("ownership-of-shares-75-to-100-percent").figure
    '75-100'
    >>> read_share("about a third") is None, read_share("120 %") is None
    (True, True)
    """
    said = " ".join(text.lower().replace("–", "-").split()).strip()
    if not said:
        return NOT_STATED
    band = _BAND.fullmatch(said)
    if band is not None:
        return _BANDS.get(band["band"])
    said = re.sub(r"\s*(?:%|per ?cent|percent)", "", said).strip()
    if said in _WORDS:
        return _WORDS[said]
    found = _FORM.fullmatch(re.sub(r"(?<=\d),(?=\d)", ".", said))
    share = None if found is None else _share_of(found)
    return share if share is not None and share.is_possible else None


def _share_of(found: re.Match[str]) -> Share | None:
    mark, tail, second = found["low"] or "", found["tail"] or "", found["b"]
    first = Decimal(found["a"])
    if second is not None:
        if tail or _HIGH.fullmatch(mark):
            return None
        is_above = bool(_OPEN_LOW.fullmatch(mark))
        is_below = bool(_OPEN_HIGH.fullmatch(found["high"] or ""))
        return Share(first, Decimal(second), is_above, is_below)
    if tail and mark:
        return None
    if _HIGH.fullmatch(mark) or tail == " or less":
        return Share(None, first, is_below=bool(_OPEN_HIGH.fullmatch(mark)))
    if mark or tail:
        return Share(first, None, is_above=bool(_OPEN_LOW.fullmatch(mark)))
    return Share(first, first)


def plain_number(number: Decimal | None) -> str:
    """Write a number without an exponent and without idle zeros; None as nothing."""
    return "" if number is None else f"{(number + 0).normalize():f}"
