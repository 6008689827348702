"""Addresses: links between pages, which keep the snapshot and the language that are read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

__all__ = ["KNOWN_ON", "LANGUAGE", "SNAPSHOT", "Address", "Addresses"]

SNAPSHOT = "snapshot"
"""The field that names the snapshot to read."""
KNOWN_ON = "known_on"
"""The field that says by when what is read was known; it goes before a snapshot."""
LANGUAGE = "lang"

Field = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Address:
    """A page, with the fields that were filled in."""

    path: str
    fields: tuple[Field, ...]

    def with_fields(self, **new: str | None) -> str:
        """Write the address with other values of some fields; None leaves one out."""
        kept = [(name, value) for name, value in self.fields if name not in new]
        return _written(self.path, [*kept, *_given(new)])

    def without(self, name: str, value: str, *others: str) -> str:
        """Write the address without one value of a field, and without other fields."""
        return _written(self.path, [f for f in self._but(others) if f != (name, value)])

    def with_one(self, name: str, value: str, *others: str) -> str:
        """Write the address with one more value of a field, and without other fields."""
        return _written(self.path, [*self._but(others), (name, value)])

    def _but(self, names: Collection[str]) -> list[Field]:
        return [field for field in self.fields if field[0] not in names]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Writes links; `kept` are the fields that every page takes on from this one."""

    kept: tuple[Field, ...]

    def to(self, path: str, **fields: str | None) -> str:
        """Write the address of a page."""
        return _written(path, [*_given(fields), *self.kept])

    def entity(self, entity_id: str) -> str:
        """Write the address of what is known of an entity."""
        return self.to(f"/entity/{quote(entity_id, safe='')}")


def _given(fields: Mapping[str, str | None]) -> list[Field]:
    return [(name, value) for name, value in fields.items() if value is not None]


def _written(path: str, fields: Iterable[Field]) -> str:
    query = urlencode([(name.rstrip("_"), value) for name, value in fields])
    return f"{path}?{query}" if query else path
