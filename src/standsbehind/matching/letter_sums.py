"""Letter sums: words as sums of their letters, from which the hash of any part of one follows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["hashes_of", "lengths", "letters_of", "powers", "running", "sums_of"]

_BASE = 0x9E3779B97F4A7C15
_MIX = 0xD6E8FEB86659FD93


def sums_of(words: Sequence[str]) -> NDArray[np.uint64]:
    """Return the letter sum of each word; `hashes_of` makes a hash of it.

    The sum of two words written together is sum(a) + power(len(a)) * sum(b).
    """
    sums = np.zeros(len(words), np.uint64)
    of = lengths(words)
    order = np.argsort(of, kind="stable")
    cuts = np.flatnonzero(np.diff(of[order])) + 1
    for numbers in np.split(order, cuts):
        if len(numbers) and (length := int(of[numbers[0]])):
            letters = letters_of([words[number] for number in numbers.tolist()])
            sums[numbers] = (letters * powers(length)).sum(axis=1, dtype=np.uint64)
    return sums


def powers(count: int) -> NDArray[np.uint64]:
    """Return the first powers of the base of the letter sums, modulo 2^64."""
    return np.array([pow(_BASE, n, 1 << 64) for n in range(count)], np.uint64)


def hashes_of(
    sums: NDArray[np.uint64], letters: NDArray[np.int64] | int
) -> NDArray[np.uint64]:
    """Keep the sums of texts of other lengths apart and spread their bits."""
    found = sums + (np.asarray(letters).astype(np.uint64) << np.uint64(56))
    found ^= found >> np.uint64(32)
    found *= np.uint64(_MIX)
    mixed: NDArray[np.uint64] = found ^ (found >> np.uint64(32))
    return mixed


def letters_of(words: Sequence[str]) -> NDArray[np.uint32]:
    """Give words of one length as their letters; shape (words, letters)."""
    text = "".join(words).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(text, np.uint32).reshape(len(words), -1)


def lengths(words: Sequence[str]) -> NDArray[np.int64]:
    """Count the letters of each word."""
    return np.fromiter(map(len, words), np.int64, len(words))


def running(
    letters: NDArray[np.uint32], power: NDArray[np.uint64], shift: int
) -> NDArray[np.uint64]:
    """Sum the letters before each place, as if moved left by `shift`; shape (words, n + 1)."""
    sums = np.zeros((letters.shape[0], letters.shape[1] + 1), np.uint64)
    moved = np.zeros(letters.shape[1], np.uint64)
    moved[shift:] = power[: len(power) - shift]
    np.cumsum(letters * moved, axis=1, out=sums[:, 1:])
    return sums
