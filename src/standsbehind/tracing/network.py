"""A network: the links of a snapshot as one search walks them, filtered where it looks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.edges import Edges
from standsbehind.graph.links import Links
from standsbehind.matching.arrays import spans
from standsbehind.tracing.budget import Budget
from standsbehind.tracing.filters import EVERY_LINK, Filter, Sieve
from standsbehind.tracing.hubs import USUAL, Caps, HubMet, Hubs

__all__ = ["Network", "Steps", "Walker", "joined"]

TOGETHER = 2_000_000
"""Links that are looked at before the clock is looked at again."""

Nodes = NDArray[Any]


class Steps(NamedTuple):
    """Links walked: from which node, to which node, and where the link stands in the graph."""

    here: Nodes
    there: Nodes
    places: Nodes
    """Places in `Edges.numbers`: the number of a link is looked up where it is needed."""

    def where(self, kept: NDArray[Any]) -> "Steps":
        """Keep some of the steps, told by a mask or by their places."""
        return Steps(self.here[kept], self.there[kept], self.places[kept])


def joined(pieces: Iterable[Steps]) -> Steps:
    """Join pieces of steps into one."""
    parts = list(pieces)
    if len(parts) == 1:
        return parts[0]
    none = np.zeros(0, np.int64)
    return Steps(
        *(np.concatenate(p) for p in zip(Steps(none, none, none), *parts, strict=True))
    )


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

    def numbers(self, steps: Steps) -> NDArray[np.int32]:
        """Return the number of the link of each step."""
        return self.graph.numbers[steps.places]

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
    backward: dict[int, None] = field(default_factory=dict)
    """Links that end before they begin, met where a day is asked about."""

    def __post_init__(self) -> None:
        self._sieve = Sieve(self.wanted, self.network.links)
        self._hubs = self.network.hubs(self.caps)
        self._met = self._hubs.none_met()

    @property
    def hubs_met(self) -> list[HubMet]:
        """The hubs whose links were not walked because they are too many."""
        return self._hubs.told(self._met)

    def pieces(
        self, nodes: Nodes, *, along: bool
    ) -> Iterator[tuple[Steps, NDArray[np.bool_]]]:
        """Walk from nodes over all links; also tell at which nodes reached a path may go on.

        What two may have in common can be reached and is not walked through; nor is a hub,
        over the links of which it has too many. `along` says whether the steps lead from
        FROM to TO, or back. The steps come piece by piece, so that not all links of a ring
        need to be in memory.
        """
        for steps in self._looked_at(nodes, along=along):
            yield steps, self._open(steps, self.ends)

    def between(self, here: int, there: int, ends: Sequence[int]) -> NDArray[np.int32]:
        """Return the links by which a path with these ends goes from one node to the other."""
        graph = self.network.graph
        few, other = sorted((here, there), key=lambda n: len(graph.links(n)[0]))
        found = np.flatnonzero(graph.links(few)[0] == other)
        places = found + graph.starts[few]
        steps = Steps(np.full(len(places), here), np.full(len(places), there), places)
        steps = self._admitted(steps, along=True)
        of_path = np.array(ends, np.int64)
        kept = self._open(steps, of_path)
        kept[self._too_many(steps, steps.here, of_path)] = False
        return np.unique(self.network.numbers(steps)[kept])

    def _looked_at(self, nodes: Nodes, *, along: bool) -> Iterator[Steps]:
        is_hub = self._hubs.crowded[nodes]
        if is_hub.any():
            is_hub &= ~np.isin(nodes, self.ends)
        for some in self._in_pieces(nodes[~is_hub]):
            if not self.budget.looks_at(int(self.network.degrees(some).sum())):
                return
            yield self._admitted(self._gathered(some), along=along)
        for node in nodes[is_hub].tolist():
            places = self._hubs.walkable(node, self._met)
            if not self.budget.looks_at(len(places)):
                return
            there = self.network.graph.neighbours[places]
            steps = Steps(np.full(len(places), node), there, places)
            yield self._admitted(steps, along=along)

    def _in_pieces(self, nodes: Nodes) -> Iterator[Nodes]:
        total = np.cumsum(self.network.degrees(nodes))
        if not len(total):
            return
        cuts = np.searchsorted(total, np.arange(TOGETHER, int(total[-1]), TOGETHER))
        yield from (some for some in np.split(nodes, np.unique(cuts)) if len(some))

    def _gathered(self, nodes: Nodes) -> Steps:
        graph = self.network.graph
        places, counts = spans(graph.starts, nodes)
        return Steps(np.repeat(nodes, counts), graph.neighbours[places], places)

    def _admitted(self, steps: Steps, *, along: bool) -> Steps:
        """Keep what passes the filter."""
        if self.wanted == EVERY_LINK:
            return steps
        numbers = self.network.numbers(steps)
        passes = self._sieve.passes(numbers)
        self.backward |= dict.fromkeys(self._sieve.backward(numbers).tolist())
        if self.wanted.direction != "any":
            acts = self.network.links.source[numbers] == steps.here
            passes &= acts == ((self.wanted.direction == "out") == along)
        return steps.where(passes)

    def _open(self, steps: Steps, ends: Nodes) -> NDArray[np.bool_]:
        """Tell where a path may go on: at an end, and where nothing is only shared."""
        is_open = np.ones(len(steps.there), np.bool_)
        is_open[self._too_many(steps, steps.there, ends)] = False
        shared = np.flatnonzero(self.network.shared[steps.there])
        if len(shared):
            is_open[shared] &= np.isin(steps.there[shared], ends)
        return is_open

    def _too_many(self, steps: Steps, nodes: Nodes, ends: Nodes) -> Nodes:
        """Return the places of the links that are one of too many of a node that is no end."""
        places = np.flatnonzero(self._hubs.crowded[nodes])
        if not len(places):
            return places
        for end in ends[self._hubs.crowded[ends]].tolist():
            places = places[nodes[places] != end]
        numbers = self.network.graph.numbers[steps.places[places]]
        return places[self._hubs.too_many(nodes[places], numbers, self._met)]
