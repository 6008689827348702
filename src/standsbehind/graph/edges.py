"""Edges: the links of a snapshot as compressed rows, so that a neighbour is one array slice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Edges", "build_edges"]

_LOW = np.uint64(0xFFFF_FFFF)
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Edges:
    """A graph of n nodes and m edges, walked in both directions.

    `starts[v]:starts[v + 1]` are the places of node v's links in `neighbours` and `numbers`:
    first, up to `turns[v]`, the links in which v is the source, then those in which it is
    the target; of either those with lower numbers come first.
    """

    starts: NDArray[np.signedinteger[Any]]
    """Shape (n + 1,). Four bytes each, where so many links can be counted with them."""
    turns: NDArray[np.signedinteger[Any]]
    """Shape (n,): where the incoming links of each node begin."""
    neighbours: NDArray[np.int32]
    """Shape (2m,): the node at the other end."""
    numbers: NDArray[np.int32]
    """Shape (2m,): the edge's number; its place in each column of `Links`."""

    @property
    def nodes(self) -> int:
        """Count the nodes."""
        return len(self.starts) - 1

    def links(self, node: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the neighbours of a node and the numbers of the edges to them."""
        return self._between(self.starts[node], self.starts[node + 1])

    def outgoing(self, node: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the same of the edges whose source the node is."""
        return self._between(self.starts[node], self.turns[node])

    def incoming(self, node: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the same of the edges whose target the node is."""
        return self._between(self.turns[node], self.starts[node + 1])

    def _between(
        self, start: np.signedinteger[Any], stop: np.signedinteger[Any]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        return self.neighbours[start:stop], self.numbers[start:stop]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the graph as arrays; `from_arrays` reads them back."""
        return {
            "starts": self.starts,
            "turns": self.turns,
            "neighbours": self.neighbours,
            "numbers": self.numbers,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "Edges":
        """Open a graph from its arrays, which may be mapped from disk."""
        return cls(**arrays)  # type: ignore[arg-type]


def build_edges(
    nodes: int,
    sources: Sequence[int] | NDArray[np.int32],
    targets: Sequence[int] | NDArray[np.int32],
) -> Edges:
    """Lay edges out by node; edge number i runs from `sources[i]` to `targets[i]`."""
    source = np.asarray(sources, dtype=np.int32)
    target = np.asarray(targets, dtype=np.int32)
    leaving, arriving = (_counted(nodes, ends) for ends in (source, target))
    starts = leaving + arriving
    turns = starts[:-1] + np.diff(leaving)
    neighbours = np.empty(2 * len(source), np.int32)
    numbers = np.empty(2 * len(source), np.int32)
    # What comes before a node's outgoing links are the incoming ones of earlier nodes;
    # before its incoming ones, the outgoing ones of earlier nodes and its own.
    for here, there, before in (
        (source, target, arriving[:-1]),
        (target, source, leaving[1:]),
    ):
        order, number = _by_node(here)
        places = np.arange(len(here)) + before[order]
        numbers[places] = number
        neighbours[places] = there[number]
    return Edges(_narrowed(starts), _narrowed(turns), neighbours, numbers)


def _counted(nodes: int, ends: NDArray[np.int32]) -> NDArray[np.int64]:
    """Add up how many edges the nodes before each one have at this end; shape (n + 1,)."""
    counts = np.bincount(ends, minlength=nodes)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def _narrowed(places: NDArray[np.int64]) -> NDArray[np.signedinteger[Any]]:
    """Keep places in half the memory where the greatest allows it."""
    is_narrow = places.max(initial=0) <= np.iinfo(np.int32).max
    return places.astype(np.int32) if is_narrow else places


def _by_node(ends: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Sort edges by the node at one end, then by number; return both."""
    # One number for both is sorted several times faster than one after the other.
    keys = ends.astype(np.uint64) << _HALF
    keys |= np.arange(len(ends), dtype=np.uint64)
    keys.sort()
    return (keys >> _HALF).astype(np.int32), (keys & _LOW).astype(np.int32)
