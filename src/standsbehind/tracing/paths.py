"""Paths: how one entity stands behind another, hop by hop, with the evidence of each hop."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge
from standsbehind.tracing.budget import Budget
from standsbehind.tracing.evidence_cut import Breaking, fewest_origins
from standsbehind.tracing.filters import EVERY_LINK, Filter
from standsbehind.tracing.hubs import USUAL, Caps
from standsbehind.tracing.network import Walker
from standsbehind.tracing.snapshot_network import network_of
from standsbehind.tracing.walks import Walk, Walks

__all__ = [
    "EVERY_PATH",
    "TIME_LIMIT",
    "Completeness",
    "Cut",
    "Hop",
    "Path",
    "Question",
    "Trace",
    "cuts_of",
    "in_one_line",
    "read_paths",
    "trace",
]

Completeness = Literal["COMPLETE", "CUT", "NOT_KNOWN"]
"""COMPLETE: every path within the hops asked for was looked at. CUT: a cap stopped the
search, and the answer says where. NOT_KNOWN: an end is not in the data."""

EVERY_PATH = 10_000
"""The most paths of one answer, where all are asked for."""
MOST_HOPS = 250
"""The longest path that is looked for."""
TIME_LIMIT = 10.0
"""Seconds of one search, where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a trace is asked for."""

    sources: Sequence[str]
    targets: Sequence[str]
    max_hops: int = 6
    limit: int = 10
    wanted: Filter = EVERY_LINK
    """What a link must be to be walked."""
    shortest: bool = False
    """Only the paths of the fewest hops."""
    caps: Caps = USUAL
    time_limit: float = TIME_LIMIT


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path; other links between the same two entities stand in `also`."""

    source: str
    target: str
    edge: Edge
    also: tuple[Edge, ...] = ()

    @property
    def forward(self) -> bool:
        """Whether the step follows the edge's own direction."""
        return self.edge.source == self.source

    @property
    def origins(self) -> frozenset[str]:
        """Return the origins all of which must be wrong for nothing to be left of the hop.

        A link that names no source is an origin of its own: nobody can be wrong about it.
        """
        return frozenset(
            origin
            for edge in (self.edge, *self.also)
            for origin in edge.origins or {f"link {edge.id}, which names no source"}
        )


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of hops from one end to the other, no entity twice."""

    hops: tuple[Hop, ...]

    @property
    def weakest(self) -> int:
        """Return the place of the hop with the weakest evidence; the path is no stronger."""
        return min(range(len(self.hops)), key=lambda i: self.hops[i].edge.strength)

    @property
    def entities(self) -> tuple[str, ...]:
        """Return the entities along the path, both ends included."""
        return (self.hops[0].source, *(hop.target for hop in self.hops))


def in_one_line(
    path: Path, names: Mapping[str, str], said: Callable[[Edge], str]
) -> str:
    """Write a path as `Lorex <- supplied (reported, one origin) - Dahua`.

    `said` is what is told of each link; an entity without a name is written by its id.
    """
    text = names.get(path.entities[0], path.entities[0])
    for hop in path.hops:
        ends = ("-", "->") if hop.forward else ("<-", "-")
        text += (
            f" {ends[0]} {said(hop.edge)} {ends[1]} {names.get(hop.target, hop.target)}"
        )
    return text


class Cut(NamedTuple):
    """Where a search stopped before it was done, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer to a question: paths, and how far the search went."""

    question: Question
    completeness: Completeness
    paths: tuple[Path, ...]
    cut: tuple[Cut, ...] = ()
    rests_on: Breaking | None = None
    """The fewest origins that all these paths rest on; None where there is no path."""


def trace(
    reader: Reader, question: Question, clock: Callable[[], float] = time.monotonic
) -> Trace:
    """Find the simple paths between two sets of entities: the shortest first.

    Of equal length that with the strongest weakest hop comes first, then by the entities'
    order in the snapshot. An entity in both sets counts as a source. `clock` gives seconds.
    """
    known = reader.numbers
    sources = sorted({known[s] for s in question.sources if s in known})
    targets = sorted({known[t] for t in question.targets if t in known} - {*sources})
    if not sources or not targets:
        return Trace(question, "NOT_KNOWN", ())
    walker = Walker(
        network_of(reader),
        question.wanted,
        np.array(sorted(sources + targets), np.int64),
        Budget(question.time_limit, clock),
        question.caps,
    )
    ends = (np.array(sources, np.int64), np.array(targets, np.int64))
    walks, cut = _found(walker, question, ends)
    paths = read_paths(reader, walker, [walk.nodes for walk in walks])
    cut += cuts_of(reader, walker)
    state: Completeness = "CUT" if cut else "COMPLETE"
    rests_on = fewest_origins([h.origins for h in p.hops] for p in paths)
    return Trace(question, state, paths, tuple(cut), rests_on if paths else None)


def _found(
    walker: Walker, question: Question, ends: tuple[NDArray[Any], NDArray[Any]]
) -> tuple[list[Walk], list[Cut]]:
    found: list[Walk] = []
    with closing(Walks(walker, *ends)) as walks:
        for length in range(1, min(question.max_hops, MOST_HOPS) + 1):
            for walk in walks.of_length(length):
                if len(found) == question.limit:
                    why = f"there are more than the {question.limit} asked for; --limit shows more"
                    return found, [Cut("paths", why)]
                found.append(walk)
            if walker.budget.spent:
                return found, [Cut(f"paths of {length} hops", walker.budget.spent)]
            if (found and question.shortest) or walks.ends_before(length + 1):
                return found, []
    if question.max_hops > MOST_HOPS:
        return found, [Cut("paths", f"longer than {MOST_HOPS} hops is not looked for")]
    return found, []


def cuts_of(reader: Reader, walker: Walker) -> list[Cut]:
    """Say what a search left aside: hubs, and links whose dates cannot be read."""
    hubs = sorted(walker.hubs_met, key=lambda hub: (-hub.count, hub.node, hub.schema))
    cut = [Cut(reader.caption(reader.ids[hub.node]), hub.why) for hub in hubs]
    if walker.backward:
        (first,) = reader.edge_ids([min(walker.backward)])
        count = len(walker.backward)
        said = (
            "link ends before it begins"
            if count == 1
            else "links end before they begin"
        )
        why = f"{count} {said}: on which days that holds is not known"
        cut.append(Cut(f"dates ({first})", why))
    return cut


def read_paths(
    reader: Reader, walker: Walker, walks: Sequence[tuple[int, ...]]
) -> tuple[Path, ...]:
    """Read the evidence of all hops of some paths at once; a path is given by its nodes."""
    steps = [list(_steps(nodes)) for nodes in walks]
    distinct = dict.fromkeys(step for of_walk in steps for step in of_walk)
    links = {step: walker.between(*step).tolist() for step in distinct}
    edges = reader.edges_at(n for numbers in links.values() for n in numbers)
    hops = {
        step: _hop(
            reader.ids[step.here],
            reader.ids[step.there],
            [edges[edge_id] for edge_id in reader.edge_ids(numbers)],
        )
        for step, numbers in links.items()
    }
    return tuple(Path(tuple(hops[step] for step in of_walk)) for of_walk in steps)


class _Step(NamedTuple):
    """One step of a path; which of its nodes are ends decides by what links it may go."""

    here: int
    there: int
    ends: tuple[int, ...]


def _steps(nodes: tuple[int, ...]) -> Iterator[_Step]:
    ends = {nodes[0], nodes[-1]}
    for here, there in pairwise(nodes):
        yield _Step(here, there, tuple(n for n in (here, there) if n in ends))


def _hop(source: str, target: str, edges: Sequence[Edge]) -> Hop:
    best, *also = sorted(edges, key=_most_telling)
    return Hop(source, target, best, tuple(also))


def _most_telling(edge: Edge) -> tuple[object, ...]:
    """Order links of one pair: a supply or a holding before "ended", then by evidence."""
    voice, origins = edge.strength
    return edge.schema == "UnknownLink", -voice, -origins, edge.id
