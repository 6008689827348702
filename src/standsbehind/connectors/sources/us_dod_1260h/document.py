"""A notice's text in its three forms: XML, plain text, and plain text within a web page."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy
from standsbehind.connectors.written_dates import WRITTEN_DATE, written_date
from standsbehind.connectors.xmlfile import parsed
from standsbehind.errors import SourceError

__all__ = ["Document", "Paragraph", "open_notice"]

_HEAD = re.compile(
    rf"\[Federal Register Volume (?P<volume>\d+), Number \d+ \(\w+, (?P<day>{WRITTEN_DATE})\)\]"
)
_PAGE = re.compile(r"\[Pages? (?P<page>\d+)")
_NUMBER = re.compile(r"FR Doc(?:\. | No: )(?P<number>[A-Z\d]+-\d+)")
_FILED = re.compile(r"\[FR Doc\. \S+ +Filed", re.IGNORECASE)
_REMOVAL = re.compile(
    r"^\s*(?:Notice of (?:the )?)?Removal of\b", re.IGNORECASE | re.MULTILINE
)
_MARK = re.compile(r"^\[\[Page \d+\]\]$")
_TEXT_ELEMENTS = frozenset({"P", "FP", "LI"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph in one line, and the line of the file on which it begins."""

    locator: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A notice: its number and citation, and what it says."""

    number: str
    cited: str
    """`91 FR 35189`; empty where the form does not give the volume."""
    published: str | None
    paragraphs: tuple[Paragraph, ...]


def open_notice(copy: Copy) -> Document:
    """Read a notice in whatever form it is.

    Raises SourceError where the copy is something else, is cut off, or is a notice of
    removal, which names who no longer stands on the list.
    """
    if copy.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<NOTICE")):
        return _of_xml(copy)
    text = _text(copy)
    head, page = _HEAD.search(text), _PAGE.search(text)
    if head is None or page is None:
        refuse_web_page(copy, "notice")
        message = (
            f"{copy.name}: not a notice of the Federal Register; is it the right file?"
        )
        raise SourceError(message)
    if not _FILED.search(text):
        message = f"{copy.name}: cut off before the end of the notice; fetch it again"
        raise SourceError(message)
    _refuse_removal(copy, text)
    return Document(
        number=_number(copy, text),
        cited=f"{head['volume']} FR {page['page']}",
        published=written_date(head["day"]),
        paragraphs=tuple(_paragraphs(copy, text)),
    )


def _text(copy: Copy) -> str:
    try:
        text = copy.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{copy.name}: not UTF-8 at byte {error.start}; fetch it again"
        raise SourceError(message) from error
    marked = re.sub("<bullet>", "• ", text, flags=re.IGNORECASE)
    return html.unescape(re.sub(r"<[^<>]*>", "", marked))


def _paragraphs(copy: Copy, text: str) -> Iterator[Paragraph]:
    """Part the text at blank lines and indents; a paragraph may go on over the end of a page."""
    begun, held, is_apart, has_turned = 0, list[str](), False, False
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if not words or _MARK.match(words):
            is_apart, has_turned = True, has_turned or bool(words)
            continue
        is_new = is_apart or line.startswith("    ")
        if held and is_new and not (has_turned and _goes_on(held, words)):
            yield Paragraph(f"{copy.name}, line {begun}", " ".join(held))
            held = []
        begun = begun if held else number
        held.append(words)
        is_apart = has_turned = False
    if held:
        yield Paragraph(f"{copy.name}, line {begun}", " ".join(held))


def _goes_on(held: list[str], words: str) -> bool:
    """Whether the first words of a page belong to the last paragraph of the page before."""
    before = " ".join(held)
    return before.count("(") > before.count(")") or words[0].islower()


def _of_xml(copy: Copy) -> Document:
    root = parsed(copy)
    text = " ".join("".join(map(str, root.itertext())).split())
    if root.tag != "NOTICE" or not _FILED.search(text):
        message = (
            f"{copy.name}: not one whole notice of the Federal Register; fetch it again"
        )
        raise SourceError(message)
    subject = root.find("PREAMB/SUBJECT")
    _refuse_removal(copy, "" if subject is None else _line(subject))
    found = (
        Paragraph(f"{copy.name}, line {element.sourceline}", _line(element))
        for element in root.iter(*_TEXT_ELEMENTS)
    )
    return Document(
        number=_number(copy, text),
        cited="",
        published=None,
        paragraphs=tuple(one for one in found if one.text),
    )


def _line(element: etree._Element) -> str:
    return " ".join("".join(cast("Iterator[str]", element.itertext())).split())


def _number(copy: Copy, text: str) -> str:
    found = _NUMBER.search(text)
    if found is None:
        message = f"{copy.name}: no document number (FR Doc.); is it a whole notice?"
        raise SourceError(message)
    return found["number"]


def _refuse_removal(copy: Copy, text: str) -> None:
    if _REMOVAL.search(text):
        message = (
            f"{copy.name}: a notice of removal, which names who no longer stands on the "
            "list; give the list that was published after it"
        )
        raise SourceError(message)
