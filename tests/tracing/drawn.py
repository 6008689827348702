"""Small random networks for tests, and what networkx says of the same links."""

from dataclasses import dataclass
from datetime import date, timedelta

import networkx as nx
import numpy as np

from standsbehind.graph.edges import build_edges
from standsbehind.graph.links import Links, day_number
from standsbehind.model.edge import VOICES
from standsbehind.tracing.budget import Budget
from standsbehind.tracing.filters import EVERY_LINK
from standsbehind.tracing.hubs import Caps
from standsbehind.tracing.network import Network, Walker
from standsbehind.tracing.walks import Walks

KINDS = (
    ("Supply", "supplied"),
    ("Ownership", "owns"),
    ("Debt", "lends to"),
    ("UnknownLink", "ended"),
)
FIRST = day_number(date(2020, 1, 1))
NO_CAP = Caps(every=10**9)


@dataclass(frozen=True)
class Row:
    """One link of a random network."""

    source: int
    target: int
    kind: int = 0
    start: int = 0
    days: int = 100
    voice: int = 4
    origins: tuple[int, ...] = (0,)

    def passes(self, wanted):
        """Whether a filter admits the link, said as plainly as it can be."""
        first = date(2020, 1, 1) + timedelta(days=self.start)
        last = first + timedelta(days=self.days)
        return (
            (not wanted.types or bool(wanted.types & {*KINDS[self.kind]}))
            and (wanted.as_of is None or first <= wanted.as_of < last)
            and (not wanted.statuses or VOICES[self.voice] in wanted.statuses)
            and len(self.origins) >= wanted.min_origins
        )


def network(nodes, rows, shared=()):
    """Lay links out as a snapshot does."""
    rows = list(rows)
    source = np.array([row.source for row in rows], np.int32)
    target = np.array([row.target for row in rows], np.int32)
    start = np.array([FIRST + row.start for row in rows], np.int32)
    counts = [len(row.origins) for row in rows]
    links = Links(
        source=source,
        target=target,
        kind=np.array([row.kind for row in rows], np.uint16),
        kinds=KINDS,
        start=start,
        end=start + np.array([row.days for row in rows], np.int32),
        voice=np.array([row.voice for row in rows], np.uint8),
        origin_starts=np.cumsum([0, *counts], dtype=np.int64),
        origins=np.array([o for row in rows for o in row.origins], np.int32),
    )
    in_common = np.zeros(nodes, np.bool_)
    in_common[list(shared)] = True
    return Network(build_edges(nodes, source, target), links, in_common)


def walker_of(net, sources, targets, wanted=EVERY_LINK, caps=NO_CAP):
    ends = np.array(sorted({*sources, *targets}), np.int64)
    return Walker(net, wanted, ends, Budget(60.0), caps)


def walks(net, sources, targets, hops, **terms):
    """Find all paths of at most so many hops, as they come; ends in both sets are sources."""
    targets = sorted({*targets} - {*sources})
    walker = walker_of(net, sources, targets, **terms)
    search = Walks(
        walker, np.array(sorted({*sources}), np.int64), np.array(targets, np.int64)
    )
    found = []
    for length in range(1, hops + 1):
        found += search.of_length(length)
        if search.ends_before(length + 1):
            break
    return found


def expected(net, rows, ends, hops, *, wanted=EVERY_LINK, caps=NO_CAP):  # noqa: PLR0913
    """Let networkx find the paths between two sets, over the links that may be walked."""
    sources, targets = ends
    ends = {*sources, *targets}
    graph = nx.DiGraph()
    graph.add_nodes_from(range(net.graph.nodes))
    for row in rows:
        if row.passes(wanted) and not any(
            closed(net, rows, row, node, ends, caps)
            for node in (row.source, row.target)
        ):
            if wanted.direction != "in":
                graph.add_edge(row.source, row.target)
            if wanted.direction != "out":
                graph.add_edge(row.target, row.source)
    return sorted(
        tuple(path)
        for source in {*sources}
        for target in {*targets} - {*sources}
        for path in nx.all_simple_paths(graph, source, target, cutoff=hops)
        if not ends & {*path[1:-1]}
    )


def closed(net, rows, row, node, ends, caps):  # noqa: PLR0913, PLR0917
    """Whether a link cannot be walked at a node: it is shared, or has too many such links."""
    schema = KINDS[row.kind][0]
    alike = [r for r in rows if KINDS[r.kind][0] == schema]
    count = sum((r.source == node) + (r.target == node) for r in alike)
    return node not in ends and (net.shared[node] or count > caps.of(schema).most)
