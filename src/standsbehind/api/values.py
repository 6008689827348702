"""Values: which entities have which values of a field, as columns for filters and counts."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader

__all__ = ["Column", "column_of"]

Column = tuple[NDArray[np.int64], pa.Array]
"""The nodes of entities, and the value that each has; an entity with several stands several times."""

_LISTED = frozenset({"countries", "datasets"})
_PROPERTIES = {"topics": ("topics",), "genders": ("gender",)}


def column_of(reader: Reader, field: str) -> Column:
    """Read a field of the table of entities, or a property as it is stated."""
    if field == "schema":
        names = pa.array(list(reader.schemata)).take(pa.array(reader.schema_codes))
        return np.arange(len(names)), names
    if field in _LISTED:
        column = reader.snapshot.mapped("entities")[field].combine_chunks()
        return pc.list_parent_indices(column).to_numpy(), pc.list_flatten(column)
    if field == "identifiers":
        table = reader.snapshot.table("identifiers", columns=["id", "value"])
        return _columns(reader, table["id"], table["value"])
    return _stated(reader, _PROPERTIES.get(field, (field,)))


def _stated(reader: Reader, props: Sequence[str]) -> Column:
    columns = ["canonical_id", "prop", "value"]
    told = reader.snapshot.table("claims", columns=columns)
    told = told.filter(pc.is_in(told["prop"], value_set=pa.array(props)))
    told = told.select(["canonical_id", "value"]).group_by(["canonical_id", "value"])
    once = told.aggregate([])
    return _columns(reader, once["canonical_id"], once["value"])


def _columns(reader: Reader, ids: pa.ChunkedArray, values: pa.ChunkedArray) -> Column:
    known = reader.snapshot.mapped("entities")["id"].combine_chunks()
    nodes = pc.index_in(ids, value_set=known)
    is_known = pc.is_valid(nodes)
    kept = values.filter(is_known).combine_chunks()
    return nodes.filter(is_known).to_numpy().astype(np.int64), kept
