"""Merging: which records of the ledger a snapshot holds to be one entity, and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.engines import local, plans
from standsbehind.graph.merges import KEPT_APART, MERGES
from standsbehind.ledger.ledger import Ledger
from standsbehind.model.schema import property_type
from standsbehind.resolution.clusters import (
    Evidence,
    Pair,
    Settled,
    settle,
)
from standsbehind.resolution.judged import JUDGED, JUDGEMENT
from standsbehind.resolution.numbers import (
    Number,
    family_of,
    is_sound,
    rows_of_rules,
    rule_of,
)

__all__ = ["merged", "tables_of"]


def merged(live: pa.Table, ledger: Ledger) -> tuple[pa.Table, Settled]:
    """Settle which records are one entity, and give their statements one canonical id.

    A value that names a merged record names the entity instead, and the id that the source
    wrote stays in `original_value`. Nothing else of a statement changes.
    """
    settled = settle(_evidence(live, ledger))
    redirects = {
        member: cluster.id for cluster in settled.clusters for member in cluster.members
    }
    return (_redirected(live, redirects) if redirects else live), settled


def _evidence(live: pa.Table, ledger: Ledger) -> Evidence:
    same, apart = _judged(live)
    judged = sorted({r for pair in (*same, *apart) for r in (pair.left, pair.right)})
    gone = ledger.gone(live)
    stated = pa.concat_tables([live, gone]) if gone.num_rows else live
    numbers, lists = rows_of_rules()
    found = local.run(
        plans.NUMBERS,
        {
            "stated": stated,
            "kinds": pa.Table.from_pylist(numbers),
            "lists": pa.Table.from_pylist(lists),
            "judged": pa.table({"record": pa.array(judged, pa.string())}),
        },
    )
    uniting = _grouped(
        (row["record"], number)
        for row in found.to_pylist()
        if is_sound(number := Number(row["kind"], row["number"]))
    )
    met = pa.table({"record": pa.array(sorted({*uniting, *judged}), pa.string())})
    telling = _grouped(
        (
            *(
                (r, n)
                for r, ns in uniting.items()
                for n in ns
                if rule_of(n).tells_apart
            ),
            *_families(stated, met),
        )
    )
    return Evidence(uniting, telling, same, apart, ledger.first_entries(met))


def _families(stated: pa.Table, met: pa.Table) -> Iterable[tuple[str, Number]]:
    rows = local.run(plans.TYPES, {"stated": stated, "met": met}).to_pylist()
    for row in rows:
        family = family_of(row["schema"])
        if family is not None:
            yield row["record"], Number("kind", family)


def _grouped(
    pairs: Iterable[tuple[str, Number]],
) -> Mapping[str, frozenset[Number]]:
    found: dict[str, set[Number]] = defaultdict(set)
    for record, number in pairs:
        found[record].add(number)
    return {record: frozenset(numbers) for record, numbers in found.items()}


def _judged(live: pa.Table) -> tuple[Sequence[Pair], Sequence[Pair]]:
    """Read the judgements in force as pairs that are the same, and pairs that are not."""
    ours = live.filter(
        pc.and_(pc.equal(live["source"], JUDGED), pc.equal(live["schema"], JUDGEMENT))
    )
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for row in ours.select(["canonical_id", "prop", "value"]).to_pylist():
        told[row["canonical_id"]][row["prop"]] = row["value"]
    pairs: dict[str, list[Pair]] = {"positive": [], "negative": [], "unsure": []}
    for key, props in sorted(told.items()):
        pairs[props["verdict"]].append(Pair(props["left"], props["right"], key))
    return pairs["positive"], pairs["negative"]


def _redirected(live: pa.Table, redirects: Mapping[str, str]) -> pa.Table:
    """Give the statements of merged records the id of their entity, in the order of ids."""
    moved = {old for old, new in redirects.items() if old != new}
    old = pa.array(sorted(moved), pa.string())
    new = pa.array([redirects[key] for key in sorted(moved)], pa.string())
    ids = _replaced(live["canonical_id"], old, new)
    named = _entity_props(live, old)
    values = _replaced(live["value"], old, new, only=named)
    is_renamed = pc.not_equal(values, live["value"])
    originals = pc.if_else(
        pc.and_(is_renamed, pc.is_null(live["original_value"])),
        live["value"],
        live["original_value"],
    )
    told = live
    for name, column in (
        ("canonical_id", ids),
        ("value", values),
        ("original_value", originals),
    ):
        place = live.schema.get_field_index(name)
        told = told.set_column(place, live.schema.field(name), column)
    touched = pc.or_(
        is_renamed, pc.is_in(ids, pa.array(sorted({*redirects.values()}), pa.string()))
    )
    return told.take(_order(told, touched))


def _replaced(
    column: pa.ChunkedArray,
    old: pa.Array,
    new: pa.Array,
    only: pa.ChunkedArray | None = None,
) -> pa.ChunkedArray:
    places = pc.index_in(column, old)
    if only is not None:
        places = pc.if_else(only, places, pa.scalar(None, pa.int32()))
    return pc.coalesce(pc.take(new, places), column)


def _entity_props(live: pa.Table, old: pa.Array) -> pa.ChunkedArray:
    """Tell which rows name a moved record in a property whose values are entities."""
    hit = pc.is_in(live["value"], old)
    kinds = (
        live.filter(hit)
        .select(["schema", "prop", "prop_type"])
        .group_by(["schema", "prop", "prop_type"])
        .aggregate([])
    )
    props = [
        row["prop"]
        for row in kinds.to_pylist()
        if (row["prop_type"] or property_type(row["schema"], row["prop"])) == "entity"
    ]
    return pc.and_(hit, pc.is_in(live["prop"], pa.array(sorted({*props}), pa.string())))


_WITHIN = ("canonical_id", "source", "schema", "prop", "value", "id")
"""How a snapshot lays statements out: `plans.BY_ENTITY`."""


def _order(told: pa.Table, touched: pa.ChunkedArray) -> pa.Array:
    """Return the order by entity. All rows but the touched ones are in order already."""
    ids = told["canonical_id"].combine_chunks().dictionary_encode()
    names = ids.dictionary.to_pylist()
    ranks = np.empty(len(names), np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    by_entity = ranks[ids.indices.to_numpy(zero_copy_only=False)]
    entities = np.zeros(len(names), np.bool_)
    entities[by_entity[np.asarray(touched)]] = True
    places = np.flatnonzero(entities[by_entity])
    rows = told.select(list(_WITHIN)).take(pa.array(places)).to_pylist()
    keys = [tuple(row[name] for name in _WITHIN) for row in rows]
    order = np.arange(told.num_rows)
    order[places] = places[sorted(range(len(keys)), key=keys.__getitem__)]
    return pa.array(order[np.argsort(by_entity[order], kind="stable")])


def tables_of(settled: Settled) -> dict[str, pa.Table]:
    """Lay out what `graph.merges` reads: each merged record, and the conflicts."""
    rows = [
        {
            "id": member,
            "canonical_id": cluster.id,
            "by": [_tie(one, member) for one in cluster.by[member]],
        }
        for cluster in settled.clusters
        for member in cluster.members
    ]
    conflicts = [
        {"records": list(one.records), "why": one.why} for one in settled.conflicts
    ]
    return {
        "merges": pa.Table.from_pylist(
            sorted(rows, key=lambda row: str(row["id"])), schema=MERGES
        ),
        "kept_apart": pa.Table.from_pylist(conflicts, schema=KEPT_APART),
    }


def _tie(one: Number | Pair, member: str) -> dict[str, Any]:
    if isinstance(one, Number):
        return {"kind": one.kind, "value": one.value, "other": None}
    other = one.right if one.left == member else one.left
    return {"kind": "judgement", "value": one.by, "other": other}
