"""A network: the links of a snapshot as one search walks them, filtered where it looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.edges import Edges
from standsbehind.graph.links import Links
from standsbehind.tracing.budget import Budget
from standsbehind.tracing.filters import Filter, Sieve
from standsbehind.tracing.hubs import USUAL, Caps, HubMet, Hubs

__all__ = ["Network", "Steps", "Walker"]

TOGETHER = 2_000_000
"""Links that are looked at before the clock is looked at again."""

Nodes = NDArray[Any]


class Steps(NamedTuple):
    """Links walked: from which node, to which node, by which link."""

    here: Nodes
    there: Nodes
    numbers: Nodes

    def where(self, kept: NDArray[Any]) -> "Steps":
        """Keep some of the steps, told by a mask or by their places."""
        return Steps(self.here[kept], self.there[kept], self.numbers[kept])


@dataclass(frozen=True)
class Network:
    """The links of a snapshot with n nodes, for every search in it."""

    graph: Edges
    links: Links
    shared: NDArray[np.bool_]
    """Shape (n,): what two firms may have in common without a link between them."""
    _hubs: dict[Caps, Hubs] = field(default_factory=dict)

    def hubs(self, caps: Caps) -> Hubs:
        """Return the hubs under some caps; they are the same for every search."""
        if caps not in self._hubs:
            self._hubs[caps] = Hubs(self.graph, self.links, caps)
        return self._hubs[caps]

    def degrees(self, nodes: Nodes) -> NDArray[np.int64]:
        """Count the links of nodes."""
        starts = self.graph.starts
        counts: NDArray[np.int64] = starts[nodes + 1] - starts[nodes]
        return counts


@dataclass
class Walker:
    """One search in a network: what it may walk, and what it left aside."""

    network: Network
    wanted: Filter
    ends: Nodes
    """The ends of the search, sorted; they are walked from whatever they are."""
    budget: Budget
    caps: Caps = USUAL
    hubs_met: dict[HubMet, None] = field(default_factory=dict)
    backward: dict[int, None] = field(default_factory=dict)
    """Links that end before they begin, met where a day is asked about."""

    def __post_init__(self) -> None:
        self._sieve = Sieve(self.wanted, self.network.links)
        self._hubs = self.network.hubs(self.caps)

    def steps(self, nodes: Nodes, *, along: bool) -> Steps:
        """Walk from nodes over all links that may be part of a path.

        `along` says whether the steps lead from FROM to TO, or back.
        """
        steps, is_open = self.reached(nodes, along=along)
        return steps.where(is_open)

    def reached(self, nodes: Nodes, *, along: bool) -> tuple[Steps, NDArray[np.bool_]]:
        """Walk from nodes; also tell at which of the nodes reached a path may go on.

        What two may have in common can be reached and is not walked through; nor is a hub,
        over the links of which it has too many.
        """
        pieces = [self._open(s, self.ends) for s in self._looked_at(nodes, along=along)]
        if len(pieces) == 1:
            return pieces[0]
        if not pieces:
            none = np.zeros(0, np.int32)
            return Steps(none, none, none), np.zeros(0, np.bool_)
        parts = zip(*(steps for steps, _ in pieces), strict=True)
        joined = Steps(*(np.concatenate(part) for part in parts))
        return joined, np.concatenate([is_open for _, is_open in pieces])

    def between(self, here: int, there: int, ends: Sequence[int]) -> NDArray[np.int32]:
        """Return the links by which a path with these ends goes from one node to the other."""
        graph = self.network.graph
        few, other = sorted((here, there), key=lambda n: len(graph.links(n)[0]))
        neighbours, numbers = graph.links(few)
        low, high = np.searchsorted(neighbours, [other, other + 1])
        found = np.unique(numbers[low:high])
        steps = Steps(np.full(len(found), here), np.full(len(found), there), found)
        steps = self._admitted(steps, along=True)
        steps, is_open = self._open(steps, np.array(ends, np.int64))
        kept: NDArray[np.int32] = steps.numbers[is_open]
        return kept

    def _looked_at(self, nodes: Nodes, *, along: bool) -> Iterator[Steps]:
        for some in self._in_pieces(nodes):
            steps = self._gathered(some)
            if not self.budget.looks_at(len(steps.numbers)):
                return
            yield self._admitted(steps, along=along)

    def _in_pieces(self, nodes: Nodes) -> Iterator[Nodes]:
        total = np.cumsum(self.network.degrees(nodes))
        if not len(total):
            return
        cuts = np.searchsorted(total, np.arange(TOGETHER, int(total[-1]), TOGETHER))
        yield from (some for some in np.split(nodes, np.unique(cuts)) if len(some))

    def _gathered(self, nodes: Nodes) -> Steps:
        graph = self.network.graph
        if len(nodes) == 1:
            neighbours, numbers = graph.links(int(nodes[0]))
            return Steps(np.full(len(numbers), nodes[0]), neighbours, numbers)
        counts = self.network.degrees(nodes)
        before = np.cumsum(counts) - counts
        places = np.repeat(graph.starts[nodes] - before, counts)
        places += np.arange(len(places))
        here = np.repeat(nodes, counts)
        return Steps(here, graph.neighbours[places], graph.numbers[places])

    def _admitted(self, steps: Steps, *, along: bool) -> Steps:
        """Keep what passes the filter; a link from a node to itself leads nowhere."""
        numbers = steps.numbers
        passes = self._sieve.passes(numbers)
        self.backward |= dict.fromkeys(self._sieve.backward(numbers).tolist())
        passes &= steps.here != steps.there
        if self.wanted.direction != "any":
            acts = self.network.links.source[numbers] == steps.here
            passes &= acts == ((self.wanted.direction == "out") == along)
        return steps if passes.all() else steps.where(passes)

    def _open(self, steps: Steps, ends: Nodes) -> tuple[Steps, NDArray[np.bool_]]:
        """Drop the links of which a node left has too many; tell where a path may go on."""
        left = self._too_many(steps, steps.here, ends)
        if left.any():
            steps = steps.where(~left)
        is_open = ~self._too_many(steps, steps.there, ends)
        shared = np.flatnonzero(self.network.shared[steps.there])
        if len(shared):
            is_open[shared] &= np.isin(steps.there[shared], ends)
        return steps, is_open

    def _too_many(self, steps: Steps, nodes: Nodes, ends: Nodes) -> NDArray[np.bool_]:
        """Tell which links are one of too many that a node has, unless it is an end."""
        closed = self._hubs.crowded[nodes]
        places = np.flatnonzero(closed)
        if not len(places):
            return closed
        is_end = np.isin(nodes[places], ends)
        over = self._hubs.too_many(nodes[places], steps.numbers[places]) & ~is_end
        closed[places] = over
        hit = places[over]
        if len(hit):
            met = self._hubs.met(nodes[hit], steps.numbers[hit])
            self.hubs_met |= dict.fromkeys(met)
        return closed
