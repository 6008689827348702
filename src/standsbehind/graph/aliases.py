"""Aliases of a snapshot: the stated names and brand words that bear on some names."""

from collections.abc import Iterable
from dataclasses import fields

import pyarrow as pa

from standsbehind.matching.aliases import Aliases, Equivalent, Stated, keys_of
from standsbehind.matching.names import read_name
from standsbehind.store.snapshot import Snapshot

__all__ = ["BRAND_WORDS", "STATED_NAMES", "aliases_of", "brands_in"]

_STATED = [pa.field(field.name, pa.string()) for field in fields(Stated)]
STATED_NAMES = pa.schema([pa.field("key", pa.string()), *_STATED])
"""The names of entities that bear several, sorted by the key under which each is met."""
BRAND_WORDS = pa.schema(
    [
        pa.field("word", pa.string()),
        pa.field("other", pa.string()),
        pa.field("entity", pa.string()),
        pa.field("foreign", pa.struct(_STATED)),
        pa.field("latin", pa.struct(_STATED)),
    ]
)
"""The brand words derived from the names of one entity in two scripts."""


def aliases_of(snapshot: Snapshot, names: Iterable[str]) -> Aliases:
    """Read what the snapshot states of some names, and of no others."""
    keys = sorted({key for name in set(names) for key in keys_of(read_name(name))})
    found = snapshot.table("stated_names", only=("key", keys))
    stated = ((row.pop("key"), Stated(**row)) for row in found.to_pylist())
    return Aliases.of(stated, brands_in(snapshot))


def brands_in(snapshot: Snapshot) -> list[Equivalent]:
    """Read all brand words of the snapshot; they are few."""
    return [
        Equivalent(
            row["word"],
            row["other"],
            row["entity"],
            (Stated(**row["foreign"]), Stated(**row["latin"])),
        )
        for row in snapshot.table("brand_words").to_pylist()
    ]
