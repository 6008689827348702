"""Reading: names as columns of words, many at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import column
from standsbehind.matching.letter_sums import hashes_of, lengths, powers, sums_of
from standsbehind.matching.lexicon import Kind
from standsbehind.matching.names import Grade, Name
from standsbehind.matching.score import (
    COST,
    GRADE,
    GROUP,
    LONGEST_RUN,
    SHORTEST_JOIN,
    TELLING,
    weigh,
)

__all__ = [
    "GRADE_OF",
    "GROUP_OF",
    "Columns",
    "Joins",
    "Reading",
    "read_exactly",
    "together",
]

GROUPS = tuple(COST)
"""Kinds of words that stand against each other; a column holds their place in this row."""
TELLING_GROUPS = np.array([group in TELLING for group in GROUPS])
GRADES = np.array([GRADE[grade] for grade in Grade])
GROUP_OF = {kind: GROUPS.index(GROUP[kind]) for kind in Kind}
"""The place of a kind of word in that row."""
GRADE_OF = {grade: place for place, grade in enumerate(Grade)}
"""The place of a grade in `Grade`."""


@dataclass(frozen=True, slots=True)
class Joins:
    """Neighbouring words of a record written as one, and the initials of its words."""

    hashes: NDArray[np.uint64]
    records: NDArray[np.int32]
    weights: NDArray[np.float32]
    """What the words count together."""


@dataclass(frozen=True)
class Reading:
    """The words of names. A record is one variant of a name; its words follow each other."""

    words: Sequence[str]
    """The distinct words."""
    word: NDArray[np.int32]
    """The words of the first record, of the second ...; shape (tokens,)."""
    record: NDArray[np.int32]
    """The record of each; same shape, ascending."""
    weight: NDArray[np.float32]
    """What each counts; same shape."""
    group: NDArray[np.uint8]
    """What kind of word each is, a place in GROUPS; same shape."""
    name: NDArray[np.int32]
    """The number of the name of each record; shape (records,)."""
    grade: NDArray[np.uint8]
    """How the record was made of the name, a place in `Grade`; same shape."""
    initials: Sequence[str] = ()
    """Initials of names,"""
    initials_of: NDArray[np.int32] = field(
        default_factory=lambda: np.empty(0, np.int32)
    )
    """and the record of each."""
    light: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    """Of persons, what the small words of each record count; not a number where untold."""
    whole: NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    """Of persons, the hash of each record written as one word."""
    full: Sequence[Sequence[str]] = ()
    """Of persons, the parts of records that have small words,"""
    full_of: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    """and the record of each, ascending."""

    def numbered(self, numbers: NDArray[np.int64]) -> "Reading":
        """Give the names other numbers: that of name n becomes `numbers[n]`."""
        return replace(self, name=numbers[self.name].astype(np.int32))

    def pieces(self, cuts: Sequence[int]) -> Iterator["Reading"]:
        """Part the reading before some of its records, over the same words."""
        for first, last in pairwise((0, *cuts, len(self.name))):
            start, end = np.searchsorted(self.record, (first, last))
            within = (self.initials_of >= first) & (self.initials_of < last)
            chosen = np.flatnonzero(within)
            piece = replace(
                self,
                word=self.word[start:end],
                record=self.record[start:end] - np.int32(first),
                weight=self.weight[start:end],
                group=self.group[start:end],
                name=self.name[first:last],
                grade=self.grade[first:last],
                initials=[self.initials[place] for place in chosen.tolist()],
                initials_of=self.initials_of[chosen] - np.int32(first),
                light=self.light[first:last],
                whole=self.whole[first:last],
                full=self.full[slice(*np.searchsorted(self.full_of, (first, last)))],
                full_of=self.full_of[
                    slice(*np.searchsorted(self.full_of, (first, last)))
                ]
                - np.int32(first),
            )
            shared = ("letters", "letter_sums", "letter_bits")
            piece.__dict__.update({name: getattr(self, name) for name in shared})
            yield piece

    @cached_property
    def letters(self) -> NDArray[np.int64]:
        """The letters of each word."""
        return lengths(self.words)

    @cached_property
    def letter_sums(self) -> NDArray[np.uint64]:
        """The letter sum of each word."""
        return sums_of(self.words)

    @cached_property
    def letter_bits(self) -> NDArray[np.uint64]:
        """A bit for the first letter of each word."""
        return bits_of_letters(self.words)

    @cached_property
    def is_telling(self) -> NDArray[np.bool_]:
        """Whether each token is telling."""
        return TELLING_GROUPS[self.group]

    @cached_property
    def sums(self) -> NDArray[np.float32]:
        """The weight of each group of words in each record; shape (records, groups)."""
        cells = self.record.astype(np.int64) * len(GROUPS) + self.group
        count = len(self.name) * len(GROUPS)
        found = np.bincount(cells, self.weight, count)
        return found.reshape(-1, len(GROUPS)).astype(np.float32)

    @cached_property
    def telling(self) -> NDArray[np.float32]:
        """The weight of the telling words of each record."""
        return telling_of(self.sums)

    @cached_property
    def other(self) -> NDArray[np.float32]:
        """The weight of its other words."""
        return other_of(self.sums)

    @cached_property
    def first_letters(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """The first letters of all words of each record, and its single letters, as bits."""
        bits, letters = self.letter_bits, self.letters
        return first_letters(bits, letters, self.word, self.record, len(self.name))

    def joins(self) -> Joins:
        """Give the joins of all records."""
        sums, letters = self.letter_sums[self.word], self.letters[self.word]
        found = [self._initials()]
        hashes, count, weight = sums, letters, self.weight
        telling = self.is_telling
        any_telling, all_telling = telling, telling
        power = powers(int(letters.max(initial=0)) * LONGEST_RUN + 1)
        for more in range(1, LONGEST_RUN):
            if more >= len(self.word):
                break
            hashes = hashes[:-1] + power[count[:-1]] * sums[more:]
            count = count[:-1] + letters[more:]
            weight = weight[:-1] + self.weight[more:]
            any_telling = any_telling[:-1] | telling[more:]
            all_telling = all_telling[:-1] & telling[more:]
            together = self.record[:-more] == self.record[more:]
            shorter = more + 1 < LONGEST_RUN
            kept = together & (any_telling if shorter else all_telling)
            kept &= count >= SHORTEST_JOIN
            joined = hashes_of(hashes[kept], count[kept])
            found.append(Joins(joined, self.record[:-more][kept], weight[kept]))
        return _together(found)

    def _initials(self) -> Joins:
        whole = (self.telling + self.other)[self.initials_of]
        hashes = hashes_of(sums_of(self.initials), lengths(self.initials))
        return Joins(hashes, self.initials_of, whole)


def telling_of(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    """Add up the telling groups of each record."""
    found: NDArray[np.float32] = sums[:, TELLING_GROUPS].sum(axis=1)
    return found


def other_of(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    """Add up its other groups."""
    found: NDArray[np.float32] = sums[:, ~TELLING_GROUPS].sum(axis=1)
    return found


def _together(parts: Sequence[Joins]) -> Joins:
    return Joins(
        np.concatenate([part.hashes for part in parts]),
        np.concatenate([part.records for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def first_letters(
    bits: NDArray[np.uint64],
    letters: NDArray[np.int64],
    word: NDArray[np.int32],
    record: NDArray[np.int32],
    count: int,
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Give for each record bits for the first letters of its words, and for single letters.

    `bits` and `letters` tell the first letter of each distinct word, and how long it is.
    """
    single = np.where(letters == 1, bits, np.uint64(0))
    every, alone = np.zeros(count, np.uint64), np.zeros(count, np.uint64)
    np.bitwise_or.at(every, record, bits[word])
    np.bitwise_or.at(alone, record, single[word])
    return every, alone


