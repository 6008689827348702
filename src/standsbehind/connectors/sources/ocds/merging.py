"""Merging: what all releases of one process say in the end, and which release says it.

The rules are those of OCDS: releases in the order of their dates, null takes a value away,
objects in a list are matched by `id`, and a list without ids is replaced whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from standsbehind.connectors.sources.ocds.document import Release

__all__ = ["Leaf", "Odd", "Part", "merge"]

_WHOLE_LISTS = frozenset({"additionalClassifications", "additionalIdentifiers"})
"""Lists that the standard replaces whole though their objects have ids."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value, or a list of plain values, and the number of the release that says it."""

    value: Any
    place: int

    @property
    def text(self) -> str:
        """Give the value as text; a number as it would be written by hand."""
        value = self.value
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return "" if value is None else " ".join(str(value).split())


class _Items(dict[str, Any]):
    """The objects of a list, by id, or by position where one of them has none."""


@dataclass(slots=True)
class Odd:
    """What is not as the standard has it: each thing once, with the first place of it."""

    places: dict[str, str] = field(default_factory=dict)

    def note(self, locator: str, what: str) -> None:
        """Note a field or category that is not known."""
        self.places.setdefault(what, locator)


@dataclass(slots=True)
class Part:
    """One object of a merged process, whose fields are taken out one by one."""

    path: str
    fields: dict[str, Any]
    locator: str
    odd: Odd

    def take(self, name: str) -> Leaf:
        """Take a plain value out; a blank one where the process has none."""
        held = self.fields.pop(name, None)
        if held is None:
            return Leaf(None, 0)
        if not isinstance(held, Leaf) or isinstance(held.value, list):
            self._note(name, "is no plain value")
            return Leaf(None, 0)
        return held

    def take_all(self, name: str) -> Iterator[Leaf]:
        """Take a list of plain values out; a lone value is a list of one."""
        held = self.fields.pop(name, None)
        if isinstance(held, Leaf):
            values = held.value if isinstance(held.value, list) else [held.value]
            yield from (Leaf(value, held.place) for value in values)
        elif held is not None:
            self._note(name, "is no list of plain values")

    def part(self, name: str) -> "Part":
        """Take an object out; an empty one where the process has none."""
        held = self.fields.pop(name, None)
        if held is not None and (
            not isinstance(held, dict) or isinstance(held, _Items)
        ):
            self._note(name, "is no object")
            held = None
        return Part(f"{self.path}{name}/", held or {}, self.locator, self.odd)

    def parts(self, name: str) -> Iterator[tuple[str, "Part"]]:
        """Take the objects of a list out, each with its id; `#n` for one without."""
        held = self.fields.pop(name, None)
        if held is not None and not isinstance(held, _Items):
            if not (isinstance(held, Leaf) and held.value == []):
                self._note(name, "is no list of objects")
            return
        for key, one in (held or {}).items():
            yield key, Part(f"{self.path}{name}/", one, self.locator, self.odd)

    def ignore(self, *names: str) -> None:
        """Leave fields aside on purpose, by name."""
        for name in names:
            self.fields.pop(name, None)

    def unread(self) -> None:
        """Note the fields that nobody took or ignored."""
        for name in self.fields:
            self.odd.note(self.locator, f"field '{self.path}{name}'")

    def places(self) -> set[int]:
        """Return the numbers of the releases that say anything of the object."""
        return set(_places(self.fields))

    def _note(self, name: str, why: str) -> None:
        self.odd.note(self.locator, f"field '{self.path}{name}' {why}")


def _places(node: Mapping[str, Any]) -> Iterator[int]:
    for held in node.values():
        if isinstance(held, Leaf):
            yield held.place
        else:
            yield from _places(held)


def merge(releases: Sequence[Release]) -> dict[str, Any]:
    """Merge releases that stand in the order of their dates."""
    merged: dict[str, Any] = {}
    for place, release in enumerate(releases):
        _lay(merged, release.fields, place)
    return merged


def _lay(merged: dict[str, Any], fields: Mapping[str, Any], place: int) -> None:
    for name, value in fields.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            _lay(_below(merged, name, dict), value, place)
        elif isinstance(value, list):
            _lay_list(merged, name, value, place)
        else:
            merged[name] = Leaf(value, place)


def _below(merged: dict[str, Any], name: str, kind: type[dict[str, Any]]) -> Any:  # noqa: ANN401
    """Return what is laid under a name so far; a new one where it is of another kind."""
    if type(merged.get(name)) is not kind:
        merged[name] = kind()
    return merged[name]


def _lay_list(merged: dict[str, Any], name: str, values: list[Any], place: int) -> None:
    objects = [one for one in values if isinstance(one, dict)]
    if not objects or len(objects) < len(values):
        if values or not isinstance(merged.get(name), _Items):
            plain = [one for one in values if not isinstance(one, dict | list)]
            merged[name] = Leaf(plain, place)
        return
    keys = [_key(one) for one in objects]
    if None in keys or name in _WHOLE_LISTS:
        keys = [f"#{number}" for number in range(1, len(objects) + 1)]
        merged[name] = _Items()
    items = _below(merged, name, _Items)
    for key, one in zip(keys, objects, strict=True):
        _lay(_below(items, str(key), dict), one, place)


def _key(item: Mapping[str, Any]) -> str | None:
    key = item.get("id")
    if isinstance(key, bool) or not isinstance(key, str | int | float):
        return None
    return Leaf(key, 0).text or None
