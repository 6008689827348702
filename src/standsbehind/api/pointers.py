"""Pointers: which entities name an entity as the value of a property, found from its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.model.schema import schemata
from standsbehind.store.snapshot import Snapshot

__all__ = ["Pointers", "pointers_in"]


@dataclass(frozen=True, slots=True)
class Pointers:
    """The values of a snapshot that are entities, sorted by the entity that is named."""

    named: NDArray[np.int32]
    """The node of the entity that is named; shape (k,), sorted."""
    naming: NDArray[np.int32]
    """The node of the entity whose property names it."""
    prop: NDArray[np.int16]
    """The place of that property in `props`."""
    props: tuple[str, ...]

    def to(self, node: int) -> Iterator[tuple[str, int]]:
        """Give what names an entity: the property and the node that has it."""
        start, stop = np.searchsorted(self.named, [node, node + 1]).tolist()
        props, nodes = self.prop[start:stop].tolist(), self.naming[start:stop].tolist()
        for prop, naming in zip(props, nodes, strict=True):
            yield self.props[prop], naming


def pointers_in(snapshot: Snapshot) -> Pointers:
    """Read all values that are ids of entities of the snapshot."""
    props = _entity_properties()
    columns = ["canonical_id", "prop", "value"]
    told = snapshot.table("claims", columns=columns)
    told = told.filter(pc.is_in(told["prop"], value_set=pa.array(props)))
    ids = snapshot.mapped("entities")["id"].combine_chunks()
    named = pc.index_in(told["value"], value_set=ids)
    told, named = told.filter(pc.is_valid(named)), named.drop_null()
    naming = pc.index_in(told["canonical_id"], value_set=ids)
    prop = pc.index_in(told["prop"], value_set=pa.array(props))
    ends, starts, kinds = (part.to_numpy() for part in (named, naming, prop))
    keys = np.stack([ends, kinds, starts])
    order = np.lexsort(keys[::-1])
    kept = keys[:, order]
    if kept.shape[1]:
        # The same is told once, whoever tells it.
        is_new = np.append(True, (kept[:, 1:] != kept[:, :-1]).any(axis=0))
        kept = kept[:, is_new]
    return Pointers(
        kept[0].astype(np.int32),
        kept[2].astype(np.int32),
        kept[1].astype(np.int16),
        tuple(props),
    )


def _entity_properties() -> Sequence[str]:
    return sorted(
        {
            prop
            for schema in schemata().values()
            for prop, kind in schema.properties.items()
            if kind == "entity"
        }
    )
