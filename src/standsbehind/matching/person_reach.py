"""Reach: the most that two names of persons can score, told from their parts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import distinct, ranges
from standsbehind.matching.candidates import SLACK, Pairs, Search
from standsbehind.matching.person_lexicon import person_lexicon
from standsbehind.matching.person_parts import FULL, is_patronymic
from standsbehind.matching.person_sounding import likeness, sounds, variant_of
from standsbehind.matching.persons import CONFLICT, OMITTED
from standsbehind.matching.reading import Reading
from standsbehind.matching.words import hashes_of, lengths, sums_of

__all__ = ["may_reach", "runs_of"]

UNFOUND = -1.0
"""The degree of parts that an index of words does not find alike."""
ARTICLE, FATHER, SOUNDING, INITIAL = 0.9, 0.85, 0.92, 0.8
SWAPPED, CUT, FAR = 0.6, 0.5, 0.45
"""The most that such parts count all the same, as `align` and `likeness` have it."""
SHORTEST_JOINED = 6
"""Letters of a part that several of the other side may only sound like."""
PACKED = 10
"""Letters from either end of a part that are packed into one number."""
LEAST_OMITTED = min(OMITTED[role] for role in FULL)


@dataclass(frozen=True, slots=True)
class Spelt:
    """How distinct parts are spelt, as far as it tells which may meet; columns."""

    letters: NDArray[np.int64]
    head: NDArray[np.uint64]
    """The first letters, six bits each,"""
    tail: NDArray[np.uint64]
    """and the last, from behind."""
    sounds: NDArray[np.int64]
    """The letters of the sound, and its first and last ones."""
    sound_head: NDArray[np.uint64]
    sound_tail: NDArray[np.uint64]
    is_small: NDArray[np.bool_]
    """Whether the word is a particle or the like elsewhere, and meets one by its letters."""
    is_father: NDArray[np.bool_]
    """Whether it may be a patronymic."""
    has_article: NDArray[np.bool_]
    """Whether two of its letters may be an article."""
    is_extra: NDArray[np.bool_]
    """Whether it may be the Muhammad that many names carry before the one in use."""
    bits: NDArray[np.uint64]
    """Three bits for the sound."""

    @classmethod
    def of(cls, words: Sequence[str]) -> "Spelt":
        """Look at parts one by one."""
        heard, roles = sounds(words), person_lexicon().roles
        extra = [variant_of(word) == "mohammed" for word in words]
        return cls(
            np.array([len(word) for word in words], np.int64),
            _packed([word[:PACKED] for word in words]),
            _packed([word[: -PACKED - 1 : -1] for word in words]),
            np.array([len(key) for key in heard], np.int64),
            _packed([key[:PACKED] for key in heard]),
            _packed([key[: -PACKED - 1 : -1] for key in heard]),
            np.array([word in roles for word in words], np.bool_),
            np.array([is_patronymic(word) for word in words], np.bool_),
            np.array([_may_have_article(word) for word in words], np.bool_),
            np.array(extra, np.bool_),
            _bits_of(heard),
        )

    def at(self, places: NDArray[np.int64]) -> "Spelt":
        """Take the rows at some places."""
        return Spelt(*(getattr(self, field.name)[places] for field in fields(self)))


def _packed(texts: Sequence[str]) -> NDArray[np.uint64]:
    codes = np.array([*texts, ""], f"U{PACKED}").view(np.uint32).reshape(-1, PACKED)
    shifts = np.arange(6 * PACKED - 6, -1, -6).astype(np.uint64)
    packed = (codes[:-1].astype(np.uint64) & np.uint64(63)) << shifts
    found: NDArray[np.uint64] = np.bitwise_or.reduce(packed, axis=1)
    return found


def _may_have_article(word: str) -> bool:
    return word[:2] in {"al", "el"} or word[-2:] in {"ul", "ur", "us"}


def _agree(
    left: NDArray[np.uint64], right: NDArray[np.uint64], count: NDArray[np.int64] | int
) -> NDArray[np.bool_]:
    """Tell where the first letters of packed texts agree, so many as are packed."""
    shift = (6 * (PACKED - np.clip(count, 0, PACKED))).astype(np.uint64)
    agree: NDArray[np.bool_] = ((left ^ right) >> shift) == 0
    return agree


def most_alike(
    left: Spelt, right: Spelt, degree: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the most that the likeness of each two parts may be.

    `degree` is their likeness where an index of words finds them alike, else `UNFOUND`.
    """
    shorter = np.minimum(left.letters, right.letters)
    apart = np.abs(left.letters - right.letters)
    begins = _agree(left.head, right.head, 1)
    near = (apart <= 2) | (np.abs(left.sounds - right.sounds) < 2)
    # A single letter is an initial or nothing.
    short = begins & (shorter > 1) & (shorter < 4) & (apart <= 2)
    heard = (left.bits == right.bits) & (shorter > 1)
    article = (left.has_article | right.has_article) & (shorter >= 4)
    most = np.zeros(len(degree))
    # From the least to the most, so that the most stays.
    for may, least in (
        (begins & near & (shorter >= 6), FAR),
        (_agree(left.head, right.head, shorter) & (shorter >= 4), CUT),
        ((shorter == 3) & (apart == 0), SWAPPED),
        (article & (apart == 2), ARTICLE),
        (heard | short, SOUNDING),
    ):
        most[may] = least
    most = np.where(degree == UNFOUND, most, degree)
    for may, least in (
        (begins & (shorter == 1), INITIAL),
        (left.is_father & right.is_father, FATHER),
        (left.is_small | right.is_small, 1.0),
    ):
        most = np.where(may, np.maximum(most, least), most)
    return most


