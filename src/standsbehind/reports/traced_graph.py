"""Traced graphs: the paths of a trace as boxes and links with their places, to be moved about in."""

from collections.abc import Iterator, Mapping
from typing import Any

from standsbehind.graph.reader import Reader
from standsbehind.reports.layering import Arc, Size, lay_out
from standsbehind.reports.lettering import wrapped
from standsbehind.tracing.paths import Path, Trace

__all__ = ["MOST_NODES", "graph_of"]

MOST_NODES = 500
"""Entities of one graph; a browser without a graphics card moves no more of them smoothly."""
_WIDTH = 150
_TEXT, _LETTER, _TEXT_LINE = 138, 12, 15
"""Of a name in its box: the room across, the size of its letters, and of a line."""
_LINE = Size(70, 32)
"""The room of a link's words."""


def graph_of(trace: Trace, reader: Reader) -> Mapping[str, Any]:
    """Give the nodes and links of the first paths, each node with its place from the top down.

    A link names the hop that tells of it, as `hop-1-2`: the second of the first path.
    """
    paths = list(_fitting(trace))
    nodes = dict.fromkeys(key for path in paths for key in path.entities)
    links: dict[str, dict[str, Any]] = {}
    arcs: dict[str, Arc] = {}
    for number, path in enumerate(paths, start=1):
        for place, hop in enumerate(path.hops):
            link = links.setdefault(
                hop.edge.id,
                {
                    "id": hop.edge.id,
                    "source": hop.edge.source,
                    "target": hop.edge.target,
                    "role": hop.edge.role,
                    "hop": f"hop-{number}-{place + 1}",
                    "weakest": False,
                },
            )
            link["weakest"] |= place == path.weakest
            arcs.setdefault(hop.edge.id, Arc(hop.source, hop.target, _LINE))
    boxes = {key: _box(reader.caption(key)) for key in nodes}
    places = lay_out(boxes, tuple(arcs.values())).boxes if nodes else {}
    ends = {*trace.question.sources, *trace.question.targets}
    return {
        "nodes": [
            {
                "id": key,
                "name": reader.caption(key),
                "x": places[key].x,
                "y": places[key].y + boxes[key].height / 2,
                "height": boxes[key].height,
                "end": key in ends,
            }
            for key in nodes
        ],
        "links": list(links.values()),
    }


def _box(name: str) -> Size:
    return Size(_WIDTH, len(wrapped(name, _TEXT / _LETTER)) * _TEXT_LINE + 14)


def _fitting(trace: Trace) -> Iterator[Path]:
    """Give the paths in their order, as long as their entities are not too many."""
    seen: set[str] = set()
    for path in trace.paths:
        seen.update(path.entities)
        if len(seen) > MOST_NODES:
            return
        yield path
