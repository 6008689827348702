"""Parcel arrays: where a holder has several stakes in one firm, what tells them apart."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.engines import local, plans
from standsbehind.graph.holdings import CAPITAL, OWNED, UNSTATED, VOTES

__all__ = ["parcel_arrays"]

_STAKES = (CAPITAL, VOTES, UNSTATED, OWNED)
_GENERAL = ("capital", "equity", "share capital", "shares", "voting rights", "votes")
"""Types of shares that name no class of them."""


def parcel_arrays(
    columns: Mapping[str, NDArray[Any]], edges: pa.Table, claims: pa.Table
) -> dict[str, NDArray[np.int32]]:
    """Give numbers to the class of shares, the record and the source of such stakes; else 0.

    `columns` are those of the holdings as far as they are told; capital and votes are apart.
    """
    numbers = {
        name: np.zeros(len(columns["edge"]), dtype=np.int32)
        for name in ("parcel", "record", "source")
    }
    rows, held = _several(columns)
    if not len(rows):
        return numbers
    ids = edges["edge"].take(pa.array(columns["edge"][rows]))
    told = local.run(
        plans.PARCELS,
        {"asked": pa.table({"edge": pc.unique(ids)}), "live": claims},
        {"general": list(_GENERAL)},
    )
    stated = told.take(pc.index_in(ids, told["edge"])).to_pylist()
    for name, values in (
        ("parcel", _classes(held, [one["shares"] for one in stated])),
        ("record", [f"{one['source']} {one['record']}" for one in stated]),
        ("source", [one["source"] for one in stated]),
    ):
        known = {value: n for n, value in enumerate(sorted({*values} - {""}), 1)}
        numbers[name][rows] = [known.get(value, 0) for value in values]
    return numbers


def _several(
    columns: Mapping[str, NDArray[Any]],
) -> tuple[NDArray[np.int64], Sequence[int]]:
    """Find the stakes of which a holder has several in one firm, and what they are held in."""
    kind = columns["kind"]
    rows = np.flatnonzero(np.isin(kind, _STAKES))
    ends = columns["owner"].astype(np.int64) << 32 | columns["asset"]
    held = (ends << 1 | (kind == VOTES))[rows]
    _, group, counts = np.unique(held, return_inverse=True, return_counts=True)
    is_several = counts[group] > 1
    return rows[is_several], held[is_several].tolist()


def _classes(held: Sequence[int], named: Sequence[str]) -> list[str]:
    """Leave out a class that may be part of another: `a ordinary` shares are ordinary ones."""
    together: dict[int, set[str]] = defaultdict(set)
    for what, name in zip(held, named, strict=True):
        together[what].add(name)
    return [
        "" if any(_may_be_part(name, other) for other in together[what]) else name
        for what, name in zip(held, named, strict=True)
    ]


def _may_be_part(name: str, other: str) -> bool:
    words, others = {*name.split()}, {*other.split()}
    return bool(words and others) and (words < others or others < words)
