"""Builders of holdings for tests."""

from standsbehind.graph.holdings import (
    ABOVE,
    BELOW,
    CAPITAL,
    INDIRECT,
    WHOLE,
    Holding,
    build_holdings,
    columns_of,
)
from standsbehind.graph.links import ALWAYS, NEVER
from standsbehind.model.share import read_share
from standsbehind.tracing.stakes import gather, holdings_around

_KNOWN = {"kind": CAPITAL, "flags": 0, "start": int(ALWAYS), "end": int(NEVER)}


def held(owner, asset, share, **more):
    """Say a stake as `held(0, 1, "25-50")`; nodes are numbers."""
    stated = read_share(share)
    lower = 0 if stated.least is None else int(stated.least * WHOLE / 100)
    upper = WHOLE if stated.most is None else int(stated.most * WHOLE / 100)
    flags = ABOVE * stated.is_above | BELOW * stated.is_below
    flags |= INDIRECT * more.pop("indirect", False)
    bounds = {"lower": lower, "upper": upper, "flags": flags}
    return Holding(owner, asset, edge=0, **{**_KNOWN, **bounds, **more})


def between(owner, asset, lower, upper):
    """Say a stake by its bounds in billionths."""
    return Holding(owner, asset, edge=0, lower=lower, upper=upper, **_KNOWN)


def laid(*stakes, nodes=0):
    """Lay stakes out as holdings."""
    nodes = max(nodes, 1 + max(max(one.owner, one.asset) for one in stakes))
    numbered = [one._replace(edge=n) for n, one in enumerate(stakes)]
    return build_holdings(nodes, columns_of(numbered))


def stakes_of(*stakes, around=0, side="assets", day=None, share_class="capital"):
    """Gather the stakes around a node."""
    holdings = laid(*stakes, nodes=around + 1)
    rows = holdings_around(holdings, around, side, day)
    return gather(holdings, rows, share_class)
