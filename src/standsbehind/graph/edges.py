"""Edges: the links of a snapshot as compressed rows, so that a neighbour is one array slice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Edges", "build_edges"]


@dataclass(frozen=True, slots=True)
class Edges:
    """A graph of n nodes and m edges, walked in both directions.

    `starts[v]:starts[v + 1]` are the places of node v's links in `neighbours` and `numbers`.
    """

    starts: NDArray[np.int64]
    """Shape (n + 1,)."""
    neighbours: NDArray[np.int32]
    """Shape (2m,): the node at the other end."""
    numbers: NDArray[np.int32]
    """Shape (2m,): the edge's number; its row in the snapshot's table `edges`."""

    @property
    def nodes(self) -> int:
        """Count the nodes."""
        return len(self.starts) - 1

    def links(self, node: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the neighbours of a node and the numbers of the edges to them."""
        span = slice(self.starts[node], self.starts[node + 1])
        return self.neighbours[span], self.numbers[span]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the graph as arrays; `from_arrays` reads them back."""
        return {
            "starts": self.starts,
            "neighbours": self.neighbours,
            "numbers": self.numbers,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "Edges":
        """Open a graph from its arrays, which may be mapped from disk."""
        return cls(
            arrays["starts"],  # type: ignore[arg-type]
            arrays["neighbours"],  # type: ignore[arg-type]
            arrays["numbers"],  # type: ignore[arg-type]
        )


def build_edges(nodes: int, sources: Sequence[int], targets: Sequence[int]) -> Edges:
    """Lay edges out by node; edge number i runs from `sources[i]` to `targets[i]`."""
    source = np.asarray(sources, dtype=np.int32)
    target = np.asarray(targets, dtype=np.int32)
    numbers = np.arange(len(source), dtype=np.int32)
    here = np.concatenate((source, target))
    there = np.concatenate((target, source))
    both = np.concatenate((numbers, numbers))
    order = np.lexsort((both, there, here))
    counts = np.bincount(here, minlength=nodes)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Edges(starts, there[order], both[order])
