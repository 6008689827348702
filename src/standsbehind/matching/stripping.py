"""Stripping: many names at once without their legal forms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.forms import (
    Part,
    parts_of_forms,
    small_words,
    without_forms,
)
from standsbehind.matching.patterns import read_alike
from standsbehind.matching.split import Split

__all__ = ["Kept", "without_forms_all"]


@dataclass(frozen=True, slots=True)
class Kept:
    """The words of names that are left without legal forms."""

    names: NDArray[np.int64]
    """The names,"""
    split: Split
    """and the words that each keeps, one or more."""

    def only(self, chosen: NDArray[np.bool_]) -> "Kept":
        """Keep some of the names."""
        split = self.split
        counts = split.counts[chosen]
        words = split.word[np.repeat(chosen, split.counts)]
        return Kept(self.names[chosen], Split(split.ids, words, _starts(counts)))


def without_forms_all(split: Split, names: NDArray[np.bool_]) -> Kept:
    """Give what `without_forms` leaves of the marked names, none of them empty.

    Most have nothing but forms at their end. The others are stripped one by one, but each
    pattern once: names that differ only in words that no form holds are stripped alike.
    """
    part = np.zeros(len(split.ids), np.uint8)
    for word in split.common(parts_of_forms()):
        part[split.ids[word]] = parts_of_forms()[word]
    parts = part[split.word]
    inside, is_plain = _before_forms(split, parts)
    plain = np.flatnonzero(names & is_plain)
    kept = inside & (names & is_plain)[split.name]
    counts = np.bincount(split.name[kept], minlength=len(names))[plain]
    matters = parts > Part.OF_SEVERAL
    # A word of longer forms is none where it stands among words of no form.
    beside = (parts[1:] > 0) & (parts[:-1] > 0)
    matters[1:] |= beside
    matters[:-1] |= beside
    matters |= split.marked(small_words())[split.word]
    others = np.flatnonzero(names & ~is_plain)
    words, more = read_alike(
        split, others, matters, dict(split.ids), lambda words: without_forms(words)[0]
    )
    left = np.concatenate((split.word[kept], words))
    starts = _starts(np.concatenate((counts, more)))
    return Kept(np.concatenate((plain, others)), Split(split.ids, left, starts))


def _starts(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(counts)))


def _before_forms(
    split: Split, parts: NDArray[np.uint8]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Mark the tokens before the forms that end a name, and the names that have no others.

    No form can begin before the end where no two words that belong to forms stand side by
    side there, and none that is a form by itself.
    """
    place = np.arange(len(parts))
    starts, stops, name = split.starts[:-1], split.starts[1:], split.name
    names_on = np.flatnonzero((parts != Part.ONLY_LAST) & (parts != Part.LAST))
    end = starts.copy()
    end[name[names_on]] = names_on + 1  # the last of each name stays
    inside = place < end[name]
    unsure = inside & (parts > Part.ONLY_LAST)
    unsure[1:] |= (parts[1:] > 0) & (parts[:-1] > 0) & (name[1:] == name[:-1])
    unsure &= inside
    at_end = (end > starts) & (end < stops)
    unsure[end[at_end] - 1] |= parts[end[at_end] - 1] > 0
    return inside, (end > starts) & ~split.any_of(unsure)
