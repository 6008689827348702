"""Graph arrays: the columns and neighbours of a snapshot's edges, from its tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.engines import local, plans
from standsbehind.graph.claims import keys_of
from standsbehind.graph.edges import build_edges
from standsbehind.graph.links import Links, days_of
from standsbehind.model.dates import read_interval
from standsbehind.model.edge import VOICES
from standsbehind.model.schema import acting_ends, schemata
from standsbehind.publishing.holding_arrays import holding_arrays

__all__ = ["GraphParts", "ends_table", "graph_parts", "name_tables"]

Tables = Mapping[str, pa.Table]
Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class GraphParts:
    """What a snapshot holds of its graph: arrays by file name, and tables of names."""

    arrays: Arrays
    tables: dict[str, pa.Table]


def graph_parts(tables: Tables) -> GraphParts:
    """Lay the edges of a snapshot out as arrays, from its tables.

    `claims` are sorted by entity, `entities` and `citations` by id, `edges` by edge.
    """
    ids = tables["entities"]["id"]
    links, origins = _links(tables)
    graph = build_edges(len(ids), links.source, links.target)
    schema_codes, names = _coded(tables["entities"]["schema"])
    sanctions = _pairs(tables["sanctions"], ids)
    designated = np.zeros(len(ids), np.bool_)
    designated[sanctions["of"]] = True
    groups: dict[str, Arrays] = {
        "graph": graph.arrays(),
        "links": links.arrays(),
        "edges": {"node": _nodes(tables["edges"]["edge"], ids)},
        "nodes": {"schema": schema_codes, "designated": designated},
        "claims": {"starts": _claim_starts(tables["claims"])},
        "citations": {"keys": keys_of(tables["citations"]["id"])},
        "sanctions": sanctions,
        "replies": _pairs(tables["replies"], ids),
    }
    arrays = {
        f"{group}-{name}": array
        for group, found in groups.items()
        for name, array in found.items()
    }
    arrays |= holding_arrays(tables["edges"], tables["claims"], links, len(ids))
    return GraphParts(arrays, name_tables(links.kinds, origins, names))


def name_tables(
    kinds: Sequence[tuple[str, str]], origins: Sequence[str], names: Sequence[str]
) -> dict[str, pa.Table]:
    """Lay out what the numbers in the arrays stand for: kinds, origins and schemata."""
    return {
        "kinds": pa.table(
            {
                "schema": pa.array([schema for schema, _ in kinds], pa.string()),
                "role": pa.array([role for _, role in kinds], pa.string()),
            }
        ),
        "origins": pa.table({"name": pa.array(origins, pa.string())}),
        "schemata": pa.table({"name": pa.array(names, pa.string())}),
    }


def ends_table() -> pa.Table:
    """Name the properties that hold the ends of each schema of edges, who acts first."""
    ends = {name: acting_ends(name) for name in sorted(schemata())}
    return pa.Table.from_pylist(
        [
            {"schema": name, "source": found[0], "target": found[1]}
            for name, found in ends.items()
            if found is not None
        ]
    )


def _links(tables: Tables) -> tuple[Links, Sequence[str]]:
    """Lay out the columns; return them with the origin groups that their numbers name."""
    edges, ids = tables["edges"], tables["entities"]["id"]
    kind, kinds = _kinds(edges)
    told = _voices(tables)
    # An edge with several values at an end has a row for each pair of ends.
    turn = pc.index_in(edges["edge"], told["edge"]).to_numpy().astype(np.int64)
    lists = told["origins"].combine_chunks()
    codes, origins = _coded(lists.flatten())
    starts, numbers = _repeated(lists.value_lengths().to_numpy(), codes, turn)
    links = Links(
        source=_nodes(edges["source"], ids),
        target=_nodes(edges["target"], ids),
        kind=kind,
        kinds=kinds,
        start=_days(edges["start"], lambda day: days_of(read_interval(day, None))[0]),
        end=_days(edges["end"], lambda day: days_of(read_interval(None, day))[1]),
        voice=told["voice"].to_numpy().astype(np.uint8)[turn],
        origin_starts=starts,
        origins=numbers,
    )
    return links, origins


def _voices(tables: Tables) -> pa.Table:
    voices = pa.table({"status": [*VOICES], "rank": range(len(VOICES))})
    given = {name: tables[name] for name in ("edges", "entities", "citations")}
    given |= {"live": tables["claims"], "ends": ends_table(), "voices": voices}
    return local.run(plans.VOICES, given)


def _nodes(column: pa.ChunkedArray, ids: pa.ChunkedArray) -> NDArray[np.int32]:
    found: NDArray[np.int32] = pc.index_in(column, ids).to_numpy().astype(np.int32)
    return found


def _coded(column: pa.ChunkedArray | pa.Array) -> tuple[NDArray[Any], list[str]]:
    """Code each value of a column by its place among the different ones, sorted."""
    names = pc.unique(column).sort()
    codes = pc.index_in(column, names).to_numpy(zero_copy_only=False)
    return codes.astype(_least_type(len(names))), names.to_pylist()


def _least_type(count: int) -> type[np.unsignedinteger[Any]]:
    """Choose the type of codes: two bytes, where roles are not told apart by the thousand."""
    return np.uint16 if count <= np.iinfo(np.uint16).max else np.uint32


def _kinds(edges: pa.Table) -> tuple[NDArray[Any], list[tuple[str, str]]]:
    joined = pc.binary_join_element_wise(edges["schema"], edges["role"], "\t")
    codes, names = _coded(joined)
    pairs = (name.partition("\t") for name in names)
    return codes, [(schema, role) for schema, _, role in pairs]


def _days(
    column: pa.ChunkedArray, number: Callable[[str | None], int]
) -> NDArray[np.int32]:
    """Turn dates into numbers of days; each different date is read once."""
    names = pc.unique(column)
    read = np.array([number(day) for day in names.to_pylist()], np.int32)
    days: NDArray[np.int32] = read[pc.index_in(column, names).to_numpy()]
    return days


def _repeated(
    lengths: NDArray[np.integer[Any]],
    values: NDArray[np.integer[Any]],
    turn: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Lay short lists out one after the other, list `turn[i]` at place i."""
    begins = np.concatenate(([0], np.cumsum(lengths)))[turn]
    counts = lengths[turn].astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], counts)
    return starts, values[np.repeat(begins, counts) + within].astype(np.int32)


def _pairs(table: pa.Table, ids: pa.ChunkedArray) -> Arrays:
    """Pair what is named (a value) with what names it (the row's entity), by the former."""
    named = pc.index_in(table["value"], ids)
    is_there = pc.is_valid(named)
    of = pc.filter(named, is_there).to_numpy().astype(np.int32)
    nodes = _nodes(pc.filter(table["id"], is_there), ids)
    order = np.argsort(of, kind="stable")
    return {"of": of[order], "nodes": nodes[order]}


def _claim_starts(claims: pa.Table) -> NDArray[np.int64]:
    counts = local.run(plans.COUNTS, {"live": claims})["claims"].to_numpy()
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
