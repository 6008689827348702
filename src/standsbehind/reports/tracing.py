"""Traces in words and as JSON: paths with their sources, what they rest on, what was cut."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from standsbehind.graph.reader import Reader
from standsbehind.reports.fields import path_json, reply_json
from standsbehind.reports.terminal import safe_text, source_line
from standsbehind.reports.trace_words import (
    evidence_cut_json,
    filter_in_words,
    rests_on_in_words,
)
from standsbehind.reports.words import counted
from standsbehind.tracing.filters import Filter
from standsbehind.tracing.near import Near, Nearby
from standsbehind.tracing.paths import (
    Completeness,
    Cut,
    Path,
    Trace,
    in_one_line,
)

__all__ = [
    "cut_json",
    "cut_lines",
    "entity_json",
    "filter_json",
    "near_json",
    "near_text",
    "paths_text",
    "trace_json",
]

SHOWN_CUTS = 5
"""Places of a cut that a terminal names; the JSON names all."""


def trace_json(trace: Trace, reader: Reader) -> dict[str, Any]:
    """Give a trace: paths, what they rest on, and how far the search went."""
    question = trace.question
    names = {e: reader.caption(e) for p in trace.paths for e in p.entities}
    return {
        "snapshot": reader.snapshot.id,
        "from": [entity_json(e, reader) for e in question.sources],
        "to": [entity_json(e, reader) for e in question.targets],
        "max_hops": question.max_hops,
        "shortest": question.shortest,
        **filter_json(question.wanted),
        "completeness": trace.completeness,
        "paths": [path_json(path, names) for path in trace.paths],
        "replies": [reply_json(reply) for reply in reader.replies(_walked(trace))],
        "evidence_cut": evidence_cut_json(trace),
        "cut": cut_json(trace.cut),
    }


def _walked(trace: Trace) -> Iterator[str]:
    """Give the ids of all links of the paths, and of those that stand beside them."""
    for path in trace.paths:
        for hop in path.hops:
            yield from (edge.id for edge in (hop.edge, *hop.also))


def near_json(near: Nearby, reader: Reader) -> dict[str, Any]:
    """Give what lies around an entity: each with its way, counts of all, what was cut."""
    question = near.question
    names = {e: reader.caption(e) for one in near.found for e in one.path.entities}
    first, *others = (entity_json(e, reader) for e in question.entities)
    return {
        "snapshot": reader.snapshot.id,
        "entity": first,
        "others": others,
        "hops": question.hops,
        **filter_json(question.wanted),
        "completeness": near.completeness,
        "total": near.total,
        "counts": [dict(of_ring) for of_ring in near.counts],
        "entities": [
            {
                **entity_json(one.entity_id, reader),
                "schema": reader.entities[one.entity_id]["schema"],
                "listed": reader.is_designated(one.entity_id),
                "distance": one.hops,
                "path": path_json(one.path, names),
            }
            for one in near.found
        ],
        "cut": cut_json(near.cut),
    }


def entity_json(entity_id: str, reader: Reader) -> dict[str, str]:
    """Give the id and the name of an entity."""
    return {"id": entity_id, "caption": reader.caption(entity_id)}


def filter_json(wanted: Filter) -> dict[str, Any]:
    """Give what a link had to be to be walked."""
    return {
        "as_of": wanted.as_of,
        "types": sorted(wanted.types),
        "statuses": sorted(wanted.statuses),
        "min_origins": wanted.min_origins,
        "direction": wanted.direction,
    }


def cut_json(cut: tuple[Cut, ...]) -> list[dict[str, str]]:
    """Give where a search was cut, and why."""
    return [{"where": one.where, "why": one.why} for one in cut]


def paths_text(trace: Trace, reader: Reader) -> RenderableType:
    """Write a trace out: each path hop by hop, with sources, and its weakest hop."""
    parts: list[RenderableType] = []
    for number, path in enumerate(trace.paths, start=1):
        names = " ... ".join(reader.caption(e) for e in path.entities)
        parts.append(safe_text(f"{number}. {names}", "bold"))
        parts.extend(safe_text(line) for line in _hops(path, reader))
        weakest = path.hops[path.weakest].edge
        said = f"   weakest: hop {path.weakest + 1}, {weakest.grade}"
        parts.extend((safe_text(said, "yellow"), Text()))
    if not trace.paths:
        parts.append(safe_text(_nothing(trace)))
    if trace.rests_on:
        parts.append(safe_text(rests_on_in_words(trace)))
    question = trace.question
    which = "the shortest paths, " if question.shortest else "paths "
    bounds = f"{which}of up to {counted(question.max_hops, 'hop', 'hops')}"
    bounds += filter_in_words(question.wanted)
    parts.extend(cut_lines(bounds, trace.completeness, trace.cut))
    return Group(*parts)


def near_text(near: Nearby, reader: Reader) -> RenderableType:
    """Write out what lies around an entity: counts, then each with the way to it."""
    question = near.question
    parts: list[RenderableType] = []
    for hops, counts in enumerate(near.counts, start=1):
        told = ", ".join(f"{count:,} {schema}" for schema, count in counts.items())
        away = counted(hops, "hop", "hops")
        parts.append(safe_text(f"{away}: {told or 'nothing'}", "bold"))
        parts.extend(safe_text(f"   {line}") for line in _ring(near, hops, reader))
    if near.completeness == "NOT_KNOWN":
        parts.append(safe_text(_UNKNOWN))
    elif not near.counts:
        parts.append(safe_text("Nothing is linked to it in this snapshot."))
    bounds = f"all within {counted(question.hops, 'hop', 'hops')}"
    bounds += filter_in_words(question.wanted)
    parts.extend(cut_lines(bounds, near.completeness, near.cut))
    return Group(*parts)


_UNKNOWN = "It is not in the data, so nothing can be said."


def _ring(near: Nearby, hops: int, reader: Reader) -> Iterator[str]:
    for one in near.found:
        if one.hops == hops:
            yield _way(one, reader)


def _way(one: Near, reader: Reader) -> str:
    names = {e: reader.caption(e) for e in one.path.entities}
    listed = ", was or is listed" if reader.is_designated(one.entity_id) else ""
    schema = reader.entities[one.entity_id]["schema"]
    way = in_one_line(one.path, names, lambda edge: f"{edge.role} ({edge.grade})")
    return f"{names[one.entity_id]} ({schema}{listed}): {way}"


def cut_lines(
    bounds: str, completeness: Completeness, cut: Sequence[Cut]
) -> Iterator[Text]:
    """Say how far a search went, and where it was cut."""
    yield safe_text(f"{completeness}: {bounds}", "dim")
    for one in cut[:SHOWN_CUTS]:
        yield safe_text(f"cut at {one.where}: {one.why}", "yellow")
    more = len(cut) - SHOWN_CUTS
    if more > 0:
        yield safe_text(f"cut at {more} more places; --json names them", "yellow")


def _nothing(trace: Trace) -> str:
    if trace.completeness == "NOT_KNOWN":
        return "An end of the path is not in the data, so nothing can be said."
    return "No path found in this snapshot. That does not say there is none."


def _hops(path: Path, reader: Reader) -> Iterator[str]:
    for number, hop in enumerate(path.hops, start=1):
        edge = hop.edge
        yield (
            f"   {number} {reader.caption(edge.source)} - {edge.role} -> "
            f"{reader.caption(edge.target)}  [{edge.interval}; {edge.grade}]  {edge.id}"
        )
        if edge.summary:
            yield f"     {edge.summary}"
        for citation in edge.citations:
            yield f"     {source_line(citation)}"
        if hop.also:
            yield f"     also: {'; '.join(f'{e.role} ({e.grade})' for e in hop.also)}"
        for reply in reader.replies(e.id for e in (edge, *hop.also)):
            said = f"{reply.date}, {reader.caption(reply.author)}: {reply.text}"
            yield f"     reply {said}"
