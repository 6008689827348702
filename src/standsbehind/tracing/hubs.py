"""Hubs: who has so many links of one type that they link nobody to anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.edges import Edges
from standsbehind.graph.links import Links

__all__ = ["CAPS", "ORDINARY", "USUAL", "Cap", "Caps", "HubMet", "Hubs"]


@dataclass(frozen=True, slots=True)
class Cap:
    """How many links of a type an entity may have before they say nothing, and why."""

    most: int
    why: str


ORDINARY = Cap(2_000, "so many links join everything to everything")
CAPS: Mapping[str, Cap] = MappingProxyType(
    {
        "Debt": Cap(500, "who borrows at one bank has no more than the bank in common"),
        "Payment": Cap(500, "who pays through one house shares no more than the house"),
        "Representation": Cap(
            200, "an agent for hire stands for firms that do not know each other"
        ),
        "Directorship": Cap(
            200, "who directs hundreds of firms is their agent, not their link"
        ),
        "Membership": Cap(1_000, "members of one association need not know each other"),
        "UnknownLink": Cap(1_000, "a link whose kind is not known says little"),
    }
)
"""By the schema of the links; `ORDINARY` holds for all others."""


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps of a question: the table, or one number for every type."""

    every: int | None = None

    def of(self, schema: str) -> Cap:
        """Return the cap on links of a schema."""
        if self.every is not None:
            return Cap(self.every, "as asked for")
        return CAPS.get(schema, ORDINARY)


@dataclass(frozen=True, slots=True)
class HubMet:
    """A hub whose links of one type were not walked, because they are too many."""

    node: int
    schema: str
    count: int
    cap: Cap

    @property
    def why(self) -> str:
        """Say how many links there are, and why they are not walked."""
        return (
            f"{self.count:,} links of {self.schema}; not walked through, more than "
            f"{self.cap.most:,} ({self.cap.why})"
        )


USUAL = Caps()
"""The caps of the table."""


class Hubs:
    """The hubs of a graph; the links of a hub are counted by type when it is first met."""

    def __init__(
        self, graph: Edges, links: Links, caps: Caps, shared: NDArray[np.bool_]
    ) -> None:
        schemata = list(dict.fromkeys(schema for schema, _ in links.kinds))
        self._graph = graph
        self._links = links
        self._schemata = schemata
        self._caps = [caps.of(schema) for schema in schemata]
        self._schema_of_kind = np.array(
            [schemata.index(schema) for schema, _ in links.kinds], np.int64
        )
        most = np.array([cap.most for cap in self._caps] or [0])
        self.crowded: NDArray[np.bool_] = np.diff(graph.starts) > most.min()
        """Shape (n,): which nodes may be hubs; one that is counted and is none is taken out."""
        self.special = self.crowded | shared
        """Shape (n,): which nodes a path may not just go through: those, and what is shared."""
        self._most = most
        self._nodes = np.flatnonzero(self.crowded)
        self._counts = np.zeros((len(self._nodes), len(schemata)), np.int64)
        self._counted = np.zeros(len(self._nodes), np.bool_)
        self._walkable: dict[int, NDArray[np.int64]] = {}

    def none_met(self) -> NDArray[np.bool_]:
        """Begin a record of hubs met: for each crowded node and schema, whether it was."""
        return np.zeros(self._counts.shape, np.bool_)

    def too_many(
        self, nodes: NDArray[Any], numbers: NDArray[Any], met: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Tell for crowded nodes, with a link of each, which links are one of too many.

        The hubs are written down in `met`.
        """
        places = np.searchsorted(self._nodes, nodes)
        self._count(np.unique(places[~self._counted[places]]))
        schemata = self._schema_of_kind[self._links.kind[numbers]]
        over: NDArray[np.bool_] = self._counts[places, schemata] > self._most[schemata]
        met[places[over], schemata[over]] = True
        return over

    def walkable(self, node: int, met: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the places of a crowded node's links that are not of too many.

        The types of the others are written down in `met`.
        """
        place = int(np.searchsorted(self._nodes, node))
        if node not in self._walkable:
            self._count(np.array([place])[~self._counted[[place]]])
            over = self._counts[place] > self._most
            _, numbers = self._graph.links(node)
            schemata = self._schema_of_kind[self._links.kind[numbers]]
            kept = np.flatnonzero(~over[schemata])
            self._walkable[node] = kept + self._graph.starts[node]
        met[place] |= self._counts[place] > self._most
        return self._walkable[node]

    def _count(self, places: NDArray[Any]) -> None:
        for place in places.tolist():
            _, numbers = self._graph.links(self._nodes[place])
            schemata = self._schema_of_kind[self._links.kind[numbers]]
            self._counts[place] = np.bincount(schemata, minlength=len(self._schemata))
            self._counted[place] = True
            if not (self._counts[place] > self._most).any():
                self.crowded[self._nodes[place]] = False

    def told(self, met: NDArray[np.bool_]) -> list[HubMet]:
        """Name the hubs that were met, and the types of their links that were not walked."""
        places, schemata = np.nonzero(met)
        return [
            HubMet(
                int(self._nodes[place]),
                self._schemata[schema],
                int(self._counts[place, schema]),
                self._caps[schema],
            )
            for place, schema in zip(places.tolist(), schemata.tolist(), strict=True)
        ]
