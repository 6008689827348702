"""Rings: the nodes around an end of a search, by how many hops they are away."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import distinct
from standsbehind.tracing.network import Walker

__all__ = ["Rings"]


class Rings:
    """The nodes within some hops of a set of ends, grown ring by ring, up to 250 hops."""

    def __init__(self, walker: Walker, ends: NDArray[Any], *, along: bool) -> None:
        self._walker = walker
        self._along = along
        self.rings: list[NDArray[Any]] = [ends]
        self._reached = walker.network.marks.lent()
        self._reached[ends] = 1
        self._front = ends
        self.has_met = False
        """Whether it reached a node that the facing rings had reached before."""

    def close(self) -> None:
        """End the search; nothing can be asked any more."""
        self._walker.network.marks.given_back(self._reached, self.rings)

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

    def marks(self, nodes: NDArray[Any]) -> NDArray[np.uint8]:
        """Return one more than the hops that nodes are away; 0 for those not reached."""
        marks: NDArray[np.uint8] = self._reached[nodes]
        return marks

    def within(self, hops: int) -> NDArray[Any]:
        """Return the nodes at most so many hops away."""
        return np.concatenate(self.rings[: hops + 1])

    def reach(self, facing: "Rings") -> bool:
        """Whether an end of the facing rings has been reached."""
        return bool((facing.marks(self.within(self.depth)) == 1).any())

    def grow(self, facing: "Rings") -> None:
        """Reach one ring further; the ends of the facing rings are not walked through."""
        found = [np.zeros(0, np.int64)]
        for steps, is_open in self._walker.pieces(self._front, along=self._along):
            there = steps.there[is_open]
            found.append(distinct(there[self._reached[there] == 0]))
        new = distinct(np.concatenate(found)) if len(found) != 2 else found[1]
        self.rings.append(new)
        self._reached[new] = len(self.rings)
        facing_marks = facing.marks(new)
        self._front = new[facing_marks != 1]
        self.has_met = self.has_met or bool(facing_marks.any())
