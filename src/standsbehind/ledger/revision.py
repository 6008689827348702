"""Revision: what a new reading of a dataset changes in the ledger, and nothing else."""

from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.engines import local, plans
from standsbehind.ledger.rows import CHANGES, TOLD

__all__ = ["Held", "Revision", "revise"]


@dataclass(frozen=True, slots=True)
class Held:
    """What the ledger holds of one dataset: live claims, and the citations ever used."""

    claims: pa.Table
    citations: pa.Table


@dataclass(frozen=True, slots=True)
class Revision:
    """The changes that bring a dataset from its state in the ledger to a new reading."""

    changes: pa.Table
    """Rows of `CHANGES`, in the order of the reading; what is gone comes last."""
    citations: pa.Table
    """The citations that the changes name, also those of what is gone."""
    entities_before: int
    added: int
    """Entities that the ledger did not hold."""
    changed: int
    """Entities that stay, with at least one statement asserted, superseded or retracted."""
    removed: int
    """Entities that the new reading no longer holds."""
    older: int = 0
    """Entities left as they are, because what is held of them was published later."""


def revise(
    held: Held, told: pa.Table, citations: pa.Table, *, collects: bool = False
) -> Revision:
    """Compare a reading with what the ledger holds.

    A statement that is unchanged is not written again: it keeps the citation of the copy
    in which it was first seen. Only a new type, dates, voice or origins supersede it. Where a
    dataset `collects`, an entity that the reading does not name stays as it is, and so does
    one of which something is held that was published later: files may come in any order.
    """
    told = _each_once(told)
    cited = _each_citation_once(held.citations, citations)
    older = _older(held.claims, told, cited) if collects else _NO_ENTITIES
    told = told.filter(pc.invert(pc.is_in(told["entity_id"], value_set=older)))
    changes = _changes(held.claims, told, cited, collects=collects)
    revision = _counted(held.claims, told, changes, cited, collects=collects)
    return replace(revision, older=len(older))


_NO_ENTITIES = pa.nulls(0, pa.string())


def _older(held: pa.Table, told: pa.Table, cited: pa.Table) -> pa.Array:
    if not held.num_rows:
        return _NO_ENTITIES
    tables = {"held": held, "told": told, "cited": cited}
    return local.run(plans.OLDER, tables)["entity_id"].combine_chunks()


def _each_once(told: pa.Table) -> pa.Table:
    """Take a statement that a reading makes in several places as one, cited to all of them."""
    twice = local.run(plans.TWICE, {"told": told})["id"]
    if not len(twice):
        return told
    is_double = pc.is_in(told["id"], value_set=twice.combine_chunks())
    merged: dict[str, dict[str, object]] = {}
    first: dict[str, int] = {}
    places = pc.indices_nonzero(is_double).to_pylist()
    for place, row in zip(places, told.filter(is_double).to_pylist(), strict=True):
        held = merged.setdefault(row["id"], row)
        first.setdefault(row["id"], place)
        held["citations"] = list(dict.fromkeys((*held["citations"], *row["citations"])))  # type: ignore[misc]
    singles = pc.indices_nonzero(pc.invert(is_double)).to_pylist()
    joined = pa.concat_tables(
        [
            told.filter(pc.invert(is_double)),
            pa.Table.from_pylist(list(merged.values()), schema=TOLD),
        ]
    )
    return joined.take(pc.sort_indices(pa.array([*singles, *first.values()])))


def _each_citation_once(held: pa.Table, citations: pa.Table) -> pa.Table:
    both = pa.concat_tables([held, citations])
    return local.run(plans.CITATIONS, {"citations": both})


def _changes(
    held: pa.Table, told: pa.Table, cited: pa.Table, *, collects: bool
) -> pa.Table:
    if not held.num_rows:
        return _stamped(told, pa.repeat("assert", told.num_rows))
    tables = {"told": _numbered(told), "held": _numbered(held)}
    decided = local.run(
        plans.DECIDE,
        {**tables, "origins": _origins(tables, cited)},
        {"collects": collects},
    )
    new, gone = (pc.drop_null(decided[side]) for side in ("told", "gone"))
    rows = pa.concat_tables([told.take(new), held.select(TOLD.names).take(gone)])
    return _stamped(rows, decided["op"])


def _origins(tables: dict[str, pa.Table], cited: pa.Table) -> pa.Table:
    if pc.count_distinct(cited["origin_group"]).as_py() == 1:
        # All citations are of one origin, so no list of them differs from another.
        return _NO_ORIGINS.empty_table()
    return local.run(plans.ORIGINS, {**tables, "cited": cited})


_NO_ORIGINS = pa.schema(
    [("citations", pa.list_(pa.string())), ("origins", pa.list_(pa.string()))]
)


def _numbered(table: pa.Table) -> pa.Table:
    return table.append_column("turn", pa.array(range(table.num_rows), pa.int64()))


def _stamped(rows: pa.Table, ops: pa.Array) -> pa.Table:
    return pa.Table.from_arrays(
        [ops, *(rows[name] for name in TOLD.names)], schema=CHANGES
    )


def _counted(
    held: pa.Table,
    told: pa.Table,
    changes: pa.Table,
    cited: pa.Table,
    *,
    collects: bool,
) -> Revision:
    before, after, touched = (
        pc.unique(table["entity_id"]) for table in (held, told, changes)
    )
    stay = pc.sum(pc.is_in(before, value_set=after)).as_py() or 0
    kept = pc.and_(
        pc.is_in(touched, value_set=before), pc.is_in(touched, value_set=after)
    )
    named = pc.unique(pc.list_flatten(changes["citations"]))
    return Revision(
        changes=changes,
        citations=cited.filter(pc.is_in(cited["id"], value_set=named)),
        entities_before=len(before),
        added=len(after) - stay,
        changed=pc.sum(kept).as_py() or 0,
        removed=0 if collects else len(before) - stay,
    )
