"""Levels: a graph walked from its roots, each node after all that lead to it, circles as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import distinct_below, order_by
from standsbehind.matching.arrays import spans
from standsbehind.tracing.components import components

__all__ = ["Bounds", "Floats", "Links", "Sums", "circles_in", "sweep", "total"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Interests by node, from 0 to 1; shape (k,) each."""

    lower: Floats
    upper: Floats

    @classmethod
    def rounded(cls, lower: Floats, upper: Floats, error: float) -> "Bounds":
        """Round outwards by a relative error, to no less than nothing and no more than the whole.

        It is done in place.
        """
        lower *= 1 - error
        upper *= 1 + error
        return cls(np.clip(lower, 0, 1, out=lower), np.clip(upper, 0, 1, out=upper))


@dataclass(frozen=True, slots=True)
class Links:
    """Weighted arrows, sorted by their heads, to walk from tails to heads."""

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    head_starts: NDArray[np.int32]
    by_tail: NDArray[np.int32]
    tail_starts: NDArray[np.int32]

    @classmethod
    def of(cls, tail: NDArray[Any], head: NDArray[Any], size: int) -> "Links":
        """Lay out arrows that are sorted by their heads, between so many nodes."""
        return cls(
            tail,
            head,
            _starts(head, size),
            order_by(tail),
            _starts(tail, size),
        )

    @property
    def size(self) -> int:
        """Count the nodes."""
        return len(self.head_starts) - 1

    def into(self, nodes: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the arrows into the nodes, and for each the place of its node."""
        rows, counts = spans(self.head_starts, nodes)
        return rows, np.repeat(np.arange(len(nodes)), counts)

    def out_of(self, nodes: NDArray[Any]) -> NDArray[np.int32]:
        """Return the arrows out of the nodes."""
        rows, _ = spans(self.tail_starts, nodes)
        return self.by_tail[rows]

    def tails_of(self, nodes: NDArray[Any]) -> NDArray[np.int32]:
        """Return where the arrows into the nodes come from."""
        if len(nodes) * 20 > self.size:
            is_head = np.zeros(self.size, dtype=np.bool_)
            is_head[nodes] = True
            return self.tail[is_head[self.head]]
        return self.tail[spans(self.head_starts, nodes)[0]]

    def reached_from(self, nodes: Sequence[int]) -> NDArray[np.bool_]:
        """Tell the nodes that arrows lead to from some nodes, themselves included."""
        seen = np.zeros(self.size, dtype=np.bool_)
        ring = np.array(nodes)
        seen[ring] = True
        while len(ring):
            heads = self.head[self.out_of(ring)]
            ring = distinct_below(heads[~seen[heads]], self.size)
            seen[ring] = True
        return seen

    def waiting(self, reached: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Count the arrows into each node that come from nodes that are reached."""
        heads = self.head if reached.all() else self.head[reached[self.tail]]
        return np.bincount(heads, minlength=self.size).astype(np.int32)


class Sums(Protocol):
    """How what nodes have comes of what those before them have."""

    def value(self, nodes: NDArray[Any], found: Floats) -> Floats:
        """Work out what some nodes have, given what all before them have."""

    def solve(self, core: NDArray[Any], found: Floats) -> None:
        """Work out what nodes in circles, and between them, have."""


def sweep(
    links: Links, roots: Sequence[int], sums: Sequence[Sums], *, are_whole: bool = False
) -> list[Floats]:
    """Walk from the roots, each node after all that lead to it; circles are solved whole.

    Where the roots `are_whole`, what leads back to them changes nothing.
    """
    reached = links.reached_from(roots)
    waiting = links.waiting(reached)
    done = ~reached
    begin = [root for root in roots if are_whole or waiting[root] == 0]
    ready = np.array(begin, dtype=np.int64)
    found = [np.zeros(links.size) for _ in sums]
    for one in found:
        one[ready] = 1.0
    while True:
        done[ready] = True
        ready = _next(links, ready, waiting, done)
        if len(ready):
            for one, of in zip(found, sums, strict=True):
                one[ready] = of.value(ready, one)
            continue
        stuck = np.flatnonzero(~done)
        if not len(stuck):
            return found
        ready = _core(links, stuck)
        for one, of in zip(found, sums, strict=True):
            of.solve(ready, one)


def _next(
    links: Links,
    ready: NDArray[Any],
    waiting: NDArray[Any],
    done: NDArray[np.bool_],
) -> NDArray[Any]:
    heads = _counted_down(waiting, links.head[links.out_of(ready)])
    now: NDArray[Any] = heads[(waiting[heads] == 0) & ~done[heads]]
    return now


def _counted_down(counts: NDArray[Any], nodes: NDArray[Any]) -> NDArray[Any]:
    """Count each node down as often as it is named; return the different ones."""
    if len(nodes) * 20 > len(counts):
        counts -= np.bincount(nodes, minlength=len(counts))
    else:
        np.subtract.at(counts, nodes, 1)
    return distinct_below(nodes, len(counts))


def _core(links: Links, stuck: NDArray[Any]) -> NDArray[Any]:
    """Leave only what stands in circles or between them: what leads nowhere can wait."""
    is_stuck = np.zeros(links.size, dtype=np.bool_)
    is_stuck[stuck] = True
    inside = is_stuck[links.tail] & is_stuck[links.head]
    onward = np.bincount(links.tail[inside], minlength=links.size).astype(np.int32)
    del inside
    ends = stuck[onward[stuck] == 0]
    while len(ends):
        is_stuck[ends] = False
        tails = links.tails_of(ends)
        tails = _counted_down(onward, tails[is_stuck[tails]])
        ends = tails[onward[tails] == 0]
    core: NDArray[Any] = stuck[is_stuck[stuck]]
    return core


def circles_in(links: Links, core: NDArray[Any]) -> list[NDArray[Any]]:
    """Tell the circles of the core apart, each after all that lead to it."""
    place = {node: turn for turn, node in enumerate(core.tolist())}
    following: list[list[int]] = []
    for node in core.tolist():
        heads = links.head[links.out_of(np.array([node]))].tolist()
        following.append([place[head] for head in heads if head in place])
    return [core[circle] for circle in components(following)]


def total(places: NDArray[Any], values: Floats, size: int) -> Floats:
    """Add values up by place; nothing is 0.0 even where there is no value at all."""
    return np.bincount(places, values, size).astype(np.float64, copy=False)


def _starts(ends: NDArray[Any], size: int) -> NDArray[np.int32]:
    starts = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(ends, minlength=size), out=starts[1:])
    return starts
