"""Patterns: names that differ only in words no rule looks at are read alike, once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import column, spans
from standsbehind.matching.split import Split

__all__ = ["read_alike"]

_ANY = "~"
"""No folded word holds this sign; `~2` stands for any word in the third place."""


def read_alike(
    split: Split,
    names: NDArray[np.int64],
    matters: NDArray[np.bool_],
    ids: dict[str, int],
    read: Callable[[Sequence[str]], Sequence[str]],
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Read each pattern of some names; give what all of them are read to, and how many each.

    A pattern holds the words that `matters` marks; another one stands in it by its place
    only, and comes out of `read` as it went in, or not at all. `ids` numbers the words,
    first those of the column; what `read` says otherwise is added.
    """
    if not len(names):
        return np.empty(0, np.int32), np.empty(0, np.int64)
    keys = _keys(split, names, matters)
    numbers = dict(zip(dict.fromkeys(keys), range(len(keys)), strict=False))
    items: list[int] = []
    ends = [0]
    for pattern in _examples(split, numbers):
        items += [_place_or_word(word, ids) for word in read(pattern)]
        ends.append(len(items))
    of_name = np.fromiter(map(numbers.__getitem__, keys), np.int64, len(keys))
    at, counts = spans(column(ends, np.int64), of_name)
    flat = column(items, np.int64)[at]
    place = np.repeat(split.starts[names], counts) + flat
    is_place = flat >= 0
    words = (~flat).astype(np.int32)
    words[is_place] = split.word[place[is_place]]
    return words, counts


def _keys(
    split: Split, names: NDArray[np.int64], matters: NDArray[np.bool_]
) -> list[bytes]:
    """Write the pattern of each name: the numbers of its words, or -1."""
    tokens = split.tokens_of(names)
    numbers = np.where(matters[tokens], split.word[tokens], np.int32(-1))
    ends = np.cumsum(split.counts[names]) * numbers.itemsize
    written = numbers.tobytes()
    return [written[start:end] for start, end in pairwise([0, *ends.tolist()])]


def _examples(split: Split, keys: Iterable[bytes]) -> Iterator[list[str]]:
    """Write each pattern as words."""
    texts = split.texts
    any_word = [f"{_ANY}{place}" for place in range(int(split.counts.max(initial=0)))]
    for key in keys:
        words = np.frombuffer(key, np.int32).tolist()
        yield [
            any_word[place] if word < 0 else texts[word]
            for place, word in enumerate(words)
        ]


def _place_or_word(word: str, ids: dict[str, int]) -> int:
    """Give the place that a word stands for, or the complement of its number."""
    if word.startswith(_ANY):
        return int(word[1:])
    return ~ids.setdefault(word, len(ids))
