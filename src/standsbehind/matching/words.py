"""Words: how alike two words are, and a vocabulary that finds the words alike to many at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, compress
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from standsbehind.matching.arrays import (
    as_bytes,
    as_words,
    distinct,
    is_first,
    ranges,
    spans,
)
from standsbehind.matching.consonants import SYSTEMS, Latins, System
from standsbehind.matching.letter_sums import (
    hashes_of,
    lengths,
    letters_of,
    powers,
    running,
    sums_of,
)
from standsbehind.matching.spellings import sounding, soundings

__all__ = [
    "ONE_EDIT_FROM",
    "OTHER_SOUND",
    "SOUNDED_OUT",
    "TWO_EDITS_FROM",
    "Alike",
    "Vocabulary",
    "edits_allowed",
    "may_sound",
    "sound_alike",
    "sounds_of",
]

ONE_EDIT_FROM = 4
"""Letters from which a word may be misspelt by one edit,"""
TWO_EDITS_FROM = 9
"""and by two. An edit is a letter left out, added, changed, or two neighbours swapped."""
OTHER_SOUND = 0.1
"""How unlike two words are that only sound the same."""
SOUNDED_OUT = 0.125
"""How unlike a word is to one that sounds it out in a script without, or with other, vowels."""
LONGEST = 24
"""Letters from the start of which one or two are left out; a longer word is misspelt before it."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SIEVE_BITS = 22
_PAIR_BITS = 20
_UPPER = np.uint64(0xFFFFFFFF00000000)


def edits_allowed(left: str, right: str) -> int:
    """Return how many edits two words may be apart and still be one word misspelt."""
    shorter = min(len(left), len(right))
    if shorter < ONE_EDIT_FROM or not (left[0].isalpha() and right[0].isalpha()):
        return 0
    return 1 if shorter < TWO_EDITS_FROM else 2


