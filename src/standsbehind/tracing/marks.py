"""Marks: a byte for each node of a graph, clean again after every search."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Marks"]


class Marks:
    """Arrays of zeros, one byte a node, of which each is lent to one search at a time.

    A search that marks nodes all over a large graph pays more for the memory of a new array
    than for the marks; one that was used before is at hand.
    """

    def __init__(self, nodes: int) -> None:
        self._nodes = nodes
        self._clean: list[NDArray[np.uint8]] = []

    def lent(self) -> NDArray[np.uint8]:
        """Lend an array without a mark; shape (n,)."""
        try:
            return self._clean.pop()
        except IndexError:
            return np.zeros(self._nodes, np.uint8)

    def given_back(
        self, marks: NDArray[np.uint8], marked: Sequence[NDArray[Any]]
    ) -> None:
        """Take an array back and clean it; `marked` holds every node that has a mark."""
        for nodes in marked:
            marks[nodes] = 0
        self._clean.append(marks)
