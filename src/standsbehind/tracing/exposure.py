"""Exposure: which listed subjects stand within a few hops of an entity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.graph.reader import Reader
from standsbehind.tracing.paths import HUB_LINKS, IN_COMMON, Path, Question, trace

__all__ = ["Exposed", "exposures"]

MAX_HOPS = 2
MOST = 5
PATHS_TRIED = 10


@dataclass(frozen=True, slots=True)
class Exposed:
    """One listed subject near an entity; no path means the entity itself."""

    entity_id: str
    path: Path | None


def exposures(
    reader: Reader, entity_id: str, as_of: date | None = None
) -> tuple[tuple[Exposed, ...], bool]:
    """Find the entity itself if it is listed, then listed subjects at most two hops away.

    Returns at most five, the nearest first, and whether there were more. Two firms that
    have no more in common than a customer, a place or a capability do not stand behind
    each other.
    """
    found = [Exposed(entity_id, None)] if reader.is_designated(entity_id) else []
    for other in _listed_nearby(reader, entity_id):
        if not _is_listed(reader, other, as_of):
            continue
        question = Question(
            (entity_id,), (other,), max_hops=MAX_HOPS, limit=PATHS_TRIED, as_of=as_of
        )
        paths = trace(reader, question).paths
        behind = next((path for path in paths if not _only_meets(path)), None)
        if behind is None:
            continue
        if len(found) == MOST:
            return tuple(found), True
        found.append(Exposed(other, behind))
    return tuple(found), False


def _is_listed(reader: Reader, entity_id: str, as_of: date | None) -> bool:
    """Whether a listing holds on the day, or, with no day given, ever held."""
    listings = reader.designations([entity_id])[entity_id]
    if as_of is None:
        return any(listing.status != "exempted" for listing in listings)
    return any(listing.holds_on(as_of) for listing in listings)


def _only_meets(path: Path) -> bool:
    """Whether two hops do no more than point at the same entity from both sides.

    Owners who meet in what they own together do stand behind each other.
    """
    if len(path.hops) != 2:
        return False
    first, second = path.hops
    owned_together = first.edge.schema == second.edge.schema == "Ownership"
    return first.forward and not second.forward and not owned_together


def _listed_nearby(reader: Reader, entity_id: str) -> Sequence[str]:
    start = reader.numbers[entity_id]
    seen = {start: 0}
    ring = [start]
    for hops in range(1, MAX_HOPS + 1):
        step: list[int] = []
        for node in ring:
            others, _ = reader.graph.links(node)
            is_shared = reader.schemata[reader.schema_codes[node]] in IN_COMMON
            if is_shared or len(others) > HUB_LINKS:
                continue
            for other in others.tolist():
                if other not in seen:
                    seen[other] = hops
                    step.append(other)
        ring = step
    listed = [(h, reader.ids[n]) for n, h in seen.items() if h and reader.designated[n]]
    return [entity for _, entity in sorted(listed)]
