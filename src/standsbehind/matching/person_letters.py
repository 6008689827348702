"""Letters: how the parts of persons' names are spelt, as far as it tells which may meet."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.letter_sums import hashes_of, lengths, sums_of
from standsbehind.matching.person_lexicon import person_lexicon
from standsbehind.matching.person_roles import is_patronymic
from standsbehind.matching.person_sounding import sounds, variant_of

__all__ = [
    "FATHER",
    "INITIAL",
    "UNFOUND",
    "Spelt",
    "bits_of_sounds",
    "may_be_joined",
    "most_alike",
]

UNFOUND = -1.0
"""The degree of parts that an index of words does not find alike."""
ARTICLE, FATHER, SOUNDING, INITIAL = 0.9, 0.85, 0.92, 0.8
SWAPPED, CUT, FAR = 0.6, 0.5, 0.45
"""The most that such parts count all the same, as `align` and `likeness` have it."""
SHORTEST_JOINED = 6
"""Letters of a part that several of the other side may only sound like."""
PACKED = 10
"""Letters from either end of a part that are packed into one number."""


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
            bits_of_sounds(heard),
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


def bits_of_sounds(heard: Sequence[str]) -> NDArray[np.uint64]:
    """Give three bits of 64 for each sound."""
    hashes = hashes_of(sums_of(heard), lengths(heard))
    bits = np.zeros(len(heard), np.uint64)
    for shift in (58, 52, 46):
        bits |= np.uint64(1) << ((hashes >> np.uint64(shift)) & np.uint64(63))
    return bits
