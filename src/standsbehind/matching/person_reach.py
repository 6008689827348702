"""Reach: the most that two names of persons can score, told from their parts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import distinct, ranges
from standsbehind.matching.candidates import SLACK, Pairs, Search
from standsbehind.matching.person_letters import (
    FATHER,
    INITIAL,
    UNFOUND,
    Spelt,
    bits_of_sounds,
    may_be_joined,
    most_alike,
)
from standsbehind.matching.person_roles import FULL
from standsbehind.matching.person_sounding import likeness, sounds
from standsbehind.matching.persons import CONFLICT, OMITTED
from standsbehind.matching.reading import Reading

__all__ = ["may_reach", "runs_of"]

LEAST_OMITTED = min(OMITTED[role] for role in FULL)
"""What a part that is a name costs at least where one side leaves it out."""
TWO_SMALL = 0.15
"""What small words count at least of which two may be joined, to `deenal` for Din al-."""


def may_reach(search: Search, pairs: Pairs) -> NDArray[np.bool_]:
    """Tell the pairs of names that may score the threshold; none that does is left out.

    A score is M / (W + O + C), see `compare_persons`: it reaches t where M - t (W + O + C)
    is at least 0. To that each part of the name with fewer parts adds at most 2 (d - t), d
    being its best likeness, or takes 2.5 t where it stands against another.
    """
    reading, index = search.reading, search.index
    untold = np.isnan(reading.light[pairs.asked]) | pairs.is_joined
    same = reading.whole[pairs.asked] == index.whole[pairs.record]
    kept: NDArray[np.bool_] = untold | same
    rest = np.flatnonzero(~kept)
    if len(rest):
        kept[rest] = _reach(search, pairs.asked[rest], pairs.record[rest])
    return kept


def _reach(
    search: Search, asked: NDArray[np.int64], record: NDArray[np.int64]
) -> NDArray[np.bool_]:
    cells = Cells.of(search, asked, record)
    here, spelt_here = _spelt(search.reading.words, cells.here)
    there, spelt_there = _spelt(search.index.vocabulary.words, cells.there)
    left, right = spelt_here.at(here), spelt_there.at(there)
    degree = _degrees(search, cells)
    bound = Bound(
        search.threshold - 2 * SLACK,
        search.reading.light[asked],
        search.index.light[record],
        (left.is_extra, right.is_extra),
    )
    most = most_alike(left, right, degree)
    kept = bound.reached(cells, most)
    most = _compared(search, cells, most, (degree == UNFOUND) & kept[cells.pair])
    kept &= bound.reached(cells, most)
    # Where one joins what the other writes apart, more than two parts meet.
    may = degree == UNFOUND
    joining = _may_join(cells, right, left, may, bound.light_there) & ~kept
    kept |= joining & _holds_any(cells, left.bits, search.index.runs[record])
    joining = _may_join(cells, left, right, may, bound.light_here) & ~kept
    runs = _runs_asked(search.reading, asked, joining)
    kept |= joining & _holds_any(cells, right.bits, runs)
    return kept


def _may_join(
    cells: "Cells",
    run: Spelt,
    whole: Spelt,
    may: NDArray[np.bool_],
    light: NDArray[np.float32],
) -> NDArray[np.bool_]:
    """Tell the pairs of which one name may join parts of the other, by how they begin and end.

    `light` tells what small words count on the side of the parts: they may be joined too.
    """
    first, last = may_be_joined(run, whole)
    begins = np.bincount(cells.pair, may & first, len(light)) > 0
    ends = np.bincount(cells.pair, may & last, len(light)) > 0
    joined = np.where(light > 0, begins | ends, begins & ends)
    joined |= light >= TWO_SMALL
    return joined


def _runs_asked(
    reading: Reading, asked: NDArray[np.int64], joining: NDArray[np.bool_]
) -> NDArray[np.uint64]:
    """Give the runs of the names asked for of some pairs, those of the others empty."""
    runs = np.zeros(len(reading.name), np.uint64)
    records = distinct(asked[joining])
    runs[records] = runs_of(reading, records)
    found: NDArray[np.uint64] = runs[asked]
    return found


def _holds_any(
    cells: "Cells", bits: NDArray[np.uint64], runs: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    """Tell the pairs of which one name may join what the other writes apart."""
    held = (runs[cells.pair] & bits) == bits
    holds: NDArray[np.bool_] = np.bincount(cells.pair, held, len(runs)) > 0
    return holds


def runs_of(reading: Reading, records: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Give for some records bits of the sounds of two and three neighbours written together."""
    full = dict(zip(reading.full_of.tolist(), reading.full, strict=True))
    starts = np.searchsorted(reading.record, np.arange(len(reading.name) + 1)).tolist()
    words, word = reading.words, reading.word.tolist()
    texts: list[str] = []
    counts: list[int] = []
    for record in records.tolist():
        parts = full.get(record) or [
            words[number] for number in word[starts[record] : starts[record + 1]]
        ]
        runs = [left + right for left, right in pairwise(parts)]
        runs += [run + part for run, part in zip(runs, parts[2:], strict=False)]
        texts += runs
        counts.append(len(runs))
    masks = np.zeros(len(records), np.uint64)
    of = np.repeat(np.arange(len(records)), counts)
    np.bitwise_or.at(masks, of, bits_of_sounds(sounds(texts)))
    return masks


