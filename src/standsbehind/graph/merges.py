"""Merges: which records of a snapshot are one entity, why, and which were kept apart."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from standsbehind.store.snapshot import Snapshot

__all__ = ["JUDGEMENT", "KEPT_APART", "MERGES", "KeptApart", "Merged", "Merges", "Tie"]

JUDGEMENT = "judgement"
"""The kind of a tie that a person judged; any other names a number."""

_TIE = pa.struct([(name, pa.string()) for name in ("kind", "value", "other", "who")])
MERGES = pa.schema(
    [("id", pa.string()), ("canonical_id", pa.string()), ("by", pa.list_(_TIE))]
)
"""Every record that is one with others, sorted by id."""
KEPT_APART = pa.schema([("records", pa.list_(pa.string())), ("why", pa.string())])
"""Records that share a number, and are known to be two."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What makes a record one with another."""

    kind: str
    value: str
    """The number, or the id of the judgement."""
    other: str | None = None
    """The record that it was judged the same as,"""
    who: str | None = None
    """by whom, when and why."""

    @property
    def said(self) -> str:
        """Say it in words."""
        if self.kind == JUDGEMENT:
            return f"judged the same as {self.other} by {self.who} [{self.value}]"
        return f"{self.kind} {self.value}"


@dataclass(frozen=True, slots=True)
class Merged:
    """A record that is one with others."""

    id: str
    canonical_id: str
    by: tuple[Tie, ...]

    @property
    def said(self) -> str:
        """Say in words which record it is, and what ties it to the others."""
        return f"{self.id} ({', '.join(tie.said for tie in self.by)})"

    def to_json(self) -> dict[str, Any]:
        """Give all fields by name."""
        return {
            "id": self.id,
            "canonical_id": self.canonical_id,
            "by": [
                {name: getattr(tie, name) for name in tie.__dataclass_fields__}
                for tie in self.by
            ],
        }


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Records that share a number and were not made one, and why."""

    records: tuple[str, ...]
    why: str

    def to_json(self) -> dict[str, Any]:
        """Give all fields by name."""
        return {"records": list(self.records), "why": self.why}


@dataclass(frozen=True)
class Merges:
    """The merges of one snapshot."""

    snapshot: Snapshot

    @cached_property
    def _table(self) -> pa.Table:
        return self.snapshot.table("merges")

    @cached_property
    def _canonical(self) -> Mapping[str, str]:
        ids, canonical = (
            self._table[name].to_pylist() for name in ("id", "canonical_id")
        )
        return dict(zip(ids, canonical, strict=True))

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {record: row for row, record in enumerate(self._canonical)}

    @cached_property
    def _members(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for record, canonical in self._canonical.items():
            found[canonical].append(record)
        return found

    def canonical(self, record: str) -> str:
        """Return the id of the entity that a record belongs to; its own where it stands alone."""
        return self._canonical.get(record, record)

    def find(self, record: str) -> Merged | None:
        """Return how a record is one with others; None where it stands alone."""
        if record not in self._canonical:
            return None
        ties = self._table["by"][self._rows[record]].as_py()
        return Merged(
            record, self._canonical[record], tuple(Tie(**tie) for tie in ties)
        )

    def all(self) -> Iterator[Merged]:
        """Give every record that is one with others, by id."""
        return filter(None, map(self.find, self._canonical))

    def members(self, entity_id: str) -> Sequence[Merged]:
        """Return the records that are one under this id; none where it stands alone."""
        return tuple(filter(None, map(self.find, self._members.get(entity_id, ()))))

    def judgements(self, entity_id: str) -> frozenset[str]:
        """Return the ids of the judgements by which an entity is one."""
        return frozenset(
            tie.value
            for member in self.members(entity_id)
            for tie in member.by
            if tie.kind == JUDGEMENT
        )

    def kept_apart(self) -> Sequence[KeptApart]:
        """Return the records that share a number and were not made one."""
        rows = self.snapshot.table("kept_apart").to_pylist()
        return tuple(KeptApart(tuple(row["records"]), row["why"]) for row in rows)
