"""Holding arrays: the stakes and statements of control of a snapshot, from what its edges say."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.engines import local, plans
from standsbehind.graph.holdings import (
    ABOVE,
    ACCOUNTS,
    BELOW,
    CAPITAL,
    CONTROL,
    INDIRECT,
    JOINT,
    NOMINEE,
    NOT_STATED,
    ODD,
    OWNED,
    RELATED,
    UNSTATED,
    VOTES,
    WHOLE,
    build_holdings,
)
from standsbehind.graph.links import Links
from standsbehind.model.share import Share, read_share
from standsbehind.publishing.parcel_arrays import parcel_arrays

__all__ = ["Told", "holding_arrays", "told_of"]

_PROPS = ("amount", "ownershipType", "percentage", "role", "sharesType")
_VOTES = re.compile(r"\bvot(e|es|ing)\b")
_CAPITAL = re.compile(r"\b(capital|shares?|equity|ordinary|common|shareholding)\b")
_OWNED = re.compile(r"\b(owned|bought|acquired|belongs)\b")

_STATEMENTS: Sequence[tuple[re.Pattern[str], int, bool]] = (
    (re.compile(r"\bconsolidated by\b"), ACCOUNTS, True),
    (re.compile(r"\bcontrolled by\b"), CONTROL, True),
    (re.compile(r"\bcontrols\b"), CONTROL, False),
    (re.compile(r"\bsubsidiary of\b"), RELATED, True),
    (re.compile(r"\bparent of\b"), RELATED, False),
    (re.compile(r"\baffiliated? (of|to|with)\b"), RELATED, False),
)
"""Roles of links that state control or kinship: what they state, and whether the link's source
is the one below. "Significant influence or control" states neither."""


class Told(NamedTuple):
    """What is said of one stake, as numbers."""

    kind: int
    lower: int
    upper: int
    flags: int


def holding_arrays(
    edges: pa.Table, claims: pa.Table, links: Links, nodes: int
) -> dict[str, NDArray[np.generic]]:
    """Lay out the holdings. `links` has the columns of `edges`, row by row; n nodes."""
    kinds = [_kind_of(schema, role) for schema, role in links.kinds]
    kind = np.array([one[0] for one in kinds], dtype=np.int64)[links.kind]
    is_reversed = np.array([one[1] for one in kinds], dtype=np.bool_)[links.kind]
    rows = np.flatnonzero(kind >= 0)
    back = is_reversed[rows]
    source, target = links.source[rows], links.target[rows]
    columns: dict[str, NDArray[Any]] = {
        "owner": np.where(back, target, source),
        "asset": np.where(back, source, target),
        "kind": kind[rows],
        "lower": np.zeros(len(rows), dtype=np.int64),
        "upper": np.full(len(rows), WHOLE),
        "flags": np.full(len(rows), NOT_STATED),
        "start": links.start[rows],
        "end": links.end[rows],
        "edge": rows,
    }
    _tell_stakes(columns, edges, claims)
    columns |= parcel_arrays(columns, edges, claims)
    built = build_holdings(nodes, columns)
    return {f"holdings-{name}": array for name, array in built.arrays().items()}


def _kind_of(schema: str, role: str) -> tuple[int, bool]:
    """Say what a kind of link states, and whether its source is below; -1 for nothing."""
    if schema == "Ownership":
        return UNSTATED, False
    if schema == "Control":
        return CONTROL, False
    for form, kind, is_reversed in _STATEMENTS if schema == "UnknownLink" else ():
        if form.search(role.lower()):
            return kind, is_reversed
    return -1, False


def _tell_stakes(
    columns: dict[str, NDArray[Any]], edges: pa.Table, claims: pa.Table
) -> None:
    """Fill in what the sources say of each stake."""
    is_stake = columns["kind"] == UNSTATED
    stated = local.run(
        plans.STAKES, {"edges": edges, "live": claims}, {"props": list(_PROPS)}
    )
    texts = stated["told"].combine_chunks().dictionary_encode()
    read = np.array([told_of(text) for text in texts.dictionary.to_pylist()])
    if not len(read):
        return
    ids = edges["edge"].take(pa.array(columns["edge"][is_stake]))
    place = pc.index_in(ids, stated["edge"]).to_numpy()
    found = read[texts.indices.to_numpy()[place]]
    for turn, name in enumerate(Told._fields):
        columns[name][is_stake] = found[:, turn]
    is_joint = np.zeros(len(is_stake), dtype=np.bool_)
    is_joint[is_stake] = _has_other_owner(columns, is_stake, place)
    columns["lower"][is_joint] = 0
    columns["flags"][is_joint] |= JOINT


def _has_other_owner(
    columns: Mapping[str, NDArray[Any]], chosen: NDArray[np.bool_], edge: NDArray[Any]
) -> NDArray[np.bool_]:
    """Tell the stakes that one statement gives to several owners: how it is split is not said."""
    asset = columns["asset"][chosen].astype(np.int64)
    _, group, counts = np.unique(
        edge.astype(np.int64) << 32 | asset, return_inverse=True, return_counts=True
    )
    several: NDArray[np.bool_] = counts[group] > 1
    return several


@cache
def told_of(text: str) -> Told:
    """Read what is said of a stake: properties and values as `plans.STAKES` writes them."""
    said: dict[str, list[str]] = defaultdict(list)
    for pair in filter(None, text.split("\x1e")):
        prop, _, value = pair.partition("\x1f")
        said[prop].append(value)
    words = " ".join(value for prop in _PROPS for value in said[prop]).lower()
    given = said["percentage"] or [a for a in said["amount"] if "%" in a]
    shares = [share for one in given if (share := read_share(one)) is not None]
    flags = ODD * (len(shares) < len(given))
    flags |= INDIRECT * ("indirect" in said["ownershipType"])
    flags |= NOMINEE * ("nominee" in words)
    lower, upper, ends = _bounds(shares)
    is_open = (
        lower == 0 and upper == WHOLE and not any(s.least is not None for s in shares)
    )
    flags |= ends | NOT_STATED * is_open
    return Told(_class_of(said, words, is_open=is_open), lower, upper, flags)


def _class_of(said: Mapping[str, Sequence[str]], words: str, *, is_open: bool) -> int:
    """Say of what it is a share; of a stake without one, whether it is said to be owned."""
    of = " ".join(said["sharesType"]).lower() or words
    if _VOTES.search(of):
        return VOTES
    if _CAPITAL.search(of):
        return CAPITAL
    owned = any(_OWNED.search(role.lower()) for role in said["role"])
    return OWNED if is_open and owned else UNSTATED


def _bounds(shares: Sequence[Share]) -> tuple[int, int, int]:
    """Take several shares that are stated of one stake together: what all allow, or all span."""
    if not shares:
        return 0, WHOLE, 0
    lows = [(_billionths(s.least, 0), s.is_above) for s in shares]
    highs = [(_billionths(s.most, 100, up=True), not s.is_below) for s in shares]
    low, high = max(lows), min(highs)
    if low[0] > high[0] or (low[0] == high[0] and (low[1] or not high[1])):
        low, high = min(lows), max(highs)
    return low[0], high[0], ABOVE * low[1] | BELOW * (not high[1])


def _billionths(percent: Decimal | None, unstated: int, *, up: bool = False) -> int:
    """Turn per cent into billionths, outwards where it has more than seven decimals."""
    share = Decimal(unstated) if percent is None else percent
    rounding = ROUND_CEILING if up else ROUND_FLOOR
    return int((share * (WHOLE // 100)).to_integral_value(rounding))
