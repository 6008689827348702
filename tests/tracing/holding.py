"""Builders of holdings for tests, and an oracle that works their interests out in another way."""

from fractions import Fraction

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


def oracle(shares, nodes, root):
    """Solve x_j = s_rj + sum over i but r of x_i s_ij exactly, on the whole matrix at once.

    `shares` maps (owner, asset) to a fraction. None where the system has no one solution.
    """
    others = [node for node in range(nodes) if node != root]
    rows = [
        [Fraction(j == i) - shares.get((i, j), 0) for i in others]
        + [Fraction(shares.get((root, j), 0))]
        for j in others
    ]
    for turn in range(len(others)):
        pivot = next((r for r in range(turn, len(rows)) if rows[r][turn]), None)
        if pivot is None:
            return None
        rows[turn], rows[pivot] = rows[pivot], rows[turn]
        rows[turn] = [value / rows[turn][turn] for value in rows[turn]]
        for place, row in enumerate(rows):
            if place != turn and row[turn]:
                factor = row[turn]
                rows[place] = [
                    a - factor * b for a, b in zip(row, rows[turn], strict=True)
                ]
    found = {node: row[-1] for node, row in zip(others, rows, strict=True)}
    return [Fraction(1) if n == root else found[n] for n in range(nodes)]
