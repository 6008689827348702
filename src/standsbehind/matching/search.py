"""Search: many names asked for at once meet the names of a list."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.candidates import NameIndex, build_index
from standsbehind.matching.names import read_name
from standsbehind.matching.score import THRESHOLD, compare

__all__ = ["Found", "Listed", "list_names", "search"]


@dataclass(frozen=True, slots=True)
class Listed:
    """The names of a list with their index; the number of a name is its place."""

    names: Sequence[str]
    persons: NDArray[np.bool_]
    """Which of the names are those of persons; shape (names,)."""
    index: NameIndex


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of names that score at least the threshold, as columns of one length.

    Sorted by the name asked for, then by score, best first, then by the listed name.
    """

    asked: NDArray[np.int32]
    listed: NDArray[np.int32]
    scores: NDArray[np.float64]


def list_names(names: Sequence[str], schemata: Sequence[str] | None = None) -> Listed:
    """Index the names of a list; `schemata` says of each what bears it, as in `Company`."""
    persons = np.array([schema == "Person" for schema in schemata or [""] * len(names)])
    return Listed(names, persons, build_index(names))


def search(
    listed: Listed,
    asked: Sequence[str],
    threshold: float = THRESHOLD,
    limit: int | None = None,
) -> Found:
    """Find for each name asked for the listed names that score at least the threshold.

    With a limit, only that many of each, the best.
    """
    rows: list[tuple[int, float, int]] = []
    for number, text in enumerate(asked):
        name = read_name(text)
        scored = (
            (number, -compare(name, read_name(listed.names[found])).score, int(found))
            for found in listed.index.candidates(name)
        )
        rows.extend(sorted(row for row in scored if -row[1] >= threshold)[:limit])
    return Found(
        np.array([row[0] for row in rows], dtype=np.int32),
        np.array([row[2] for row in rows], dtype=np.int32),
        np.array([-row[1] for row in rows], dtype=np.float64),
    )