def may_be_joined(run: Spelt, whole: Spelt) -> tuple[NDArray[np.bool_], ...]:
    """Tell where one part may be the first of several that the other joins, or the last.

    A part that is joined begins as the first one does, and ends as the last; where it only
    sounds the same, the letters at which two words meet may be heard otherwise.
    """
    longer = whole.letters >= run.letters - 1
    heard = longer & (whole.letters >= SHORTEST_JOINED)
    first = _agree(run.sound_head, whole.sound_head, np.maximum(run.sounds - 2, 1))
    last = _agree(run.sound_tail, whole.sound_tail, np.maximum(run.sounds - 1, 1))
    first &= heard & _agree(run.head, whole.head, 1)
    longer &= whole.letters > run.letters
    first |= longer & _agree(run.head, whole.head, run.letters)
    last &= heard
    last |= longer & _agree(run.tail, whole.tail, run.letters)
    return first, last


def may_reach(search: Search, pairs: Pairs) -> NDArray[np.bool_]:
    """Tell the pairs of names that may score the threshold; none that does is left out.

    A score is M / (W + O + C), see `compare_persons`: it reaches t where M - t (W + O + C)
    is at least 0. To that each part of the name with fewer parts adds at most 2 (d - t), d
    being its best likeness, or takes 2.5 t where it stands against another.
    """
    reading, index = search.reading, search.index
    untold = np.isnan(reading.light[pairs.asked]) | pairs.is_joined
    kept = untold | (reading.whole[pairs.asked] == index.whole[pairs.record])
    rest = np.flatnonzero(~kept)
    if len(rest):
        kept[rest] = _reach(search, pairs.asked[rest], pairs.record[rest])
    return kept


def _reach(
    search: Search, asked: NDArray[np.int64], record: NDArray[np.int64]
) -> NDArray[np.bool_]:
    reading, index = search.reading, search.index
    threshold = search.threshold - 2 * SLACK
    cells = Cells.of(search, asked, record)
    here, spelt_here = _spelt(reading.words, cells.here)
    there, spelt_there = _spelt(index.vocabulary.words, cells.there)
    left, right = spelt_here.at(here), spelt_there.at(there)
    degree = _degrees(search, cells)
    count = len(asked)
    small = reading.light[asked], index.light[record]
    both_small = (small[0] > 0) & (small[1] > 0)
    slack = np.where(both_small, (small[0] + small[1]) * (1 - threshold), 0)
    extra = left.is_extra, right.is_extra
    most = most_alike(left, right, degree)
    kept = reaching(cells, most, extra, slack, threshold)
    most = _compared(search, cells, most, (degree == UNFOUND) & kept[cells.pair])
    kept &= reaching(cells, most, extra, slack, threshold)
    # Where one joins what the other writes apart, more than two parts meet.
    for run, whole, splits, runs in (
        (right, left, small[1], lambda _: index.runs[record]),
        (left, right, small[0], lambda joining: _runs_asked(reading, asked, joining)),
    ):
        first, last = may_be_joined(run, whole)
        may = degree == UNFOUND
        begins, ends = (
            np.bincount(cells.pair, may & each, count) > 0 for each in (first, last)
        )
        joining = np.where(splits > 0, begins | ends, begins & ends) & ~kept
        kept |= joining & _holds_any(cells, whole.bits, runs(joining))
    return kept


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
    np.bitwise_or.at(masks, of, _bits_of(sounds(texts)))
    return masks


def _bits_of(heard: Sequence[str]) -> NDArray[np.uint64]:
    """Give three bits of 64 for each sound."""
    hashes = hashes_of(sums_of(heard), lengths(heard))
    bits = np.zeros(len(heard), np.uint64)
    for shift in (58, 52, 46):
        bits |= np.uint64(1) << ((hashes >> np.uint64(shift)) & np.uint64(63))
    return bits


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


def reaching(
    cells: Cells,
    most: NDArray[np.float64],
    extra: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    slack: NDArray[np.float64],
    threshold: float,
) -> NDArray[np.bool_]:
    """Tell the pairs that reach the threshold, where each cell counts at most `most`.

    `extra` tells of each cell whether its left or right part may stand against nothing,
    and `slack` what else may add to a pair.
    """
    order = cells.order_by_column()
    rows, columns = cells.rows, cells.columns
    extra_here = _extra(rows, columns, extra[0])
    extra_there = _extra(columns, rows, extra[1][order])
    here, least = _sums(rows, columns, most, extra_here, threshold)
    there, least_there = _sums(columns, rows, most[order], extra_there, threshold)
    # Beside an extra, one part of a name of as many parts stands against nothing.
    spared = here - np.where(_any(columns, extra_there), np.minimum(least, 0), 0)
    spared_there = there - np.where(
        _any(rows, extra_here), np.minimum(least_there, 0), 0
    )
    sums = np.where(rows < columns, here, there)
    sums = np.where(rows == columns, np.minimum(spared, spared_there), sums)
    omitted = np.abs(rows - columns) * LEAST_OMITTED
    reached: NDArray[np.bool_] = sums + slack >= threshold * omitted
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
