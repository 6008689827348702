"""The network of a snapshot, opened once for all searches in it."""

from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader
from standsbehind.tracing.network import Network

__all__ = ["IN_COMMON", "network_of", "of_schemata"]

IN_COMMON = frozenset({"AffectedGroup", "Capability", "Norm", "Place"})
"""What two firms may have in common without any link between them: ends of paths, not hops."""

_NETWORKS: WeakKeyDictionary[Reader, Network] = WeakKeyDictionary()


def network_of(reader: Reader) -> Network:
    """Return the network of a reader's snapshot; it is kept, with the hubs counted so far."""
    if reader not in _NETWORKS:
        shared = of_schemata(reader, IN_COMMON)
        _NETWORKS[reader] = Network(reader.graph, reader.links, shared)
    return _NETWORKS[reader]


def of_schemata(reader: Reader, wanted: frozenset[str]) -> NDArray[np.bool_]:
    """Tell which nodes are of one of the schemata; shape (n,)."""
    chosen = [code for code, name in enumerate(reader.schemata) if name in wanted]
    return np.isin(reader.schema_codes, chosen)
