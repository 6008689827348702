"""Difference: what changed between two snapshots, and which statements say so."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.engines import local, plans
from standsbehind.graph.reader import Reader
from standsbehind.model.statement import Claim
from standsbehind.store.snapshot import Snapshot

__all__ = ["ChangedEntity", "ChangedStatement", "Difference", "Kind"]

Kind = Literal["added", "removed", "changed"]

_COMPARED = (
    "canonical_id",
    "source",
    "prop",
    "value",
    "id",
    "valid_from",
    "valid_to",
    "status",
    "citations",
)
_WHAT = {
    "moved": "entity",
    "dated": "validity",
    "voiced": "voice",
    "cited": "citations",
}
"""Columns of the plan, and the word for what differs in a statement that both hold."""


@dataclass(frozen=True, slots=True)
class ChangedStatement:
    """One statement that only one of the snapshots holds, or both hold otherwise."""

    kind: Kind
    dataset: str
    before: Claim | None
    after: Claim | None
    what: tuple[str, ...] = ()
    """Of a changed one: `entity`, `validity`, `voice` or `citations` (of other origins)."""


@dataclass(frozen=True, slots=True)
class ChangedEntity:
    """One entity with every statement in which the snapshots differ about it."""

    id: str
    kind: Kind
    schema: str
    caption: str
    about: tuple[str, ...]
    """Of a listing or a link: the entities that it names, by caption."""
    statements: tuple[ChangedStatement, ...]

    @property
    def datasets(self) -> tuple[str, ...]:
        """Return the datasets whose statements differ."""
        return tuple(sorted({statement.dataset for statement in self.statements}))


@dataclass(frozen=True)
class Difference:
    """Two snapshots, and on demand the rows in which they differ."""

    before: Snapshot
    after: Snapshot
    dataset: str | None = None
    """Only statements of this dataset; None: of all."""

    @cached_property
    def _found(self) -> pa.Table:
        if self.before.id == self.after.id:
            return _none()
        sides = (self.before, self.after)
        columns = ["id", "origin_group"]
        cited = [side.table("citations", columns=columns) for side in sides]
        return local.run(
            plans.DIFFERENCE,
            {
                "before": _compared(self.before),
                "after": _compared(self.after),
                "cited": pa.concat_tables(cited),
            },
            {"dataset": self.dataset},
        )

    @cached_property
    def _rows(self) -> pa.Table:
        """What the sources say otherwise; a new copy that says the same is no change."""
        return self._found.filter(pc.invert(self._found["elsewhere"]))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The entities about which the snapshots differ, in the order of their ids."""
        return tuple(pc.unique(self._rows["entity"]).to_pylist())

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        there = {
            side: _ids_of(one, self.dataset)
            for side, one in (("before", self.before), ("after", self.after))
        }
        return {
            key: _kind(key in there["before"], key in there["after"])
            for key in self.ids
        }

    @property
    def counts(self) -> Mapping[str, int]:
        """Count the entities and the statements that were added, removed and changed.

        Apart from them stand the statements that are only cited elsewhere: to another
        copy, or another place in it, of the same origins.
        """
        entities = Counter(self._kinds.values())
        counted = {f"entities_{kind}": entities[kind] for kind in _KINDS}
        elsewhere = pc.sum(self._found["elsewhere"]).as_py() or 0
        counted["statements_cited_elsewhere"] = elsewhere
        if not self.ids:
            return counted | {f"statements_{kind}": 0 for kind in _KINDS}
        old, new = (pc.is_valid(self._rows[side]) for side in ("before", "after"))
        masks = (
            pc.and_not(new, old),
            pc.and_not(old, new),
            pc.and_(old, new),
        )
        return counted | {
            f"statements_{kind}": pc.sum(mask).as_py() or 0
            for kind, mask in zip(_KINDS, masks, strict=True)
        }

    def entities(
        self, only: Iterable[str] | None = None, limit: int | None = None
    ) -> tuple[ChangedEntity, ...]:
        """Read the changed entities, or those among `only`, at most `limit` of them.

        Raises EvidenceError where a snapshot is damaged.
        """
        wanted = self.ids if only is None else tuple(sorted({*only} & {*self.ids}))
        chosen = wanted[:limit]
        if not chosen:
            return ()
        rows = self._rows.filter(pc.is_in(self._rows["entity"], pa.array(chosen)))
        return self._read(chosen, rows)

    def _read(self, ids: Sequence[str], rows: pa.Table) -> tuple[ChangedEntity, ...]:
        old = _claims(self.before, rows["before"])
        new = _claims(self.after, rows["after"])
        statements: dict[str, list[ChangedStatement]] = defaultdict(list)
        for row in rows.to_pylist():
            statements[row["entity"]].append(_statement(row, old, new))
        faces = _faces(self.before, ids) | _faces(self.after, ids)
        about = _abouts(self.before, ids) | _abouts(self.after, ids)
        return tuple(
            ChangedEntity(
                key,
                self._kinds[key],
                *faces.get(key, ("Thing", key)),
                about.get(key, ()),
                tuple(statements[key]),
            )
            for key in ids
        )


