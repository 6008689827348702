"""Index: listed names by their words, as arrays that a snapshot can map from disk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import nested, under
from standsbehind.matching.letter_sums import hashes_of, lengths
from standsbehind.matching.reading import (
    Reading,
    bits_of_letters,
    first_letters,
    other_of,
    telling_of,
)
from standsbehind.matching.words import Alike, Vocabulary

__all__ = [
    "NameIndex",
    "Words",
    "arrays_of",
    "bits_of",
    "from_arrays",
    "index_of",
]


class Words(Protocol):
    """What an index asks of its vocabulary."""

    @property
    def words(self) -> Sequence[str]:
        """The distinct words."""

    def alike(self, words: Sequence[str]) -> Alike:
        """Find the words alike to each of the distinct words asked for."""

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the vocabulary as arrays."""


@dataclass(frozen=True)
class NameIndex:
    """Listed names by their words. A record is one variant of a name.

    All arrays are plain NumPy, so that a snapshot can map them from disk.
    """

    vocabulary: Words
    starts: NDArray[np.int64]
    """`records[starts[w]:starts[w + 1]]` hold word w, ascending; shape (words + 1,)."""
    records: NDArray[np.int32]
    weights: NDArray[np.float32]
    """What the word counts in the record; same shape."""
    groups: NDArray[np.uint8]
    """What kind of word it is there, a place in `reading.GROUPS`; same shape."""
    names: NDArray[np.int32]
    """The name of each record; shape (records,)."""
    sums: NDArray[np.float32]
    """The weight of each group of words in each record; shape (records, groups)."""
    grades: NDArray[np.uint8]
    """How each record was made of its name, a place in `Grade`; shape (records,)."""
    signatures: NDArray[np.uint64]
    """A bit for each word of the record: a word that it lacks is told in one look."""
    word_hashes: NDArray[np.uint64]
    """The hash of each word, sorted,"""
    word_order: NDArray[np.int32]
    """and the words in that order."""
    join_hashes: NDArray[np.uint64]
    """The hash of each run of words written together, sorted,"""
    join_records: NDArray[np.int32]
    join_weights: NDArray[np.float32]
    light: NDArray[np.float32]
    """Of persons, what the small words of each record count; shape (records,)."""
    whole: NDArray[np.uint64]
    """Of persons, the hash of each record written as one word; same shape."""
    runs: NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    """Of persons, three bits for the sound of each two or three neighbours; same shape."""

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """Word and record of each posting in one sorted number."""
        return self.words.astype(np.int64) * len(self.names) + self.records

    @cached_property
    def words(self) -> NDArray[np.int32]:
        """The word of each posting."""
        count = len(self.starts) - 1
        return np.repeat(np.arange(count, dtype=np.int32), np.diff(self.starts))

    @cached_property
    def by_record(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The postings of each record, and where those of each begin."""
        sizes = np.bincount(self.records, minlength=len(self.names))
        order = np.argsort(self.records, kind="stable")
        return np.concatenate(([0], np.cumsum(sizes))), order

    @cached_property
    def telling(self) -> NDArray[np.float32]:
        """The weight of the telling words of each record."""
        return telling_of(self.sums)

    @cached_property
    def other(self) -> NDArray[np.float32]:
        """The weight of its other words."""
        return other_of(self.sums)

    @cached_property
    def repeats(self) -> NDArray[np.bool_]:
        """Whether the record holds a word twice."""
        twice = self.places[1:] == self.places[:-1]
        return np.bincount(self.records[1:], twice, len(self.names)) > 0

    @cached_property
    def first_letters(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """The first letters of all words of each record, and its single letters, as bits."""
        bits = bits_of_letters(self.vocabulary.words)
        count = len(self.names)
        return first_letters(bits, self.lengths, self.words, self.records, count)

    @cached_property
    def initials(self) -> NDArray[np.bool_]:
        """Whether the record holds a letter that may stand for a word."""
        single: NDArray[np.bool_] = self.first_letters[1] != 0
        return single

    @cached_property
    def with_initials(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The postings of records with initials, and where those of each word begin."""
        postings = np.flatnonzero(self.initials[self.records])
        return np.searchsorted(postings, self.starts), postings

    @cached_property
    def heaviest(self) -> NDArray[np.float32]:
        """The most that each word counts in a record."""
        return np.maximum.reduceat(self.weights, self.starts[:-1])

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """The letters of each word."""
        return lengths(self.vocabulary.words)


_TABLES = (
    "starts", "records", "weights", "groups", "names", "sums", "grades", "signatures",
    "word_hashes", "word_order", "join_hashes", "join_records", "join_weights",
    "light", "whole", "runs",
)  # fmt: skip


def arrays_of(index: NameIndex) -> dict[str, NDArray[np.generic]]:
    """Give an index as arrays; `from_arrays` reads them back."""
    words = nested("words", index.vocabulary.arrays())
    return {**words, **{name: getattr(index, name) for name in _TABLES}}


def from_arrays(
    arrays: Mapping[str, NDArray[Any]],
    vocabulary: Callable[[Mapping[str, NDArray[Any]]], Words] = Vocabulary.from_arrays,
) -> NameIndex:
    """Open an index from its arrays, which may be mapped from disk."""
    words = vocabulary(under("words", arrays))
    return NameIndex(words, **{name: arrays[name] for name in _TABLES})


def index_of(
    reading: Reading, vocabulary: Callable[[Sequence[str]], Words] = Vocabulary.of
) -> NameIndex:
    """Index the names of a reading, with a vocabulary of their words."""
    order = np.lexsort((reading.record, reading.word))
    counts = np.bincount(reading.word, minlength=len(reading.words))
    hashes = hashes_of(reading.letter_sums, reading.letters)
    by_hash = np.argsort(hashes)
    joins = reading.joins()
    by_join = np.argsort(joins.hashes, kind="stable")
    return NameIndex(
        vocabulary=vocabulary(reading.words),
        starts=np.concatenate(([0], np.cumsum(counts))),
        records=reading.record[order],
        weights=reading.weight[order],
        groups=reading.group[order],
        names=reading.name,
        sums=reading.sums,
        grades=reading.grade,
        signatures=_signatures(reading),
        word_hashes=hashes[by_hash],
        word_order=by_hash.astype(np.int32),
        join_hashes=joins.hashes[by_join],
        join_records=joins.records[by_join],
        join_weights=joins.weights[by_join],
        light=reading.light,
        whole=reading.whole,
    )


def bits_of(words: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Give each word one bit of 64, for the signatures."""
    spread = words.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return np.uint64(1) << (spread >> np.uint64(58))


def _signatures(reading: Reading) -> NDArray[np.uint64]:
    found = np.zeros(len(reading.name), np.uint64)
    np.bitwise_or.at(found, reading.record, bits_of(reading.word))
    return found
