"""The network of a snapshot: its links in memory, read once for all searches."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.links import Links, days_of
from standsbehind.graph.reader import Reader
from standsbehind.model.dates import read_interval
from standsbehind.model.edge import VOICES
from standsbehind.tracing.network import Network

__all__ = ["IN_COMMON", "NodeSchemata", "listed_nodes", "network_of", "schemata_of"]

IN_COMMON = frozenset({"AffectedGroup", "Capability", "Norm", "Place"})
"""What two firms may have in common without any link between them: ends of paths, not hops."""


@dataclass(frozen=True, slots=True)
class NodeSchemata:
    """The schema of each of n nodes."""

    names: Sequence[str]
    of: NDArray[np.int32]
    """Shape (n,): the place of each node's schema in `names`."""

    def are(self, wanted: frozenset[str]) -> NDArray[np.bool_]:
        """Tell which nodes are of one of the schemata; shape (n,)."""
        chosen = np.array([name in wanted for name in self.names], np.bool_)
        return chosen[self.of] if len(self.of) else np.zeros(0, np.bool_)


_NETWORKS: WeakKeyDictionary[Reader, Network] = WeakKeyDictionary()
_SCHEMATA: WeakKeyDictionary[Reader, NodeSchemata] = WeakKeyDictionary()
_LISTED: WeakKeyDictionary[Reader, NDArray[np.bool_]] = WeakKeyDictionary()


def network_of(reader: Reader) -> Network:
    """Return the network of a reader's snapshot; what was read once is kept."""
    if reader not in _NETWORKS:
        shared = schemata_of(reader).are(IN_COMMON)
        _NETWORKS[reader] = Network(reader.graph, _links(reader), shared)
    return _NETWORKS[reader]


def schemata_of(reader: Reader) -> NodeSchemata:
    """Return the schema of each node of a reader's snapshot."""
    if reader not in _SCHEMATA:
        table = reader.snapshot.table("entities", columns=["schema"])
        column = table["schema"].combine_chunks().dictionary_encode()
        _SCHEMATA[reader] = NodeSchemata(
            column.dictionary.to_pylist(), column.indices.to_numpy()
        )
    return _SCHEMATA[reader]


def listed_nodes(reader: Reader) -> NDArray[np.bool_]:
    """Tell which nodes any list ever named, for whatever effect; shape (n,)."""
    if reader not in _LISTED:
        listed = np.zeros(reader.graph.nodes, np.bool_)
        named = reader.snapshot.table("sanctions", columns=["value"])["value"]
        numbers = reader.numbers
        found = [numbers[one] for one in named.to_pylist() if one in numbers]
        listed[found] = True
        _LISTED[reader] = listed
    return _LISTED[reader]


def _links(reader: Reader) -> Links:
    rows = reader.edge_rows
    edges = reader.edges([row["edge"] for row in rows])
    kinds = list(dict.fromkeys((row["schema"], row["role"]) for row in rows))
    groups: dict[str, int] = {}
    origins = [
        sorted(groups.setdefault(o, len(groups)) for o in edges[row["edge"]].origins)
        for row in rows
    ]
    days = [days_of(read_interval(row["start"], row["end"])) for row in rows]
    return Links(
        source=np.array([reader.numbers[row["source"]] for row in rows], np.int32),
        target=np.array([reader.numbers[row["target"]] for row in rows], np.int32),
        kind=np.array([kinds.index((r["schema"], r["role"])) for r in rows], np.uint16),
        kinds=kinds,
        start=np.array([start for start, _ in days], np.int32),
        end=np.array([end for _, end in days], np.int32),
        voice=np.array([VOICES.index(edges[r["edge"]].status) for r in rows], np.uint8),
        origin_starts=np.cumsum([0, *map(len, origins)], dtype=np.int64),
        origins=np.array(list(chain.from_iterable(origins)), np.int32),
    )
