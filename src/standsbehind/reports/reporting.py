"""What a reporter asks, in words and as JSON: what is common, who has most, what changed around a day."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from standsbehind.graph.reader import Reader
from standsbehind.reports.fields import designation_json, edge_json, path_json
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.tracing import cut_json, cut_lines, entity_json, filter_json
from standsbehind.reports.words import counted, program_title
from standsbehind.tracing.around import Around, Change
from standsbehind.tracing.common import Common
from standsbehind.tracing.paths import in_one_line
from standsbehind.tracing.ranking import Ranked, Ranking

__all__ = [
    "around_json",
    "around_text",
    "common_json",
    "common_text",
    "ranking_json",
    "ranking_text",
]

MOST_NAMED = 5
"""Others that a line of a ranking names; the JSON names all."""
NO_CAUSE = "Nearness in time is not a cause."


def common_json(found: Common, reader: Reader) -> dict[str, Any]:
    """Give what several entities lead to alike, with a way from each."""
    names = _names(found, reader)
    return {
        "snapshot": reader.snapshot.id,
        "entities": [entity_json(key, reader) for key in found.question.entities],
        "hops": found.question.hops,
        **filter_json(found.question.wanted),
        "completeness": found.completeness,
        "total": found.total,
        "common": [
            {
                **entity_json(one.entity_id, reader),
                "distance": one.hops,
                "paths": [path_json(path, names) for path in one.paths],
            }
            for one in found.shared
        ],
        "cut": cut_json(found.cut),
    }


def _names(found: Common, reader: Reader) -> dict[str, str]:
    return {
        key: reader.caption(key)
        for one in found.shared
        for path in one.paths
        for key in path.entities
    }


def common_text(found: Common, reader: Reader) -> RenderableType:
    """Write out what is common: each with a way from each of the entities."""
    names = _names(found, reader)
    parts: list[RenderableType] = []
    for one in found.shared:
        parts.append(safe_text(f"{names[one.entity_id]}  {one.entity_id}", "bold"))
        for path in one.paths:
            way = in_one_line(path, names, lambda e: f"{e.role} ({e.grade})")
            parts.append(safe_text(f"   {way}"))
    if not found.shared:
        parts.append(safe_text(_nothing(found)))
    bounds = f"{counted(found.total, 'entity', 'entities')} in common within {found.question.hops} hops"
    parts.extend(cut_lines(bounds, found.completeness, found.cut))
    return Group(*parts)


def _nothing(found: Common) -> str:
    if found.completeness == "NOT_KNOWN":
        return "One of them is not in the data, so nothing can be said."
    return "Nothing in common found in this snapshot. That does not say there is none."


def ranking_json(found: Ranking, reader: Reader) -> dict[str, Any]:
    """Give a ranking: whom each leads to, and the evidence of the links."""
    asked = found.question
    return {
        "snapshot": reader.snapshot.id,
        "types": sorted(asked.types),
        "ranked_by": asked.side,
        "listed": asked.listed,
        "as_of": asked.as_of,
        "total": found.total,
        "ranked": [
            {
                **entity_json(one.entity_id, reader),
                "count": len(one.others),
                "others": [entity_json(key, reader) for key in one.others],
                "origins": one.origins,
                "edges": [edge_json(edge) for edge in one.edges],
            }
            for one in found.ranked
        ],
    }


def ranking_text(found: Ranking, reader: Reader) -> RenderableType:
    """Write a ranking out, the most others first."""
    lines = [safe_text(_ranked(one, reader)) for one in found.ranked]
    asked = found.question
    kinds = ", ".join(sorted(asked.types))
    of = " to entities that a list ever named" if asked.listed else ""
    when = f" on {asked.as_of}" if asked.as_of else ""
    has = counted(found.total, "entity has", "entities have")
    said = f"{has} links of {kinds}{of}{when}. A count is of what sources state, not of all there is."
    return Group(*lines, safe_text(said, "dim"))


def _ranked(one: Ranked, reader: Reader) -> str:
    named = [reader.caption(key) for key in one.others[:MOST_NAMED]]
    more = len(one.others) - len(named)
    rest = f" and {more} more" if more else ""
    origins = counted(one.origins, "origin", "origins")
    return f"{len(one.others):>4}  {reader.caption(one.entity_id)} ({origins}): {'; '.join(named)}{rest}"


def around_json(
    found: Sequence[Around], entity_id: str, days: int, reader: Reader
) -> dict[str, Any]:
    """Give what changed around the days of an entity's listings."""
    return {
        "snapshot": reader.snapshot.id,
        "entity": entity_json(entity_id, reader),
        "days": days,
        "notice": NO_CAUSE,
        "around": [
            {
                "designation": designation_json(one.designation),
                "event": one.event,
                "day": one.day,
                "in_force_before": one.in_force_before,
                "in_force_after": one.in_force_after,
                "undated": one.undated,
                "changes": [_change_json(change) for change in one.changes],
            }
            for one in found
        ],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "when": change.when,
        "what": "began" if change.began else "ended",
        "days_after": change.days,
        "edge": edge_json(change.edge),
    }


def around_text(
    found: Sequence[Around], entity_id: str, days: int, reader: Reader
) -> RenderableType:
    """Write out what began and ended near the days of an entity's listings."""
    parts: list[RenderableType] = [
        safe_text(f"{reader.caption(entity_id)}  {entity_id}", "bold")
    ]
    for one in found:
        parts.extend(_around(one, days, reader))
    if not found:
        said = "No dated listing of it is in this snapshot."
        parts.append(safe_text(said))
    parts.append(safe_text(NO_CAUSE, "italic"))
    return Group(*parts)


def _around(one: Around, days: int, reader: Reader) -> Iterator[Text]:
    event = "listed" if one.event == "listed" else "off the list"
    program = program_title(one.designation.program)
    yield safe_text(f"{one.day}  {event}: {program}", "bold")
    for change in one.changes:
        edge = change.edge
        turn = "began" if change.began else "ended"
        apart = "" if change.days is None else f" ({change.days:+d} days)"
        names = f"{reader.caption(edge.source)} - {edge.role} -> {reader.caption(edge.target)}"
        yield safe_text(f"   {change.when}{apart} {turn}: {names}  [{edge.grade}]")
    if not one.changes:
        yield safe_text(f"   no link is stated to begin or end within {days} days")
    undated = f"; {one.undated} without dates" if one.undated else ""
    before, after = one.in_force_before, one.in_force_after
    said = f"   {counted(before, 'dated link', 'dated links')} in force {days} days before, {after} as long after{undated}"
    yield safe_text(said, "dim")
