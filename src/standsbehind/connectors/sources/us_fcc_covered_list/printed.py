"""How the Covered List prints a firm, the day of its inclusion and the days of an approval."""

import re

from standsbehind.connectors.webpage import Element, lines, words
from standsbehind.connectors.written_dates import WRITTEN_DATE, written_date
from standsbehind.model.dates import Interval, PartialDate

__all__ = ["approvals", "firms", "in_bold", "inclusion", "sentences"]

_BEFORE_A_FIRM = re.compile(r"\b(?:by|subsidiary|and|or)\s+$")
_ABBREVIATED = re.compile(r"\b(?:Co|Corp|Inc|Ltd)$")
_GOES_ON = re.compile(r"\.\s+[a-z]")
_INCLUDED = re.compile(rf"{WRITTEN_DATE}(?: Updated: {WRITTEN_DATE})*")
_A_DATE = re.compile(WRITTEN_DATE)
_BEFORE_A_CLOSING_QUOTE = re.compile(r" (?=[\"”]$)")
_APPROVED = re.compile(rf"({WRITTEN_DATE}) ?[-–—] ?({WRITTEN_DATE})?")


def sentences(element: Element, *without: str) -> list[str]:
    """Return the lines of a text; a space that slips in before a closing quote is left out."""
    texts = lines(element, *without)
    return [_BEFORE_A_CLOSING_QUOTE.sub("", text) for text in texts]


def in_bold(cell: Element) -> list[str]:
    """Return what is printed in bold."""
    return [words(bold) for bold in cell.iter("strong", "b") if words(bold)]


def firms(cell: Element) -> list[str | None]:
    """Find the firms in bold; None for bold text that stands where no firm is named."""
    return [_firm(bold) for bold in cell.iter("strong", "b") if words(bold)]


def _firm(bold: Element) -> str | None:
    if _BEFORE_A_FIRM.search(_text_before(bold)) is None:
        return None
    name = words(bold)
    # The bold may end inside an abbreviation: `<strong>… Inc</strong>. subject to`.
    if _ABBREVIATED.search(name) and _GOES_ON.match(bold.tail or ""):
        return f"{name}."
    return name


def _text_before(element: Element) -> str:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return previous.tail or ""
    return (parent.text or "") if parent is not None else ""


def inclusion(cell: Element) -> list[PartialDate]:
    """Read the day of inclusion and the days of updates below it; empty where one is none."""
    text = words(cell)
    if _INCLUDED.fullmatch(text) is None:
        return []
    days = [written_date(day) for day in _A_DATE.findall(text)]
    return [day for day in days if day] if all(days) else []


def approvals(product: Element, days: Element) -> list[tuple[str, Interval]]:
    """Read what a row approves, each with its days; empty where these cannot be read."""
    paired = [
        (name, _interval(text)) for name, text in _pairs(lines(product), lines(days))
    ]
    read = [(name, interval) for name, interval in paired if interval is not None]
    return read if len(read) == len(paired) else []


def _pairs(names: list[str], days: list[str]) -> list[tuple[str, str]]:
    """Pair line by line where both cells have as many lines: a row may hold two approvals.

    Empty where the lines cannot be told to belong together.
    """
    if len(names) == len(days):
        return list(zip(names, days, strict=True))
    if names and 1 in {len(names), len(days)}:
        return [(" ".join(names), day) for day in days]
    return []


def _interval(text: str) -> Interval | None:
    """Read `June 4, 2026-December 5, 2027`, or `June 4, 2026 -` where it is still open."""
    found = _APPROVED.fullmatch(text)
    if found is None:
        return None
    start, end = written_date(found[1]), written_date(found[2] or "")
    if start is None or (end is None and found[2]):
        return None
    return Interval(start, end)
