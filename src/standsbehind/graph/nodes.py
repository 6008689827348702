"""Nodes: the entities of a snapshot by number and by id, each read from where it lies on disk."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, overload

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

__all__ = ["ENTITIES", "Entities", "Ids", "Numbers", "Pairs"]

ENTITIES = pa.schema(
    [
        ("id", pa.string()),
        ("schema", pa.string()),
        ("caption", pa.string()),
        ("countries", pa.list_(pa.string())),
        ("datasets", pa.list_(pa.string())),
    ]
)
"""The table of entities, sorted by id: the place of a row is the entity's node."""
KEPT = 16_384
"""Entities that are kept once they were found: the same few are asked for again and again."""


class Ids(Sequence[str]):
    """The ids of the entities, in the order of the graph's nodes; that is their own order."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._column = column

    @overload
    def __getitem__(self, node: int) -> str: ...

    @overload
    def __getitem__(self, node: slice) -> Sequence[str]: ...

    def __getitem__(self, node: int | slice) -> str | Sequence[str]:
        """Read the id of a node, or those of a row of nodes."""
        if not isinstance(node, slice):
            # Numbers of NumPy's come here too.
            found: str = self._column[int(node)].as_py()
            return found
        start, stop, step = node.indices(len(self))
        if step != 1:
            return [self[n] for n in range(start, stop, step)]
        read: list[str] = self._column.slice(start, max(0, stop - start)).to_pylist()
        return read

    def __len__(self) -> int:
        """Count the entities."""
        return len(self._column)

    def __iter__(self) -> Iterator[str]:
        """Read all ids in their order."""
        for chunk in self._column.chunks:
            yield from chunk.to_pylist()


class Numbers(Mapping[str, int]):
    """The node of each entity, found by halving: ids are sorted."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._kept = lru_cache(maxsize=KEPT)(self._place)

    def _place(self, entity_id: str) -> int | None:
        place = bisect_left(self._ids, entity_id)
        is_there = place < len(self._ids) and self._ids[place] == entity_id
        return place if is_there else None

    def __getitem__(self, entity_id: str) -> int:
        """Return the node of an entity. Raises KeyError for an unknown id."""
        found = self._kept(entity_id)
        if found is None:
            raise KeyError(entity_id)
        return found

    def __contains__(self, entity_id: object) -> bool:
        """Whether the snapshot holds the entity."""
        return isinstance(entity_id, str) and self._kept(entity_id) is not None

    def __iter__(self) -> Iterator[str]:
        """Give all ids."""
        return iter(self._ids)

    def __len__(self) -> int:
        """Count the entities."""
        return len(self._ids)


class Entities(Mapping[str, Mapping[str, Any]]):
    """Id, schema, caption, countries and datasets of every entity, by id."""

    def __init__(self, table: pa.Table, numbers: Numbers) -> None:
        self._columns = {name: table[name] for name in ENTITIES.names}
        self._numbers = numbers
        self._row = lru_cache(maxsize=KEPT)(self._read)

    def _read(self, node: int) -> Mapping[str, Any]:
        return {name: column[node].as_py() for name, column in self._columns.items()}

    def at(self, node: int) -> Mapping[str, Any]:
        """Read the entity of a node."""
        return self._row(int(node))

    def __getitem__(self, entity_id: str) -> Mapping[str, Any]:
        """Read an entity. Raises KeyError for an unknown id."""
        return self._row(self._numbers[entity_id])

    def __contains__(self, entity_id: object) -> bool:
        """Whether the snapshot holds the entity."""
        return entity_id in self._numbers

    def __iter__(self) -> Iterator[str]:
        """Give all ids."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """Count the entities."""
        return len(self._numbers)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Nodes that belong to nodes, as the listings of a firm: both columns in the order of `of`."""

    of: NDArray[np.int32]
    """Shape (k,), sorted."""
    nodes: NDArray[np.int32]
    """Shape (k,)."""

    def to(self, node: int) -> list[int]:
        """Return what belongs to a node."""
        start, stop = np.searchsorted(self.of, [node, node + 1]).tolist()
        found: list[int] = self.nodes[start:stop].tolist()
        return found
