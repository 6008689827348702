"""Traced pages: how one entity stands behind another, as a picture and the same as tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge
from standsbehind.model.reply import Reply
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.diagram import Box, Diagram, Line, draw
from standsbehind.reports.setting import template
from standsbehind.reports.trace_words import filter_in_words, rests_on_in_words
from standsbehind.reports.words import counted
from standsbehind.tracing.paths import Hop, Path, Trace, in_one_line

__all__ = ["MOST_DRAWN", "TracedPage", "draw_trace", "render_trace"]

MOST_DRAWN = 12
"""Paths that one picture holds; all stand in the tables."""


@dataclass(frozen=True)
class TracedPage:
    """A trace in the order in which its page tells it."""

    trace: Trace
    reader: Reader

    def name(self, entity_id: str) -> str:
        """Return the name to print of an entity."""
        return self.reader.caption(entity_id)

    @property
    def ends(self) -> tuple[str, str]:
        """Name both ends; of several entities the first is named."""
        question = self.trace.question
        return self._said(question.sources), self._said(question.targets)

    def _said(self, ids: Sequence[str]) -> str:
        named = self.name(ids[0])
        return named if len(ids) == 1 else f"{named} and {len(ids) - 1} more"

    @property
    def summary(self) -> str:
        """Say how many paths there are, and of what links."""
        trace = self.trace
        hops = f"of up to {trace.question.max_hops} hops"
        wanted = trace.question.wanted
        when = "" if wanted.as_of else ", at any time"
        paths = counted(len(trace.paths), "path", "paths")
        return f"{paths} {hops}{filter_in_words(wanted)}{when}."

    @property
    def rests_on(self) -> str:
        """Say on which origins all paths rest."""
        return rests_on_in_words(self.trace)

    @property
    def drawn(self) -> tuple[Path, ...]:
        """The paths that the picture holds."""
        return self.trace.paths[:MOST_DRAWN]

    def marks(self, sources: Bibliography) -> Mapping[str, Sequence[int]]:
        """Return the numbers of sources, in the order in which the tables tell them."""
        return {edge.id: sources.cite(edge.citations) for edge in self._edges()}

    def picture(self, sources: Bibliography) -> Markup:
        """Draw the paths together."""
        return draw_trace(self.trace, self.reader, self.marks(sources))

    @cached_property
    def _replies(self) -> Mapping[str, tuple[Reply, ...]]:
        edges = {edge.id for edge in self._edges()}
        return {key: self.reader.replies([key]) for key in sorted(edges)}

    def _edges(self) -> Iterator[Edge]:
        """List the links in the order in which the tables tell them."""
        for path in self.trace.paths:
            for hop in path.hops:
                yield from (hop.edge, *hop.also)

    def replies_to(self, edge_id: str) -> tuple[Reply, ...]:
        """Return what was answered to a link."""
        return self._replies.get(edge_id, ())


def render_trace(trace: Trace, reader: Reader, made_at: str) -> str:
    """Render a trace as one self-contained HTML page, free of scripts and outside requests.

    The same trace, snapshot and moment of making give the same page.
    """
    return template("trace.html.j2").render(
        page=TracedPage(trace, reader), made_at=made_at, sources=Bibliography()
    )


def draw_trace(
    trace: Trace, reader: Reader, marks: Mapping[str, Sequence[int]] | None = None
) -> Markup:
    """Draw the first twelve paths together, from the ends asked from down to those asked for.

    `marks` gives the source numbers of each edge by its id. A dashed line is the weakest
    hop of a path.
    """
    paths = trace.paths[:MOST_DRAWN]
    ends = {*trace.question.sources, *trace.question.targets}
    boxes = {
        key: Box(key, reader.caption(key), is_double=key in ends)
        for path in paths
        for key in path.entities
    }
    weakest = {path.hops[path.weakest].edge.id for path in paths}
    lines = {
        hop.edge.id: _line(hop, weakest, marks or {})
        for path in paths
        for hop in path.hops
    }
    names = {key: box.name for key, box in boxes.items()}
    said = [in_one_line(path, names, _in_words) for path in paths]
    first, last = paths[0].entities[0], paths[0].entities[-1]
    title = f"Paths from {names[first]} to {names[last]}"
    diagram = Diagram(
        tuple(boxes.values()), tuple(lines.values()), title, ". ".join(said)
    )
    return draw(diagram, "trace")


def _line(hop: Hop, weakest: set[str], marks: Mapping[str, Sequence[int]]) -> Line:
    edge = hop.edge
    cited = " ".join(f"[{number}]" for number in marks.get(edge.id, ()))
    more = counted(len(hop.also), "more link", "more links")
    said = (
        edge.role,
        str(edge.interval),
        edge.grade,
        cited,
        f"and {more}" * bool(hop.also),
    )
    return Line(
        hop.source,
        hop.target,
        tuple(filter(None, said)),
        arrow="down" if hop.forward else "up",
        is_dashed=edge.id in weakest,
    )


def _in_words(edge: Edge) -> str:
    return f"{edge.role} ({edge.interval}; {edge.grade})"
