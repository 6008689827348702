"""Provisions of the Covered List that name no firm: categories of equipment, prohibitions.

They are rules, so that no vendor's name can meet them in a screening.
"""

import re
from collections.abc import Iterator

from standsbehind.connectors.context import Draft, Quarantined, Reading, Unread
from standsbehind.connectors.sources.us_fcc_covered_list import printed
from standsbehind.connectors.sources.us_fcc_covered_list.section import (
    PROGRAM,
    Section,
)
from standsbehind.connectors.webpage import Row, Table, words
from standsbehind.connectors.written_dates import written_date

__all__ = ["categories", "is_category", "prohibition"]

_EXCEPTION = re.compile(r"\([a-z]\) ")


def is_category(section: Section, row: Row) -> bool:
    """Whether each line opens as a category that names no firm, or as an exception to it."""
    texts = printed.sentences(row.cells[0])
    if not texts or _category(section, texts[0]) is None:
        return False
    return all(_category(section, text) or _EXCEPTION.match(text) for text in texts)


def _category(section: Section, text: str) -> str | None:
    """Return the name of the category that a line opens, as `dataset.yml` gives it."""
    known = (section.pull.dataset.lookups or {}).get("category", {})
    return next((known[how] for how in known if text.startswith(how)), None)


def categories(section: Section, table: Table, row: Row) -> Iterator[Reading]:
    """Read the categories of one row, each with the exceptions printed below it."""
    subject, when = row.cells
    days = printed.inclusion(when)
    if not days:
        yield Quarantined(row.locator, f"no date of inclusion in {words(when)!r}")
        return
    printed_of: dict[str, list[str]] = {}
    for text in printed.sentences(subject):
        name = _category(section, text) or next(reversed(printed_of))
        printed_of.setdefault(name, []).append(text)
    for name, (text, *exceptions) in printed_of.items():
        norm = _norm(section, table, row, "category", name)
        norm.add("summary", text)
        norm.add("exception", *exceptions)
        norm.add("startDate", days[0])
        norm.add("modifiedAt", *days[1:])
        linked = section.links(subject).items()
        whole = " ".join((text, *exceptions))
        norm.add("sourceUrl", *(address for address, said in linked if said in whole))
        yield norm


def prohibition(section: Section, table: Table, row: Row) -> Iterator[Reading]:
    """Read what may not be imported or marketed, by which notice, and from when."""
    subject, notices, effective = row.cells
    texts = printed.sentences(subject, "sup")
    if not texts or not words(effective):
        yield Quarantined(row.locator, "cannot tell what is prohibited, or from when")
        return
    for bold in printed.in_bold(subject):
        yield Unread(row.locator, f"name {bold!r} in a prohibition")
    norm = _norm(section, table, row, "prohibition", texts[0])
    norm.add("summary", *texts)
    norm.add("notice", words(notices))
    norm.add("effective", words(effective, "sup"))
    norm.add("startDate", written_date(words(effective, "sup")))
    norm.add("sourceUrl", *section.links(subject), *section.links(notices))
    yield norm


def _norm(section: Section, table: Table, row: Row, kind: str, name: str) -> Draft:
    norm = section.draft("Norm", row, kind, name)
    norm.add("name", name)
    norm.add("program", table.title)
    norm.add("programId", PROGRAM)
    norm.add("publisher", section.pull.dataset.publisher)
    return norm
