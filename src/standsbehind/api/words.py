"""The words of all names, sorted: which entities bear a word, or one that begins so."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader
from standsbehind.matching.folding import fold_all

__all__ = ["NameWords", "words_of"]

_END = "\U0010ffff"
"""Sorts after every letter."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of the names of a snapshot."""

    words: Sequence[str]
    """Each word once, sorted."""
    starts: NDArray[np.int64]
    """Where the bearers of each word begin; shape (words + 1,)."""
    nodes: NDArray[np.int32]
    """The entities that bear each word."""

    def bearing(self, asked: Sequence[str]) -> NDArray[np.int32]:
        """Find the entities that bear all the words; the last may be the beginning of one.

        The words of one entity may stand in different names of it.
        """
        if not asked:
            return np.empty(0, np.int32)
        whole = [self._between(word, word + "\0") for word in asked[:-1]]
        found = [*whole, self._between(asked[-1], asked[-1] + _END)]
        return reduce(np.intersect1d, found)

    def _between(self, first: str, last: str) -> NDArray[np.int32]:
        start, stop = bisect_left(self.words, first), bisect_left(self.words, last)
        return np.unique(self.nodes[self.starts[start] : self.starts[stop]])


def words_of(reader: Reader) -> NameWords:
    """Read the words of all names of a snapshot."""
    table = reader.snapshot.table("names", columns=["id", "value"])
    ids = reader.snapshot.mapped("entities")["id"].combine_chunks()
    bearers = pc.index_in(table["id"], value_set=ids).to_pylist()
    borne: dict[str, list[int]] = {}
    for text, node in zip(fold_all(table["value"].to_pylist()), bearers, strict=True):
        for word in text.split():
            borne.setdefault(word, []).append(node)
    words = sorted(borne)
    sizes = [len(borne[word]) for word in words]
    nodes = [node for word in words for node in borne[word]]
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    return NameWords(words, starts, np.array(nodes, np.int32))