def _spelt(
    words: Sequence[str], used: NDArray[np.int32]
) -> tuple[NDArray[np.int64], Spelt]:
    """Look at the words in use; give the row of each use as well."""
    is_used = np.zeros(len(words), np.bool_)
    is_used[used] = True
    rows = np.cumsum(is_used) - 1
    return rows[used], Spelt.of([words[n] for n in np.flatnonzero(is_used).tolist()])


def _degrees(search: Search, cells: "Cells") -> NDArray[np.float64]:
    """Give how alike the parts of each cell are, where the search finds them alike."""
    alike, asked, listed = (
        search.alike,
        search.reading.words,
        search.index.vocabulary.words,
    )
    places = alike.places(cells.here, cells.there)
    used = np.zeros(len(alike.found) + 1, np.bool_)
    used[places] = True
    used[-1] = False
    degrees = np.full(len(used), UNFOUND)
    degrees[used] = [
        _degree(asked[here], listed[there])
        for here, there in zip(
            alike.asked[used[:-1]].tolist(),
            alike.found[used[:-1]].tolist(),
            strict=True,
        )
    ]
    return degrees[places]


def _compared(
    search: Search,
    cells: "Cells",
    most: NDArray[np.float64],
    chosen: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Compare the parts of chosen cells that may be alike; each two once."""
    asked, listed = search.reading.words, search.index.vocabulary.words
    chosen = chosen & (most > 0) & (most < 1) & (most != INITIAL) & (most != FATHER)
    keys = (cells.here[chosen].astype(np.int64) << 32) | cells.there[chosen]
    each = distinct(keys)
    degrees = [
        _degree(asked[here], listed[there])
        for here, there in zip(
            (each >> 32).tolist(), (each & 0xFFFFFFFF).tolist(), strict=True
        )
    ]
    compared = most.copy()
    compared[chosen] = np.array(degrees, np.float64)[np.searchsorted(each, keys)]
    return compared


def _degree(left: str, right: str) -> float:
    found = likeness(left, right)
    return found.degree if found else 0.0


@dataclass(frozen=True, slots=True)
class Cells:
    """Each part of one name beside each of another, for many pairs of names.

    The cells of a pair follow each other, row by row: those of one part of the left name.
    """

    pair: NDArray[np.int64]
    """The pair of each cell, ascending."""
    here: NDArray[np.int32]
    """Its part of the left name, a row of a `Spelt`,"""
    there: NDArray[np.int32]
    """and of the right name."""
    rows: NDArray[np.int64]
    """The parts of the left name of each pair; shape (pairs,)."""
    columns: NDArray[np.int64]
    """The parts of the right name; same shape."""

    @classmethod
    def of(
        cls, search: Search, asked: NDArray[np.int64], record: NDArray[np.int64]
    ) -> "Cells":
        """Lay out the parts of pairs of records, by the numbers of their words."""
        reading = search.reading
        starts = np.searchsorted(reading.record, np.arange(len(reading.name) + 1))
        starts_there, postings = search.index.by_record
        rows = starts[asked + 1] - starts[asked]
        columns = starts_there[record + 1] - starts_there[record]
        sizes = rows * columns
        pair = np.repeat(np.arange(len(asked)), sizes)
        place = ranges(np.zeros_like(sizes), sizes)
        row, column = np.divmod(place, columns[pair])
        return cls(
            pair,
            reading.word[starts[asked][pair] + row],
            search.index.words[postings[starts_there[record][pair] + column]],
            rows,
            columns,
        )

    def order_by_column(self) -> NDArray[np.int64]:
        """Give the places of the cells column by column within each pair."""
        sizes = self.rows * self.columns
        start = np.repeat(np.cumsum(sizes) - sizes, sizes)
        place = np.arange(len(self.pair)) - start
        rows, columns = self.rows[self.pair], self.columns[self.pair]
        order: NDArray[np.int64] = start + place % rows * columns + place // rows
        return order


@dataclass(frozen=True, slots=True)
class Bound:
    """What bounds the scores of pairs of names beside how alike their parts are."""

    threshold: float
    light_here: NDArray[np.float32]
    """What the small words of the left name of each pair count,"""
    light_there: NDArray[np.float32]
    """and those of the right name."""
    extra: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    """Whether the left part of each cell may stand against nothing, and the right one."""

    def reached(self, cells: Cells, most: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell the pairs that may reach the threshold, where each cell counts at most `most`."""
        order = cells.order_by_column()
        rows, columns = cells.rows, cells.columns
        extra_here = _extra(rows, columns, self.extra[0])
        extra_there = _extra(columns, rows, self.extra[1][order])
        here, least = _sums(rows, columns, most, extra_here, self.threshold)
        there, least_there = _sums(
            columns, rows, most[order], extra_there, self.threshold
        )
        # Beside an extra, one part of a name of as many parts stands against nothing.
        spared = here - np.where(_any(columns, extra_there), np.minimum(least, 0), 0)
        spared_there = there - np.where(
            _any(rows, extra_here), np.minimum(least_there, 0), 0
        )
        sums = np.where(rows < columns, here, there)
        sums = np.where(rows == columns, np.minimum(spared, spared_there), sums)
        small = np.minimum(self.light_here, self.light_there)
        slack = 2 * small * (1 - self.threshold)
        omitted = np.abs(rows - columns) * LEAST_OMITTED
        reached: NDArray[np.bool_] = sums + slack >= self.threshold * omitted
        return reached


def _any(rows: NDArray[np.int64], is_extra: NDArray[np.bool_]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.logical_or.reduceat(is_extra, np.cumsum(rows) - rows)
    return found


def _sums(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    most: NDArray[np.float64],
    is_extra: NDArray[np.bool_],
    threshold: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Add up the most that the rows of each pair can add; give the least of them too."""
    width = np.repeat(columns, rows)
    best = np.maximum.reduceat(most, np.cumsum(width) - width)
    against = np.where(is_extra, 0, -2 * CONFLICT * threshold)
    adds = np.where(best > 0, np.maximum(2 * (best - threshold), against), against)
    starts = np.cumsum(rows) - rows
    return np.add.reduceat(adds, starts), np.minimum.reduceat(adds, starts)


def _extra(
    rows: NDArray[np.int64], columns: NDArray[np.int64], extra: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell of each row whether it is an extra, which a name of two parts has none of."""
    width = np.repeat(columns, rows)
    is_extra: NDArray[np.bool_] = extra[np.cumsum(width) - width]
    return is_extra & (np.repeat(rows, rows) > 2)
