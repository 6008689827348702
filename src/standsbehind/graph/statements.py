"""Statements: all claims of a snapshot in its order, walked by a filter or found by their id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader
from standsbehind.model.statement import Claim

__all__ = ["Found", "Sought", "Statements"]

_KEY = 16
"""Letters from the end of an id that it is looked up by; the whole id decides."""
_CITED = "citations"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which statements are wanted; all where nothing is said."""

    values: Mapping[str, str] = field(default_factory=dict)
    """The value of each column that must have one: `dataset`, `prop`, `value`."""
    citations: frozenset[str] | None = None
    """The ids of citations of which a statement must have one."""


@dataclass(frozen=True, slots=True)
class Found:
    """Places of statements in the snapshot, and from where to look on."""

    places: Sequence[int]
    after: int | None
    """None where all was looked at."""


class Statements:
    """The statements of one snapshot. For one thread, as its reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._snapshot = reader.snapshot
        self._recorded = self._snapshot.rows("claims", ["recorded_at"])

    def bounds(self, entity_id: str | None) -> range:
        """Return the places of the statements about an entity, or of all.

        Raises KeyError for an unknown entity.
        """
        if entity_id is None:
            return range(int(self._snapshot.manifest["rows"]["claims"]))
        node = self._reader.numbers[entity_id]
        starts = self._snapshot.arrays("claims")["starts"]
        return range(*starts[node : node + 2].tolist())

    def citing(self, digest: str) -> frozenset[str]:
        """Return the ids of the citations of a copy."""
        only = ("digest", [digest])
        found = self._snapshot.table("citations", columns=["id", "digest"], only=only)
        return frozenset(found["id"].to_pylist())

    def find(self, sought: Sought, within: range, limit: int, most: int) -> Found:
        """Find the first statements that are wanted, looking at no more than `most`, or a few more."""
        names = [*sought.values, *((_CITED,) if sought.citations is not None else ())]
        if not names:
            last = min(within.start + min(limit, most), within.stop)
            places = range(within.start, last)
            return Found(places, last if last < within.stop else None)
        found: list[int] = []
        looked = within.start
        for first, batch in self._snapshot.rows("claims", names).batches(within):
            found += (first + _fitting(batch, sought)).tolist()
            looked = first + batch.num_rows
            if len(found) >= limit:
                after = found[limit - 1] + 1
                return Found(found[:limit], after if after < within.stop else None)
            if looked - within.start >= most:
                break
        return Found(found, looked if looked < within.stop else None)

    def place_of(self, statement_id: str) -> int | None:
        """Find a statement by its id; None where the snapshot has none of it."""
        keys, places = self._by_key
        key = _key_of(statement_id)
        first = int(np.searchsorted(keys, key))
        for number in range(first, len(keys)):
            if keys[number] != key:
                break
            place = int(places[number])
            if self.at([place])[0].statement.id == statement_id:
                return place
        return None

    @cached_property
    def _by_key(self) -> tuple[NDArray[np.bytes_], NDArray[np.int64]]:
        """Keys of all ids in order, and the place of each; read once, when first asked for."""
        keys = np.empty(len(self.bounds(None)), f"S{_KEY}")
        for first, batch in self._snapshot.rows("claims", ["id"]).batches(
            self.bounds(None)
        ):
            ids = batch["id"].to_pylist()
            keys[first : first + len(ids)] = [_key_of(one) for one in ids]
        order = np.argsort(keys, kind="stable")
        return keys[order], order

    def at(self, places: Sequence[int]) -> tuple[Claim, ...]:
        """Read some statements, in the order in which they are named."""
        return self._reader.stated.at(places)

    def recorded(self, places: Sequence[int]) -> list[str]:
        """Return the moments at which some statements became known, as the ledger has them."""
        return [row["recorded_at"] for row in self._recorded.at(places)]


def _key_of(statement_id: str) -> bytes:
    return statement_id.encode(errors="replace")[-_KEY:]


def _fitting(batch: pa.RecordBatch, sought: Sought) -> NDArray[np.int64]:
    """Return which rows of a batch are wanted."""
    fits = np.ones(batch.num_rows, np.bool_)
    for name, value in sought.values.items():
        same = pc.equal(batch[name].cast(pa.string()), value)
        fits &= same.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003 - Arrow's
    if sought.citations is not None:
        cited = batch[_CITED]
        is_one = pc.is_in(
            pc.list_flatten(cited), pa.array(sought.citations, pa.string())
        )
        having = np.zeros(batch.num_rows, np.bool_)
        having[pc.list_parent_indices(cited).filter(is_one).to_numpy()] = True
        fits &= having
    return np.flatnonzero(fits)
