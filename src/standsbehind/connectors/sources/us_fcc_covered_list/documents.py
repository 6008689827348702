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
        yield from _document(section, item, f"document {number}")
    for element in section.below():
        if text := words(element, "li"):
            yield Unread(f"section {section.title}", f"text {text!r}")


def _document(section: Section, item: Element, locator: str) -> Iterator[Reading]:
    head, *rest = lines(item, "a") or [""]
    dated = _HEAD.fullmatch(head)
    day = written_date(dated[1]) if dated else None
    found = section.links(item)
    address, title = next(iter(found.items()), ("", ""))
    if dated is None or day is None or not title:
        why = f"no date, kind, title and link in {words(item)!r}"
        yield Quarantined(locator, why)
        return
    draft = section.begin("Article", locator, words(item), "document", address)
    draft.add("title", title)
    draft.add("date", day)
    draft.add("keywords", dated[2])
    draft.add("publisher", section.pull.dataset.publisher)
    draft.add("programId", PROGRAM)
    draft.add("sourceUrl", *found)
    yield draft
    if more := " ".join(text for text in rest if re.search(r"\w", text)):
        yield Unread(locator, f"text {more!r} beside the links")
