"""The text of a copy: what a reader finds in it, whatever kind of file it is."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson
from lxml import etree

from standsbehind.connectors.context import Copy
from standsbehind.connectors.webpage import open_page, words
from standsbehind.errors import SourceError
from standsbehind.model.citation import Digest

__all__ = ["CopyText", "Unreadable", "squeezed", "text_in"]

_MAX_BYTES = 512 << 20
"""Larger copies are not read again as text: it would take the memory of the machine."""
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_NOT_TEXT = (
    (b"PK\x03\x04", "a zip file or workbook, which is not unpacked here"),
    (b"\x1f\x8b", "a gzip file, which is not unpacked here"),
    (b"%PDF", "a PDF, whose text is not read here"),
)
_MOST_RUNS = 3
_SHORTEST_RUN = 20
"""Letters; shorter runs of common words stand in any long list."""
_COMMAS = re.compile(r" ?,(?: ?,)* ?")
_JOINTS = (" ", ", ")
"""What a connector may put between cells that stand side by side, when it quotes a row."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A copy whose text is not read here, and why."""

    why: str


@dataclass(frozen=True)
class CopyText:
    """The text of one copy, in pieces: cells, elements, values or the whole page."""

    pieces: list[str]
    """In the order of the file, spaces squeezed, none empty."""
    plain: str = ""
    """The text without any joints, where the file has text running through its elements."""
    rows: dict[int, list[str]] = field(default_factory=dict)
    """The cells of a delimited file's row, under each number of a line that it covers."""

    def holds(self, quote: str) -> bool:
        """Whether the words stand in the copy, one after the other."""
        return quote in self._whole or any(quote in text for text in self._texts)

    def holds_in_runs(self, quote: str) -> bool:
        """Whether the words stand in a few long runs: a row that goes on in another row."""
        words = quote.split(" ")
        for _ in range(_MOST_RUNS):
            count = self._longest_run(words)
            if len(" ".join(words[:count])) < _SHORTEST_RUN:
                return False
            words = words[count:]
            if not words:
                return True
        return False

    def _longest_run(self, words: list[str]) -> int:
        """Count the words that stand in the copy in one run, from the first."""
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            if self.holds(" ".join(words[:middle])):
                low = middle
            else:
                high = middle - 1
        return low

    def row_holds(self, line: int, quote: str) -> bool | None:
        """Whether the words stand at a line; None where the copy's lines are not rows."""
        if not self.rows:
            return None
        cells = self.rows.get(line, [])
        return any(quote in squeezed(joint.join(cells)) for joint in _JOINTS)

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(self.pieces)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return (self.plain, *(squeezed(joint.join(self.pieces)) for joint in _JOINTS))


def text_in(digest: Digest, content: bytes) -> CopyText | Unreadable:
    """Read the text of a copy, as the connectors do for its kind of file."""
    if len(content) > _MAX_BYTES:
        return Unreadable(f"{len(content)} bytes, more than are read again as text")
    for opening, why in _NOT_TEXT:
        if content.startswith(opening):
            return Unreadable(why)
    try:
        return _read(digest, content)
    except UnicodeDecodeError as error:
        return Unreadable(f"neither UTF-8 nor Western text at byte {error.start}")
    except (SourceError, etree.LxmlError, ValueError, RecursionError) as error:
        return Unreadable(f"cannot be read as text ({type(error).__name__}: {error})")


def _read(digest: Digest, content: bytes) -> CopyText:
    start = content[:256].lstrip(_BLANKS).lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return _page(digest, content)
    if start.startswith(b"<"):
        return _document(content)
    if start.startswith((b"{", b"[")):
        return _values(content)
    try:
        return _table(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _table(content.decode("cp1252"))  # older editions of one list


def squeezed(text: str) -> str:
    """Return the text with one space where it has any white space.

    A comma has one space after it and none before. Commas with nothing between them count
    as one: they are the empty parts of an address.
    """
    return _COMMAS.sub(", ", " ".join(text.split())).strip()


def _page(digest: Digest, content: bytes) -> CopyText:
    text = words(open_page(Copy("page", "the copy", content, digest, "")))
    return CopyText([text])


def _document(content: bytes) -> CopyText:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(content, parser)
    pieces = [text for text in map(squeezed, _pieces(root)) if text]
    return CopyText(pieces, squeezed("".join(map(str, root.itertext()))))


def _pieces(root: "etree._Element") -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield from map(str, element.attrib.values())
            yield element.text or ""
        else:
            yield element.tail or ""


def _values(content: bytes) -> CopyText:
    pieces: list[str] = []
    held: list[Any] = [orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))]
    while held:
        value = held.pop()
        if isinstance(value, str):
            pieces.append(squeezed(value))
        elif isinstance(value, dict):
            held.extend(reversed(value.values()))
        elif isinstance(value, list):
            held.extend(reversed(value))
    return CopyText([piece for piece in pieces if piece])


def _table(text: str) -> CopyText:
    plain = squeezed(text)
    pieces: list[str] = []
    rows: dict[int, list[str]] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    before = 0
    try:
        for cells in reader:
            kept = [cell for cell in map(squeezed, cells) if cell]
            pieces.extend(kept)
            rows.update(dict.fromkeys(range(before + 1, reader.line_num + 1), kept))
            before = reader.line_num
    except csv.Error:
        return CopyText([plain])
    return CopyText(pieces, plain, rows)


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t|", key=first.count)
