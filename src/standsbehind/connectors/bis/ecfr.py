"""The electronic Code of Federal Regulations: the table of one supplement, row by row.

The publisher serves a part as XML. A supplement is a `DIV9`, its table has the country
in the first column, printed once and left blank in the rows below.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NewType

from lxml import etree

from standsbehind.connectors.context import Copy, Quarantined, Unread
from standsbehind.connectors.xmlfile import parsed
from standsbehind.errors import SourceError

__all__ = ["Lines", "Row", "Supplement", "open_supplement"]

Lines = NewType("Lines", tuple[str, ...])
"""The printed lines of one cell, without blank ones."""

_BREAKS = frozenset({"BR", "P", "FP", "LI", "DIV"})
_RAISED = frozenset({"SUP", "SU", "FTREF"})
_FOOTNOTE = re.compile(r"(?P<mark>\d{1,2})\s+(?P<text>[A-Z].*)", re.DOTALL)
_IN_PATH = re.compile(r"/full/(\d{4}-\d{2}-\d{2})/")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; `cells` follow the country, in the order of the columns."""

    locator: str
    country: str
    """As printed, taken from a row above where the cell is blank."""
    cells: tuple[Lines, ...]

    def text(self, column: int) -> str:
        """Return one cell as a single line."""
        return " ".join(self.cells[column])


@dataclass(frozen=True, slots=True)
class Supplement:
    """One supplement of a part: its rows, and the footnotes that rows refer to."""

    title: str
    rows: tuple[Row | Quarantined | Unread, ...]
    footnotes: dict[str, str]
    as_of: str | None
    """The day of the edition, where the copy came from its dated address."""


def open_supplement(copy: Copy, number: int, columns: Sequence[str]) -> Supplement:
    """Read the supplement's table, whose columns must begin with the given words.

    Raises SourceError where the copy is not whole XML, or the supplement or its table is
    missing: the Code was renumbered, and rows must not be guessed.
    """
    title = f"Supplement No. {number} to Part 744"
    root = parsed(copy)
    supplement = next((d for d in root.iter("DIV9") if d.get("N") == title), None)
    if supplement is None:
        message = (
            f"{copy.name}: no {title!r} in it; fetch title 15 part 744 of the eCFR"
        )
        raise SourceError(message)
    tables = [t for t in supplement.iter("TABLE") if _is_headed(t, columns)]
    if not tables:
        message = (
            f"{copy.name}: {title} has no table with the columns {', '.join(columns)}; "
            "the publisher changed the layout, and the connector must be adapted"
        )
        raise SourceError(message)
    dated = _IN_PATH.search(copy.url or "")
    return Supplement(
        title=title,
        rows=tuple(_rows(tables, title, len(columns))),
        footnotes=_footnotes(supplement),
        as_of=dated[1] if dated else None,
    )


def _is_headed(table: etree._Element, columns: Sequence[str]) -> bool:
    heads = [" ".join(_lines(cell)).casefold() for cell in table.iter("TH")]
    return len(heads) == len(columns) and all(
        head.startswith(column.casefold())
        for head, column in zip(heads, columns, strict=True)
    )


def _rows(
    tables: list[etree._Element], title: str, width: int
) -> Iterator[Row | Quarantined | Unread]:
    country = ""
    rows = (row for table in tables for row in table.iter("TR"))
    for number, row in enumerate(rows, start=1):
        cells = tuple(_lines(cell) for cell in row.iterchildren("TD"))
        locator = f"{title}, row {number}"
        if not any(cells) or _footnote(row) is not None:
            continue
        if len(cells) == 1:
            yield Unread(locator, f"a row of one cell: {cells[0][0][:60]!r}")
            continue
        if len(cells) != width:
            yield Quarantined(locator, f"{len(cells)} cells, {width} expected")
            continue
        country = " ".join(cells[0]) or country
        if " ".join(cells[1]) not in {"", "[Reserved]"}:
            yield Row(locator, country, cells[1:])


def _lines(cell: etree._Element) -> Lines:
    """Take the printed lines; a raised number reads `[footnote 4]`."""
    lines = (" ".join(line.split()) for line in "".join(_pieces(cell)).split("\n"))
    return Lines(tuple(line for line in lines if line))


def _pieces(element: etree._Element) -> Iterator[str]:
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if child.tag.upper() in _RAISED and _text(child).isdigit():
            yield f" [footnote {_text(child)}]"
        else:
            around = "\n" if child.tag.upper() in _BREAKS else ""
            yield around
            yield from _pieces(child)
            yield around
        yield (child.tail or "").replace("\n", " ")


def _footnotes(supplement: etree._Element) -> dict[str, str]:
    """Collect the notes below the table: a row of one cell, or a note paragraph."""
    notes = (_footnote(element) for element in supplement.iter("TR", "P", "FTNT"))
    return {note["mark"]: " ".join(note["text"].split()) for note in notes if note}


def _footnote(element: etree._Element) -> re.Match[str] | None:
    if element.tag == "TR" and len(list(element.iterchildren("TD"))) != 1:
        return None
    return _FOOTNOTE.match(_text(element))


def _text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext()).strip()
