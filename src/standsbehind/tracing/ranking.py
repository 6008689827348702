"""Ranking: who has links of one kind with the most others, as in who supplies the most listed buyers."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.links import Links
from standsbehind.graph.reader import Reader
from standsbehind.matching.arrays import distinct, in_order
from standsbehind.model.edge import Edge

__all__ = ["RankQuestion", "Ranked", "Ranking", "rank"]

Side = Literal["source", "target"]
MOST_EDGES = 200
"""Links whose evidence is read for one who is ranked; the count is of all."""


@dataclass(frozen=True, slots=True)
class RankQuestion:
    """What is counted: links of some kinds, from one side."""

    types: frozenset[str]
    """Schemata or roles of links."""
    side: Side = "source"
    """Who is ranked: those who act (the suppliers), or those acted upon."""
    listed: bool = False
    """Whether only those at the other end count that a list ever named."""
    as_of: date | None = None
    """Only links that may hold on the day, and listings likewise."""
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Ranked:
    """One who is ranked, with those at the other end and the links to them."""

    entity_id: str
    others: tuple[str, ...]
    """Each once, however many links there are; in the order of ids."""
    edges: tuple[Edge, ...]
    """The links, at most `MOST_EDGES`."""
    origins: int
    """The independent origins behind all of the links."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Those with the most others first; equal ones by id."""

    question: RankQuestion
    ranked: tuple[Ranked, ...]
    total: int
    """How many have any; more than are told where the limit was lower."""


def rank(reader: Reader, question: RankQuestion) -> Ranking:
    """Count for each entity the distinct others that its links of some kinds lead to."""
    links = reader.links
    numbers = np.flatnonzero(_asked_for(links, question))
    ends = (links.source[numbers], links.target[numbers])
    here, there = ends if question.side == "source" else ends[::-1]
    kept = here != there
    if question.listed:
        kept &= _listed(reader, there, question.as_of)
    numbers, here, there = numbers[kept], here[kept], there[kept]
    acting, order = in_order(here.astype(np.int64))
    numbers, there = numbers[order], there[order]
    pairs = distinct((acting << 32) | there)
    nodes, counts = np.unique(pairs >> 32, return_counts=True)
    best = nodes[np.lexsort((nodes, -counts))[: question.limit]]
    starts, ends = (np.searchsorted(acting, best, side) for side in ("left", "right"))
    return Ranking(
        question,
        tuple(
            _ranked(reader, numbers[start:end], np.unique(there[start:end]), node)
            for start, end, node in zip(starts, ends, best.tolist(), strict=True)
        ),
        len(nodes),
    )


def _asked_for(links: Links, question: RankQuestion) -> NDArray[np.bool_]:
    types = question.types
    of_kind = np.array([bool(set(kind) & types) for kind in links.kinds], np.bool_)
    mask = of_kind[links.kind] if len(of_kind) else np.zeros(len(links), np.bool_)
    return mask if question.as_of is None else mask & links.holds_on(question.as_of)


def _listed(
    reader: Reader, nodes: NDArray[np.int32], as_of: date | None
) -> NDArray[np.bool_]:
    named = reader.designated[nodes]
    if as_of is None:
        return named
    ids = {int(node): reader.ids[int(node)] for node in np.unique(nodes[named])}
    listings = reader.designations(ids.values())
    holding = [
        node
        for node, key in ids.items()
        if any(listing.holds_on(as_of) for listing in listings[key])
    ]
    return np.isin(nodes, holding)


def _ranked(
    reader: Reader, numbers: NDArray[np.int64], others: NDArray[np.int32], node: int
) -> Ranked:
    links = reader.links
    origins = {int(o) for n in numbers.tolist() for o in links.origins_of(n)}
    edges = reader.edges_at(numbers[:MOST_EDGES].tolist())
    return Ranked(
        reader.ids[node],
        tuple(reader.ids[int(other)] for other in others.tolist()),
        tuple(edges.values()),
        len(origins),
    )
