"""A synthetic graph as a snapshot on disk, with the claims and citations of every link.

It is written straight as a snapshot lies on disk, not through the ledger, which would take
hours for ten million links.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from side_by_side.drawn_holdings import holdings_of
from side_by_side.graphs import GROUPS, KINDS, Drawn
from standsbehind.graph.edges import Edges, build_edges
from standsbehind.graph.links import ALWAYS
from standsbehind.graph.nodes import ENTITIES
from standsbehind.ledger.rows import CITATIONS, CLAIMS
from standsbehind.model.edge import VOICES
from standsbehind.model.schema import acting_ends
from standsbehind.publishing.graph_arrays import name_tables
from standsbehind.publishing.publish import FORMAT
from standsbehind.store import snapshot
from standsbehind.store.rows import BATCH, MAPPED_BATCH, write_mapped
from standsbehind.store.snapshot import Snapshot

__all__ = ["laid_out", "node_id", "tables_of", "write_snapshot"]

AT_A_TIME = 200_000
"""Links whose claims are laid out together."""
DATASET = "synthetic"
WHEN = "2026-11-25T00:00:00Z"
PROPS = 6
"""Claims of a link at most: that it is there, its two ends, role, start and percentage."""


def node_id(node: int) -> str:
    """Return the id of a firm."""
    return f"n{node:09}"


def laid_out(drawn: Drawn, *, evidence: bool = True) -> Edges:
    """Lay out the neighbours of all entities, the links themselves among them."""
    links = drawn.links
    return build_edges(_entity_count(drawn, evidence), links.source, links.target)


def _entity_count(drawn: Drawn, evidence: bool) -> int:  # noqa: FBT001 - as above
    return drawn.nodes + (len(drawn.links) if evidence else 0)


def write_snapshot(
    home: Path, drawn: Drawn, *, evidence: bool = True, graph: Edges | None = None
) -> Snapshot:
    """Write a graph as the current snapshot of a folder; `graph` is `laid_out`, if it was.

    Without evidence there are the graph and the firms alone: no claims, no citations, and
    the links are no entities, so that they have no ids.
    """
    links = drawn.links
    count = _entity_count(drawn, evidence)

    def fill(folder: Path) -> None:
        neighbours = graph or laid_out(drawn, evidence=evidence)
        for name, array in _arrays(drawn, neighbours).items():
            np.save(folder / f"{name}.npy", array)
        entities = _entities(drawn, count - drawn.nodes)
        _write(folder / "entities.arrow", entities, None, MAPPED_BATCH)
        names = name_tables(links.kinds, _groups(), SCHEMATA)
        for name, table in names.items():
            write_mapped(table, folder / f"{name}.arrow")
        if evidence:
            _write_evidence(folder, drawn)

    description: dict[str, Any] = {
        "format": FORMAT,
        "known_on": WHEN,
        "rows": {"entities": count, "edges": len(links)},
        "sources": [],
    }
    return snapshot.publish(home, description, fill)


SCHEMATA = ("Company", *sorted({schema for schema, _ in KINDS}))
ENDS = [acting_ends(schema) or ("source", "target") for schema, _ in KINDS]
PROP_NAMES = [
    "id",
    "name",
    "role",
    "startDate",
    "percentage",
    *chain.from_iterable(ENDS),
]


def _places(kind: int) -> tuple[int, int]:
    """Return where the properties of the ends of a kind stand in `PROP_NAMES`."""
    return 5 + 2 * kind, 6 + 2 * kind


def tables_of(held: Snapshot) -> dict[str, pa.Table]:
    """Read back the tables from which publishing lays out the graph; nobody is listed."""
    names = ("claims", "citations", "entities")
    tables = {name: held.table(name) for name in names}
    nobody = pa.table(
        {"id": pa.array([], pa.string()), "value": pa.array([], pa.string())}
    )
    return tables | {"sanctions": nobody, "replies": nobody}


def _arrays(drawn: Drawn, graph: Edges) -> dict[str, NDArray[np.generic]]:
    links, nodes, count = drawn.links, drawn.nodes, graph.nodes
    holdings = holdings_of(drawn, count)
    schema = np.zeros(count, np.uint16)
    schema[nodes:] = _schema_codes(drawn)[: count - nodes]
    none = np.empty(0, np.int32)
    return {
        **{f"graph-{name}": array for name, array in graph.arrays().items()},
        **{f"links-{name}": array for name, array in links.arrays().items()},
        **{f"holdings-{name}": array for name, array in holdings.arrays().items()},
        "edges-node": np.arange(nodes, count, dtype=np.int32),
        "nodes-schema": schema,
        "nodes-designated": np.arange(count) % 997 == 0,
        "sanctions-of": none,
        "sanctions-nodes": none,
        "replies-of": none,
        "replies-nodes": none,
    }


def _schema_codes(drawn: Drawn) -> NDArray[np.uint16]:
    of_kind = [SCHEMATA.index(schema) for schema, _ in drawn.links.kinds]
    return np.array(of_kind, np.uint16)[drawn.links.kind]


def _ids(letter: str, count: int, start: int = 0) -> pa.Array:
    return _named(letter, np.arange(start, start + count))


def _entities(drawn: Drawn, links: int) -> Iterator[pa.Table]:
    for start in range(0, drawn.nodes, MAPPED_BATCH):
        count = min(MAPPED_BATCH, drawn.nodes - start)
        ids = _ids("n", count, start)
        names = pc.binary_join_element_wise("Firm ", ids, "")
        yield _entity_table(ids, names, np.zeros(count, np.int32))
    codes = _schema_codes(drawn)[:links]
    for start in range(0, len(codes), MAPPED_BATCH):
        part = codes[start : start + MAPPED_BATCH]
        ids = _ids("x", len(part), start)
        yield _entity_table(ids, ids, part)


def _entity_table(
    ids: pa.Array, captions: pa.Array, codes: NDArray[np.integer[Any]]
) -> pa.Table:
    each = np.arange(len(ids) + 1, dtype=np.int32)
    given = {
        "id": ids,
        "schema": _coded(codes, SCHEMATA),
        "caption": captions,
        "countries": pa.ListArray.from_arrays(0 * each, pa.array([], pa.string())),
        "datasets": pa.ListArray.from_arrays(each, pa.repeat(DATASET, len(ids))),
    }
    return _table(ENTITIES, given, len(ids))


def _groups() -> list[str]:
    return [f"group {number:03}" for number in range(GROUPS)]


def _write_evidence(folder: Path, drawn: Drawn) -> None:
    keys = np.sort(_dice(7).integers(0, 2**64, len(drawn.links.origins), np.uint64))
    np.save(folder / "citations-keys.npy", keys)
    # Digests are as good as drawn by lot: those of one link lie anywhere.
    place = _dice(8).permutation(len(keys))
    groups = np.empty(len(keys), np.int32)
    groups[place] = drawn.links.origins
    _write(folder / "citations.arrow", _citations(keys, groups), "lz4", BATCH)
    _write(folder / "claims.arrow", _claims(drawn, keys[place]), "lz4", BATCH)
    counts = np.concatenate((np.full(drawn.nodes, 2), _stated(drawn).sum(axis=1)))
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    np.save(folder / "claims-starts.npy", starts)


def _dice(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def _write(
    path: Path, tables: Iterator[pa.Table], compression: str | None, size: int
) -> None:
    """Write tables one after the other, as `store.rows` writes one."""
    left = next(tables)
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with (
        pa.OSFile(str(path), "wb") as sink,
        pa.ipc.new_file(sink, left.schema, options=options) as writer,
    ):
        for table in tables:
            left = _full_batches(writer, pa.concat_tables([left, table]), size)
        left = _full_batches(writer, left, size)
        for batch in left.combine_chunks().to_batches():
            writer.write_batch(batch)


def _full_batches(
    writer: pa.RecordBatchFileWriter, table: pa.Table, size: int
) -> pa.Table:
    """Write as many batches as are full; return the rows that are left."""
    full = table.num_rows // size * size
    for start in range(0, full, size):
        for batch in table.slice(start, size).combine_chunks().to_batches():
            writer.write_batch(batch)
    return table.slice(full)


_DIGITS = np.frombuffer(b"0123456789abcdef", np.uint8)


def _digests(keys: NDArray[np.uint64]) -> pa.Array:
    """Write ids of citations: the key in hexadecimal, then as many digits drawn from it."""
    more = keys * np.uint64(0x9E37_79B9_7F4A_7C15)
    pairs = np.stack((keys, more), axis=1).astype(">u8").view(np.uint8)
    return _texts(_DIGITS[np.stack((pairs >> 4, pairs & 15), axis=2)].ravel(), 32)


def _statement_ids(count: int, seed: int) -> pa.Array:
    return _texts(_DIGITS[_dice(seed).integers(0, 16, count * 40, np.uint8)], 40)


def _texts(text: NDArray[np.uint8], width: int) -> pa.Array:
    count = len(text) // width
    offsets = pa.py_buffer(np.arange(0, len(text) + 1, width, dtype=np.int32))
    return pa.StringArray.from_buffers(count, offsets, pa.py_buffer(text))


def _citations(
    keys: NDArray[np.uint64], groups: NDArray[np.int32]
) -> Iterator[pa.Table]:
    names = pa.array(_groups())
    for start in range(0, len(keys), AT_A_TIME):
        here = keys[start : start + AT_A_TIME]
        group = pa.DictionaryArray.from_arrays(
            pa.array(groups[start : start + AT_A_TIME]), names
        )
        given = {
            "id": _digests(here),
            "source": group,
            "title": group,
            "publisher": group,
            "url": _ids("https://register.example/record/", len(here), start),
            "origin_group": group,
            "locator": _ids("record ", len(here), start),
            "digest": _same("not captured", len(here)),
            "published": _same(WHEN[:10], len(here)),
            "retrieved": _same(WHEN[:10], len(here)),
            "kind": _same("official", len(here)),
        }
        yield _table(CITATIONS, given, len(here))


def _claims(drawn: Drawn, cited: NDArray[np.uint64]) -> Iterator[pa.Table]:
    for start in range(0, drawn.nodes, AT_A_TIME):
        yield _of_nodes(start, min(AT_A_TIME, drawn.nodes - start), cited)
    stated = _stated(drawn)
    for start in range(0, len(drawn.links), AT_A_TIME):
        part = slice(start, min(start + AT_A_TIME, len(drawn.links)))
        yield _of_links(drawn, part, stated[part], cited)


def _of_nodes(start: int, count: int, cited: NDArray[np.uint64]) -> pa.Table:
    ids = _ids("n", count, start)
    both = _interleaved([ids, pc.binary_join_element_wise("Firm ", ids, "")])
    rows = 2 * count
    given = {
        "canonical_id": ids.take(pa.array(np.arange(rows) // 2)),
        "prop": _coded(np.arange(rows) % 2, PROP_NAMES),
        "schema": _coded(np.zeros(rows, np.int32), SCHEMATA),
        "value": both,
        "status": _coded(np.full(rows, len(VOICES) - 1), [*VOICES]),
        "citations": pa.ListArray.from_arrays(
            np.arange(rows + 1, dtype=np.int32),
            _digests(cited[np.arange(start, start + rows) // 2 % len(cited)]),
        ),
        "id": _statement_ids(rows, start),
    }
    return _claim_table(given, rows)


def _of_links(
    drawn: Drawn, part: slice, stated: NDArray[np.bool_], cited: NDArray[np.uint64]
) -> pa.Table:
    links = drawn.links
    count, kind = part.stop - part.start, links.kind[part]
    ids = _ids("x", count, part.start)
    days = links.start[part].astype("datetime64[D]")
    values = [
        ids,
        _named("n", links.source[part]),
        _named("n", links.target[part]),
        pa.array([role for _, role in links.kinds]).take(pa.array(kind)),
        pc.cast(pa.array(days), pa.string()),
        pc.cast(pa.array(np.round(drawn.most[part] * 100, 2)), pa.string()),
    ]
    chosen = np.flatnonzero(stated.ravel())
    link, nth = np.divmod(chosen, PROPS)
    place = np.array([[0, *_places(k), 2, 3, 4] for k in range(len(links.kinds))])
    given = {
        "canonical_id": ids.take(pa.array(link)),
        "prop": _coded(place[kind[link], nth], PROP_NAMES),
        "schema": _coded(_schema_codes(drawn)[part][link], SCHEMATA),
        "value": _interleaved(values).take(pa.array(chosen)),
        "status": _coded(links.voice[part][link], [*VOICES]),
        "citations": _cited(drawn, part, cited).take(pa.array(link)),
        "id": _statement_ids(len(chosen), part.start + 1),
    }
    return _claim_table(given, len(chosen))


def _cited(drawn: Drawn, part: slice, cited: NDArray[np.uint64]) -> pa.Array:
    starts = drawn.links.origin_starts[part.start : part.stop + 1]
    ids = _digests(cited[starts[0] : starts[-1]])
    return pa.ListArray.from_arrays((starts - starts[0]).astype(np.int32), ids)


def _stated(drawn: Drawn) -> NDArray[np.bool_]:
    """Tell of each link which of its claims there are; shape (m, `PROPS`)."""
    found = np.ones((len(drawn.links), PROPS), np.bool_)
    found[:, 4] = drawn.links.start != ALWAYS
    found[:, 5] = ~np.isnan(drawn.most)
    return found


def _named(letter: str, numbers: NDArray[np.integer[Any]]) -> pa.Array:
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), 9, "0")
    return pc.binary_join_element_wise(letter, digits, "")


def _interleaved(columns: Sequence[pa.Array]) -> pa.Array:
    """Put the first values of all columns first, then the second ones, and so on."""
    count = len(columns[0])
    order = np.arange(count * len(columns)).reshape(len(columns), count).T.ravel()
    return pa.concat_arrays(columns).take(pa.array(order))


def _coded(codes: NDArray[np.integer[Any]], names: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array(names, pa.string())
    )


def _same(value: str, count: int) -> pa.Array:
    return _coded(np.zeros(count, np.int32), (value,))


def _claim_table(given: dict[str, pa.Array], count: int) -> pa.Table:
    known = {
        "seq": pa.array(np.ones(count, np.int32)),
        "op": _same("assert", count),
        "recorded_at": _same(WHEN, count),
        "source": _same(DATASET, count),
        "dataset": _same(DATASET, count),
        "entity_id": given["canonical_id"],
        "external": pa.repeat(pa.scalar(value=False), count),
    }
    return _table(CLAIMS, known | given, count)


def _table(schema: pa.Schema, given: dict[str, pa.Array], count: int) -> pa.Table:
    """Lay columns out in the order of a table; those that are not given are empty."""
    columns = [given.get(name, pa.nulls(count)) for name in schema.names]
    return pa.Table.from_arrays(columns, names=schema.names)
