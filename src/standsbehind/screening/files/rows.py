"""Rows: from what a row gives to a query, or to the reason why it cannot be asked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from standsbehind.screening.files.countries import countries_in
from standsbehind.screening.files.headings import Kind
from standsbehind.screening.query import Query, Skipped

__all__ = ["Remarks", "Values", "ask", "pieces"]

Values = Mapping[Kind, Sequence[str]]
"""For each kind, the texts that the row gives, as given."""

MAX_NAME = 1_000
"""Characters; no name of a firm is longer."""

_MOST_DETAILS = 5
"""Of one sort of oddity, as many different ones are shown."""

_SEVERAL = re.compile(r"[;|\n]")
_SHEET_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[Ee]\+\d+")
"""How a spreadsheet prints a number of more than 15 digits: the end of it is gone."""

_IDENTIFIERS: tuple[Kind, ...] = ("lei", "usc", "registration", "ticker", "tax")
_cached_countries = lru_cache(maxsize=4096)(countries_in)


class Remarks:
    """Oddities of single rows, counted by sort, so that a long file gets a short note."""

    __slots__ = ("seen",)

    def __init__(self) -> None:
        self.seen: dict[str, _Oddity] = {}

    def add(self, sort: str, row: int, detail: str = "") -> None:
        """Record one oddity of a row."""
        self.seen.setdefault(sort, _Oddity(row)).count_in(1, (detail[:60],))

    def take_in(self, later: "Remarks") -> None:
        """Add what was remarked of rows that come after these."""
        for sort, seen in later.seen.items():
            held = self.seen.setdefault(sort, _Oddity(seen.first))
            held.count_in(seen.times, seen.details)

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for each sort: how often, and where first."""
        return tuple(map(_sentence, self.seen, self.seen.values()))


@dataclass(slots=True)
class _Oddity:
    """One sort of oddity: the row where it is first, how often it is, some details."""

    first: int
    times: int = 0
    details: dict[str, None] = field(default_factory=dict)

    def count_in(self, times: int, details: Iterable[str]) -> None:
        self.times += times
        for detail in details:
            if detail and len(self.details) <= _MOST_DETAILS:
                self.details[detail] = None


def _sentence(sort: str, seen: _Oddity) -> str:
    details = list(seen.details)
    shown = f": {', '.join(map(repr, details[:_MOST_DETAILS]))}" if details else ""
    more = ", ..." if len(details) > _MOST_DETAILS else ""
    return f"{sort}{shown}{more} (rows: {seen.times}, the first is row {seen.first})."


def pieces(kind: Kind, cell: str) -> Sequence[str]:
    """Take a cell apart that may hold several values (`A; B`); a name is one value."""
    if not cell or kind in {"name", "country", "product", "schema"}:
        return (cell,)
    return _SEVERAL.split(cell)


def ask(
    row: int, values: Values, fields: Mapping[str, str], remarks: Remarks
) -> Query | Skipped:
    """Make the query of a row; without a name that can be asked about, skip the row.

    Spaces in values are squeezed. What is left out of the query stays in `fields`.
    """
    names = _squeezed(values.get("name", ()))
    reason = _why_not(names)
    if reason is not None:
        return Skipped(row, reason, fields)
    if any("\n" in name or "\r" in name for name in values["name"]):
        remarks.add("A name runs over a line break; check quotation marks", row)
    schemata = _squeezed(values.get("schema", ()))
    aliases = [
        name for name in _squeezed(values.get("alias", ())) if not _why_not([name])
    ]
    return Query(
        row=row,
        name=names[0],
        names=tuple(dict.fromkeys(n for n in (*names[1:], *aliases) if n != names[0])),
        countries=_countries(row, values, remarks),
        identifiers=_identifiers(row, values, remarks),
        products=tuple(_squeezed(values.get("product", ()))),
        schema=schemata[0] if schemata else None,
        fields=fields,
    )


def _squeezed(texts: Iterable[str]) -> list[str]:
    squeezed = (" ".join(text.split()) for text in texts)
    return [text for text in squeezed if text]


def _why_not(names: Sequence[str]) -> str | None:
    if not names:
        return "no name"
    name = names[0]
    if len(name) > MAX_NAME:
        return f"longer than {MAX_NAME:,} characters"
    if _SHEET_ERROR.fullmatch(name):
        return f"the spreadsheet holds the error {name} in place of a name"
    if not any(map(str.isalnum, name)):
        return "no letter or digit in the name"
    return None


def _countries(row: int, values: Values, remarks: Remarks) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for text in values.get("country", ()):
        if not text or text.isspace():
            continue
        known, unknown = _cached_countries(text)
        codes |= dict.fromkeys(known)
        for part in unknown:
            remarks.add(
                "No country is known by this name, so it is left out", row, part
            )
    return tuple(codes)


def _identifiers(
    row: int, values: Values, remarks: Remarks
) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for kind in [kind for kind in _IDENTIFIERS if kind in values]:
        for text in _squeezed(values[kind]):
            if _SHORTENED.fullmatch(text):
                sort = "A spreadsheet has shortened this number, so it is left out"
                remarks.add(sort, row, text)
            else:
                found[kind, text] = None
    return tuple(found)
