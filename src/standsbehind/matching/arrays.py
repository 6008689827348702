"""Arrays: the few operations on sorted columns that reading, index and search share."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "as_bytes",
    "as_words",
    "column",
    "distinct",
    "in_order",
    "is_first",
    "nested",
    "ranges",
    "spans",
    "sum_before",
    "under",
]

_Number = TypeVar("_Number", bound=np.generic)


def column(values: Sequence[float], kind: type[_Number]) -> NDArray[_Number]:
    """Put a list into an array of one kind."""
    return np.array(values, kind)


def ranges(
    starts: NDArray[np.signedinteger[Any]], counts: NDArray[np.signedinteger[Any]]
) -> NDArray[np.int64]:
    """Write out the ranges [start, start + count) one after the other."""
    total = int(counts.sum())
    if not total:
        return np.empty(0, np.int64)
    ends = np.cumsum(counts)
    shift: NDArray[np.int64] = np.repeat(starts - (ends - counts), counts)
    return np.arange(total) + shift


def spans(
    starts: NDArray[np.signedinteger[Any]], rows: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.signedinteger[Any]]]:
    """Give the places of some rows of a table, and how many each row has.

    Row r has the places `starts[r]` to `starts[r + 1]`.
    """
    counts = starts[rows + 1] - starts[rows]
    return ranges(starts[rows], counts), counts


def is_first(*ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark where a run of equal rows begins; the columns are in order, of one length."""
    first = np.ones(len(ordered[0]), np.bool_)
    first[1:] = False
    for values in ordered:
        first[1:] |= values[1:] != values[:-1]
    return first


def distinct(numbers: NDArray[_Number]) -> NDArray[_Number]:
    """Return the distinct numbers in their order.

    `np.unique` gives the same from a hash table, which takes several times as long.
    """
    ordered = np.sort(numbers)
    return ordered[is_first(ordered)]


def in_order(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sort whole numbers from 0 on; give them, and the place of each before.

    The place goes into the low bits, so that one plain sort moves both.
    """
    bits = len(keys).bit_length()
    if not len(keys) or int(keys.max()) >= 1 << (63 - bits):
        order = np.argsort(keys, kind="stable")
        return keys[order], order
    packed = (keys << bits) | np.arange(len(keys))
    packed.sort()
    return packed >> bits, packed & ((1 << bits) - 1)


def sum_before(
    values: NDArray[np.float32], group: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Sum the values before each one within its group; groups follow each other."""
    sums = np.cumsum(values, dtype=np.float64) - values
    first = is_first(group)
    base = sums[first][np.cumsum(first) - 1]
    before: NDArray[np.float32] = (sums - base).astype(np.float32)
    return before


def nested(
    name: str, arrays: Mapping[str, NDArray[np.generic]]
) -> dict[str, NDArray[np.generic]]:
    """Name the arrays of a part after it; `under` takes them out again."""
    return {f"{name}-{key}": array for key, array in arrays.items()}


def under(name: str, arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Take the arrays of one part by the names that it gave them."""
    start = f"{name}-"
    return {
        key.removeprefix(start): array
        for key, array in arrays.items()
        if key.startswith(start)
    }


def as_bytes(words: Sequence[str]) -> NDArray[np.uint8]:
    """Write words, of which none holds a line break, as one array."""
    return np.frombuffer("\n".join(words).encode("utf-8", "surrogatepass"), np.uint8)


def as_words(text: NDArray[np.uint8]) -> list[str]:
    """Read words back."""
    joined = text.tobytes().decode("utf-8", "surrogatepass")
    return joined.split("\n") if joined else []
