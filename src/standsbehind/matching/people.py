"""People: the index and the search of persons' names, by parts that are spelt or sound alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import (
    as_bytes,
    as_words,
    column,
    distinct,
    is_first,
    nested,
    spans,
    under,
)
from standsbehind.matching.candidates import SLACK, Meetings, Pairs, Search
from standsbehind.matching.index import NameIndex, index_of
from standsbehind.matching.letter_sums import hashes_of, lengths, powers, sums_of
from standsbehind.matching.person_parts import PersonName, read_person
from standsbehind.matching.person_reach import may_reach, runs_of
from standsbehind.matching.person_roles import FULL
from standsbehind.matching.person_sounding import called, sounds
from standsbehind.matching.persons import CONFLICT, WEIGHT
from standsbehind.matching.reading import Reading
from standsbehind.matching.words import Alike, Vocabulary

__all__ = [
    "PartColumns",
    "PersonSearch",
    "PersonVocabulary",
    "index_people",
    "read_people",
    "written_as_one",
]

WITHOUT_TWO = 0.6
"""At a threshold above this two parts must meet, where both names have two."""


def read_people(names: Iterable[str]) -> Reading:
    """Put the parts of persons' names into columns; each way to read a name is a record."""
    return columns_of_people(map(read_person, names))


def columns_of_people(names: Iterable[PersonName]) -> Reading:
    """Put names that were read before into columns."""
    columns = PartColumns()
    for number, name in enumerate(names):
        columns.add_name(number, name)
    return written_as_one(columns.reading())


@dataclass(slots=True)
class PartColumns:
    """Columns of the parts of persons' names as they grow; each part counts one."""

    words: dict[str, int] = field(default_factory=dict)
    word: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    light: list[float] = field(default_factory=list)
    full: dict[int, list[str]] = field(default_factory=dict)
    """All parts of the records that have small words."""

    def add(self, number: int, parts: Sequence[str], light: float = 0.0) -> None:
        """Add one way to read a name, by the parts under which it is found.

        `light` is what its small words count; not a number where it may have other parts.
        """
        self.numbers.append(number)
        self.light.append(light)
        self.counts.append(len(parts))
        words = self.words
        self.word.extend([words.setdefault(text, len(words)) for text in parts])

    def add_name(self, number: int, name: PersonName) -> None:
        """Add each way to read a name."""
        for reading in name.readings:
            small = [WEIGHT[p.role] for p in reading.parts if p.role not in FULL]
            if small:
                self.full[len(self.numbers)] = [p.text for p in reading.parts]
            texts = [p.text for p in reading.parts if p.role in FULL]
            self.add(number, texts, sum(small))

    def reading(self) -> Reading:
        """Give the columns."""
        count = len(self.numbers)
        return Reading(
            words=list(self.words),
            word=column(self.word, np.int32),
            record=np.repeat(np.arange(count, dtype=np.int32), self.counts),
            weight=np.ones(len(self.word), np.float32),
            group=np.zeros(len(self.word), np.uint8),
            name=column(self.numbers, np.int32),
            grade=np.zeros(count, np.uint8),
            light=column(self.light, np.float32),
            full=list(self.full.values()),
            full_of=column(list(self.full), np.int32),
        )


def index_people(reading: Reading) -> NameIndex:
    """Index the names of persons, with a vocabulary of their parts."""
    index = index_of(reading, PersonVocabulary.over)
    return replace(index, runs=runs_of(reading, np.arange(len(reading.name))))


def written_as_one(reading: Reading) -> Reading:
    """Add to the names of persons the hash of each as if its parts were one word."""
    words, word, record = reading.words, reading.word, reading.record
    count = len(reading.name)
    letters = lengths(words)[word]
    first = is_first(record)
    ends = np.cumsum(letters)
    before = ends - letters
    before -= before[first][np.cumsum(first) - 1]
    sums = sums_of(words)[word] * powers(int(before.max(initial=0)) + 1)[before]
    total, size = np.zeros(count, np.uint64), np.zeros(count, np.int64)
    np.add.at(total, record, sums)
    np.add.at(size, record, letters)
    whole = hashes_of(total, size)
    joined = ["".join(parts) for parts in reading.full]
    whole[reading.full_of] = hashes_of(sums_of(joined), lengths(joined))
    return replace(reading, whole=whole)


