"""Rings: the nodes around an end of a search, by how many hops they are away."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.tracing.network import Walker

__all__ = ["Rings"]


class Rings:
    """The nodes within some hops of a set of ends, grown ring by ring, up to 250 hops."""

    def __init__(self, walker: Walker, ends: NDArray[Any], *, along: bool) -> None:
        self._walker = walker
        self._along = along
        nodes = walker.network.graph.nodes
        # Zeros cost nothing until they are written, so a small search in a large graph is small.
        self._reached = np.zeros(nodes, np.uint8)
        self._reached[ends] = 1
        self.rings: list[NDArray[Any]] = [ends]
        self._front = ends
        self.has_met = False
        """Whether it reached a node that the facing rings had reached before."""

    @property
    def depth(self) -> int:
        """The hops of the outermost ring."""
        return len(self.rings) - 1

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing further out."""
        return not len(self._front)

    @property
    def size(self) -> int:
        """Count the nodes reached."""
        return sum(map(len, self.rings))

    @property
    def cost(self) -> int:
        """The links that the next ring costs to look at."""
        return int(self._walker.network.degrees(self._front).sum())

    def hops(self, nodes: NDArray[Any]) -> NDArray[np.int16]:
        """Return how many hops away nodes are; -1 for those not reached."""
        away: NDArray[np.int16] = self._reached[nodes].astype(np.int16) - np.int16(1)
        return away

    def within(self, hops: int) -> NDArray[Any]:
        """Return the nodes at most so many hops away."""
        return np.concatenate(self.rings[: hops + 1])

    def reach(self, facing: "Rings") -> bool:
        """Whether an end of the facing rings has been reached."""
        return bool((facing.hops(self.within(self.depth)) == 0).any())

    def grow(self, facing: "Rings") -> None:
        """Reach one ring further; the ends of the facing rings are not walked through."""
        found = [np.zeros(0, np.int64)]
        for steps, is_open in self._walker.pieces(self._front, along=self._along):
            there = steps.there[is_open]
            found.append(np.unique(there[self._reached[there] == 0]))
        new = np.unique(np.concatenate(found)) if len(found) != 2 else found[1]
        self._reached[new] = len(self.rings) + 1
        self.rings.append(new)
        away = facing.hops(new)
        self._front = new[away != 0]
        self.has_met = self.has_met or bool((away >= 0).any())
