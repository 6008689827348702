"""Since when each entity is in the data, and when it last changed: the ledger's days, by node."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from standsbehind.graph.merges import Merges
from standsbehind.graph.reader import Reader
from standsbehind.ledger.ledger import Ledger

__all__ = ["Seen", "seen_in"]

_NEVER = -1


@dataclass(frozen=True, slots=True)
class Seen:
    """The entries of the ledger that first and last told of each entity."""

    moments: tuple[str, ...]
    """When each entry was recorded: ISO time to the second, in UTC and without its mark."""
    first: NDArray[np.int32]
    """The place in `moments`, by node; -1 where no entry tells."""
    last: NDArray[np.int32]
    read: Mapping[str, str]
    """The moment at which each dataset was read last."""

    def first_of(self, node: int) -> str | None:
        """Return the moment at which an entity came into the data."""
        return self._moment(int(self.first[node]))

    def last_of(self, node: int) -> str | None:
        """Return the moment at which something of an entity last changed."""
        return self._moment(int(self.last[node]))

    def changed_since(self, moment: str) -> NDArray[np.bool_]:
        """Tell the entities that changed at a moment or later; shape (n,)."""
        wanted = [at >= moment for at in self.moments]
        return np.array([*wanted, False], np.bool_)[self.last]

    def _moment(self, place: int) -> str | None:
        return None if place == _NEVER else self.moments[place]


def seen_in(ledger: Ledger, reader: Reader) -> Seen:
    """Read from the ledger which entries told of each entity of a snapshot.

    Only the entries that the snapshot was made of are read, and of these one column.
    """
    known = ledger.up_to(reader.snapshot.manifest["ledger"]["size"])
    merges = Merges(reader.snapshot)
    count = len(reader.ids)
    first = np.full(count, _NEVER, np.int32)
    last = np.full(count, _NEVER, np.int32)
    moments = []
    ids = reader.snapshot.mapped("entities")["id"]
    for place, entry in enumerate(known.entries()):
        moments.append(plain_moment(entry.recorded_at))
        path = entry.folder / "claims.parquet"
        told = pc.unique(pq.read_table(path, columns=["canonical_id"])["canonical_id"])
        found = pc.index_in(told, value_set=ids.combine_chunks())
        absent = told.filter(pc.is_null(found)).to_pylist()
        merged = (reader.numbers.get(merges.canonical(key)) for key in absent)
        nodes = [*found.drop_null().to_pylist(), *(n for n in merged if n is not None)]
        last[nodes] = place
        first[nodes] = np.where(first[nodes] == _NEVER, place, first[nodes])
    return Seen(tuple(moments), first, last, _read(reader.snapshot.sources))


def _read(sources: tuple[Mapping[str, Any], ...]) -> dict[str, str]:
    days = ((source["id"], source.get("retrieved")) for source in sources)
    return {name: f"{day}T00:00:00" for name, day in days if day}


def plain_moment(moment: str) -> str:
    """Write a moment as FollowTheMoney does: to the second, without a time zone."""
    return moment.removesuffix("Z")[:19]
