"""Splitting: the words of a column of folded names, each distinct word once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import ranges
from standsbehind.matching.folding import Folded

__all__ = ["Split", "split_all"]

_BREAK, _ZERO, _NINE, _BEYOND_ASCII = ord("\n"), ord("0"), ord("9"), 0x80
_T = TypeVar("_T")


@dataclass(frozen=True)
class Split:
    """The words of folded names."""

    folded: Sequence[Folded]
    ids: Mapping[str, int]
    """The distinct words with their numbers, in their order."""
    word: NDArray[np.int32]
    """The words of the first name, of the second ...; shape (tokens,)."""
    starts: NDArray[np.int64]
    """Name n has `word[starts[n]:starts[n + 1]]`; shape (names + 1,)."""
    has_digit: NDArray[np.bool_]
    """Whether each name holds a digit; shape (names,)."""
    is_ascii: NDArray[np.bool_]

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

    def marked(
        self, words: Collection[str] | Mapping[str, object]
    ) -> NDArray[np.bool_]:
        """Mark the distinct words that are among some."""
        found = np.zeros(len(self.ids), np.bool_)
        found[[self.ids[word] for word in self.common(words)]] = True
        return found

    def common(self, words: Collection[str] | Mapping[str, object]) -> set[str]:
        """Give the words that occur among some; the time is that of the fewer."""
        keys = words.keys() if isinstance(words, Mapping) else frozenset(words)
        return self.ids.keys() & keys

    def any_of(self, tokens: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell of each name whether any of its tokens is marked."""
        found: NDArray[np.bool_] = (
            np.bincount(self.name[tokens], minlength=len(self.counts)) > 0
        )
        return found

    def tokens_of(self, names: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the places of the tokens of some names, one name after the other."""
        return ranges(self.starts[names], self.counts[names])

    def words_of(self, name: int) -> list[str]:
        """Give the words of one name."""
        return self.folded[name].split()


def split_all(folded: Sequence[Folded]) -> Split:
    """Split names at their spaces, all in one pass."""
    lines = "\n".join(folded)
    tokens = lines.split()
    ids = dict(zip(dict.fromkeys(tokens), range(len(tokens)), strict=False))
    text = np.frombuffer(lines.encode("utf-8", "surrogatepass"), np.uint8)
    ends = np.append(np.flatnonzero(text == _BREAK), len(text))[: len(folded)]

    def holders(of: NDArray[np.bool_]) -> NDArray[np.int64]:
        counts = np.searchsorted(np.flatnonzero(of), ends)
        return np.diff(counts, prepend=0)

    is_empty = np.diff(ends, prepend=-1) == 1
    counts = np.where(is_empty, 0, holders(text == ord(" ")) + 1)
    return Split(
        folded,
        ids,
        np.fromiter(map(ids.__getitem__, tokens), np.int32, len(tokens)),
        np.concatenate(([0], np.cumsum(counts))),
        holders((text >= _ZERO) & (text <= _NINE)) > 0,
        holders(text >= _BEYOND_ASCII) == 0,
    )
