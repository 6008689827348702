"""Stakes: who holds which share of what on a day, gathered around one entity and made consistent."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import (
    ABOVE,
    BELOW,
    CAPITAL,
    INDIRECT,
    OWNED,
    UNSTATED,
    VOTES,
    WHOLE,
    Holdings,
    distinct_below,
)
from standsbehind.graph.links import day_number
from standsbehind.tracing.parcels import Part, together

__all__ = ["Stakes", "gather", "holdings_around"]

ShareClass = Literal["capital", "votes"]
Side = Literal["owners", "assets"]

_KINDS = {"capital": (CAPITAL, UNSTATED, OWNED), "votes": (VOTES,)}
"""A stake of which no source says what it is a share of counts as capital, and is marked."""
_COLUMNS: Mapping[str, type[np.generic]] = {
    "owner": np.int32,
    "asset": np.int32,
    "lower": np.int32,
    "upper": np.int32,
    "above": np.bool_,
    "below": np.bool_,
    "indirect": np.bool_,
    "conflict": np.bool_,
    "unclear": np.bool_,
    "rows": np.int32,
}
TOGETHER = 1 << 18
"""Rows that are made consistent together, and those of the last of their assets."""
Columns = dict[str, NDArray[Any]]

_ROUNDING = WHOLE // 1000
"""Shares are printed with two places: sums up to 100.1 % are no contradiction."""


@dataclass(frozen=True, slots=True)
class Stakes:
    """The stakes of one class between k nodes, m of them, one for each pair and directness.

    Bounds are billionths. The lower bounds of the direct stakes in one node sum to at most
    the whole, and no upper bound is more than the others leave.
    """

    nodes: NDArray[np.int32]
    """Shape (k,): the snapshot's node of each of ours, ascending."""
    owner: NDArray[np.int32]
    """Shape (m,): the place of the owner in `nodes`."""
    asset: NDArray[np.int32]
    lower: NDArray[np.int32]
    upper: NDArray[np.int32]
    above: NDArray[np.bool_]
    """Shape (m,): the share is more than `lower`."""
    below: NDArray[np.bool_]
    indirect: NDArray[np.bool_]
    """Shape (m,): stated as held through others, and no such chain is in the data."""
    conflict: NDArray[np.bool_]
    """Shape (m,): statements of this one stake that cannot all be true; the bounds span them."""
    unclear: NDArray[np.bool_]
    """Shape (m,): it is not said whether its statements are of one stake or of parcels that add
    up; the bounds hold both."""
    rows: NDArray[np.int32]
    """Shape (m,): the first of its rows in the holdings."""
    excess: NDArray[np.int64]
    """Shape (k,): by how much the stakes stated in a node exceed the whole; 0 where they do not."""
    told: Mapping[tuple[int, int], tuple[int, int]]
    """By owner and asset, the bounds of what is stated as indirect where its chain is in the data."""
    parcels: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """By the first of its rows, the others of a stake that is, or may be, parcels."""

    def __len__(self) -> int:
        """Count the stakes."""
        return len(self.owner)

    def place(self, node: int) -> int | None:
        """Return our number of a node of the snapshot; None where it is not among these."""
        found = int(np.searchsorted(self.nodes, node))
        is_here = found < len(self.nodes) and self.nodes[found] == node
        return found if is_here else None

    def stated_in(self) -> NDArray[np.int64]:
        """Sum the lower bounds of the direct stakes in each node; shape (k,)."""
        return self._summed(self.lower)

    def is_loose(self) -> NDArray[np.bool_]:
        """Tell the nodes whose stakes could, by their upper bounds, exceed the whole; shape (k,)."""
        return self._summed(self.upper) > WHOLE

    def _summed(self, share: NDArray[np.int32]) -> NDArray[np.int64]:
        """Sum a bound of the direct stakes in each node."""
        if not self.indirect.any():
            return sums(self.asset, share, len(self.nodes))
        direct = ~self.indirect
        return sums(self.asset[direct], share[direct], len(self.nodes))


def sums(places: NDArray[Any], values: NDArray[Any], size: int) -> NDArray[np.int64]:
    """Add up whole numbers by place. Exact: sums of billionths stay far below 2 ** 53."""
    return np.bincount(places, weights=values, minlength=size).astype(np.int64)


