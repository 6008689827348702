"""Candidates: the few listed names that share a telling word with a name, out of many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.lexicon import Kind
from standsbehind.matching.names import Name, Variant, Word, read_once
from standsbehind.matching.score import KIND_WEIGHT

SHORTEST_MISSPELT = 5

__all__ = ["NameIndex", "build_index"]

MOST_CANDIDATES = 100
COMMON = 0.002
"""A brand word in more than this share of the names begins to count less,"""
FEW = 20
"""but not while it stands in no more names than this: a short list makes nothing common."""


@dataclass(frozen=True)
class NameIndex:
    """An inverted index of listed names: which names hold a word, also if misspelt by one edit.

    All arrays are plain NumPy, so that a snapshot can map them from disk.
    """

    tokens: tuple[str, ...]
    starts: NDArray[np.int64]
    """`postings[starts[t]:starts[t + 1]]` are the names that hold token t; shape (tokens + 1,)."""
    postings: NDArray[np.int32]
    deletes: NDArray[np.uint64]
    """Sorted hashes of every token with one letter left out, and of the token itself."""
    deleted_from: NDArray[np.int32]
    """The token behind each hash; same shape as `deletes`."""
    names: int
    """How many names are indexed."""

    @cached_property
    def _ids(self) -> Mapping[str, int]:
        return {token: number for number, token in enumerate(self.tokens)}

    @cached_property
    def _remembered(self) -> dict[str, tuple[int, ...]]:
        """The tokens alike to each word asked for; a file repeats its words."""
        return {}

    def weigh(self, word: Word) -> float:
        """Weigh a word by its kind and, for a brand, by how rare it is among the names."""
        weight = KIND_WEIGHT[word.kind]
        if word.kind is not Kind.BRAND:
            return weight
        excess = self._count(word.text) / max(COMMON * self.names, FEW)
        if excess <= 1:
            return weight
        return float(max(0.3, 1 - 0.25 * np.log2(excess)))

    def _count(self, token: str) -> int:
        found = self._ids.get(token)
        return 0 if found is None else int(self.starts[found + 1] - self.starts[found])

    def candidates(self, name: Name) -> NDArray[np.int32]:
        """Return the numbers of the names worth scoring, the most telling overlap first."""
        found: list[NDArray[np.int32]] = []
        weights: list[NDArray[np.float64]] = []
        for word in _generators(name):
            for token in self._alike(word.text):
                posting = self.postings[self.starts[token] : self.starts[token + 1]]
                found.append(posting)
                weights.append(np.full(len(posting), self.weigh(word)))
        if not found:
            return np.empty(0, dtype=np.int32)
        unique, place = np.unique(np.concatenate(found), return_inverse=True)
        weight = np.bincount(place, weights=np.concatenate(weights))
        best = np.lexsort((unique, -weight))[:MOST_CANDIDATES]
        return unique[best]

    def _alike(self, token: str) -> tuple[int, ...]:
        """Find the indexed tokens within one edit of a token, itself first."""
        if token not in self._remembered:
            self._remembered[token] = self._find_alike(token)
        return self._remembered[token]

    def _find_alike(self, token: str) -> tuple[int, ...]:
        found = dict.fromkeys([self._ids[token]] if token in self._ids else [])
        if len(token) >= SHORTEST_MISSPELT:
            keys = np.unique(_deletes([token]))
            starts = np.searchsorted(self.deletes, keys, side="left").tolist()
            ends = np.searchsorted(self.deletes, keys, side="right").tolist()
            for start, end in zip(starts, ends, strict=True):
                found |= dict.fromkeys(self.deleted_from[start:end].tolist())
        return tuple(found)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the index as arrays; `from_arrays` reads them back."""
        text = "\n".join(self.tokens).encode()
        return {
            "tokens": np.frombuffer(text, dtype=np.uint8),
            "starts": self.starts,
            "postings": self.postings,
            "deletes": self.deletes,
            "deleted_from": self.deleted_from,
            "names": np.array([self.names]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "NameIndex":
        """Open an index from its arrays, which may be mapped from disk."""
        text = arrays["tokens"].tobytes().decode()
        return cls(
            tokens=tuple(text.split("\n")) if text else (),
            starts=arrays["starts"],  # type: ignore[arg-type]
            postings=arrays["postings"],  # type: ignore[arg-type]
            deletes=arrays["deletes"],  # type: ignore[arg-type]
            deleted_from=arrays["deleted_from"],  # type: ignore[arg-type]
            names=int(arrays["names"][0]),
        )


def build_index(names: Sequence[str]) -> NameIndex:
    """Index names; the number of a name is its place in the sequence."""
    holding: dict[str, list[int]] = {}
    for number, text in enumerate(names):
        for token in {word.text for word in _indexed(read_once(text))}:
            holding.setdefault(token, []).append(number)
    tokens = tuple(sorted(holding))
    counts = [len(holding[token]) for token in tokens]
    starts = np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.int64)
    postings = np.fromiter(
        (n for token in tokens for n in holding[token]),
        dtype=np.int32,
        count=sum(counts),
    )
    deletes, deleted_from = _delete_table(tokens)
    return NameIndex(tokens, starts, postings, deletes, deleted_from, len(names))


def _delete_table(
    tokens: Sequence[str],
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    by_length: dict[int, list[int]] = {}
    for number, token in enumerate(tokens):
        if len(token) >= SHORTEST_MISSPELT:
            by_length.setdefault(len(token), []).append(number)
    hashes = [np.empty(0, dtype=np.uint64)]
    origin = [np.empty(0, dtype=np.int32)]
    for numbers in by_length.values():
        found = _deletes([tokens[number] for number in numbers])
        hashes.append(found.ravel())
        origin.append(np.repeat(np.array(numbers, dtype=np.int32), found.shape[1]))
    keys, behind = np.concatenate(hashes), np.concatenate(origin)
    order = np.lexsort((behind, keys))
    # A double letter left out once or the other time gives one and the same text.
    first = np.ones(len(keys), dtype=bool)
    first[1:] = (np.diff(keys[order]) != 0) | (np.diff(behind[order]) != 0)
    return keys[order][first], behind[order][first]


LONGEST = 40
"""Letters from the start of which one is left out; a longer token is misspelt before it."""
_BASE = 0x9E3779B97F4A7C15
_MIX = 0xD6E8FEB86659FD93


def _deletes(tokens: Sequence[str]) -> NDArray[np.uint64]:
    """Hash tokens of one length, and each with each letter left out; shape (tokens, n + 1).

    The hash is a polynomial of the letters modulo 2^64: left out at j, the text is the
    prefix before j and the suffix after it moved by one place, so one pass gives them all.
    """
    length = len(tokens[0])
    text = "".join(tokens).encode("utf-32-le", "surrogatepass")
    letters = np.frombuffer(text, dtype=np.uint32).reshape(len(tokens), length)
    power = np.array(
        [pow(_BASE, place, 1 << 64) for place in range(length)], dtype=np.uint64
    )
    here = letters.astype(np.uint64) * power
    moved = letters[:, 1:].astype(np.uint64) * power[:-1]
    left = min(length, LONGEST)
    before = np.cumsum(here, axis=1) - here
    after = np.zeros((len(tokens), length), dtype=np.uint64)
    after[:, :-1] = np.cumsum(moved[:, ::-1], axis=1)[:, ::-1]
    whole = here.sum(axis=1, dtype=np.uint64, keepdims=True)
    found = np.concatenate((whole, (before + after)[:, :left]), axis=1)
    # The number of letters keeps texts of other lengths apart; the mix spreads the bits.
    found += np.array([length, *[length - 1] * left], dtype=np.uint64) << np.uint64(56)
    found ^= found >> np.uint64(32)
    found *= np.uint64(_MIX)
    mixed: NDArray[np.uint64] = found ^ (found >> np.uint64(32))
    return mixed


def _indexed(name: Name) -> Iterable[Word]:
    for variant in name.variants:
        yield from variant.words
        yield from _joined(variant)


def _joined(variant: Variant) -> Iterable[Word]:
    """Short names are also found written as one word: `Net Posa` and `NetPosa`."""
    if 2 <= len(variant.words) <= 4:
        yield Word(variant.joined, Kind.BRAND)
        brands = [word.text for word in variant.words if word.kind is Kind.BRAND]
        if 2 <= len(brands) < len(variant.words):
            yield Word("".join(brands), Kind.BRAND)


def _generators(name: Name) -> Iterable[Word]:
    """Pick the words that bring up candidates: brands, or all where there is no brand."""
    for variant in name.variants:
        brands = [word for word in variant.words if word.kind is Kind.BRAND]
        yield from brands or variant.words
        yield from _joined(variant)