def bits_of_letters(words: Sequence[str]) -> NDArray[np.uint64]:
    """Give each word a bit for its first letter."""
    codes = np.fromiter((ord(text[0]) % 64 for text in words), np.uint64, len(words))
    return np.uint64(1) << codes


def together(texts: Mapping[str, int], parts: Sequence[Reading]) -> Reading:
    """Put the records of several readings one after the other, over the words they hold."""
    records = np.cumsum([0, *(len(part.name) for part in parts)]).astype(np.int32)

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    def shifted(name: str) -> NDArray[np.int32]:
        columns = (getattr(part, name) for part in parts)
        return np.concatenate([c + s for c, s in zip(columns, records, strict=False)])

    word = joined("word")
    used = np.bincount(word, minlength=len(texts)) > 0
    return Reading(
        words=list(compress(texts, used.tolist())),
        word=(np.cumsum(used) - 1).astype(np.int32)[word],
        record=shifted("record"),
        weight=joined("weight"),
        group=joined("group"),
        name=joined("name"),
        grade=joined("grade"),
        initials=[text for part in parts for text in part.initials],
        initials_of=shifted("initials_of"),
        light=joined("light"),
        full=[told for part in parts for told in part.full],
        full_of=shifted("full_of"),
    )


def read_exactly(names: Iterable[Name]) -> Reading:
    """Put the words of names that were read one by one into columns."""
    columns = Columns()
    for number, name in enumerate(names):
        columns.add(number, name)
    return columns.reading()


@dataclass(slots=True)
class Columns:
    """Columns of words as they grow, name by name."""

    words: dict[str, int] = field(default_factory=dict)
    word: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)
    initials: list[str] = field(default_factory=list)
    initials_of: list[int] = field(default_factory=list)

    def add(self, number: int, name: Name) -> None:
        """Add the variants of a name."""
        self.initials.extend(name.initials)
        self.initials_of.extend([len(self.counts)] * len(name.initials))
        for variant in name.variants:
            self.numbers.append(number)
            self.counts.append(len(variant.words))
            self.grades.append(GRADE_OF[variant.grade])
            for part in variant.words:
                self.word.append(self.words.setdefault(part.text, len(self.words)))
                self.weight.append(weigh(part))
                self.group.append(GROUP_OF[part.kind])

    def reading(self) -> Reading:
        """Give the columns."""
        counts = column(self.counts, np.int64)
        return Reading(
            words=list(self.words),
            word=column(self.word, np.int32),
            record=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
            weight=column(self.weight, np.float32),
            group=column(self.group, np.uint8),
            name=column(self.numbers, np.int32),
            grade=column(self.grades, np.uint8),
            initials=self.initials,
            initials_of=column(self.initials_of, np.int32),
        )
