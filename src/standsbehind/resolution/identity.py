"""Identity data: by which values an entity is told from its namesakes, and how they changed."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from standsbehind.model.schema import property_type
from standsbehind.model.statement import BASE_ID, Statement

__all__ = ["Changed", "Identity", "changes", "identity_of"]

_TYPES = frozenset({"address", "country", "identifier", "name"})
_PROPS = frozenset(
    {
        "addressEntity",
        "birthDate",
        "birthPlace",
        "city",
        "deathDate",
        "dissolutionDate",
        "fatherName",
        "firstName",
        "gender",
        "incorporationDate",
        "lastName",
        "legalForm",
        "middleName",
        "model",
        "motherName",
        "region",
        "secondName",
    }
)
"""What identifies besides names, numbers, countries and addresses."""
_ABOUT_THE_LIST = frozenset({"programId"})
"""Typed as identifiers, but of the listing: a further program makes it nobody else."""
SCHEMA = "schema"
"""Stands among the properties for the type of the entity: a firm is no person."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What one dataset says of an entity that identifies it."""

    values: Mapping[str, tuple[str, ...]]
    """The values of each property, both in alphabetical order."""

    @property
    def digest(self) -> str:
        """SHA-256 over the properties and their values, in hexadecimal."""
        told = {prop: list(found) for prop, found in self.values.items()}
        content = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(content).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Give the values with their digest."""
        values = {prop: list(found) for prop, found in self.values.items()}
        return {"digest": self.digest, "values": values}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Identity":
        """Read it back. Raises ValueError where the digest is not that of the values."""
        values = {prop: tuple(found) for prop, found in told["values"].items()}
        made = cls(values)
        if made.digest != told["digest"]:
            message = "the digest is not that of the values"
            raise ValueError(message)
        return made


@dataclass(frozen=True, slots=True)
class Changed:
    """What a dataset says otherwise of one property than it did."""

    dataset: str
    prop: str
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def said(self) -> str:
        """Say it in words: `tiny: alias added 'Acme Works'`."""
        told = [
            f"{word} {', '.join(map(repr, values))}"
            for word, values in (("added", self.added), ("removed", self.removed))
            if values
        ]
        return f"{self.dataset}: {self.prop} {' and '.join(told)}"

    def to_json(self) -> dict[str, Any]:
        """Give all fields by name."""
        return {
            "dataset": self.dataset,
            "prop": self.prop,
            "added": list(self.added),
            "removed": list(self.removed),
        }


def identity_of(statements: Iterable[Statement]) -> dict[str, Identity]:
    """Collect, dataset by dataset, what identifies an entity, as each of them writes it."""
    found: dict[str, dict[str, set[str]]] = {}
    for one in statements:
        props = found.setdefault(one.dataset, {})
        props.setdefault(SCHEMA, set()).add(one.schema)
        if _identifies(one):
            props.setdefault(one.prop, set()).add(one.value)
    return {
        dataset: Identity({prop: tuple(sorted(props[prop])) for prop in sorted(props)})
        for dataset, props in sorted(found.items())
    }


def _identifies(one: Statement) -> bool:
    if one.prop == BASE_ID or one.prop in _ABOUT_THE_LIST:
        return False
    return one.prop in _PROPS or property_type(one.schema, one.prop) in _TYPES


def changes(
    before: Mapping[str, Identity], after: Mapping[str, Identity]
) -> tuple[Changed, ...]:
    """Tell what each dataset says otherwise; a dataset that came or went changes all it says."""
    return tuple(
        changed
        for dataset in sorted({*before, *after})
        if _digest(before, dataset) != _digest(after, dataset)
        for changed in _of_dataset(dataset, before, after)
    )


def _digest(held: Mapping[str, Identity], dataset: str) -> str:
    return held[dataset].digest if dataset in held else ""


def _of_dataset(
    dataset: str, before: Mapping[str, Identity], after: Mapping[str, Identity]
) -> Iterator[Changed]:
    nothing = Identity({})
    was = before.get(dataset, nothing).values
    now = after.get(dataset, nothing).values
    for prop in sorted({*was, *now}):
        old, new = set(was.get(prop, ())), set(now.get(prop, ()))
        if old != new:
            added, removed = tuple(sorted(new - old)), tuple(sorted(old - new))
            yield Changed(dataset, prop, added, removed)
