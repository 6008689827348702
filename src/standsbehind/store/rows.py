"""Rows: tables in files that are mapped, so that a few rows are read without the rest."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from standsbehind.errors import EvidenceError

__all__ = [
    "BATCH",
    "Rows",
    "open_mapped",
    "read_whole",
    "write_mapped",
    "write_rows",
]

BATCH = 1_024
"""Rows that are compressed together: what is unpacked to read one of them."""
KEPT = 16
"""Batches that stay unpacked; neighbours are often asked for in turn."""
FEW = 65_536
"""A column of text with no more different values than this keeps each of them once."""
MAPPED_BATCH = 1 << 20
"""Rows in one batch of an uncompressed table, so that its text stays below 2 GiB."""


def write_mapped(table: pa.Table, path: Path) -> None:
    """Write a table uncompressed: each value is read from where it lies."""
    _write(_once(table), path, None, MAPPED_BATCH)


def write_rows(table: pa.Table, path: Path) -> None:
    """Write a table in small compressed batches of exactly `BATCH` rows."""
    _write(_once(table), path, "lz4", BATCH)


def _write(table: pa.Table, path: Path, compression: str | None, size: int) -> None:
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with (
        pa.OSFile(str(path), "wb") as sink,
        pa.ipc.new_file(sink, table.schema, options=options) as writer,
    ):
        for start in range(0, table.num_rows, size):
            # The pieces in which a table came are not those in which it is kept.
            for batch in table.slice(start, size).combine_chunks().to_batches():
                writer.write_batch(batch)


def _once(table: pa.Table) -> pa.Table:
    """Keep each value of a column of few values once."""
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            packed = table.column(place).dictionary_encode()
            if _distinct(packed) <= min(FEW, table.num_rows // 8):
                table = table.set_column(place, field.name, packed)
    return table.unify_dictionaries()


def _distinct(packed: pa.ChunkedArray) -> int:
    return max((len(chunk.dictionary) for chunk in packed.chunks), default=0)


def open_mapped(path: Path) -> pa.Table:
    """Map an uncompressed table; nothing is read until a value is asked for.

    Raises EvidenceError where the file is damaged.
    """
    try:
        return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    except (OSError, pa.ArrowException) as error:
        raise _damaged(path, error) from error


def read_whole(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Read some or all columns of a table; text comes as plain text.

    Raises EvidenceError where the file is damaged.
    """
    try:
        source = pa.memory_map(str(path))
        names = pa.ipc.open_file(source).schema.names
        wanted = names if columns is None else columns
        options = pa.ipc.IpcReadOptions(
            included_fields=sorted(names.index(name) for name in wanted)
        )
        found = pa.ipc.open_file(source, options=options).read_all()
        return _plain(found.select(wanted))
    except (OSError, pa.ArrowException) as error:
        raise _damaged(path, error) from error


def _plain(table: pa.Table) -> pa.Table:
    fields = [
        field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _damaged(path: Path, error: Exception) -> EvidenceError:
    return EvidenceError(
        f"{path}: cannot be read ({error}); run `behind build` to make it again"
    )


class Rows:
    """A table that `write_rows` wrote, read row by row. Raises EvidenceError where damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = pa.ipc.open_file(
                pa.memory_map(str(path)),
                # One batch is too little to share out among threads.
                options=pa.ipc.IpcReadOptions(use_threads=False),
            )
        except (OSError, pa.ArrowException) as error:
            raise _damaged(path, error) from error
        self.names: tuple[str, ...] = tuple(self._file.schema.names)
        self._batch = lru_cache(maxsize=KEPT)(self._read)

    def _read(self, number: int) -> pa.RecordBatch:
        try:
            return self._file.get_batch(number)
        except (OSError, IndexError, pa.ArrowException) as error:
            raise _damaged(self.path, error) from error

    def between(self, start: int, stop: int) -> list[dict[str, Any]]:
        """Read the rows from `start` up to, and without, `stop`."""
        found: list[dict[str, Any]] = []
        while start < stop:
            number, first = divmod(start, BATCH)
            count = min(stop - start, BATCH - first)
            found += self._batch(number).slice(first, count).to_pylist()
            start += count
        return found

    def at(self, places: Iterable[int]) -> list[dict[str, Any]]:
        """Read single rows, in the order in which they are named."""
        return [row for place in places for row in self.between(place, place + 1)]
