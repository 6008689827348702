"""One subject of the EU list, in the words of its XML, whichever form it was read from."""

from dataclasses import dataclass, field

from standsbehind.connectors.context import Copy, Fields, Quarantined, Unread
from standsbehind.errors import SourceError
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["Entry", "Found", "Part", "day_of", "refuse_layout"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the list says of a subject: a name, an address, its regulation."""

    kind: str
    """The XML's element: `nameAlias`, `address`, `regulation` and so on."""
    fields: Fields
    quote: str = ""
    """A name's text as it stands in the copy."""


@dataclass(slots=True)
class Entry:
    """One logical id of the list."""

    number: str
    kind: str
    """`P` or `person`, `E` or `enterprise`."""
    fields: Fields
    published: PartialDate | None
    parts: list[Part] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    """The places of the records that make up the entry."""


Found = Entry | Quarantined | Unread
"""What a layout yields: subjects, and what it could not read."""


def day_of(text: str) -> PartialDate | None:
    """Read a day as the list writes it: ISO, perhaps with a time, or day/month/year.

    >>> day_of("2020-04-15T15:29:22.497+02:00"), day_of("04/07/2018"), day_of("N/A")
    ('2020-04-15', '2018-07-04', None)
    """
    if text[2:3] == text[5:6] == "/":
        return partial_date(f"{text[6:10]}-{text[3:5]}-{text[:2]}")
    return partial_date(text[:10])


def refuse_layout(copy: Copy, what: str) -> SourceError:
    """Make the error that says the copy is none of the forms of the list."""
    message = (
        f"{copy.name}: {what}; give the list as XML 1.1, CSV 1.1 or CSV 1.0 "
        "(xmlFullSanctionsList_1_1, csvFullSanctionsList_1_1)"
    )
    return SourceError(message)
