"""Common: what several entities lead to alike, as in the owners that two firms share."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader
from standsbehind.tracing.budget import Budget
from standsbehind.tracing.filters import EVERY_LINK, Filter
from standsbehind.tracing.hubs import USUAL, Caps
from standsbehind.tracing.near import Ring, rings_around, ways_to
from standsbehind.tracing.network import Walker
from standsbehind.tracing.paths import (
    TIME_LIMIT,
    Completeness,
    Cut,
    Path,
    cuts_of,
    read_paths,
)
from standsbehind.tracing.snapshot_network import network_of

__all__ = ["Common", "CommonQuestion", "Shared", "in_common"]


@dataclass(frozen=True, slots=True)
class CommonQuestion:
    """Which entities, and over which links."""

    entities: Sequence[str]
    """Two or more; each is searched from by itself."""
    hops: int = 2
    limit: int = 50
    wanted: Filter = EVERY_LINK
    """What a link must be to be walked: `direction="in"` over ownership leads to owners."""
    caps: Caps = USUAL
    time_limit: float = TIME_LIMIT


@dataclass(frozen=True, slots=True)
class Shared:
    """One that all lead to, with a shortest way from each, in the order asked."""

    entity_id: str
    paths: tuple[Path, ...]

    @property
    def hops(self) -> int:
        """How many hops all ways take together."""
        return sum(len(path.hops) for path in self.paths)


@dataclass(frozen=True, slots=True)
class Common:
    """What all of the entities lead to: the nearest to them together first, then by id."""

    question: CommonQuestion
    completeness: Completeness
    shared: tuple[Shared, ...]
    total: int
    """How many are shared; more than are told where the limit was lower."""
    cut: tuple[Cut, ...] = ()


def in_common(
    reader: Reader,
    question: CommonQuestion,
    clock: Callable[[], float] = time.monotonic,
) -> Common:
    """Find what several entities lead to alike.

    `clock` gives seconds. NOT_KNOWN where one of them is not in the data.
    """
    known = [reader.numbers.get(entity) for entity in question.entities]
    starts = [node for node in known if node is not None]
    if len(starts) < len(known):
        return Common(question, "NOT_KNOWN", (), 0)
    budget = Budget(question.time_limit, clock)
    network = network_of(reader)
    walkers = [
        Walker(network, question.wanted, np.array([n]), budget, question.caps)
        for n in starts
    ]
    # What one of them reaches only through another is not what they have in common.
    around = [rings_around(walker, question.hops, starts) for walker in walkers]
    found, far = _met_by_all(network.graph.nodes, starts, around)
    told = found[np.lexsort((found, far))][: question.limit]
    ways = [
        ways_to(walker, rings, set(told.tolist()))
        for walker, rings in zip(walkers, around, strict=True)
    ]
    paths = [
        read_paths(reader, walker, [of[node] for node in told.tolist()])
        for walker, of in zip(walkers, ways, strict=True)
    ]
    cut = list(dict.fromkeys(c for walker in walkers for c in cuts_of(reader, walker)))
    if budget.spent:
        cut.insert(0, Cut(f"{question.hops} hops", budget.spent))
    return Common(
        question,
        "CUT" if cut else "COMPLETE",
        tuple(
            Shared(reader.ids[node], tuple(of))
            for node, *of in zip(told.tolist(), *paths, strict=True)
        ),
        len(found),
        tuple(cut),
    )


def _met_by_all(
    count: int, starts: Sequence[int], around: Sequence[Sequence[Ring]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the nodes in a ring around every start, and how far all of them are together."""
    far, times = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for rings in around:
        for distance, ring in enumerate(rings, start=1):
            far[ring.nodes] += distance
            times[ring.nodes] += 1
    found = np.flatnonzero(times == len(starts))
    return found, far[found]
