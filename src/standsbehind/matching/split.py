"""Splitting: the words of a column of folded names, each distinct word once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import ranges
from standsbehind.matching.folding import Folded

__all__ = ["Split", "split_all"]


@dataclass(frozen=True)
class Split:
    """The words of names."""

    ids: Mapping[str, int]
    """The distinct words with their numbers, in their order."""
    word: NDArray[np.int32]
    """The words of the first name, of the second ...; shape (tokens,)."""
    starts: NDArray[np.int64]
    """Name n has `word[starts[n]:starts[n + 1]]`; shape (names + 1,)."""
    folded: Sequence[Folded] = ()
    """The names, where these are all their words."""

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """The words of each name."""
        return np.diff(self.starts)

    @cached_property
    def name(self) -> NDArray[np.int64]:
        """The name of each token."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    @cached_property
    def texts(self) -> list[str]:
        """The distinct words."""
        return list(self.ids)

    def of_texts(self, is_so: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Tell something of each distinct word."""
        return np.fromiter(map(is_so, self.ids), np.bool_, len(self.ids))

    @cached_property
    def is_ascii(self) -> NDArray[np.bool_]:
        """Whether each name has nothing but ASCII letters and digits."""
        return np.fromiter(map(str.isascii, self.folded), np.bool_, len(self.folded))

    def common(self, *lists: Collection[str]) -> set[str]:
        """Give the words that occur in lists; the time is that of the fewer words."""
        found: set[str] = set()
        for words in lists:
            few, many = sorted((self.ids, words), key=len)
            found.update(word for word in few if word in many)
        return found

    def marked(self, *lists: Collection[str]) -> NDArray[np.bool_]:
        """Mark the distinct words that occur in sets or mappings of words."""
        found = np.zeros(len(self.ids), np.bool_)
        found[[self.ids[word] for word in self.common(*lists)]] = True
        return found

    def any_of(self, tokens: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell of each name whether any of its tokens is marked."""
        count = len(self.counts)
        found: NDArray[np.bool_] = np.bincount(self.name[tokens], minlength=count) > 0
        return found

    def tokens_of(self, names: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the places of the tokens of some names, one name after the other."""
        return ranges(self.starts[names], self.counts[names])


def split_all(folded: Sequence[Folded]) -> Split:
    """Split names at their spaces, all in one pass."""
    lines = "\n".join(folded)
    tokens = lines.split()
    ids = dict(zip(dict.fromkeys(tokens), range(len(tokens)), strict=False))
    # Folded names have single spaces, none at the ends, and no other white letters.
    text = np.frombuffer(lines.encode("utf-8", "surrogatepass"), np.uint8)
    ends = np.append(np.flatnonzero(text == ord("\n")), len(text))[: len(folded)]
    spaces = np.searchsorted(np.flatnonzero(text == ord(" ")), ends)
    is_empty = np.diff(ends, prepend=-1) == 1
    counts = np.where(is_empty, 0, np.diff(spaces, prepend=0) + 1)
    return Split(
        ids,
        np.fromiter(map(ids.__getitem__, tokens), np.int32, len(tokens)),
        np.concatenate(([0], np.cumsum(counts))),
        folded,
    )
