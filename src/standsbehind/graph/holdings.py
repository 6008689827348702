"""Holdings: every stake and statement of control of a snapshot as columns, found by either end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import distinct, spans

__all__ = [
    "ABOVE",
    "ACCOUNTS",
    "BELOW",
    "CAPITAL",
    "CONTROL",
    "INDIRECT",
    "JOINT",
    "NOMINEE",
    "NOT_STATED",
    "ODD",
    "OWNED",
    "RELATED",
    "UNSTATED",
    "VOTES",
    "WHOLE",
    "Holding",
    "Holdings",
    "build_holdings",
    "columns_of",
    "distinct_below",
    "order_by",
]

WHOLE = 1_000_000_000
"""Shares are whole numbers of billionths, so that sums of them are exact."""

CAPITAL, VOTES, UNSTATED = 0, 1, 2
"""Of what a stake is a share; `UNSTATED` where the source does not say."""
CONTROL, ACCOUNTS, RELATED, OWNED = 3, 4, 5, 6
"""Statements without a share: that one controls the other, consolidates it in its accounts, is
its parent or affiliate; and `OWNED`, a stake of which a source says only that it is owned."""

ABOVE, BELOW = 1, 2
"""The share is more than its lower bound, or less than its upper one, and not just as much."""
INDIRECT, NOMINEE, JOINT = 4, 8, 16
"""Stated to be held through others, in a nominee's name, together with other owners."""
NOT_STATED, ODD = 32, 64
"""No share is stated; or a text is, which states none that a stake could have."""


class Holding(NamedTuple):
    """One stake or statement, as it enters the columns."""

    owner: int
    asset: int
    kind: int
    lower: int
    upper: int
    flags: int
    start: int
    end: int
    edge: int
    parcel: int = 0
    record: int = 0
    source: int = 0


@dataclass(frozen=True, slots=True)
class Holdings:
    """The m holdings between n nodes, sorted by owner and then by asset.

    An edge with several values at an end stands here once for each pair of ends.
    """

    owner: NDArray[np.int32]
    asset: NDArray[np.int32]
    kind: NDArray[np.uint8]
    """Shape (m,): `CAPITAL` ... `OWNED`."""
    lower: NDArray[np.int32]
    """Shape (m,): the least that the share can be, in billionths."""
    upper: NDArray[np.int32]
    flags: NDArray[np.uint8]
    start: NDArray[np.int32]
    """Shape (m,): the first day on which it may hold, in days since 1970-01-01."""
    end: NDArray[np.int32]
    """Shape (m,): the first day on which it cannot hold any more."""
    edge: NDArray[np.int32]
    """Shape (m,): its row in the snapshot's table `edges`."""
    parcel: NDArray[np.int32]
    """Shape (m,): the class of shares that it names, as a number; 0 for none. This and the
    next two are told only where an owner has several stakes in one asset."""
    record: NDArray[np.int32]
    """Shape (m,): the record that tells it, as a number."""
    source: NDArray[np.int32]
    """Shape (m,): the source that tells it, as a number."""
    owner_starts: NDArray[np.int64]
    """Shape (n + 1,): where the holdings of each owner begin."""
    asset_starts: NDArray[np.int64]
    by_asset: NDArray[np.int32]
    """Shape (m,): the places of the holdings, sorted by asset."""

    def __len__(self) -> int:
        """Count the holdings."""
        return len(self.owner)

    @property
    def nodes(self) -> int:
        """Count the nodes."""
        return len(self.owner_starts) - 1

    def held_by(self, nodes: NDArray[Any]) -> NDArray[np.int64]:
        """Return the places of what the nodes hold."""
        return spans(self.owner_starts, nodes)[0]

    def held_in(self, nodes: NDArray[Any]) -> NDArray[np.int64]:
        """Return the places of what is held in the nodes."""
        return self.by_asset[spans(self.asset_starts, nodes)[0]].astype(np.int64)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the columns as arrays; `from_arrays` reads them back."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Holdings":
        """Open the columns, which may be mapped from disk."""
        return cls(**arrays)


def build_holdings(nodes: int, columns: Mapping[str, NDArray[Any]]) -> Holdings:
    """Lay holdings out by both ends. `columns` has one array for each field of `Holding`.

    The last three of the fields may be left out.
    """
    order = order_by(np.asarray(columns["asset"]))
    order = order[order_by(np.asarray(columns["owner"])[order])]
    types = {"kind": np.uint8, "flags": np.uint8}
    nothing = np.zeros(len(order), dtype=np.int32)
    laid: dict[str, NDArray[Any]] = {
        name: np.asarray(columns.get(name, nothing))[order].astype(
            types.get(name, np.int32)
        )
        for name in Holding._fields
    }
    return Holdings(
        **laid,
        owner_starts=_starts(laid["owner"], nodes),
        asset_starts=_starts(laid["asset"], nodes),
        by_asset=order_by(laid["asset"]),
    )


def columns_of(holdings: Sequence[Holding]) -> dict[str, NDArray[np.int64]]:
    """Turn holdings into the columns that `build_holdings` takes."""
    table = np.asarray(holdings, dtype=np.int64).reshape(-1, len(Holding._fields))
    return dict(zip(Holding._fields, table.T, strict=True))


def distinct_below(values: NDArray[Any], size: int) -> NDArray[Any]:
    """Return the different ones of some whole numbers below `size`, ascending."""
    # Marking is faster than sorting, but for few values among many.
    if len(values) * 20 > size:
        marked = np.zeros(size, dtype=np.bool_)
        marked[values] = True
        return np.flatnonzero(marked)
    return distinct(values)


def order_by(values: NDArray[Any]) -> NDArray[np.int32]:
    """Return the places of whole numbers below 2 ** 31 in ascending order, equal ones as they are."""
    # Number and place in one word, as in `in_order`; but nothing is kept of it besides.
    bits = len(values).bit_length()
    packed = values.astype(np.int64)
    packed <<= bits
    packed |= np.arange(len(values), dtype=np.int32)
    packed.sort()
    packed &= (1 << bits) - 1
    return packed.astype(np.int32)


def _starts(ends: NDArray[Any], nodes: int) -> NDArray[np.int64]:
    counts = np.bincount(ends, minlength=nodes)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