@dataclass(frozen=True)
class PersonVocabulary:
    """Parts of persons' names, found also by their sound and by other names for them."""

    parts: Vocabulary
    """The parts as written, which may be misspelt."""
    keys: Sequence[str]
    """How they sound, and what else they are called."""
    starts: NDArray[np.int64]
    """`of[starts[k]:starts[k + 1]]` are the parts under key k; shape (keys + 1,)."""
    of: NDArray[np.int32]

    @classmethod
    def over(cls, words: Sequence[str]) -> "PersonVocabulary":
        """Make a vocabulary of distinct parts."""
        texts: dict[str, int] = {}
        key, of = _keys(words, lambda text: texts.setdefault(text, len(texts)))
        order = np.argsort(key, kind="stable")
        sizes = np.bincount(key, minlength=len(texts))
        starts = np.concatenate(([0], np.cumsum(sizes)))
        return cls(Vocabulary.of(words, by_sound=False), list(texts), starts, of[order])

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the vocabulary as arrays; `from_arrays` reads them back."""
        parts, keys = nested("parts", self.parts.arrays()), as_bytes(self.keys)
        return {**parts, "keys": keys, "key_starts": self.starts, "of": self.of}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "PersonVocabulary":
        """Open a vocabulary from its arrays, which may be mapped from disk."""
        return cls(
            Vocabulary.from_arrays(under("parts", arrays)),
            as_words(arrays["keys"]),
            arrays["key_starts"],
            arrays["of"],
        )

    @property
    def words(self) -> Sequence[str]:
        """The distinct parts."""
        return self.parts.words

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.keys)}

    def alike(self, words: Sequence[str]) -> Alike:
        """Find the parts that are alike to each of the distinct ones asked for."""
        near = self.parts.alike(words)
        key, of = _keys(words, lambda text: self._ids.get(text, -1))
        key, of = key[key >= 0], of[key >= 0]
        at, counts = spans(self.starts, key)
        asked = np.concatenate(
            (
                np.repeat(np.arange(len(words)), np.diff(near.starts)),
                np.repeat(of, counts),
            )
        )
        found = np.concatenate((near.found, self.of[at]))
        pairs = distinct((asked.astype(np.int64) << 32) | found)
        sizes = np.bincount(pairs >> 32, minlength=len(words))
        return Alike(
            np.concatenate(([0], np.cumsum(sizes))),
            (pairs & 0xFFFFFFFF).astype(np.int32),
            np.zeros(len(pairs), np.float32),
        )


def _keys(
    words: Sequence[str], number: Callable[[str], int]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Give the pairs of key and word, apart from the words themselves. An initial has none."""
    key: list[int] = []
    counts: list[int] = []
    for word, heard in zip(words, sounds(words), strict=True):
        found = sorted({heard, *called(word)} - {word}) if len(word) > 1 else []
        counts.append(len(found))
        key.extend([number(text) for text in found])
    of = np.repeat(np.arange(len(words), dtype=np.int32), counts)
    return column(key, np.int32), of


