"""Exposure: which listed subjects stand within a few hops of an entity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader
from standsbehind.tracing.budget import Budget
from standsbehind.tracing.filters import Filter
from standsbehind.tracing.network import Network, Steps, Walker, joined
from standsbehind.tracing.paths import TIME_LIMIT, Path, read_paths
from standsbehind.tracing.snapshot_network import network_of
from standsbehind.tracing.telling import shown

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

    Returns at most five, the nearest first, and whether there were more. Two firms that
    have no more in common than a customer, a place or a capability do not stand behind
    each other.
    """
    found = [Exposed(entity_id, None)] if reader.is_designated(entity_id) else []
    start = np.array([reader.numbers[entity_id]], np.int64)
    budget = Budget(TIME_LIMIT)
    walker = Walker(network_of(reader), Filter(as_of=as_of), start, budget)
    for nodes in _listed_nearby(walker, reader.designated):
        other = reader.ids[nodes[-1]]
        if not _is_listed(reader, other, as_of):
            continue
        if len(found) == MOST:
            return tuple(found), True
        (path,) = read_paths(reader, walker, [nodes])
        found.append(Exposed(other, path))
    return tuple(found), False


def _is_listed(reader: Reader, entity_id: str, as_of: date | None) -> bool:
    """Whether a listing holds on the day, or, with no day given, ever held."""
    listings = reader.designations([entity_id])[entity_id]
    if as_of is None:
        return any(listing.status != "exempted" for listing in listings)
    return any(listing.holds_on(as_of) for listing in listings)


def _listed_nearby(
    walker: Walker, listed: NDArray[np.bool_]
) -> Iterator[tuple[int, ...]]:
    """Find the best way to each listed node: direct ones first, then by node."""
    start = int(walker.ends[0])
    network = walker.network
    around = list(walker.pieces(walker.ends, along=True))
    direct = {
        n for steps, _ in around for n in steps.there[listed[steps.there]].tolist()
    }
    yield from ((start, node) for node in sorted(direct))
    first, strength = shown(network, joined(s.where(is_open) for s, is_open in around))
    onwards = walker.pieces(first.there, along=True)
    second, further = shown(
        network, joined(steps.where(listed[steps.there]) for steps, _ in onwards)
    )
    places = np.searchsorted(first.there, second.here)
    meets = _only_meets(network, first.where(places), second)
    weakest = np.minimum(strength[places], further)
    seen = {start, *direct}
    for place in np.lexsort((second.here, -weakest, second.there)).tolist():
        node = int(second.there[place])
        if node not in seen and not meets[place]:
            seen.add(node)
            yield start, int(second.here[place]), node


def _only_meets(network: Network, first: Steps, second: Steps) -> NDArray[np.bool_]:
    """Tell which two hops do no more than point at the same entity from both sides.

    Owners who meet in what they own together do stand behind each other.
    """
    links = network.links
    one, two = network.numbers(first), network.numbers(second)
    owns = np.array([schema == "Ownership" for schema, _ in links.kinds], np.bool_)
    points = (links.source[one] == first.here) & (links.source[two] == second.there)
    together = owns[links.kind[one]] & owns[links.kind[two]]
    meets: NDArray[np.bool_] = points & ~together
    return meets
