"""Checking: the parts of a user's YAML file, each of the kind expected, or noted as wrong by line."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from standsbehind.cases.lined import Lined
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["Checking", "line_of"]

T = TypeVar("T")


@dataclass
class Checking:
    """One reading of a file, with all that is wrong in it by line."""

    problems: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, line: int, what: str) -> None:
        """Note what is wrong, and go on."""
        self.problems.append((line, what))

    def mapping(self, found: Lined, keys: Sequence[str]) -> Mapping[str, Lined]:
        """Read a mapping of known keys; none has to be there."""
        if not isinstance(found.value, Mapping):
            self.wrong(found.line, f"expected the keys {', '.join(keys)}")
            return {}
        for key, one in found.value.items():
            if key not in keys:
                near = get_close_matches(key, keys, 1)
                hint = f"; did you mean `{near[0]}`?" if near else ""
                known = hint or f"; known here: {', '.join(keys)}"
                self.wrong(one.line, f"unknown key `{key}`{known}")
        return found.value

    def text(self, parts: Mapping[str, Lined], key: str) -> str:
        """Read a text; empty where there is none."""
        found = parts.get(key)
        if found is None:
            return ""
        if isinstance(found.value, str):
            return found.value
        self.wrong(found.line, f"{key}: expected a text")
        return ""

    def day(self, parts: Mapping[str, Lined], key: str) -> PartialDate | None:
        """Read a year, month or day; None where there is none."""
        said = self.text(parts, key)
        day = partial_date(said) if said else None
        if said and day is None:
            what = f"{key}: {said!r} is no date; write 2020, 2020-04 or 2020-04-29"
            self.wrong(parts[key].line, what)
        return day

    def choice(
        self, parts: Mapping[str, Lined], key: str, known: Collection[str], default: str
    ) -> str:
        """Read one of the known words; the default where there is none."""
        said = self.text(parts, key) or default
        if said in known:
            return said
        words = ", ".join(word for word in known if word)
        self.wrong(parts[key].line, f"{key}: {said!r} is not one of {words}")
        return default

    def listed(
        self, parts: Mapping[str, Lined], key: str, read: Callable[[Lined], T]
    ) -> tuple[T, ...]:
        """Read a list; empty where there is none."""
        found = parts.get(key)
        if found is None or found.value == "":
            return ()
        if not isinstance(found.value, tuple):
            self.wrong(found.line, f"{key}: expected a list; begin each item with `- `")
            return ()
        return tuple(map(read, found.value))


def line_of(parts: Mapping[str, Lined], key: str, default: int) -> int:
    """Return the line of a key; the default where it is not there."""
    return parts[key].line if key in parts else default
