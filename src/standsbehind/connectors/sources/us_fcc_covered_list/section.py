"""One part of the page: its heading, the day printed below it, and its footnotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standsbehind.connectors.context import Copy, Draft, Pull, Reading, Unread
from standsbehind.connectors.sources.us_fcc_covered_list.printed import sentences
from standsbehind.connectors.webpage import Element, Row, links, words
from standsbehind.connectors.written_dates import WRITTEN_DATE, written_date

__all__ = ["HEADINGS", "PROGRAM", "Section"]

PROGRAM = "us-fcc-covered-list"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_PUBLISHED = re.compile(rf"\((?:Updated )?({WRITTEN_DATE})\)")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between one heading and the next, with what is needed to cite it."""

    pull: Pull
    copy: Copy
    heading: Element

    @property
    def title(self) -> str:
        """Return the text of the heading."""
        return words(self.heading)

    @property
    def published(self) -> str | None:
        """Return the day printed below the heading: `(Updated July 21, 2026)`."""
        below = next(self.heading.itersiblings("p"), None)
        found = None if below is None else _PUBLISHED.search(words(below))
        return written_date(found[1]) if found else None

    def draft(self, schema: str, row: Row, *key: str) -> Draft:
        """Begin the entity of a row, quoting the row's text."""
        return self.begin(schema, row.locator, words(row.cells[0]), *key)

    def begin(self, schema: str, locator: str, quote: str, *key: str) -> Draft:
        """Begin the entity of one place in this part of the page."""
        citation = self.pull.cite(
            self.copy, locator, quote=quote, published=self.published
        )
        return self.pull.draft(schema, *key, citation=citation)

    def links(self, element: Element, *without: str) -> dict[str, str]:
        """Return the addresses to which an element links, other than this page's."""
        return links(element, self.pull.dataset.url, *without)

    def tell(self) -> Iterator[Reading]:
        """Say when this part was updated, and what is written beside its tables."""
        if self.published is None:
            yield Unread(self._locator, f"no date below the heading {self.title!r}")
        draft = self.begin("Article", self._locator, self.title, "section", self.title)
        draft.add("title", self.title)
        draft.add("publisher", self.pull.dataset.publisher)
        draft.add("programId", PROGRAM)
        draft.add("modifiedAt", self.published)
        for element in self.below():
            draft.add("notes", *filter(_is_note, sentences(element, *_NO_NOTES)))
            draft.add("sourceUrl", *self.links(element, "table"))
        yield draft

    def below(self) -> Iterator[Element]:
        """Iterate over what stands below the heading, up to the next of its rank."""
        for element in self.heading.itersiblings():
            is_shown = isinstance(element.tag, str)  # a comment is not
            if element.tag in HEADINGS and words(element):
                if element.tag <= self.heading.tag:
                    return
            elif is_shown and element.tag not in _NO_NOTES:
                yield element

    @property
    def _locator(self) -> str:
        return f"section {self.title}"


_NO_NOTES = ("table", *HEADINGS, "script", "style")


def _is_note(line: str) -> bool:
    return _PUBLISHED.match(line) is None
