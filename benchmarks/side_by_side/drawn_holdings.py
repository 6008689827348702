"""The stakes of a graph that was drawn, as the columns of a snapshot."""

import numpy as np

from side_by_side.graphs import Drawn
from standsbehind.graph.holdings import (
    CONTROL,
    NOT_STATED,
    UNSTATED,
    WHOLE,
    Holdings,
    build_holdings,
)

__all__ = ["holdings_of"]


def holdings_of(drawn: Drawn, nodes: int = 0) -> Holdings:
    """Lay out the links that are ownership, with their shares, and those that are control.

    `nodes` counts all nodes of the snapshot, where links are nodes too.
    """
    links = drawn.links
    schemata = np.array([schema for schema, _ in links.kinds])[links.kind]
    rows = np.flatnonzero(np.isin(schemata, ["Ownership", "Control"]))
    is_stake = schemata[rows] == "Ownership"
    stated = is_stake & ~np.isnan(drawn.least[rows])
    least = np.where(stated, drawn.least[rows], 0).astype(np.float64)
    most = np.where(stated, drawn.most[rows], 1).astype(np.float64)
    columns = {
        "owner": links.source[rows],
        "asset": links.target[rows],
        "kind": np.where(is_stake, UNSTATED, CONTROL),
        "lower": np.minimum(np.floor(least * WHOLE), WHOLE).astype(np.int64),
        "upper": np.minimum(np.ceil(most * WHOLE), WHOLE).astype(np.int64),
        "flags": np.where(stated, 0, NOT_STATED),
        "start": links.start[rows],
        "end": links.end[rows],
        "edge": rows,
    }
    return build_holdings(max(nodes, drawn.nodes), columns)
