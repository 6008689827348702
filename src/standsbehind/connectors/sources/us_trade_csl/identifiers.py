"""A party's identifiers, put back into the words in which OFAC prints them.

The list cuts OFAC's remarks into kind, number and country. They are joined again, so
that a number is read in one way whether it comes from OFAC or from here.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from standsbehind.connectors.ofac.remarks import printed_date
from standsbehind.connectors.sources.us_trade_csl.layouts import Identifier
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["day_of", "in_ofacs_words", "is_company", "limits"]

_COMPANY = re.compile(r"Equity Ticker |ISIN |Target Type (?:Public|Private) Company")
_LIMIT = re.compile(r"(?:Executive Order|CAATSA Section|Purchase/Sales)\b")
_FOR_MORE = re.compile(r"For more information", re.IGNORECASE)


def in_ofacs_words(
    ids: Iterable[Identifier], countries: Mapping[str, str]
) -> tuple[str, ...]:
    """Write each identifier as a piece of OFAC's remarks: `Tax ID No. 7701 (Russia)`."""
    return tuple(_piece(found, countries) for found in ids)


def _piece(found: Identifier, countries: Mapping[str, str]) -> str:
    country = countries.get(found.country, found.country)
    written = f"{found.kind} {_in_words(found.number)}"
    return f"{written} ({country})" if country else written


def _in_words(number: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", number) or not partial_date(number):
        return number
    return date.fromisoformat(number).strftime("%d %b %Y")


def is_company(pieces: Iterable[str]) -> bool:
    """Whether a security or OFAC's own word shows that the party is a company."""
    return any(_COMPANY.match(piece) for piece in pieces)


def limits(pieces: Iterable[str]) -> tuple[str, ...]:
    """Return what the component list says of how far the listing goes."""
    return tuple(
        dict.fromkeys(
            piece
            for piece in pieces
            if _LIMIT.match(piece) and not _FOR_MORE.search(piece)
        )
    )


def day_of(ids: Iterable[Identifier], kind: str) -> PartialDate | None:
    """Return the first day given under a kind, such as `Effective Date (CMIC)`."""
    days = (
        partial_date(found.number) or printed_date(found.number)
        for found in ids
        if found.kind == kind
    )
    return next(filter(None, days), None)
