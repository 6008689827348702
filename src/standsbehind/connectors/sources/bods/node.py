"""A JSON object whose fields are taken out one by one, so that what is left can be reported."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from standsbehind.connectors.context import Unread
from standsbehind.errors import SourceError

__all__ = ["Node"]


@dataclass(slots=True)
class Node:
    """One JSON object: null is as good as absent, and a value of another type is refused.

    Each way of taking a field raises SourceError where its value is not of that type.
    """

    locator: str
    cells: dict[str, Any]
    path: str = ""
    """Where the object stands in the statement: `interests 2, share`."""
    children: list["Node"] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        return self.cells.get(name) is not None

    def text(self, name: str) -> str:
        """Take text, stripped; blank where there is none."""
        value = self._taken(name, str, "text")
        return value.strip() if value is not None else ""

    def flag(self, name: str) -> bool | None:
        """Take `true` or `false`."""
        value: bool | None = self._taken(name, bool, "true or false")
        return value

    def number(self, name: str) -> Decimal | None:
        """Take a finite number, exactly as it is written."""
        value = self.cells.pop(name, None)
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value):
            raise self._misshapen(name, "a number")
        return Decimal(repr(value))

    def texts(self, name: str) -> list[str]:
        """Take a list of texts, without blank ones."""
        found = self._taken(name, list, "a list") or []
        if not all(isinstance(one, str) for one in found):
            raise self._misshapen(name, "a list of texts")
        return [one.strip() for one in found if one.strip()]

    def node(self, name: str) -> "Node":
        """Take an object; an empty one where there is none."""
        return self._child(name, self._taken(name, dict, "an object") or {})

    def nodes(self, name: str) -> list["Node"]:
        """Take a list of objects."""
        found = self._taken(name, list, "a list") or []
        if not all(isinstance(one, dict) for one in found):
            raise self._misshapen(name, "a list of objects")
        return [
            self._child(f"{name} {place}", one) for place, one in enumerate(found, 1)
        ]

    def ignore(self, *names: str) -> None:
        """Leave fields aside on purpose, by name, with all that is in them."""
        for name in names:
            self.cells.pop(name, None)

    def unread(self) -> Iterator[Unread]:
        """Report what nobody took or ignored, here and in the objects that were taken."""
        for name, value in self.cells.items():
            if value not in (None, "", [], {}):
                yield Unread(self.locator, f"field {self._at(name)!r}")
        for child in self.children:
            yield from child.unread()

    def _child(self, name: str, cells: Mapping[str, Any]) -> "Node":
        child = Node(self.locator, dict(cells), self._at(name))
        self.children.append(child)
        return child

    def _taken(self, name: str, kind: type, wanted: str) -> Any:  # noqa: ANN401 - JSON
        value = self.cells.pop(name, None)
        if value is not None and not isinstance(value, kind):
            raise self._misshapen(name, wanted)
        return value

    def _at(self, name: str) -> str:
        return f"{self.path}, {name}" if self.path else name

    def _misshapen(self, name: str, wanted: str) -> SourceError:
        return SourceError(f"{self._at(name)} is not {wanted}")
