"""Rows: tables in files of which a few rows are read without the rest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.errors import EvidenceError

__all__ = [
    "BATCH",
    "MAPPED_BATCH",
    "Rows",
    "open_mapped",
    "read_whole",
    "write_mapped",
    "write_rows",
]

BATCH = 512
"""Rows that are compressed together: what is unpacked to read one of them. Part of the layout."""
SAMPLE = 262_144
"""Rows from which it is seen at once that a column has too many different values."""
KEPT = 16
"""Batches that stay unpacked; neighbours are often asked for in turn."""
FEW = 65_536
"""A column of text with no more different values than this keeps each of them once."""
MAPPED_BATCH = 1 << 20
"""Rows in one batch of an uncompressed table, so that its text stays below 2 GiB."""

_Column = Callable[[int, int], list[Any]]
"""One column of an unpacked batch: reads its values from a place up to another."""


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
    """Keep each value of a column of text with few values once, and an empty column not at all."""
    for place, field in enumerate(table.schema):
        column = table.column(place)
        if not pa.types.is_string(field.type):
            continue
        if column.null_count == len(column):
            table = table.set_column(place, field.name, pa.nulls(len(column)))
        elif _repeats(column):
            table = table.set_column(place, field.name, column.dictionary_encode())
    return table.unify_dictionaries()


def _repeats(column: pa.ChunkedArray) -> bool:
    parts = (column.slice(0, SAMPLE), column)
    return all(pc.count_distinct(p).as_py() <= min(FEW, len(p) // 8) for p in parts)


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
        found = _opened(pa.memory_map(str(path)), columns, use_threads=True).read_all()
        return _plain(found if columns is None else found.select(columns))
    except (OSError, pa.ArrowException) as error:
        raise _damaged(path, error) from error


def _opened(
    source: pa.NativeFile, columns: Sequence[str] | None, *, use_threads: bool = False
) -> pa.RecordBatchFileReader:
    """Open a file, or some of its columns."""
    options = pa.ipc.IpcReadOptions(use_threads=use_threads)
    if columns is not None:
        names = pa.ipc.open_file(source).schema.names
        options.included_fields = sorted(names.index(name) for name in columns)
    return pa.ipc.open_file(source, options=options)


def _plain(table: pa.Table) -> pa.Table:
    fields = [
        field.with_type(pa.string()) if _is_packed(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _is_packed(kind: pa.DataType) -> bool:
    return bool(pa.types.is_dictionary(kind) or pa.types.is_null(kind))


def _damaged(path: Path, error: Exception) -> EvidenceError:
    return EvidenceError(
        f"{path}: cannot be read ({error}); run `behind build` to make it again"
    )


class Rows:
    """A table that `write_rows` wrote, read row by row. Raises EvidenceError where damaged."""

    def __init__(self, path: Path, columns: Sequence[str] | None = None) -> None:
        """Open a table, or some columns of it."""
        self.path = path
        try:
            # Read, not mapped: what was unpacked need not stay in memory a second time.
            self._file = _opened(pa.OSFile(str(path)), columns)
        except (OSError, pa.ArrowException) as error:
            raise _damaged(path, error) from error
        self._names: tuple[str, ...] = tuple(self._file.schema.names)
        self._words: dict[str, Sequence[str]] = {}
        self._batch = lru_cache(maxsize=KEPT)(self._read)

    def _read(self, number: int) -> tuple[_Column, ...]:
        try:
            batch = self._file.get_batch(number)
        except (OSError, IndexError, pa.ArrowException) as error:
            raise _damaged(self.path, error) from error
        return tuple(map(self._column, self._names, batch.columns))

    def _column(self, name: str, values: pa.Array) -> _Column:
        if values.null_count == len(values):
            return lambda start, stop: [None] * (stop - start)
        if not pa.types.is_dictionary(values.type) or values.null_count:
            return lambda start, stop: values[start:stop].to_pylist()
        # The words of a column are the same in all batches; numbers are read far faster.
        if name not in self._words:
            self._words[name] = values.dictionary.to_pylist()
        words = self._words[name]
        codes = values.indices.to_numpy()
        return lambda start, stop: [words[code] for code in codes[start:stop].tolist()]

    def between(self, start: int, stop: int) -> list[dict[str, Any]]:
        """Read the rows from `start` up to, and without, `stop`."""
        found: list[dict[str, Any]] = []
        while start < stop:
            number, first = divmod(start, BATCH)
            last = min(first + stop - start, BATCH)
            columns = (read(first, last) for read in self._batch(number))
            rows = zip(*columns, strict=True)
            found += (dict(zip(self._names, row, strict=True)) for row in rows)
            start += last - first
        return found

    def at(self, places: Iterable[int]) -> list[dict[str, Any]]:
        """Read single rows, in the order in which they are named."""
        found: list[dict[str, Any]] = []
        start = stop = 0
        for place in places:
            if place != stop:
                found += self.between(start, stop)
                start = place
            stop = place + 1
        return found + self.between(start, stop)

    def batches(self, within: range) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Unpack the rows of a range batch by batch, each with the place of its first row.

        They are not kept: who walks through all leaves what others read in memory.
        """
        start = within.start
        while start < within.stop:
            number, first = divmod(start, BATCH)
            try:
                batch = self._file.get_batch(number)
            except (OSError, IndexError, pa.ArrowException) as error:
                raise _damaged(self.path, error) from error
            part = batch.slice(first, min(BATCH - first, within.stop - start))
            yield start, part
            start += part.num_rows