@dataclass(frozen=True)
class Alike:
    """Which words of a vocabulary are alike to each of the words asked for.

    `found[starts[w]:starts[w + 1]]` are the numbers of those alike to word w, itself
    first; `unlike` tells of each by what share of its letters, 0 for the word itself.
    """

    starts: NDArray[np.int64]
    found: NDArray[np.int32]
    unlike: NDArray[np.float32]

    @cached_property
    def asked(self) -> NDArray[np.int64]:
        """The word asked for of each pair."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def places(
        self, asked: NDArray[np.int32], found: NDArray[np.int32]
    ) -> NDArray[np.int64]:
        """Give the places of pairs of words, ascending in `found`; -1 of those not alike."""
        keys = (asked.astype(np.int64) << 32) | found
        may = np.flatnonzero(self._sieve[_slot(keys)])
        place = np.searchsorted(self._keys, keys[may])
        met = self._keys[np.minimum(place, len(self._keys) - 1)] == keys[may]
        places = np.full(len(keys), -1)
        places[may[met]] = place[met]
        return places

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        return (self.asked << 32) | self.found

    @cached_property
    def _sieve(self) -> NDArray[np.bool_]:
        """Tell in one look of most pairs that they are not alike."""
        sieve = np.zeros(1 << _PAIR_BITS, np.bool_)
        sieve[_slot(self._keys)] = True
        return sieve


def _slot(keys: NDArray[np.int64]) -> NDArray[np.uint64]:
    mixed = keys.view(np.uint64) * _SPREAD
    slot: NDArray[np.uint64] = mixed >> np.uint64(64 - _PAIR_BITS)
    return slot


@dataclass(frozen=True)
class Vocabulary:
    """Sorted distinct words, found also when misspelt.

    Two words at most d edits apart share a text that is left when at most d letters are
    left out of each (the symmetric delete of SymSpell). The table holds a hash of each
    such text; a pair that meets in it is then measured.
    """

    words: Sequence[str]
    hashes: NDArray[np.uint32]
    """The upper halves, sorted, each once; shape (texts,)."""
    starts: NDArray[np.int64]
    """`behind[starts[h]:starts[h + 1]]` are the words behind hash h; shape (texts + 1,)."""
    behind: NDArray[np.int32]
    sounds: NDArray[np.uint64]
    """How each word sounds, as a hash; words that sound alike have the same."""

    @classmethod
    def of(cls, words: Sequence[str], *, by_sound: bool = True) -> "Vocabulary":
        """Make a vocabulary of distinct words, found by their sound as well."""
        hashes, behind = _reduced(words)
        # Half a hash and the word behind it in one number: one plain sort orders both.
        keys = np.sort((hashes & _UPPER) | behind.astype(np.uint64))
        halves = (keys >> np.uint64(32)).astype(np.uint32)
        first = np.flatnonzero(is_first(halves))
        return cls(
            words,
            halves[first],
            np.append(first, len(halves)),
            (keys & np.uint64(0x7FFFFFFF)).astype(np.int32),
            sounds_of(words) if by_sound else np.empty(0, np.uint64),
        )

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the vocabulary as arrays; `from_arrays` reads them back."""
        return {
            "words": as_bytes(self.words),
            "hashes": self.hashes,
            "hash_starts": self.starts,
            "behind": self.behind,
            "sounds": self.sounds,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Vocabulary":
        """Open a vocabulary from its arrays, which may be mapped from disk."""
        return cls(
            as_words(arrays["words"]),
            arrays["hashes"],
            arrays["hash_starts"],
            arrays["behind"],
            arrays["sounds"],
        )

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def _sieve(self) -> NDArray[np.bool_]:
        """Tell in one look that a hash is not in the table; small enough for the cache."""
        sieve = np.zeros(1 << _SIEVE_BITS, dtype=np.bool_)
        sieve[self.hashes >> np.uint32(32 - _SIEVE_BITS)] = True
        return sieve

    def alike(self, words: Sequence[str]) -> Alike:
        """Find the words of the vocabulary that are alike to each of the distinct words."""
        same = np.fromiter(
            (self.ids.get(word, -1) for word in words), np.int32, len(words)
        )
        exact = np.flatnonzero(same >= 0)
        near = self._near(words)
        sounding = self._sounding(words, same)
        spelt = self._sounded_out(words)
        asked = np.concatenate((exact, near[0], sounding[0], spelt[0]))
        found = np.concatenate((same[exact], near[1], sounding[1], spelt[1]))
        unlike = np.concatenate(
            (np.zeros(len(exact), np.float32), near[2], sounding[2], spelt[2])
        )
        order = np.lexsort((unlike, found, asked))
        asked, found, unlike = asked[order], found[order], unlike[order]
        first = is_first(asked, found)
        asked, found, unlike = asked[first], found[first], unlike[first]
        counts = np.bincount(asked, minlength=len(words))
        starts = np.concatenate(([0], np.cumsum(counts)))
        return Alike(starts, found.astype(np.int32), unlike)

    @cached_property
    def _by_sound(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        order = np.argsort(self.sounds, kind="stable")
        order = order[self.sounds[order] > 0]
        return self.sounds[order], order

    def _sounding(
        self, words: Sequence[str], same: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """Find the other words that sound the same: columns of one length."""
        hashes, numbers = self._by_sound
        if not len(hashes):
            return _none()
        sounds = np.zeros(len(words), np.uint64)
        sounds[same >= 0] = self.sounds[same[same >= 0]]
        new = np.flatnonzero(same < 0)
        sounds[new] = sounds_of([words[number] for number in new.tolist()])
        asked = np.flatnonzero(sounds)
        start = np.searchsorted(hashes, sounds[asked], side="left")
        counts = np.searchsorted(hashes, sounds[asked], side="right") - start
        found = numbers[ranges(start, counts)]
        asked = np.repeat(asked, counts)
        kept = found != same[asked]
        asked, found = asked[kept], found[kept]
        return asked, found, np.full(len(asked), OTHER_SOUND, np.float32)

    @cached_property
    def _natives(self) -> Sequence[Mapping[str, Sequence[int]]]:
        """The words that sound out a Latin one, under their keys in each way to do so."""
        return [_grouped(_natives(self.words, system)) for system in SYSTEMS]

    @cached_property
    def _latins(self) -> Sequence[Mapping[str, Sequence[int]]]:
        """The Latin words under the keys by which others sound them out."""
        latins = Latins.among(self.words)
        return [_grouped(system.keys(latins)) for system in SYSTEMS]

    def _sounded_out(
        self, words: Sequence[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """Find the words that sound out one, or that one sounds out: columns of one length."""
        if not len(self.sounds):
            return _none()
        pairs: list[tuple[int, int]] = []
        latins = Latins.among(words) if any(self._natives) else None
        for place, system in enumerate(SYSTEMS):
            if latins and (listed := self._natives[place]):
                pairs.extend(_under_one_key(system.keys(latins), listed))
            if natives := _natives(words, system):
                pairs.extend(_under_one_key(natives, self._latins[place]))
        found = np.array(pairs, np.int64).reshape(-1, 2)
        unlike = np.full(len(found), SOUNDED_OUT, np.float32)
        return found[:, 0], found[:, 1], unlike

    def _near(
        self, words: Sequence[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
        """Find the words one or two edits away: columns of one length."""
        left, right = self._meeting(words)
        lefts = [words[number] for number in left.tolist()]
        rights = [self.words[number] for number in right.tolist()]
        if not lefts:
            return left, right, np.empty(0, np.float32)
        edits = cpdist(
            lefts, rights, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8
        )
        here, there = lengths(lefts), lengths(rights)
        allowed = np.where(np.minimum(here, there) < TWO_EDITS_FROM, 1, 2)
        kept = (edits > 0) & (edits <= allowed)
        unlike = edits / np.maximum(here, there)
        return left[kept], right[kept], unlike[kept].astype(np.float32)

    def _meeting(
        self, words: Sequence[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Pair the words asked for with those that share a reduced text."""
        if not len(self.hashes):
            return np.empty(0, np.int64), np.empty(0, np.int32)
        hashes, asked = _reduced(words)
        passed = self._sieve[hashes >> np.uint64(64 - _SIEVE_BITS)]
        keys = np.sort((hashes[passed] & _UPPER) | asked[passed].astype(np.uint64))
        halves = (keys >> np.uint64(32)).astype(np.uint32)
        asked = (keys & np.uint64(0x7FFFFFFF)).astype(np.int32)
        place = np.minimum(np.searchsorted(self.hashes, halves), len(self.hashes) - 1)
        met = self.hashes[place] == halves
        place, asked = place[met], asked[met].astype(np.int64)
        at, counts = spans(self.starts, place)
        pairs = distinct((np.repeat(asked, counts) << 32) | self.behind[at])
        return pairs >> 32, (pairs & 0xFFFFFFFF).astype(np.int32)


def _none() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    none = np.empty(0, np.int64)
    return none, none, np.empty(0, np.float32)


def _natives(words: Sequence[str], system: System) -> list[tuple[str, int]]:
    """Give the key of each word that sounds out a Latin one, and its place."""
    other = (place for place, word in enumerate(words) if not word.isascii())
    keys = ((system.key(words[place]), place) for place in other)
    return [(key, place) for key, place in keys if key]


def _grouped(keys: Iterable[tuple[str, int]]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for key, place in keys:
        found.setdefault(key, []).append(place)
    return found


def _under_one_key(
    asked: Iterable[tuple[str, int]], listed: Mapping[str, Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """Pair the places of the words asked for with those listed under the same key."""
    for key, place in asked:
        if key in listed:
            yield from ((place, other) for other in listed[key])


def sounds_of(words: Sequence[str]) -> NDArray[np.uint64]:
    """Hash how each word sounds; 0 where it is too short to tell, or not Latin."""
    told = lengths(words) >= ONE_EDIT_FROM
    for is_so in (str.isascii, str.isalpha):
        told &= np.fromiter(map(is_so, words), np.bool_, len(words))
    keys = soundings(list(compress(words, told.tolist())))
    found = np.zeros(len(words), np.uint64)
    found[told] = hashes_of(sums_of(keys), lengths(keys))
    return found


def sound_alike(left: str, right: str) -> bool:
    """Tell whether two words sound the same, by the rules of `spellings`."""
    return may_sound(left) and may_sound(right) and sounding(left) == sounding(right)


def may_sound(word: str) -> bool:
    """Tell whether a word may be met by one that sounds the same."""
    return len(word) >= ONE_EDIT_FROM and word.isascii() and word.isalpha()


def _reduced(words: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Hash each word, also with one or two letters left out as its length allows."""
    hashes = [np.empty(0, np.uint64)]
    behind = [np.empty(0, np.int32)]
    for numbers in _by_length(words):
        found = _reduced_alike([words[number] for number in numbers])
        hashes.append(found.ravel())
        behind.append(np.repeat(np.array(numbers, np.int32), found.shape[1]))
    return np.concatenate(hashes), np.concatenate(behind)


def _by_length(words: Sequence[str]) -> Iterator[list[int]]:
    of = lengths(words)
    letter = np.fromiter((word[:1].isalpha() for word in words), np.bool_, len(words))
    order = np.argsort(of.astype(np.uint16), kind="stable")
    order = order[letter[order] & (of[order] >= ONE_EDIT_FROM)]
    cuts = np.flatnonzero(np.diff(of[order])) + 1
    yield from (part.tolist() for part in np.split(order, cuts) if len(part))


def _reduced_alike(words: Sequence[str]) -> NDArray[np.uint64]:
    """Hash words of one length, whole and with letters left out; shape (words, texts).

    The hash is a polynomial of the letters modulo 2^64: what stands before a letter left
    out keeps its power, what stands after it moves by one place, so running sums for
    each shift give all of them.
    """
    length = len(words[0])
    letters, power = letters_of(words), powers(length)
    sums = [running(letters, power, shift) for shift in range(3)]
    whole = sums[0][:, -1:]
    left_out = min(length, LONGEST)
    ones = np.arange(left_out)
    one = sums[0][:, ones] + sums[1][:, -1:] - sums[1][:, ones + 1]
    found = [hashes_of(whole, length), hashes_of(one, length - 1)]
    # A word one letter shorter may still stand two edits away.
    if length >= TWO_EDITS_FROM:
        first, second = np.array(list(combinations(range(left_out), 2))).T
        two = sums[0][:, first] + sums[1][:, second] - sums[1][:, first + 1]
        two += sums[2][:, -1:] - sums[2][:, second + 1]
        found.append(hashes_of(two, length - 2))
    return np.concatenate(found, axis=1)
