"""What is no name: dates, numbers, addresses and codes in a column that should hold names."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["NoNames", "told_apart"]

_LONGEST = 200
"""Characters; of a longer cell nothing is told."""

_MOST = 0.5
"""Above this share of cells that are no names the column is doubted."""

_SHAPES = (
    (
        "dates",
        re.compile(
            r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ][\d:.]+Z?)?"
            r"|\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}"
            r"|\d{4}年\d{1,2}月(?:\d{1,2}日)?"
        ),
    ),
    ("numbers", re.compile(r"[-+(]?[\d\s.,'%]*\d[\d\s.,'%)]*")),
    ("e-mail addresses", re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    ("web addresses", re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("codes", re.compile(r"(?=\S*\d)[A-Za-z]{0,6}[-_/.]?[\dA-Za-z]*\d[\dA-Za-z/_.-]*")),
)


@dataclass(frozen=True, slots=True)
class NoNames:
    """What most cells of a column hold in place of names, and how many do."""

    what: str
    count: int


def told_apart(cells: Sequence[str]) -> NoNames | None:
    """Tell what a column of names holds instead; None where most cells may be names."""
    found = Counter(what for cell in cells if (what := _what(cell.strip())))
    if not found or found.total() <= _MOST * len(cells):
        return None
    kinds = (what for what, _ in found.most_common(2))
    return NoNames(" or ".join(kinds), found.total())


def _what(cell: str) -> str | None:
    if len(cell) > _LONGEST:
        return None
    for what, shape in _SHAPES:
        if shape.fullmatch(cell):
            return what if what != "codes" or _is_code(cell) else None
    return None


def _is_code(cell: str) -> bool:
    digits = sum(map(str.isdigit, cell))
    return digits >= sum(map(str.isalpha, cell)) and digits > 1
