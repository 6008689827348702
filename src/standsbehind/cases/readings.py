"""Readings: which records of the data say what in the terms of the standard, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from standsbehind.errors import SourceError
from standsbehind.model.edge import Edge
from standsbehind.model.packaged import read_yaml
from standsbehind.standards.terms import TERMS

__all__ = ["Given", "HarmReading", "Reading", "Readings", "load_readings"]


@dataclass(frozen=True, slots=True)
class Given:
    """One fact that a record gives: its term, whose it is, and what it is about."""

    term: str
    subject: str
    matter: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What links of a role, or one record, say in the terms of the standard."""

    gives: tuple[Given, ...]
    reason: str
    role: str = ""
    schema: str = ""
    target: frozenset[str] = frozenset()
    record: str = ""
    tied_by: str = ""
    """The record that ties whose fact it is to the matter, where the record itself does not."""

    def fits(self, edge: Edge) -> bool:
        """Whether the reading is of this link."""
        if self.record:
            return self.record == edge.id
        return (
            self.role in {"", edge.role}
            and self.schema in {"", edge.schema}
            and (not self.target or edge.target in self.target)
        )


@dataclass(frozen=True, slots=True)
class HarmReading:
    """How a published harm reaches those who have a fact of a term on its matter."""

    harm: str
    term: str
    joins: str
    reason: str


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings, by what they are looked up with."""

    roles: tuple[Reading, ...]
    records: Mapping[str, tuple[Reading, ...]]
    harms: Mapping[str, HarmReading]

    def are_of_kind(self, schema: str, role: str) -> bool:
        """Whether some reading may be of links of a schema and role, before claims are read."""
        return any(
            reading.role in {"", role} and reading.schema in {"", schema}
            for reading in self.roles
        )

    def redirected(self, canonical: Callable[[str], str]) -> "Readings":
        """Say it of the entities that the records named here have become part of."""

        def redirect(reading: Reading) -> Reading:
            gives = (
                replace(
                    given,
                    subject=canonical(given.subject),
                    matter=canonical(given.matter),
                )
                for given in reading.gives
            )
            target = frozenset(map(canonical, reading.target))
            return replace(reading, gives=tuple(gives), target=target)

        records = {key: tuple(map(redirect, of)) for key, of in self.records.items()}
        return replace(self, roles=tuple(map(redirect, self.roles)), records=records)

    def of(self, edge: Edge) -> tuple[Reading, ...]:
        """Return the readings of a link."""
        general = tuple(reading for reading in self.roles if reading.fits(edge))
        return general + self.records.get(edge.id, ())


@cache
def load_readings() -> Readings:
    """Read the readings that ship with the package.

    Raises SourceError for a term that the standard does not have, and for a missing reason.
    """
    text = (resources.files(__package__) / "readings.yml").read_text("utf-8")
    found = read_yaml(text)
    by_record: dict[str, tuple[Reading, ...]] = {}
    for row in found["records"]:
        reading = _reading(row)
        by_record[reading.record] = (*by_record.get(reading.record, ()), reading)
    harms = {row["harm"]: HarmReading(**row) for row in found["harms"]}
    for harm in harms.values():
        _expect_terms(harm.harm, harm.term, harm.joins)
    return Readings(
        roles=tuple(_reading(row) for row in found["roles"]),
        records=MappingProxyType(by_record),
        harms=MappingProxyType(harms),
    )


def _reading(row: dict[str, Any]) -> Reading:
    gives = tuple(Given(*one) for one in row["gives"])
    what = row.get("record") or row.get("role") or row["schema"]
    _expect_terms(what, *(one.term for one in gives))
    if not row.get("reason"):
        message = f"readings.yml: {what}: no reason; say why the record is read so"
        raise SourceError(message)
    target = frozenset(row.get("target", ()))
    return Reading(**{**row, "gives": gives, "target": target})


def _expect_terms(what: str, *terms: str) -> None:
    for term in terms:
        if term not in TERMS:
            message = f"readings.yml: {what}: {term!r} is no term of the standard"
            raise SourceError(message)
