"""Paths: how one entity stands behind another, hop by hop, with the evidence of each hop."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from standsbehind.graph.reader import Reader
from standsbehind.model.dates import read_interval
from standsbehind.model.edge import Edge

__all__ = [
    "Completeness",
    "Cut",
    "Hop",
    "Path",
    "Question",
    "Trace",
    "in_one_line",
    "trace",
]

Completeness = Literal["COMPLETE", "CUT", "NOT_KNOWN"]
"""COMPLETE: every path within the hops asked for was looked at. CUT: a cap stopped the
search, and the answer says where. NOT_KNOWN: an end is not in the data."""

HUB_LINKS = 2_000
"""An entity with more links than this joins everything to everything: it is not walked through."""
IN_COMMON = frozenset({"AffectedGroup", "Capability", "Norm", "Place"})
"""What two firms may have in common without any link between them: ends of paths, not hops."""
MOST_STEPS = 200_000
"""Steps of one search; a search that needs more says that it was cut."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a trace is asked for."""

    sources: Sequence[str]
    targets: Sequence[str]
    max_hops: int = 6
    limit: int = 10
    as_of: date | None = None
    types: frozenset[str] = frozenset()
    """Schemata or roles of edges; empty: all."""


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


@dataclass(slots=True)
class _Search:
    """The state of one search over node numbers."""

    reader: Reader
    question: Question
    steps: int = 0
    cut: dict[Cut, None] = field(default_factory=dict)
    admitted: dict[int, bool] = field(default_factory=dict)

    def neighbours(self, node: int) -> dict[int, list[int]]:
        """Return the neighbours of a node with the numbers of the admitted edges to each."""
        others, numbers = self.reader.graph.links(node)
        if not self._is_walked_through(node):
            return {}
        if len(others) > HUB_LINKS:
            name = self.reader.caption(self.reader.ids[node])
            why = f"{len(others)} links; not walked through, more than {HUB_LINKS}"
            self.cut[Cut(name, why)] = None
            return {}
        self.steps += 1
        found: dict[int, list[int]] = {}
        for other, number in zip(others.tolist(), numbers.tolist(), strict=True):
            if other != node and self.admits(number):
                found.setdefault(other, []).append(number)
        return found

    def _is_walked_through(self, node: int) -> bool:
        entity_id = self.reader.ids[node]
        is_end = (
            entity_id in self.question.sources or entity_id in self.question.targets
        )
        return is_end or self.reader.entities[entity_id]["schema"] not in IN_COMMON

    def admits(self, number: int) -> bool:
        """Whether an edge passes the question's filters by type and date."""
        if number not in self.admitted:
            self.admitted[number] = self._passes(number)
        return self.admitted[number]

    def _passes(self, number: int) -> bool:
        if not self.question.types and self.question.as_of is None:
            return True
        row = self.reader.edge_rows[number]
        types = self.question.types
        if types and not {row["schema"], row["role"]} & types:
            return False
        day = self.question.as_of
        return day is None or read_interval(row["start"], row["end"]).holds_on(day)


def trace(reader: Reader, question: Question) -> Trace:
    """Find the paths between two sets of entities, the shortest first.

    Distances to the targets are found first, breadth first; then only steps that can still
    arrive in time are walked, so that a dead end costs nothing.
    """
    known = reader.numbers
    if not any(s in known for s in question.sources) or not any(
        t in known for t in question.targets
    ):
        return Trace(question, "NOT_KNOWN", ())
    search = _Search(reader, question)
    sources = [known[s] for s in question.sources if s in known]
    targets = {known[t] for t in question.targets if t in known}
    distance = _distances(search, targets)
    found: list[Path] = []
    for length in range(1, question.max_hops + 1):
        for nodes in _walks(search, sources, targets, distance, length):
            if len(found) == question.limit:
                why = f"there are more than the {question.limit} asked for; --limit shows more"
                search.cut[Cut("paths", why)] = None
                return _answer(search, found)
            found.append(_path(search, nodes))
    return _answer(search, found)


def _answer(search: _Search, found: list[Path]) -> Trace:
    strongest = sorted(
        found,
        key=lambda p: (
            len(p.hops),
            [-rank for rank in p.hops[p.weakest].edge.strength],
            p.entities,
        ),
    )
    state: Completeness = "CUT" if search.cut else "COMPLETE"
    return Trace(search.question, state, tuple(strongest), tuple(search.cut))


def _distances(search: _Search, targets: set[int]) -> dict[int, int]:
    """Count the hops from each node to the nearest target, as far as is asked for."""
    distance = dict.fromkeys(sorted(targets), 0)
    queue = deque(distance)
    while queue:
        node = queue.popleft()
        if distance[node] == search.question.max_hops:
            continue
        if search.steps > MOST_STEPS:
            why = f"the search took more than {MOST_STEPS} steps"
            search.cut[Cut(search.reader.caption(search.reader.ids[node]), why)] = None
            break
        for other in search.neighbours(node):
            if other not in distance:
                distance[other] = distance[node] + 1
                queue.append(other)
    return distance


def _walks(
    search: _Search,
    sources: Sequence[int],
    targets: set[int],
    distance: dict[int, int],
    length: int,
) -> Iterator[tuple[int, ...]]:
    """Walk all simple paths of exactly this length, depth first, in order of node numbers."""
    starts = [
        s for s in dict.fromkeys(sources) if distance.get(s, length + 1) <= length
    ]
    stack: list[tuple[int, ...]] = [(s,) for s in reversed(starts) if s not in targets]
    while stack:
        walk = stack.pop()
        left = length - len(walk) + 1
        if left == 0:
            if walk[-1] in targets:
                yield walk
            continue
        if walk[-1] in targets:
            continue
        if search.steps > MOST_STEPS:
            why = f"the search took more than {MOST_STEPS} steps"
            search.cut[Cut(f"paths of {length} hops", why)] = None
            return
        steps = search.neighbours(walk[-1])
        stack.extend(
            (*walk, other)
            for other in sorted(steps, reverse=True)
            if other not in walk and distance.get(other, left) < left
        )


def _path(search: _Search, nodes: tuple[int, ...]) -> Path:
    return Path(tuple(_hop(search, a, b) for a, b in pairwise(nodes)))


def _hop(search: _Search, source: int, target: int) -> Hop:
    reader = search.reader
    numbers = search.neighbours(source)[target]
    edges = reader.edges([reader.edge_rows[n]["edge"] for n in dict.fromkeys(numbers)])
    best, *also = sorted(edges.values(), key=_most_telling)
    return Hop(reader.ids[source], reader.ids[target], best, tuple(also))


def _most_telling(edge: Edge) -> tuple[object, ...]:
    """Order links of one pair: a supply or a holding before "ended", then by evidence."""
    voice, origins = edge.strength
    return edge.schema == "UnknownLink", -voice, -origins, edge.id
