"""Results: the rows of a screening that was kept, filtered and a page at a time."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from standsbehind.web.asking import Asked

__all__ = ["PER_PAGE", "Chosen", "Found", "Row", "chosen_by", "rows_of"]

PER_PAGE = 50

# A row of many paths is longer than what the module takes by itself.
csv.field_size_limit(64 << 20)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file that was screened, with its lines: one for each hit."""

    lines: Sequence[Mapping[str, str]]

    @property
    def best(self) -> Mapping[str, str]:
        """The line of the best hit, or the only line."""
        return self.lines[0]

    @property
    def status(self) -> str:
        """Whether there is a hit, none, or the row was not examined."""
        return self.best["status"]

    @property
    def score(self) -> float:
        """The score of the best hit; 0 without one."""
        return float(self.best["score"] or 0)

    @property
    def is_listed(self) -> bool:
        """Whether a list names a hit on the day that was asked about."""
        return any(line["lists"] for line in self.lines)

    def says(self, text: str) -> bool:
        """Whether the name or a hit has the text, in whatever case."""
        wanted = text.casefold()
        return any(
            wanted in line[part].casefold()
            for line in self.lines
            for part in ("name", "entity", "matched")
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows are shown, and in what order."""

    status: str
    """hit, no_hit_found or not_examined; blank: all."""
    text: str
    listed: bool
    by_score: bool
    start: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the rows that were chosen."""

    rows: Sequence[Row]
    total: int
    start: int

    @property
    def next(self) -> int | None:
        """Where the next page begins."""
        following = self.start + PER_PAGE
        return following if following < self.total else None

    @property
    def previous(self) -> int | None:
        """Where the page before begins."""
        return max(0, self.start - PER_PAGE) if self.start else None


def chosen_by(asked: Asked) -> Chosen:
    """Read from the address which rows are wanted. Raises Refused for what is no number."""
    return Chosen(
        status=asked.text("status"),
        text=asked.text("q"),
        listed=asked.text("listed") == "1",
        by_score=asked.text("order") == "score",
        start=asked.number("start", 0, 100_000_000),
    )


def rows_of(path: Path, chosen: Chosen) -> Found:
    """Read a page of the rows of a result; `path` is the result as CSV.

    A result may be larger than the memory: no more of it is kept than a number for each row.
    """
    page = slice(chosen.start, chosen.start + PER_PAGE)
    wanted: Sequence[int] = range(page.start, page.stop)
    if chosen.by_score:
        wanted = _by_score(path, chosen)[page].tolist()
    kept: dict[int, Row] = {}
    total = 0
    for place, row in enumerate(_fitting(path, chosen)):
        total = place + 1
        if place in wanted:
            kept[place] = row
    return Found(
        [kept[place] for place in wanted if place in kept], total, chosen.start
    )


def _by_score(path: Path, chosen: Chosen) -> NDArray[np.int64]:
    """Say in which order the rows that fit stand, the best hit first."""
    scores = np.fromiter((row.score for row in _fitting(path, chosen)), np.float64)
    return np.argsort(-scores, kind="stable")


def _fitting(path: Path, chosen: Chosen) -> Iterator[Row]:
    return (row for row in _rows(path) if _fits(row, chosen))


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as kept:
        for _, lines in groupby(csv.DictReader(kept), itemgetter("row")):
            yield Row(tuple(lines))


def _fits(row: Row, chosen: Chosen) -> bool:
    return (
        (not chosen.status or row.status == chosen.status)
        and (not chosen.listed or row.is_listed)
        and (not chosen.text or row.says(chosen.text))
    )
