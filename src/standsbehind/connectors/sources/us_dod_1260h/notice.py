"""The notice in the Federal Register: a sentence that opens the list, then a firm a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from standsbehind.connectors.context import Copy, Pull, Quarantined, Unread
from standsbehind.connectors.ndaa.entry import Entry
from standsbehind.connectors.sources.us_dod_1260h.document import (
    Document,
    Paragraph,
    open_notice,
)
from standsbehind.connectors.sources.us_dod_1260h.editions import Edition, edition_of
from standsbehind.connectors.sources.us_dod_1260h.printed import Printed, read_printed
from standsbehind.errors import SourceError

__all__ = ["read_notice"]

_OPENS = re.compile(r"\b1260H\b[^.:]*:$")
_CLOSES = re.compile(r"Dated: |\[FR Doc|BILLING CODE", re.IGNORECASE)
_REMOVED = re.compile(r"\b(?:be|been|are|is|were|was) removed from\b", re.IGNORECASE)
_CITES = re.compile(r"\(Sections? 1260H\(")
_SENTENCE = re.compile(r"\b(?:are|has|have|is|may|must|shall|should|was|were|will)\b")


@dataclass(frozen=True, slots=True)
class _Source:
    """A notice while it is read."""

    pull: Pull
    copy: Copy
    edition: Edition
    notice: str

    def entry(self, at: Paragraph, printed: Printed, parent: str = "") -> Entry:
        """Make the entry of one firm that a paragraph names."""
        published = self.edition.published
        locator = f"{at.locator} / {printed.name}" if parent else at.locator
        return Entry(
            name=printed.name,
            citation=self.pull.cite(
                self.copy, locator, quote=at.text, published=published
            ),
            listing=replace(self.edition, notice=self.notice).listing(printed.name),
            aliases=printed.aliases,
            former=printed.former,
            parent=parent,
        )


def read_notice(pull: Pull, copy: Copy) -> Iterator[Entry | Quarantined | Unread]:
    """Read the firms that a notice lists, and the subsidiaries that it lists with them.

    Raises SourceError where the copy is no such notice, removes firms or is cut off.
    """
    document = open_notice(copy)
    published = document.published or _published(pull, document)
    edition = edition_of(pull, published=published)
    if published is None:
        yield Unread(copy.name, f"the day on which {document.number} was published")
    cited = edition.notice or document.cited or f"FR Doc. {document.number}"
    yield from _listed(_Source(pull, copy, edition, cited), document)


def _published(pull: Pull, document: Document) -> str | None:
    """Find the day of a notice whose text does not give it, by its number."""
    return (pull.dataset.lookups or {}).get("document", {}).get(document.number)


def _listed(
    source: _Source, document: Document
) -> Iterator[Entry | Quarantined | Unread]:
    held: list[Entry] = []
    for at in _after_opening(source.copy, document):
        if _CLOSES.match(at.text):
            break
        if _REMOVED.search(at.text):
            yield Unread(at.locator, "firms that the notice removes: they are not read")
            break
        text = at.text.lstrip("• ")
        is_reason = text != at.text or _CITES.search(text)
        if not (_CITES.search(text) or _SENTENCE.search(text)):
            yield from held
            held, refused = _named(source, replace(at, text=text))
            yield from refused
        elif is_reason and held:
            held[0] = _with_reason(held[0], text)
        else:
            yield Unread(at.locator, f"sentence {text[:60]!r}")
    yield from held


def _named(
    source: _Source, at: Paragraph
) -> tuple[list[Entry], tuple[Quarantined, ...]]:
    """Read the firm of a paragraph and its subsidiaries, or set the paragraph aside."""
    printed = read_printed(at.text)
    if printed is None:
        why = f"cannot tell the name from {at.text[:90]!r}"
        return [], (Quarantined(at.locator, why),)
    below = [source.entry(at, one, printed.name) for one in printed.subsidiaries]
    return [source.entry(at, printed), *below], ()


def _after_opening(copy: Copy, document: Document) -> tuple[Paragraph, ...]:
    for number, paragraph in enumerate(document.paragraphs, start=1):
        if _OPENS.search(paragraph.text):
            return document.paragraphs[number:]
    message = (
        f"{copy.name}: no sentence that opens a list (... section 1260H:); it is another "
        "notice, or is worded anew and the connector must be adapted"
    )
    raise SourceError(message)


def _with_reason(entry: Entry, text: str) -> Entry:
    given = f"{entry.listing.reason or ''} {text}".strip()
    return replace(entry, listing=replace(entry.listing, reason=given))
