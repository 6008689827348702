"""A snapshot: an immutable folder that answers are given from, published by one rename."""

import hashlib
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.store.disk import make_folder, write_file
from standsbehind.store.rows import Rows, open_mapped, read_whole

__all__ = ["MANIFEST", "Snapshot", "current", "history", "open_snapshot", "publish"]

MANIFEST = "manifest.json"
POINTER = "CURRENT"
_NEEDED = frozenset({"files", "format", "known_on", "rows", "sources"})
"""What every manifest has; one that lacks a part is not as we wrote it."""
_READABLE = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


@dataclass(frozen=True)
class Snapshot:
    """An opened snapshot. It stays readable while newer ones are published."""

    id: str
    folder: Path
    manifest: Mapping[str, Any]

    def table(
        self,
        name: str,
        *,
        columns: list[str] | None = None,
        only: tuple[str, list[str]] | None = None,
    ) -> pa.Table:
        """Read a table, or the rows in which a column holds one of the values.

        A table of Parquet is cheap to read so by the column that it is sorted by; the
        others are read by `mapped` and `rows`. Raises EvidenceError where the file is
        damaged.
        """
        if (path := self._arrow(name)).is_file():
            found = read_whole(path, columns)
            return found if only is None else _filtered(found, *only)
        path = self.folder / f"{name}.parquet"
        try:
            if only is None:
                return pq.read_table(path, columns=columns)
            column, values = only
            groups = self._groups(name, column, values)
            found = self._open(name).read_row_groups(groups, columns=columns)
            return _filtered(found, column, values)
        except (OSError, pa.ArrowException) as error:
            message = (
                f"{path}: cannot be read ({error}); run `behind build` to make it again"
            )
            raise EvidenceError(message) from error

    def mapped(self, name: str) -> pa.Table:
        """Map a table of which each value is read from where it lies.

        Raises EvidenceError where the file is damaged.
        """
        return open_mapped(self._arrow(name))

    def rows(self, name: str, columns: Sequence[str] | None = None) -> Rows:
        """Open a table, or some columns, of which a few rows are read without the rest.

        Raises EvidenceError where the file is damaged.
        """
        return Rows(self._arrow(name), columns)

    def _arrow(self, name: str) -> Path:
        return self.folder / f"{name}.arrow"

    def _open(self, name: str) -> pq.ParquetFile:
        """Open a table once: reading where its parts lie takes longer than reading one."""
        if name not in self._opened:
            path = self.folder / f"{name}.parquet"
            self._opened[name] = pq.ParquetFile(path, memory_map=True)
        return self._opened[name]

    @cached_property
    def _opened(self) -> dict[str, pq.ParquetFile]:
        return {}

    @cached_property
    def _bounds(self) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
        return {}

    def _groups(self, name: str, column: str, values: list[str]) -> list[int]:
        """Return the row groups that may hold one of the values, by their least and greatest."""
        if (name, column) not in self._bounds:
            self._bounds[name, column] = _bounds_of(self._open(name), column)
        least, greatest = self._bounds[name, column]
        wanted = sorted(set(values))
        return [
            group
            for group, (low, high) in enumerate(zip(least, greatest, strict=True))
            if bisect_left(wanted, low) < bisect_right(wanted, high)
        ]

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """Map the arrays of one structure from disk, by their names after `prefix-`."""
        found = {
            path.stem.removeprefix(f"{prefix}-"): path
            for path in sorted(self.folder.glob(f"{prefix}-*.npy"))
        }
        try:
            # A plain view: each slice of a memmap costs several times that of an array.
            return {name: np.asarray(_mapped(path)) for name, path in found.items()}
        except (OSError, ValueError) as error:
            message = (
                f"{self.folder}: {prefix} cannot be read ({error}); run `behind build`"
            )
            raise EvidenceError(message) from error

    @cached_property
    def sources(self) -> tuple[Mapping[str, Any], ...]:
        """The lists that this snapshot holds, with their dates."""
        return tuple(self.manifest["sources"])

    @property
    def manifest_digest(self) -> str:
        """SHA-256 of the manifest, which has that of every file."""
        return hashlib.sha256((self.folder / MANIFEST).read_bytes()).hexdigest()

    @property
    def day(self) -> date:
        """The day up to which it knows, with which its id begins."""
        return date.fromisoformat(self.id[:8])

    @property
    def published(self) -> float:
        """The moment at which it was published here, in seconds since 1970."""
        return (self.folder / MANIFEST).stat().st_mtime

    def damaged(self, only: Collection[str] = ()) -> Iterator[str]:
        """Re-read every file, or only some, and name each that is not what was published.

        The id is a digest of the manifest, and the manifest has the digest of every file.
        """
        content = {k: v for k, v in self.manifest.items() if k != "snapshot"}
        as_written = (self.folder / MANIFEST).read_bytes()
        if _id_of(content) != self.id or as_written != _written(self.id, content):
            yield f"{self.folder / MANIFEST}: changed since it was published"
            return  # what it says of the files is not to be believed either
        for name, entry in self.manifest["files"].items():
            path = self.folder / name
            if only and name not in only:
                continue
            if not path.is_file():
                yield f"{path}: missing"
            elif _digest_of(path) != entry["sha256"]:
                yield f"{path}: changed since it was published"


