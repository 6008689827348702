"""A network: the links of a snapshot as one search walks them, filtered where it looks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.edges import Edges
from standsbehind.graph.links import Links
from standsbehind.matching.arrays import distinct, ranges
from standsbehind.tracing.budget import Budget
from standsbehind.tracing.filters import EVERY_LINK, Filter, Sieve
from standsbehind.tracing.hubs import USUAL, Caps, HubMet, Hubs
from standsbehind.tracing.marks import Marks

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

    @cached_property
    def marks(self) -> Marks:
        """Marks on nodes, for one search after the other."""
        return Marks(self.graph.nodes)

    def hubs(self, caps: Caps) -> Hubs:
        """Return the hubs under some caps; they are the same for every search."""
        if caps not in self._hubs:
            self._hubs[caps] = Hubs(self.graph, self.links, caps, self.shared)
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
        """Walk from nodes over all links; also tell at which nodes reached a path may go on."""
        for steps in self.steps(nodes, along=along):
            yield steps, self.is_open(steps)

    def steps(self, nodes: Nodes, *, along: bool) -> Iterator[Steps]:
        """Walk from nodes over all links that pass the filter.

        `along` says whether the steps lead from FROM to TO, or back. They come piece by
        piece, so that not all links of a ring need to be in memory.
        """
        is_hub = self._hubs.crowded[nodes]
        if is_hub.any():
            is_hub &= ~np.isin(nodes, self.ends)
            ordinary, hubs = nodes[~is_hub], nodes[is_hub].tolist()
        else:
            ordinary, hubs = nodes, []
        for steps in chain(self._of_nodes(ordinary), map(self._of_hub, hubs)):
            if not self.budget.looks_at(len(steps.there)):
                return
            yield self._admitted(steps, along=along)

    def is_open(self, steps: Steps) -> NDArray[np.bool_]:
        """Tell at which nodes reached a path may go on.

        What two may have in common can be reached and is not walked through; nor is a hub,
        over the links of which it has too many.
        """
        return self._open(steps, self.ends)

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

    def _of_nodes(self, nodes: Nodes) -> Iterator[Steps]:
        graph = self.network.graph
        starts = graph.starts[nodes].astype(np.int64)
        counts = graph.starts[nodes + 1] - starts
        for some in _in_pieces(counts):
            places = ranges(starts[some], counts[some])
            here = np.repeat(nodes[some], counts[some])
            yield Steps(here, graph.neighbours[places], places)

    def _of_hub(self, node: int) -> Steps:
        places = self._hubs.walkable(node, self._met)
        here = np.full(len(places), node)
        return Steps(here, self.network.graph.neighbours[places], places)

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
        places = np.flatnonzero(self._hubs.special[steps.there])
        if not len(places):
            return is_open
        some = steps.where(places)
        shared = self.network.shared[some.there]
        is_open[places] = ~shared | np.isin(some.there, ends)
        is_open[places[self._too_many(some, some.there, ends)]] = False
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


def _in_pieces(counts: NDArray[np.int64]) -> Iterator[slice]:
    """Split nodes with so many links each into rows with not many more than `TOGETHER`."""
    total = np.cumsum(counts)
    last = int(total[-1]) if len(total) else 0
    cuts = np.searchsorted(total, np.arange(TOGETHER, last, TOGETHER))
    bounds = [0, *distinct(cuts).tolist(), len(counts)]
    return (slice(*bound) for bound in pairwise(bounds) if bound[0] < bound[1])
