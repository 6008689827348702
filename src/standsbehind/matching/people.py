"""People: the index and the search of persons' names, by parts that are spelt or sound alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.candidates import Pairs, Search
from standsbehind.matching.index import has_initials
from standsbehind.matching.person_parts import FULL, PersonName, read_person
from standsbehind.matching.reading import Reading, column
from standsbehind.matching.sounding import keys
from standsbehind.matching.words import (
    Alike,
    Vocabulary,
    as_bytes,
    as_words,
    ranges,
)

__all__ = ["PersonSearch", "PersonVocabulary", "read_people"]

WITHOUT_TWO = 0.6
"""At a threshold above this two parts must meet, where both names have two."""


def read_people(names: Iterable[str]) -> Reading:
    """Put the parts of persons' names into columns; each way to read a name is a record."""
    return columns_of_people(map(read_person, names))


def columns_of_people(names: Iterable[PersonName]) -> Reading:
    """Put names that were read before into columns."""
    words: dict[str, int] = {}
    word: list[int] = []
    counts: list[int] = []
    numbers: list[int] = []
    for number, name in enumerate(names):
        for reading in name.readings:
            parts = [part.text for part in reading.parts if part.role in FULL]
            numbers.append(number)
            counts.append(len(parts))
            word.extend([words.setdefault(text, len(words)) for text in parts])
    return people_reading(list(words), word, counts, numbers)


def people_reading(
    words: Sequence[str], word: list[int], counts: list[int], numbers: list[int]
) -> Reading:
    """Make a reading of columns; each part counts one."""
    return Reading(
        words=words,
        word=column(word, np.int32),
        record=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        weight=np.ones(len(word), np.float32),
        group=np.zeros(len(word), np.uint8),
        name=column(numbers, np.int32),
        grade=np.zeros(len(numbers), np.uint8),
    )


@dataclass(frozen=True)
class PersonVocabulary:
    """Parts of persons' names, found also by their sound and by other names for them."""

    words: Sequence[str]
    known: Vocabulary
    """The keys of all words, which may be misspelt too."""
    key: NDArray[np.int32]
    """The keys of the first word, of the second ...,"""
    of: NDArray[np.int32]
    """and the word of each, in the order of the keys."""

    @classmethod
    def over(cls, words: Sequence[str]) -> "PersonVocabulary":
        """Make a vocabulary of distinct words."""
        texts, key, of = _keys(words)
        order = np.argsort(key, kind="stable")
        return cls(words, Vocabulary.of(texts, by_sound=False), key[order], of[order])

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the vocabulary as arrays; `from_arrays` reads them back."""
        known = {f"known-{name}": part for name, part in self.known.arrays().items()}
        return {"words": as_bytes(self.words), "key": self.key, "of": self.of, **known}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "PersonVocabulary":
        """Open a vocabulary from its arrays, which may be mapped from disk."""
        known = {
            name.removeprefix("known-"): part
            for name, part in arrays.items()
            if name.startswith("known-")
        }
        return cls(
            as_words(arrays["words"]),
            Vocabulary.from_arrays(known),
            arrays["key"],
            arrays["of"],
        )

    @cached_property
    def ids(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    def alike(self, words: Sequence[str]) -> Alike:
        """Find the words that share a key with each of the distinct words, or nearly."""
        texts, key, of = _keys(words)
        met = self.known.alike(texts)
        starts = np.searchsorted(self.key, np.arange(len(self.known.words) + 1))
        asked = np.repeat(of, (met.starts[1:] - met.starts[:-1])[key])
        found = met.found[
            ranges(met.starts[key], (met.starts[1:] - met.starts[:-1])[key])
        ]
        counts = starts[found + 1] - starts[found]
        there = self.of[ranges(starts[found], counts)]
        pairs = np.unique((np.repeat(asked, counts).astype(np.int64) << 32) | there)
        asked = pairs >> 32
        sizes = np.bincount(asked, minlength=len(words))
        return Alike(
            np.concatenate(([0], np.cumsum(sizes))),
            (pairs & 0xFFFFFFFF).astype(np.int32),
            np.zeros(len(pairs), np.float32),
        )


def _keys(
    words: Sequence[str],
) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32]]:
    """Give the distinct keys of words, and the pairs of key and word. An initial has none."""
    texts: dict[str, int] = {}
    key: list[int] = []
    counts: list[int] = []
    for word in words:
        found = keys(word) if len(word) > 1 else ()
        counts.append(len(found))
        key.extend([texts.setdefault(text, len(texts)) for text in sorted(found)])
    of = np.repeat(np.arange(len(words), dtype=np.int32), counts)
    return list(texts), column(key, np.int32), of


class PersonSearch(Search):
    """A search among persons: two parts must meet, where both have two."""

    @cached_property
    def _needs_two(self) -> bool:
        return self.threshold > WITHOUT_TWO

    def needed(self) -> NDArray[np.bool_]:
        """Mark all parts but the commonest, of which one must meet."""
        reading = self.reading
        if not self._needs_two:
            return np.ones(len(reading.word), np.bool_)
        order = np.lexsort((self.posted[reading.word], reading.record))
        marked = np.zeros(len(reading.word), np.bool_)
        size = self._parts[reading.record]
        last = np.ones(len(order), np.bool_)
        last[:-1] = reading.record[order][1:] != reading.record[order][:-1]
        marked[order] = ~last
        alone: NDArray[np.bool_] = marked | (size < 2) | self._initials[reading.record]
        return alone

    @cached_property
    def _parts(self) -> NDArray[np.int64]:
        return np.bincount(self.reading.record, minlength=len(self.reading.name))

    @cached_property
    def _initials(self) -> NDArray[np.bool_]:
        return has_initials(self.reading)

    def most(
        self, pairs: Pairs, hope: NDArray[np.float32] | float = 0.0
    ) -> NDArray[np.float32]:
        """Tell the pairs of which enough parts may meet: 1, and 0 of the others."""
        if not self._needs_two:
            return np.ones(len(pairs.asked), np.float32)
        index = self.index
        enough = pairs.telling_asked + hope >= 2
        enough |= pairs.is_joined | index.initials[pairs.record]
        enough |= (index.telling[pairs.record] < 2) | (self._parts[pairs.asked] < 2)
        enough |= self._initials[pairs.asked]
        most: NDArray[np.float32] = enough.astype(np.float32)
        return most
