"""Walks: the simple paths between two sets of nodes, the best first.

Rings are grown around both ends until they meet, always the cheaper ring next. The nodes
where they meet at some length are the middle of every path of that length; from the middle
outwards the steps of all such paths are laid out in layers, and from the end backwards each
step learns the strength of the weakest hop of the best way on. Paths are then walked best
first, so that the k best are found without looking at the others.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import distinct
from standsbehind.tracing.network import Network, Steps, Walker, joined
from standsbehind.tracing.rings import Rings
from standsbehind.tracing.telling import shown

__all__ = ["Walk", "Walks"]

Nodes = NDArray[Any]

_STRONGEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Walk:
    """One path over node numbers."""

    nodes: tuple[int, ...]
    strength: int
    """That of its weakest hop; only its order has a meaning."""


class Walks:
    """The simple paths of a search that touch each of the two sets only with their ends."""

    def __init__(self, walker: Walker, sources: Nodes, targets: Nodes) -> None:
        self._walker = walker
        self._near = Rings(walker, sources, along=True)
        self._far = Rings(walker, targets, along=False)

    def close(self) -> None:
        """End the search; nothing can be asked any more."""
        self._near.close()
        self._far.close()

    def of_length(self, hops: int) -> Iterator[Walk]:
        """Find the paths of exactly so many hops; ask for lengths in rising order.

        The paths whose weakest hop is strongest come first, equal ones by their nodes.
        """
        self._grow_to(hops)
        has_met = self._near.has_met or self._far.has_met
        layers = self._layers(hops) if has_met else None
        if layers:
            yield from self._best_first(layers)

    def ends_before(self, hops: int) -> bool:
        """Whether there can be no path of so many hops or more."""
        return any(
            rings.is_whole and (hops >= rings.size or not rings.reach(facing))
            for rings, facing in ((self._near, self._far), (self._far, self._near))
        )

    def _grow_to(self, hops: int) -> None:
        near, far = self._near, self._far
        while near.depth + far.depth < hops and not (near.is_whole or far.is_whole):
            if near.cost <= far.cost:
                near.grow(far)
            else:
                far.grow(near)
            if self._walker.budget.spent:
                return

    def _middle(self, hops: int) -> int:
        """Choose the place in a path at which both rings know how far it is to their ends."""
        near, far = self._near, self._far
        if near.is_whole and not far.is_whole:
            return max(hops - far.depth, 0)
        return min(near.depth, hops)

    def _layers(self, hops: int) -> "list[_Layer] | None":
        near, far, walker = self._near, self._far, self._walker
        middle = self._middle(hops)
        both = near.within(middle), far.within(hops - middle)
        nodes = min(both, key=len)
        nodes = np.sort(nodes[self._may_stand(nodes, middle, hops)])
        if not len(nodes):
            return None
        before, after = [], []
        here = nodes
        for place in range(middle - 1, -1, -1):
            steps = self._steps(here, place, hops, along=False)
            before.append(Steps(steps.there, steps.here, steps.places))
            here = distinct(steps.there)
        here = nodes
        for place in range(middle + 1, hops + 1):
            after.append(self._steps(here, place, hops, along=True))
            here = distinct(after[-1].there)
        steps_by_place = (*reversed(before), *after)
        if walker.budget.spent or not all(len(s.here) for s in steps_by_place):
            return None
        return _with_best_ways(walker.network, steps_by_place)

    def _steps(self, nodes: Nodes, place: int, hops: int, *, along: bool) -> Steps:
        """Walk from nodes to those that may stand at the next place of a path."""
        walker = self._walker
        pieces = []
        for steps in walker.steps(nodes, along=along):
            kept = steps.where(self._may_stand(steps.there, place, hops))
            pieces.append(kept.where(walker.is_open(kept)))
        return joined(pieces)

    def _may_stand(self, nodes: Nodes, place: int, hops: int) -> NDArray[np.bool_]:
        """Tell which nodes may stand at a place of a path: ends at its ends, others between."""
        out, back = self._near.marks(nodes), self._far.marks(nodes)
        may: NDArray[np.bool_] = (out == 1) == (place == 0)
        may &= (back == 1) == (place == hops)
        # A node that is not reached from one side may be further away than was looked.
        for rings, marks, most in (
            (self._near, out, place),
            (self._far, back, hops - place),
        ):
            if most <= rings.depth or rings.is_whole:
                may &= (marks > 0) & (marks <= most + 1)
        return may

    def _best_first(self, layers: "Sequence[_Layer]") -> Iterator[Walk]:
        first = layers[0]
        starts = zip(*first.starts(), strict=True)
        heap: list[tuple[int, tuple[int, ...]]]
        heap = [(-bound, (node,)) for node, bound in starts]
        heapq.heapify(heap)
        while heap:
            bound, nodes = heapq.heappop(heap)
            if len(nodes) > len(layers):
                yield Walk(nodes, -bound)
                continue
            ways = layers[len(nodes) - 1].after(nodes[-1])
            if not self._walker.budget.walks_on(len(ways)):
                return
            for node, onwards in ways:
                if node not in nodes:
                    heapq.heappush(heap, (max(bound, -onwards), (*nodes, node)))


class _Layer:
    """The steps from one place in the paths of one length to the next, sorted by node left."""

    def __init__(self, here: Nodes, there: Nodes, best: NDArray[np.int64]) -> None:
        self._here = here
        self._there = there
        self._best = best
        self._read: dict[int, list[tuple[int, int]]] = {}

    def starts(self) -> tuple[list[int], list[int]]:
        """Return the nodes left, with the strength of the best way on from each."""
        nodes, first = np.unique(self._here, return_index=True)
        if not len(nodes):
            return [], []
        return nodes.tolist(), np.maximum.reduceat(self._best, first).tolist()

    def after(self, node: int) -> list[tuple[int, int]]:
        """Return the nodes that follow one, with the strength of the best way over each."""
        if node not in self._read:
            low, high = np.searchsorted(self._here, [node, node + 1])
            pairs = zip(
                self._there[low:high].tolist(),
                self._best[low:high].tolist(),
                strict=True,
            )
            self._read[node] = list(pairs)
        return self._read[node]


def _with_best_ways(network: Network, steps_by_place: Sequence[Steps]) -> list[_Layer]:
    """Make layers of steps, from the last to the first; what leads nowhere is dropped."""
    layers: list[_Layer] = []
    alive = distinct(steps_by_place[-1].there)
    onwards = np.full(len(alive), _STRONGEST)
    for steps in reversed(steps_by_place):
        (here, there, _), strength = shown(network, steps)
        places = np.minimum(np.searchsorted(alive, there), max(len(alive) - 1, 0))
        lives = alive[places] == there if len(alive) else np.zeros(len(there), np.bool_)
        here, there, places = here[lives], there[lives], places[lives]
        layer = _Layer(here, there, np.minimum(strength[lives], onwards[places]))
        layers.append(layer)
        nodes, best = layer.starts()
        alive, onwards = np.array(nodes, np.int64), np.array(best, np.int64)
    return layers[::-1]
