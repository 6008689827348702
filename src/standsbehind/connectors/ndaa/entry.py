"""Entries: what one row of a list says of a name, and which rows speak of one name."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from standsbehind.connectors.context import (
    Draft,
    Fields,
    Listing,
    Pull,
    Quarantined,
    Reading,
)
from standsbehind.connectors.stated import Stated
from standsbehind.connectors.written_dates import written_date
from standsbehind.model.citation import Citation
from standsbehind.model.dates import PartialDate, earliest, latest, partial_date

__all__ = [
    "IN_A_TRANSCRIPTION",
    "Entry",
    "Roll",
    "name_key",
    "split_names",
    "take_days",
]


IN_A_TRANSCRIPTION = "in a transcription by others"
"""Said in a citation: the copy is not one that the publisher made."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a name as the list writes it, and the listing that the row states."""

    name: str
    citation: Citation
    listing: Listing
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    country: str = ""
    topics: tuple[str, ...] = ()
    remark: str = ""
    """What the row adds about the listing, in its words."""
    parent: str = ""
    """The firm under which the list names this one."""

    def values(self) -> Iterator[tuple[str, str]]:
        """Iterate over what the row says of the entity: property and value."""
        yield "name", self.name
        yield from (("alias", alias) for alias in self.aliases)
        yield from (("previousName", former) for former in self.former)
        yield from (("topics", topic) for topic in self.topics)


def name_key(name: str) -> str:
    """Return the letters and digits of a name: the same in every way to print it.

    >>> name_key("Example Co., Ltd") == name_key("EXAMPLE CO. LTD.")
    True
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).casefold()


def split_names(text: str) -> tuple[str, ...]:
    """Split a cell of several names at its semicolons."""
    names = (name.strip() for name in text.split(";"))
    return tuple(name for name in names if name)


def take_days(
    row: Fields, start: str, end: str
) -> tuple[PartialDate | None, PartialDate | None] | Quarantined:
    """Take two dates of a row, ISO or written out; a blank one is "not stated".

    A text that is no date, or an end before the start, sets the row aside.
    """
    texts = row.take(start), row.take(end)
    days = tuple(partial_date(text) or written_date(text) for text in texts)
    for text, day in zip(texts, days, strict=True):
        if text and day is None:
            return Quarantined(row.locator, f"not a date: {text!r}")
    begun, ended = days
    if begun and ended and latest(ended) < earliest(begun):
        return Quarantined(row.locator, f"ends on {ended}, before it begins on {begun}")
    return begun, ended


@dataclass(slots=True)
class Roll:
    """The entries of a list, gathered by name: the list gives nothing else to know a firm by.

    Names that differ in punctuation, spaces or capitals alone are one name.
    """

    pull: Pull
    schema: str
    entries: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, entry: Entry) -> Quarantined | None:
        """Add a row; refuse one without a name, or that a row of the same copy repeats."""
        key = name_key(entry.name)
        if not key:
            return Quarantined(entry.citation.locator, "no name")
        held = self.entries.setdefault(key, [])
        for other in held:
            is_same_copy = other.citation.digest == entry.citation.digest
            if is_same_copy and other.listing.key == entry.listing.key:
                why = f"says again what {other.citation.locator} says of {other.name!r}"
                return Quarantined(entry.citation.locator, why)
        held.append(entry)
        return None

    def draft(self, key: str) -> Draft:
        """Begin the entity of a name that is on the roll."""
        citation = self.entries[key][0].citation
        return self.pull.draft(self.schema, key, citation=citation)

    def tell(self) -> Iterator[Reading]:
        """Give each entity once, each value citing all rows that state it, then its listings."""
        for key, entries in self.entries.items():
            draft, stated = self.draft(key), Stated()
            for entry in entries:
                for prop, text in entry.values():
                    stated.add(entry.citation, prop, text)
                stated.add_country(entry.citation, "country", entry.country)
            yield from stated.tell(draft)
            yield draft
            for entry in entries:
                yield self._sanction(draft, entry)

    def _sanction(self, draft: Draft, entry: Entry) -> Draft:
        sanction = self.pull.sanction(draft, entry.listing, entry.citation)
        sanction.add("notes", entry.remark)
        return sanction