def _filtered(table: pa.Table, column: str, values: list[str]) -> pa.Table:
    return table.filter(pc.is_in(table[column], pa.array(values, pa.string())))


def _bounds_of(file: pq.ParquetFile, column: str) -> tuple[list[str], list[str]]:
    place = file.schema_arrow.get_field_index(column)
    groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
    # A table without rows is written as one group, of which nothing is measured.
    stats = [group.column(place).statistics for group in groups if group.num_rows]
    return [s.min for s in stats], [s.max for s in stats]


def _mapped(path: Path) -> NDArray[Any]:
    # An empty array cannot be mapped.
    empty = path.stat().st_size <= 128
    loaded: NDArray[Any] = np.load(
        path, mmap_mode=None if empty else "r", allow_pickle=False
    )
    return loaded


def publish(
    home: Path,
    description: Mapping[str, Any],
    fill: Callable[[Path], None],
    *,
    make_current: bool = True,
) -> Snapshot:
    """Fill a new snapshot folder and, unless told otherwise, make it the current one.

    The id is a digest of the content, so the same ledger gives the same snapshot on every
    machine with the same library for Parquet, and publishing it twice changes nothing.
    Readers see the old snapshot until the pointer is renamed, and keep what they opened.
    """

    def fill_and_name(folder: Path) -> str:
        fill(folder)
        manifest = {**description, "files": _files(folder)}
        snapshot_id = _id_of(manifest)
        (folder / MANIFEST).write_bytes(_written(snapshot_id, manifest))
        _set_aside_if_damaged(home / snapshot_id)
        return snapshot_id

    folder = make_folder(home, fill_and_name)
    if make_current:
        write_file(home / POINTER, f"{folder.name}\n".encode())
    return open_snapshot(home, folder.name)


def _set_aside_if_damaged(folder: Path) -> None:
    """Free the name of a snapshot that was published before and has suffered since."""
    if folder.exists() and _is_damaged(folder):
        folder.rename(folder.with_name(f".damaged-{folder.name}-{time.time_ns()}"))


def _is_damaged(folder: Path) -> bool:
    try:
        return any(open_snapshot(folder.parent, folder.name).damaged())
    except (EvidenceError, UsageError):
        return True


def _files(folder: Path) -> dict[str, dict[str, Any]]:
    return {
        str(path.relative_to(folder)): {
            "sha256": _digest_of(path),
            "bytes": path.stat().st_size,
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _written(snapshot_id: str, manifest: Mapping[str, Any]) -> bytes:
    return orjson.dumps({"snapshot": snapshot_id, **manifest}, option=_READABLE)


def _id_of(manifest: Mapping[str, Any]) -> str:
    content = orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS)
    known_on = str(manifest["known_on"])[:10].replace("-", "")
    return f"{known_on}-{hashlib.sha256(content).hexdigest()[:12]}"


def current(home: Path) -> Snapshot | None:
    """Open the snapshot that answers are given from; None where none was published yet.

    Raises EvidenceError where the pointer names a snapshot that is not there.
    """
    pointer = home / POINTER
    if not pointer.is_file():
        return None
    text = pointer.read_text("utf-8", errors="replace")
    named = text.removesuffix("\n")
    if not text.endswith("\n") or not _is_there(home, named):
        message = f"{pointer}: names {named!r}, which is not there; run `behind build`"
        raise EvidenceError(message)
    return open_snapshot(home, named)


def open_snapshot(home: Path, snapshot_id: str) -> Snapshot:
    """Open one snapshot by its id.

    Raises UsageError where no snapshot has the id, EvidenceError where it is damaged.
    """
    if not _is_there(home, snapshot_id):
        message = (
            f"{snapshot_id!r}: no such snapshot in {home}; "
            "`behind snapshots` lists them, `behind build` publishes one"
        )
        raise UsageError(message)
    path = home / snapshot_id / MANIFEST
    try:
        manifest = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        message = f"{path}: damaged ({error}); run `behind build` to publish again"
        raise EvidenceError(message) from error
    if not isinstance(manifest, dict) or not manifest.keys() >= _NEEDED:
        message = f"{path}: damaged, lacks a part; run `behind build` to publish again"
        raise EvidenceError(message)
    return Snapshot(snapshot_id, path.parent, manifest)


def _is_there(home: Path, snapshot_id: str) -> bool:
    folder = home / snapshot_id
    is_name = bool(snapshot_id) and folder.parent == home
    return is_name and (folder / MANIFEST).is_file()


def history(home: Path) -> list[Snapshot]:
    """Open all published snapshots, oldest first."""
    found = [
        open_snapshot(home, path.parent.name)
        for path in home.glob(
            f"[!.]*/{MANIFEST}"
        )  # not those set aside or half-written
    ]
    return sorted(found, key=lambda s: (s.manifest["known_on"], s.published, s.id))
