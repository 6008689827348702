"""Quotes: whether each one still stands in the copy that it was taken from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from standsbehind.errors import BehindError
from standsbehind.ledger.rows import citation_of
from standsbehind.model.citation import NOT_CAPTURED, Citation, Digest
from standsbehind.publishing.copytext import CopyText, Unreadable, squeezed, text_in
from standsbehind.publishing.home import Home

__all__ = ["CheckedQuote", "check_quotes"]

_LINE = re.compile(r"\bline (\d+)\b")
_RAISED = re.compile(r"\[footnote (\d+)\]")
"""How the connectors of the eCFR write a raised number."""
_SHOWN = 80
"""Letters of a quote that a message shows."""


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """One quote, and whether it stands in the copy that its citation names."""

    citation: Citation
    result: Literal["stands", "gone", "not checkable"]
    why: str = ""
    """What is wrong, or what stood in the way; empty where the quote stands."""
    copy: Path | None = None
    """The file of the archive; None where no copy is kept."""

    @property
    def problem(self) -> str:
        """Return one line for a quote that is gone; empty for any other."""
        if self.result != "gone":
            return ""
        quote = squeezed(self.citation.quote or "")
        shown = quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN]}..."
        return (
            f"{self.copy}: {self.citation.source}, {self.citation.locator}: the quote "
            f"{shown!r} {self.why}"
        )


def check_quotes(home: Home) -> Iterator[CheckedQuote]:
    """Hold every quote of the ledger against its copy; each copy is read once.

    Raises EvidenceError where the ledger's citations cannot be read.
    """
    rows = home.ledger.citations().to_pylist()
    quoted = [citation_of(row) for row in rows if row["quote"]]
    by_copy: dict[Digest, list[Citation]] = {}
    for citation in quoted:
        by_copy.setdefault(citation.digest, []).append(citation)
    for digest in sorted(by_copy):
        yield from _in_copy(home, digest, by_copy[digest])


def _in_copy(
    home: Home, digest: Digest, citations: list[Citation]
) -> Iterator[CheckedQuote]:
    if digest == NOT_CAPTURED or not home.archive.has(digest):
        why = "no copy of the source is in the archive"
        yield from (CheckedQuote(one, "not checkable", why) for one in citations)
        return
    path = home.archive.folder / digest[:2] / digest
    try:
        text = text_in(digest, home.archive.get(digest))
    except BehindError as error:
        text = Unreadable(str(error))
    for citation in citations:
        if isinstance(text, Unreadable):
            yield CheckedQuote(citation, "not checkable", text.why, path)
        else:
            yield _checked(text, citation, path)


def _checked(text: CopyText, citation: Citation, path: Path) -> CheckedQuote:
    """Look for a quote in the text, and at its line where its locator names one."""
    quote = squeezed(_RAISED.sub(r"\1", citation.quote or ""))
    named = _LINE.search(citation.locator)
    at_line = text.row_holds(int(named[1]), quote) if named else None
    if at_line:
        return CheckedQuote(citation, "stands", copy=path)
    is_there = text.holds(quote)
    if is_there and at_line is None:
        return CheckedQuote(citation, "stands", copy=path)
    if is_there:
        why = f"stands in the copy, but not at {named[0] if named else 'its line'}"
        return CheckedQuote(citation, "gone", why, path)
    if at_line is None and text.holds_in_runs(quote):
        why = "its words stand in the copy, but apart: it was put together of several rows"
        return CheckedQuote(citation, "not checkable", why, path)
    return CheckedQuote(citation, "gone", "is nowhere in the copy", path)