def holdings_around(
    holdings: Holdings, node: int, side: Side, day: date | None
) -> NDArray[np.int64]:
    """Walk from a node to all its owners, and theirs, or to all it owns; return the rows.

    With a day, only what may hold on it; statements of control are walked as stakes are.
    """
    step: Callable[[NDArray[Any]], NDArray[np.int64]] = (
        holdings.held_in if side == "owners" else holdings.held_by
    )
    far = holdings.owner if side == "owners" else holdings.asset
    seen = np.zeros(holdings.nodes, dtype=np.bool_)
    seen[node] = True
    ring = np.array([node])
    found = []
    while len(ring):
        rows = step(ring)
        if day is not None:
            number = day_number(day)
            holds = (holdings.start[rows] <= number) & (number < holdings.end[rows])
            rows = rows[holds]
        found.append(rows)
        others = far[rows]
        ring = distinct_below(others[~seen[others]], holdings.nodes)
        seen[ring] = True
    return np.concatenate(found)


def gather(holdings: Holdings, rows: NDArray[Any], share_class: ShareClass) -> Stakes:
    """Make stakes of one class consistent: one for each pair, none beyond what others leave."""
    of_class = rows[np.isin(holdings.kind[rows], _KINDS[share_class])]
    rows = _by_asset(holdings, of_class)
    nodes, place = _numbered(holdings, rows)
    excess = np.zeros(len(nodes), np.int64)
    columns: dict[str, NDArray[Any]] = {
        name: np.empty(len(rows), kind) for name, kind in _COLUMNS.items()
    }
    parcels: dict[int, tuple[int, ...]] = {}
    count = 0
    for some in _parts(holdings, rows):
        stakes = _consistent(_merge(holdings, some, place, parcels), excess)
        for name, column in stakes.items():
            columns[name][count : count + len(column)] = column
        count += len(stakes["rows"])
    kept = {name: column[:count] for name, column in columns.items()}
    found = Stakes(nodes=nodes, **kept, excess=excess, told={}, parcels=parcels)
    return _without_chains(found) if found.indirect.any() else found


def _by_asset(holdings: Holdings, rows: NDArray[Any]) -> NDArray[Any]:
    """Sort rows by asset, owner and directness."""
    if len(rows) * 20 > len(holdings):
        chosen = np.zeros(len(holdings), dtype=np.bool_)
        chosen[rows] = True
        by_asset = holdings.by_asset[chosen[holdings.by_asset]]
        if not (holdings.flags[by_asset] & INDIRECT).any():
            return by_asset
    flags = holdings.flags[rows] & INDIRECT
    return rows[np.lexsort((flags, holdings.owner[rows], holdings.asset[rows]))]


