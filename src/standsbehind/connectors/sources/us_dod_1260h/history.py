"""The table of all editions, in the layout in which OpenSanctions transcribes them."""

import re
from collections.abc import Iterator

from standsbehind.connectors.arrival import text_of
from standsbehind.connectors.context import Copy, Fields, Pull, Quarantined, Unread
from standsbehind.connectors.ndaa.entry import IN_A_TRANSCRIPTION, Entry, take_days
from standsbehind.connectors.sources.us_dod_1260h.editions import edition_of
from standsbehind.connectors.sources.us_dod_1260h.printed import Printed, read_printed
from standsbehind.connectors.tabular import table_rows

__all__ = ["read_history"]

_COLUMNS = (
    "Name",
    "Clean Name",
    "Alias",
    "Previous Name",
    "Parent Name",
    "Note",
    "Start date",
    "End date",
    "Source Url",
)
# A comma before a legal form is followed by a space; one between two names is not.
_BETWEEN = re.compile(r";|,(?=\S)")


def read_history(pull: Pull, copy: Copy) -> Iterator[Entry | Quarantined | Unread]:
    """Read the table: one row, one firm in one edition.

    Raises SourceError where the copy is a web page, is cut off or is another table.
    """
    for row in table_rows(copy, text_of(copy), _COLUMNS):
        if isinstance(row, Quarantined):
            yield row
            continue
        yield _entry(pull, copy, row)
        yield from row.unread()


def _entry(pull: Pull, copy: Copy, row: Fields) -> Entry | Quarantined:
    # The asterisk refers to a footnote of the printed list.
    printed, note = row.take("Name").rstrip("*"), row.take("Note")
    clean, url = row.take("Clean Name"), row.take("Source Url")
    # A slip of the transcription: the short form in brackets stayed with some clean names.
    cleaner = read_printed(clean) or Printed(clean)
    days = take_days(row, "Start date", "End date")
    if isinstance(days, Quarantined):
        return days
    start, end = days
    edition = edition_of(pull, released=start)
    return Entry(
        name=cleaner.name,
        citation=pull.cite(
            copy,
            row.locator,
            quote=printed,
            url=url or None,
            title=f"{pull.dataset.title}, {IN_A_TRANSCRIPTION}",
            published=start,
        ),
        # What is noted of a firm that left the list is why it left.
        listing=edition.listing(printed, end=end, url=url, reason="" if end else note),
        aliases=(*_names(row.take("Alias")), *cleaner.aliases),
        former=(*_names(row.take("Previous Name")), *cleaner.former),
        remark=note if end else "",
        parent=row.take("Parent Name"),
    )


def _names(text: str) -> tuple[str, ...]:
    names = (name.strip() for name in _BETWEEN.split(text))
    return tuple(name for name in names if name)