_KINDS: tuple[Kind, ...] = ("added", "removed", "changed")


def _none() -> pa.Table:
    """Return the rows of a snapshot and itself."""
    return pa.schema([("entity", pa.string()), ("elsewhere", pa.bool_())]).empty_table()


def _kind(was: bool, is_now: bool) -> Kind:  # noqa: FBT001 - two sides of one fact
    if was and is_now:
        return "changed"
    return "added" if is_now else "removed"


def _compared(snapshot: Snapshot) -> pa.Table:
    table = snapshot.table("claims", columns=list(_COMPARED))
    turns = pa.array(range(table.num_rows), pa.int64())
    return table.append_column("turn", turns)


def _ids_of(snapshot: Snapshot, dataset: str | None) -> set[str]:
    """Return the entities of a snapshot, or those of which one dataset says something."""
    if dataset is None:
        return set(snapshot.table("entities", columns=["id"])["id"].to_pylist())
    only = ("source", [dataset])
    claims = snapshot.table("claims", columns=["canonical_id", "source"], only=only)
    return set(pc.unique(claims["canonical_id"]).to_pylist())


def _claims(snapshot: Snapshot, turns: pa.ChunkedArray) -> dict[int, Claim]:
    """Read the claims in some rows, with their citations."""
    places = pc.drop_null(turns)
    if not len(places):
        return {}
    rows = sorted(places.to_pylist())
    return dict(zip(rows, Reader(snapshot).stated.at(rows), strict=True))


def _statement(
    row: Mapping[str, Any], old: Mapping[int, Claim], new: Mapping[int, Claim]
) -> ChangedStatement:
    before = None if row["before"] is None else old[row["before"]]
    after = None if row["after"] is None else new[row["after"]]
    kind = _kind(before is not None, after is not None)
    what = (word for column, word in _WHAT.items() if row[column])
    return ChangedStatement(
        kind, row["dataset"], before, after, tuple(what) if kind == "changed" else ()
    )


def _faces(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return schema and caption of those entities that the snapshot holds."""
    entities = Reader(snapshot).entities
    rows = {key: entities[key] for key in ids if key in entities}
    return {key: (row["schema"], row["caption"]) for key, row in rows.items()}


def _abouts(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the captions of what listings and links name: an id alone tells little."""
    named: dict[str, dict[str, None]] = defaultdict(dict)
    listings = snapshot.table("sanctions", only=("id", list(ids)))
    for row in listings.to_pylist():
        named[row["id"]][row["value"]] = None
    reader = Reader(snapshot)
    for key in ids:
        for row in map(reader.edge_rows.__getitem__, reader.edge_numbers(key)):
            named[key] |= dict.fromkeys((row["source"], row["target"]))
    others = sorted({other for found in named.values() for other in found})
    faces = _faces(snapshot, others) if others else {}
    return {
        key: tuple(faces[other][1] if other in faces else other for other in found)
        for key, found in named.items()
    }