class PersonSearch(Search):
    """A search among persons: two parts must meet, where both have two."""

    @cached_property
    def _needs_two(self) -> bool:
        return self.threshold > WITHOUT_TWO

    def needed(self) -> NDArray[np.bool_]:
        """Mark all parts but the commonest, of which one must meet.

        The commonest too brings up the records that have an initial for another part.
        """
        if not self._needs_two:
            return np.ones(len(self.reading.word), np.bool_)
        return self._but_commonest

    def brought(self) -> NDArray[np.int64]:
        """How many records each token brings up."""
        if not self._needs_two:
            return super().brought()
        starts, _ = self.index.with_initials
        beside = self._sums_of_alike(np.diff(starts))[self.reading.word]
        return np.where(self._but_commonest, self.posted[self.reading.word], beside)

    def met_first(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the tokens that bring up records, each with the postings that it meets."""
        token, posting = super().met_first()
        if not self._needs_two:
            return token, posting
        starts, with_initials = self.index.with_initials
        others, place = self.postings(np.flatnonzero(~self._but_commonest), starts)
        return (
            np.concatenate((token, others)),
            np.concatenate((posting, with_initials[place])),
        )

    @property
    def settled(self) -> NDArray[np.bool_]:
        """The tokens that have brought up all records that hold them."""
        return self._but_commonest if self._needs_two else super().settled

    @cached_property
    def _but_commonest(self) -> NDArray[np.bool_]:
        reading = self.reading
        order = np.lexsort((self.posted[reading.word], reading.record))
        marked = np.zeros(len(reading.word), np.bool_)
        size = self._parts[reading.record]
        # The last of a record in this order is the first from behind.
        marked[order] = ~is_first(reading.record[order][::-1])[::-1]
        alone: NDArray[np.bool_] = marked | (size < 2) | self._initials[reading.record]
        return alone

    @cached_property
    def _parts(self) -> NDArray[np.int64]:
        return np.bincount(self.reading.record, minlength=len(self.reading.name))

    @cached_property
    def _initials(self) -> NDArray[np.bool_]:
        single: NDArray[np.bool_] = self.reading.first_letters[1] != 0
        return single

    def _met(
        self,
        record: NDArray[np.int64],
        pair: NDArray[np.int64],
        token: NDArray[np.int64],
    ) -> Meetings:
        # A part has many spellings, and a name few parts.
        starts, postings = self.index.by_record
        at, counts = spans(starts, record[pair])
        posting = postings[at]
        word = np.repeat(self.reading.word[token], counts)
        places = self.alike.places(word, self.index.words[posting])
        met = np.flatnonzero(places >= 0)
        of = np.repeat(np.arange(len(pair)), counts)[met]
        unlike = self.alike.unlike[places[met]]
        return Meetings(pair[of], token[of], posting[met], unlike)

    def pairs(self) -> Pairs:
        """Find the pairs of which two parts meet two, or one where there is one."""
        pairs = super().pairs()
        if not self._needs_two:
            return pairs
        met = self.meetings(pairs)
        count = len(pairs.asked)
        tokens = distinct((met.pair << 32) | met.token)
        here = np.bincount(tokens >> 32, minlength=count)
        there = np.bincount(
            distinct((met.pair << 32) | met.posting) >> 32, minlength=count
        )
        # Of a part that a record holds twice only one is looked up.
        is_twice = self.index.repeats[pairs.record]
        both = np.where(is_twice, here, np.minimum(here, there))
        kept = (both >= 2) | self._may_be_one(pairs)
        pairs = pairs.only(kept | self._by_initial(pairs, both, tokens))
        return pairs.only(may_reach(self, pairs))

    def _by_initial(
        self, pairs: Pairs, met: NDArray[np.int64], tokens: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Tell the pairs in which an initial may stand for a part, and that can then agree.

        `met` is how many parts of each pair meet, `tokens` which ones. A part left over may
        be near to one that begins with its letter; of the others, as many as both names
        have stand against each other, and each costs `CONFLICT`.
        """
        pair, token = self._tokens(pairs.asked, np.arange(len(self.reading.word)))
        keys = (pair << 32) | token
        left_over = ~np.isin(keys, tokens, assume_unique=True)
        letter = self.reading.letter_bits[self.reading.word[token]]
        near = (letter & self.index.first_letters[0][pairs.record[pair]]) != 0
        reach = met + np.bincount(pair, left_over & near, len(pairs.asked))
        parts = np.minimum(self._parts[pairs.asked], self.index.telling[pairs.record])
        against = np.maximum(parts - reach, 0)
        agree = reach >= self.threshold * (reach + CONFLICT * against) - SLACK
        by_initial: NDArray[np.bool_] = agree & (met >= 1) & self._has_initial(pairs)
        return by_initial

    def most(
        self, pairs: Pairs, hope: NDArray[np.float32] | float = 0.0
    ) -> NDArray[np.float32]:
        """Tell the pairs of which enough parts may meet: 1, and 0 of the others."""
        if not self._needs_two:
            return np.ones(len(pairs.asked), np.float32)
        enough = (pairs.telling_asked + hope >= 2) | self._may_be_one(pairs)
        most: NDArray[np.float32] = (enough | self._has_initial(pairs)).astype(
            np.float32
        )
        return most

    def _may_be_one(self, pairs: Pairs) -> NDArray[np.bool_]:
        """Tell the pairs of names that have one part, write two as one, or one twice."""
        index = self.index
        one = (index.telling[pairs.record] < 2) & (self._parts[pairs.asked] < 2)
        twice = index.repeats[pairs.record] & self._repeats[pairs.asked]
        return one | twice | pairs.is_joined

    def _has_initial(self, pairs: Pairs) -> NDArray[np.bool_]:
        """Tell the pairs in which one has a part that begins with an initial of the other."""
        here, there = self.reading.first_letters, self.index.first_letters
        by_list = (here[0][pairs.asked] & there[1][pairs.record]) != 0
        by_asked = (here[1][pairs.asked] & there[0][pairs.record]) != 0
        either: NDArray[np.bool_] = by_list | by_asked
        return either

    @cached_property
    def _repeats(self) -> NDArray[np.bool_]:
        reading = self.reading
        keys = np.sort((reading.record.astype(np.int64) << 32) | reading.word)
        twice = keys[1:] == keys[:-1]
        return np.bincount(keys[1:] >> 32, twice, len(reading.name)) > 0
