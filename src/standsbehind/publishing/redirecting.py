"""Redirecting: statements of records that are one entity get its id, and say what they said."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.model.schema import property_type

__all__ = ["redirected"]


def redirected(live: pa.Table, redirects: Mapping[str, str]) -> pa.Table:
    """Give the statements of merged records the id of their entity, in the order of ids.

    A value that names a merged record names the entity instead, and the id that the source
    wrote stays in `original_value`. Within an entity the records follow each other as before.
    """
    moved = sorted(old for old, new in redirects.items() if old != new)
    old = pa.array(moved, pa.string())
    new = pa.array([redirects[key] for key in moved], pa.string())
    ids = _replaced(live["canonical_id"], old, new)
    is_named = _names_moved(live, old)
    values = pc.if_else(is_named, _replaced(live["value"], old, new), live["value"])
    is_unwritten = pc.and_(is_named, pc.is_null(live["original_value"]))
    columns = {
        "canonical_id": ids,
        "value": values,
        "original_value": pc.if_else(
            is_unwritten, live["value"], live["original_value"]
        ),
    }
    told = pa.Table.from_arrays(
        [columns.get(name, live[name]) for name in live.schema.names],
        schema=live.schema,
    )
    return told.take(_order(ids))


def _replaced(column: pa.ChunkedArray, old: pa.Array, new: pa.Array) -> pa.ChunkedArray:
    return pc.coalesce(pc.take(new, pc.index_in(column, old)), column)


def _names_moved(live: pa.Table, old: pa.Array) -> pa.ChunkedArray:
    """Tell which rows name a moved record in a property whose values are entities."""
    is_named = pc.is_in(live["value"], old)
    columns = ["schema", "prop", "prop_type"]
    kinds = live.select(columns).filter(is_named).group_by(columns).aggregate([])
    props = {
        row["prop"]
        for row in kinds.to_pylist()
        if (row["prop_type"] or property_type(row["schema"], row["prop"])) == "entity"
    }
    named = pa.array(sorted(props), pa.string())
    return pc.and_(is_named, pc.is_in(live["prop"], named))


def _order(ids: pa.ChunkedArray) -> pa.Array:
    """Return the order by id; rows of one id stay in the order in which they are."""
    encoded = ids.combine_chunks().dictionary_encode()
    names = encoded.dictionary.to_pylist()
    ranks = np.empty(len(names), np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    places = ranks[encoded.indices.to_numpy(zero_copy_only=False)]
    return pa.array(np.argsort(places, kind="stable"))
