"""The documents that the page lists: notices, orders and determinations, with their dates."""

import re
from collections.abc import Iterator

from standsbehind.connectors.context import Quarantined, Reading, Unread
from standsbehind.connectors.sources.us_fcc_covered_list.section import (
    PROGRAM,
    Section,
)
from standsbehind.connectors.webpage import Element, lines, words
from standsbehind.connectors.written_dates import WRITTEN_DATE, written_date

__all__ = ["documents"]

_HEAD = re.compile(rf"({WRITTEN_DATE}) ?[-–—] ?(\S.*)")


def documents(section: Section) -> Iterator[Reading]:
    """Read the list of documents, one by one."""
    items = [item for below in section.below() for item in below.iter("li")]
    for number, item in enumerate(items, start=1):
        yield _document(section, item, f"document {number}")
    for element in section.below():
        if text := words(element, "li"):
            yield Unread(f"section {section.title}", f"text {text!r}")


def _document(section: Section, item: Element, locator: str) -> Reading:
    head = _HEAD.fullmatch(next(iter(lines(item)), ""))
    day = written_date(head[1]) if head else None
    found = section.links(item)
    address, title = next(iter(found.items()), ("", ""))
    if head is None or day is None or not title:
        return Quarantined(locator, f"no date, kind, title and link in {words(item)!r}")
    draft = section.begin("Article", locator, words(item), "document", address)
    draft.add("title", title)
    draft.add("date", day)
    draft.add("keywords", head[2])
    draft.add("publisher", section.pull.dataset.publisher)
    draft.add("programId", PROGRAM)
    draft.add("sourceUrl", *found)
    return draft