def _numbered(
    holdings: Holdings, rows: NDArray[Any]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Give the ends of some rows numbers; return the nodes of these, and the numbers of nodes."""
    ends = np.concatenate((holdings.owner[rows], holdings.asset[rows]))
    nodes = distinct_below(ends, holdings.nodes).astype(np.int32)
    place = np.empty(holdings.nodes, dtype=np.int32)
    place[nodes] = np.arange(len(nodes), dtype=np.int32)
    return nodes, place


def _parts(holdings: Holdings, rows: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """Split rows between assets: what is worked out of a part is small beside the whole."""
    start = 0
    while start < len(rows):
        end = min(start + TOGETHER, len(rows))
        last = holdings.asset[rows[end - 1]]
        while end < len(rows) and holdings.asset[rows[end]] == last:
            more = holdings.asset[rows[end : end + TOGETHER]]
            end += int(np.searchsorted(more, last, "right"))
        yield rows[start:end]
        start = end


def _merge(
    holdings: Holdings,
    rows: NDArray[Any],
    place: NDArray[np.int32],
    parcels: dict[int, tuple[int, ...]],
) -> Columns:
    """Take several statements of one holder's shares in one firm together; `parcels` is filled."""
    owner, asset = place[holdings.owner[rows]], place[holdings.asset[rows]]
    flags = holdings.flags[rows]
    indirect = (flags & INDIRECT) > 0
    is_first = np.ones(len(rows), dtype=np.bool_)
    same = (owner[1:] == owner[:-1]) & (asset[1:] == asset[:-1])
    is_first[1:] = ~(same & (indirect[1:] == indirect[:-1]))
    lower, upper = (
        column[rows].astype(np.int64) for column in (holdings.lower, holdings.upper)
    )
    above, below = (flags & ABOVE) > 0, (flags & BELOW) > 0
    starts = np.flatnonzero(is_first)
    conflict, unclear = (np.zeros(len(starts), dtype=np.bool_) for _ in range(2))
    ends_at = np.append(starts[1:], len(rows))
    told = (holdings.parcel, holdings.record, holdings.source)
    for number in np.flatnonzero(ends_at - starts > 1).tolist():
        group = slice(starts[number], ends_at[number])
        at, of = starts[number], rows[group]
        bounds = (column[group].tolist() for column in (lower, above, upper, below))
        whose = (column[of].tolist() for column in told)
        parts = [Part(*one) for one in zip(*bounds, *whose, strict=True)]
        found = together(parts)
        lower[at], above[at], upper[at], below[at] = found[:4]
        conflict[number], unclear[number] = found.conflict, found.unclear
        if found.unclear or len({part.parcel for part in parts}) > 1:
            parcels[int(of[0])] = tuple(of[1:].tolist())
    stated = {
        "owner": owner,
        "asset": asset,
        "lower": lower,
        "upper": upper,
        "above": above,
        "below": below,
        "indirect": indirect,
        "rows": rows,
    }
    merged = {name: column[starts] for name, column in stated.items()}
    return merged | {"conflict": conflict, "unclear": unclear}


def _consistent(stakes: Columns, excess: NDArray[np.int64]) -> Columns:
    """Use that the stakes in one node are shares of one whole.

    Where those stated exceed it, any of them may be the wrong one: each is taken to be at
    least what the others leave, and `excess` is told. Else each is at most what the others
    leave.
    """
    first, last = int(stakes["asset"][0]), int(stakes["asset"][-1])
    asset, size = stakes["asset"] - first, last - first + 1
    lower, upper, above = stakes["lower"], stakes["upper"], stakes["above"]
    direct = ~stakes["indirect"]
    total = sums(asset[direct], lower[direct], size)
    beyond = np.maximum(total - WHOLE, 0)
    excess[first : last + 1] = np.where(beyond > _ROUNDING, beyond, 0)
    over = beyond[asset] * direct
    lower = np.maximum(lower - over, 0)
    above = above & (over == 0)
    left = WHOLE - sums(asset[direct], lower[direct], size)[asset] + lower
    is_cut = direct & (over == 0) & (upper > left)
    stricter = sums(asset[direct], above[direct], size)[asset]
    return stakes | {
        "lower": lower,
        "upper": np.where(is_cut, left, upper),
        "above": above,
        "below": np.where(is_cut, stricter - above > 0, stakes["below"]),
    }


def _without_chains(stakes: Stakes) -> Stakes:
    """Leave out what is stated as indirect where the chain that it runs through is in the data."""
    reached: dict[int, NDArray[np.bool_]] = {}
    kept = np.ones(len(stakes), dtype=np.bool_)
    told = {}
    for number in np.flatnonzero(stakes.indirect).tolist():
        owner, asset = int(stakes.owner[number]), int(stakes.asset[number])
        if owner not in reached:
            reached[owner] = _reached_through_others(stakes, owner)
        kept[number] = not reached[owner][asset]
        if not kept[number]:
            bounds = int(stakes.lower[number]), int(stakes.upper[number])
            told[owner, asset] = bounds
    cut = {name: getattr(stakes, name)[kept] for name in _COLUMNS}
    return replace(stakes, **cut, told=told)


def _reached_through_others(stakes: Stakes, owner: int) -> NDArray[np.bool_]:
    """Tell what the owner holds by two direct stakes or more, one through the other."""
    direct = ~stakes.indirect & (stakes.upper > 0)
    source, target = stakes.owner[direct], stakes.asset[direct]
    through = np.zeros(len(stakes.nodes), dtype=np.bool_)
    seen = np.zeros(len(stakes.nodes), dtype=np.bool_)
    seen[target[source == owner]] = True
    seen[owner] = False
    ring = seen.copy()
    while ring.any():
        step = np.zeros(len(stakes.nodes), dtype=np.bool_)
        step[target[ring[source]]] = True
        through |= step
        step[owner] = False
        ring = step & ~seen
        seen |= step
    return through
