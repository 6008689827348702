"""What a user gets: the packages of the lock to which the core and the extras lead."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["CORE", "ROOT", "Locked", "Package", "Published", "read_lock"]

ROOT = Path(__file__).resolve().parents[2]
CORE = "core"
"""What everybody gets, whichever extras are asked for."""

OURS = "standsbehind"
Table = dict[str, Any]
Key = tuple[str, str]
"""Name and version: where versions of Python differ, a name may be locked twice."""


@dataclass(frozen=True, slots=True)
class Published:
    """A file of a package, as the index publishes it."""

    url: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """A locked package, with what leads to it and what it needs."""

    name: str
    version: str
    ways: tuple[str, ...]
    """`core`, or the extras that bring it."""
    when: tuple[str, ...]
    """Where it is installed at all, if not everywhere; one of these holds."""
    needs: tuple[Key, ...]
    files: tuple[Published, ...]

    @property
    def key(self) -> Key:
        """Tell it from all others."""
        return self.name, self.version

    @property
    def is_optional(self) -> bool:
        """Whether only an extra brings it."""
        return CORE not in self.ways


@dataclass(frozen=True, slots=True)
class Locked:
    """Our own version, what it needs itself, and everything behind that."""

    version: str
    needs: tuple[Key, ...]
    packages: tuple[Package, ...]


def read_lock(path: Path = ROOT / "uv.lock") -> Locked:
    """Read the lock; packages for development alone are left out."""
    tables: dict[str, list[Table]] = defaultdict(list)
    for table in tomllib.loads(path.read_text("utf-8"))["package"]:
        tables[table["name"]].append(table)
    (ours,) = tables[OURS]
    starts = {CORE: ours["dependencies"], **ours["optional-dependencies"]}
    walk = _Walk(tables)
    ways = {way: walk.from_(edges) for way, edges in starts.items()}
    packages = (
        _package(walk, key, tuple(way for way, found in ways.items() if key in found))
        for key in sorted(set().union(*ways.values()))
    )
    direct = {key for edges in starts.values() for e in edges for key in walk.ends(e)}
    return Locked(ours["version"], tuple(sorted(direct)), tuple(packages))


class _Walk:
    """Follows what packages need, and keeps what it saw on the way."""

    def __init__(self, tables: dict[str, list[Table]]) -> None:
        self.tables = tables
        self.needs: dict[Key, set[Key]] = defaultdict(set)
        self.markers: dict[Key, set[str | None]] = defaultdict(set)

    def ends(self, edge: Table) -> Iterator[Key]:
        """Say which packages an edge of the lock may mean."""
        for table in self.tables[edge["name"]]:
            if edge.get("version", table["version"]) == table["version"]:
                yield table["name"], table["version"]

    def from_(self, edges: Iterable[Table]) -> set[Key]:
        """Find everything that edges lead to."""
        found: set[Key] = set()
        seen: set[tuple[Key, tuple[str, ...]]] = set()
        todo = list(edges)
        while todo:
            edge = todo.pop()
            extras = tuple(edge.get("extra", ()))
            for key in self.ends(edge):
                self.markers[key].add(edge.get("marker"))
                if (key, extras) not in seen:
                    seen.add((key, extras))
                    found.add(key)
                    todo.extend(self._needed(key, extras))
        return found

    def _needed(self, key: Key, extras: tuple[str, ...]) -> list[Table]:
        table = self.table(key)
        optional = table.get("optional-dependencies", {})
        edges = [*table.get("dependencies", ())]
        for extra in extras:
            edges.extend(optional.get(extra, ()))
        self.needs[key].update(end for edge in edges for end in self.ends(edge))
        return edges

    def table(self, key: Key) -> Table:
        """Return the lock's own words on a package."""
        name, version = key
        return next(t for t in self.tables[name] if t["version"] == version)


def _package(walk: _Walk, key: Key, ways: tuple[str, ...]) -> Package:
    table = walk.table(key)
    markers = walk.markers[key]
    files = [table["sdist"]] if "sdist" in table else []
    published = (
        Published(file["url"], file["hash"].removeprefix("sha256:"))
        for file in (*files, *table.get("wheels", ()))
    )
    return Package(
        *key,
        ways=ways,
        when=() if None in markers else tuple(sorted(filter(None, markers))),
        needs=tuple(sorted(walk.needs[key])),
        files=tuple(published),
    )
