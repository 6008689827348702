"""Exposure: which listed subjects stand within a few hops of an entity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.graph.reader import Reader
from standsbehind.tracing.paths import HUB_LINKS, Path, Question, trace

__all__ = ["Exposed", "exposures"]

MAX_HOPS = 2
MOST = 5


@dataclass(frozen=True, slots=True)
class Exposed:
    """One listed subject near an entity; no path means the entity itself."""

    entity_id: str
    path: Path | None


def exposures(
    reader: Reader, entity_id: str, as_of: date | None = None
) -> tuple[tuple[Exposed, ...], bool]:
    """Find the entity itself if it is listed, then listed subjects at most two hops away.

    Returns at most five, the nearest first, and whether there were more.
    """
    found = [Exposed(entity_id, None)] if reader.is_designated(entity_id) else []
    near = _listed_nearby(reader, entity_id)
    for other in near[: MOST - len(found)]:
        question = Question(
            (entity_id,), (other,), max_hops=MAX_HOPS, limit=1, as_of=as_of
        )
        found.extend(Exposed(other, path) for path in trace(reader, question).paths)
    return tuple(found), len(near) + len(found) > MOST


def _listed_nearby(reader: Reader, entity_id: str) -> Sequence[str]:
    start = reader.numbers[entity_id]
    seen = {start: 0}
    ring = [start]
    for hops in range(1, MAX_HOPS + 1):
        step: list[int] = []
        for node in ring:
            others, _ = reader.graph.links(node)
            if len(others) > HUB_LINKS:
                continue
            for other in others.tolist():
                if other not in seen:
                    seen[other] = hops
                    step.append(other)
        ring = step
    listed = [
        (h, reader.ids[n])
        for n, h in seen.items()
        if h and reader.is_designated(reader.ids[n])
    ]
    return [entity for _, entity in sorted(listed)]
