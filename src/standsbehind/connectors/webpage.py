"""A list published as a web page: its tables, each under the heading that says what it is.

Two tables of one page can say opposite things of a name (covered, exempted), so a table
is never read without the heading above it, and its columns are compared with those that
the connector was built for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from standsbehind.connectors.context import Copy, Quarantined
from standsbehind.errors import SourceError

__all__ = ["Element", "Row", "Table", "lines", "links", "open_page", "tables", "words"]

Element = etree._Element  # noqa: SLF001 - lxml gives the type no public name

_BREAKS = frozenset({"br", "div", "li", "p", "td", "th", "tr"})
_ROWS = "tr | thead/tr | tbody/tr | tfoot/tr"


def open_page(copy: Copy) -> Element:
    """Parse a web page as its publisher served it.

    Raises SourceError where the file is something else, is cut off or is not UTF-8.
    """
    text = _decode(copy).lower()
    if not text.lstrip().startswith(("<!doctype html", "<html")):
        message = (
            f"{copy.name}: line 1: not a web page, and the list is published as one; "
            "save the page itself as HTML"
        )
        raise SourceError(message)
    if "</html>" not in text:
        last = text.count("\n") + 1
        message = f"{copy.name}: line {last}: cut off before the end of the page; fetch it again"
        raise SourceError(message)
    return _parse(copy)


def _decode(copy: Copy) -> str:
    try:
        return copy.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = copy.content.count(b"\n", 0, error.start) + 1
        message = (
            f"{copy.name}: line {line}, byte {error.start + 1}: not UTF-8 text; "
            "fetch the page again as its publisher serves it"
        )
        raise SourceError(message) from error


def _parse(copy: Copy) -> Element:
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return html.document_fromstring(copy.content, parser=parser)
    except etree.ParserError as error:
        message = f"{copy.name}: the page has no content; fetch it again"
        raise SourceError(message) from error


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with as many cells as the table has columns."""

    locator: str
    """Its place in the page: `table 2, row 5`; the row of column titles is not counted."""
    cells: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a page."""

    place: str
    """The file and the table's number in it, for messages."""
    number: int
    element: Element
    heading: Element | None
    """The nearest heading above the table that has any text."""

    @property
    def title(self) -> str:
        """Return the text of the heading; empty where there is none."""
        return "" if self.heading is None else words(self.heading)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the column titles, without the marks of footnotes."""
        first = next(self._rows(), None)
        cells = () if first is None else _cells(first)
        return tuple(words(cell).rstrip("*†‡±^# ") for cell in cells)

    def need_columns(self, *patterns: str) -> None:
        """Check the column titles. Raises SourceError where one does not fit its pattern."""
        fits = len(patterns) == len(self.columns) and all(
            re.fullmatch(pattern, column)
            for pattern, column in zip(patterns, self.columns, strict=True)
        )
        if not fits:
            message = (
                f"{self.place}, under {self.title!r}: the columns are {self.columns}; the "
                "publisher changed the layout, and the connector must be adapted first"
            )
            raise SourceError(message)

    def rows(self) -> Iterator[Row | Quarantined]:
        """Read the rows under the column titles; a row of another width is set aside."""
        width = len(self.columns)
        for number, element in enumerate(self._rows()):
            cells = _cells(element)
            if number == 0 or not words(element):
                continue
            locator = f"table {self.number}, row {number}"
            if len(cells) == width:
                yield Row(locator, cells)
            else:
                yield Quarantined(locator, f"{len(cells)} cells under {width} columns")

    def _rows(self) -> Iterator[Element]:
        return iter(_find(self.element, _ROWS))


def tables(copy: Copy, page: Element, *heading_tags: str) -> tuple[Table, ...]:
    """Find all tables of a page, each with the nearest of the given tags above it."""
    return tuple(
        Table(
            f"{copy.name}, table {number}",
            number,
            element,
            _above(element, heading_tags),
        )
        for number, element in enumerate(page.iter("table"), start=1)
    )


def _above(element: Element, tags: tuple[str, ...]) -> Element | None:
    wanted = " or ".join(f"self::{tag}" for tag in tags)
    above = _find(element, f"preceding::*[{wanted}]")
    return next((found for found in reversed(above) if words(found)), None)


def _cells(row: Element) -> tuple[Element, ...]:
    return tuple(_find(row, "td | th"))


def _find(element: Element, path: str) -> list[Element]:
    return cast("list[Element]", element.xpath(path))


def words(element: Element, *without: str) -> str:
    """Return the text of an element in one line, without that of some tags in it."""
    return " ".join(lines(element, *without))


def lines(element: Element, *without: str) -> list[str]:
    """Return the text of an element as a reader sees it: line by line, spaces squeezed."""
    broken = "".join(_text(element, without)).split("\n")
    return [line for line in (" ".join(text.split()) for text in broken) if line]


def _text(element: Element, without: tuple[str, ...]) -> Iterator[str]:
    """Yield text, with a line feed only where the page shows one."""
    edge = "\n" if element.tag in _BREAKS else ""
    yield edge
    yield _squeezed(element.text)
    for child in element:
        is_shown = isinstance(child.tag, str)  # a comment is not
        if is_shown and child.tag not in without:
            yield from _text(child, without)
        yield _squeezed(child.tail)
    yield edge


def links(element: Element, page: str, *without: str) -> dict[str, str]:
    """Return the addresses of the web to which an element links, in full, with their texts.

    Links to a place in the page itself, at the address `page`, lead nowhere else and are
    left out, and so are links inside some tags. Raises ValueError for an address that is
    none.
    """
    outside = "".join(f"[not(ancestor::{tag})]" for tag in without)
    found: dict[str, str] = {}
    for link in _find(element, f"descendant-or-self::a[@href]{outside}"):
        address = urljoin(page, (link.get("href") or "").strip())
        if urlsplit(address).scheme not in {"http", "https"}:
            continue
        if address.partition("#")[0] != page:
            found.setdefault(address, words(link))
    return found


def _squeezed(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
