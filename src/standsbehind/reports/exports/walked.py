"""Walking: every entity and every link of a snapshot once, some at a time, so that memory stays flat."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge

__all__ = ["Link", "batches", "links", "nodes_of_links"]

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Link:
    """One link between two entities; an edge with several ends gives one for each pair."""

    number: int
    """Its number in the graph of the snapshot."""
    source: str
    target: str
    edge: Edge


def batches(reader: Reader) -> Iterator[list[str]]:
    """Give the ids of all entities in their order, the claims of each batch read at once."""
    ids = reader.ids
    for start in range(0, len(ids), BATCH):
        batch = list(ids[start : start + BATCH])
        reader.claims(batch)
        yield batch
        reader.forget()


def links(reader: Reader, day: date | None) -> Iterator[Link]:
    """Give all links in the order of their ids, with their evidence; with a day, what may hold."""
    columns = reader.links
    for start in range(0, len(columns), BATCH):
        numbers = range(start, min(start + BATCH, len(columns)))
        edges = reader.edges_at(numbers)
        for number in numbers:
            (edge_id,) = reader.edge_ids([number])
            edge = edges[edge_id]
            if day is None or edge.holds_on(day):
                source, target = columns.source[number], columns.target[number]
                yield Link(number, reader.ids[source], reader.ids[target], edge)
        reader.forget()


def nodes_of_links(reader: Reader, day: date | None) -> Iterator[str]:
    """Give the ids of the entities that such links join, in their order."""
    columns = reader.links
    ends = np.zeros(reader.graph.nodes, np.bool_)
    holding = slice(None) if day is None else columns.holds_on(day)
    ends[columns.source[holding]] = True
    ends[columns.target[holding]] = True
    for node in np.flatnonzero(ends).tolist():
        yield reader.ids[node]
