"""Near: everything within some hops of an entity, each with one shortest way to it."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader
from standsbehind.matching.arrays import distinct
from standsbehind.tracing.budget import Budget
from standsbehind.tracing.filters import EVERY_LINK, Filter
from standsbehind.tracing.hubs import USUAL, Caps
from standsbehind.tracing.network import Steps, Walker, joined
from standsbehind.tracing.paths import (
    TIME_LIMIT,
    Completeness,
    Cut,
    Path,
    cuts_of,
    read_paths,
)
from standsbehind.tracing.snapshot_network import network_of, of_schemata
from standsbehind.tracing.telling import shown

__all__ = [
    "Near",
    "NearQuestion",
    "Nearby",
    "Ring",
    "nearby",
    "rings_around",
    "ways_to",
]


@dataclass(frozen=True, slots=True)
class NearQuestion:
    """What is asked for around an entity, or around several of one name."""

    entities: Sequence[str]
    hops: int = 2
    limit: int = 100
    wanted: Filter = EVERY_LINK
    """What a link must be to be walked."""
    schemata: frozenset[str] = frozenset()
    """Which entities are told; all are walked through. Empty: all."""
    listed: bool = False
    """Whether only entities are told that a list ever named."""
    caps: Caps = USUAL
    time_limit: float = TIME_LIMIT


@dataclass(frozen=True, slots=True)
class Near:
    """One entity near, and a shortest way to it."""

    entity_id: str
    path: Path

    @property
    def hops(self) -> int:
        """How many hops away it is."""
        return len(self.path.hops)


@dataclass(frozen=True, slots=True)
class Nearby:
    """The answer: the nearest entities, and a count of all that were reached."""

    question: NearQuestion
    completeness: Completeness
    found: tuple[Near, ...]
    counts: Sequence[Mapping[str, int]]
    """For one hop, two hops and so on: how many entities of each schema are so far away."""
    cut: tuple[Cut, ...] = ()

    @property
    def total(self) -> int:
        """Count the entities that the question asks for, told or not."""
        return sum(sum(of_ring.values()) for of_ring in self.counts)


@dataclass(frozen=True, slots=True)
class Ring:
    """The entities so many hops away, with the steps by which they were reached."""

    nodes: NDArray[Any]
    steps: Steps


def nearby(
    reader: Reader, question: NearQuestion, clock: Callable[[], float] = time.monotonic
) -> Nearby:
    """Find everything within some hops: the nearest first, then by id.

    What is only shared (a place, a capability) and hubs are told, and not walked through.
    `clock` gives seconds.
    """
    known = reader.numbers
    starts = sorted({known[e] for e in question.entities if e in known})
    if not starts:
        return Nearby(question, "NOT_KNOWN", (), ())
    ends, budget = np.array(starts, np.int64), Budget(question.time_limit, clock)
    walker = Walker(network_of(reader), question.wanted, ends, budget, question.caps)
    rings = rings_around(walker, question.hops)
    wanted = [ring.nodes[_asked_for(reader, question, ring.nodes)] for ring in rings]
    told = np.concatenate([*wanted, np.zeros(0, np.int64)])[: question.limit]
    ways = ways_to(walker, rings, set(told.tolist()))
    paths = read_paths(reader, walker, [ways[node] for node in told.tolist()])
    cut = cuts_of(reader, walker)
    if walker.budget.spent:
        cut.insert(0, Cut(f"{len(rings)} hops", walker.budget.spent))
    total = sum(map(len, wanted))
    if total > len(told):
        why = f"{len(told):,} of {total:,} are told; --limit tells more"
        cut.insert(0, Cut("entities", why))
    return Nearby(
        question,
        "CUT" if cut else "COMPLETE",
        tuple(Near(path.entities[-1], path) for path in paths),
        [_counted(reader, nodes) for nodes in wanted],
        tuple(cut),
    )


def rings_around(walker: Walker, hops: int, without: Sequence[int] = ()) -> list[Ring]:
    """Find what lies around the ends of a search, ring by ring; fewer where there is no more.

    Nothing is reached through the nodes of `without`, nor are they.
    """
    marks = walker.network.marks
    seen = marks.lent()
    ends = [walker.ends, np.array(without, np.int64)]
    rings: list[Ring] = []
    try:
        for nodes in ends:
            seen[nodes] = 1
        front = walker.ends
        while len(front) and len(rings) < hops and not walker.budget.spent:
            ring, front = _next_ring(walker, front, seen)
            rings.append(ring)
            seen[ring.nodes] = 1
    finally:
        marks.given_back(seen, [*ends, *(ring.nodes for ring in rings)])
    return rings


def _next_ring(
    walker: Walker, front: NDArray[Any], seen: NDArray[np.uint8]
) -> tuple[Ring, NDArray[Any]]:
    """Walk one ring further; also give those of its nodes that a path may go on from."""
    reached, opened = [], [np.zeros(0, np.int64)]
    for steps, is_open in walker.pieces(front, along=True):
        is_new = seen[steps.there] == 0
        reached.append(steps.where(is_new))
        opened.append(distinct(steps.there[is_new & is_open]))
    steps = joined(reached)
    return Ring(distinct(steps.there), steps), distinct(np.concatenate(opened))


def _asked_for(
    reader: Reader, question: NearQuestion, nodes: NDArray[Any]
) -> NDArray[np.bool_]:
    asked = np.ones(len(nodes), np.bool_)
    if question.schemata:
        asked &= of_schemata(reader, question.schemata)[nodes]
    if question.listed:
        asked &= reader.designated[nodes]
    return asked


def ways_to(
    walker: Walker, rings: Sequence[Ring], needed: set[int]
) -> dict[int, tuple[int, ...]]:
    """Find a way to each node: from the outermost ring inwards, over the most telling link."""
    before: dict[int, int] = {}
    for ring in reversed(rings):
        wanted = np.array(sorted(needed), np.int64)
        steps = ring.steps.where(np.isin(ring.steps.there, wanted))
        (here, there, _), strength = shown(walker.network, steps)
        best = np.lexsort((here, -strength, there))
        for place in best.tolist():
            before.setdefault(int(there[place]), int(here[place]))
        needed = needed | set(before.values())
    return {node: _way(before, node) for node in needed}


def _way(before: Mapping[int, int], node: int) -> tuple[int, ...]:
    way = [node]
    while way[-1] in before:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def _counted(reader: Reader, nodes: NDArray[Any]) -> Mapping[str, int]:
    codes = reader.schema_codes[nodes]
    counts = np.bincount(codes, minlength=len(reader.schemata)).tolist()
    named = {s: n for s, n in zip(reader.schemata, counts, strict=True) if n}
    return dict(Counter(named).most_common())
