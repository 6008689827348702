"""Tables: whatever a program holds rows in becomes a file that is read as any other."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import orjson
import pyarrow as pa

from standsbehind.errors import UsageError
from standsbehind.screening.intake import Opened, open_queries, receive

__all__ = ["GivesArrow", "Table", "open_table"]

_EXACT = 2.0**53
"""Up to here a float that is whole is the number that it stands for."""
_INDEX = "__index_level_"
"""How pandas names an index that it hands on as a column."""


@runtime_checkable
class GivesArrow(Protocol):
    """A table of Polars, pandas, pyarrow, DuckDB ...: whatever gives Arrow data."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the rows as the Arrow PyCapsule interface has it."""


Table = str | Path | GivesArrow | Iterable[str | Mapping[str, Any]]
"""A file by its path, a table, or rows: names, or fields by heading."""


def open_table(table: Table, columns: Mapping[str, str] | None = None) -> Opened:
    """Open a table for screening; its first row is row 1, where a file is read as it is.

    `columns` says what stands where (`{"name": "Vendor"}`) in place of a guess by headings.
    Raises UsageError for what is no table, and where a file would be refused.
    """
    if isinstance(table, str | Path):
        file = receive(Path(table), Path(table).name)
    else:
        lines = b"".join(map(_line, _rows(table)))
        if not lines:
            message = "the table has no row; nothing to screen"
            raise UsageError(message)
        file = receive(lines, "table.jsonl")
    return open_queries(file, columns=columns)


def _rows(table: object) -> Iterator[object]:
    if isinstance(table, GivesArrow):
        yield from _rows_of_arrow(table)
        return
    if isinstance(table, Mapping) or not isinstance(table, Iterable):
        message = (
            f"{type(table).__name__}: not a table; give a path, rows, or a table that "
            "gives Arrow data (pandas 2.2, Polars, pyarrow)"
        )
        raise UsageError(message)
    for number, row in enumerate(table, 1):
        if not isinstance(row, str | Mapping):
            message = f"row {number}: {type(row).__name__} is neither a name nor fields by heading"
            raise UsageError(message)
        yield {"name": row} if isinstance(row, str) else row


def _rows_of_arrow(table: GivesArrow) -> Iterator[Mapping[str, Any]]:
    try:
        found = pa.table(table)
    except (pa.ArrowException, TypeError, ValueError) as error:
        message = (
            f"{type(table).__name__}: not a table of columns ({error}); give a frame"
        )
        raise UsageError(message) from error
    names = [name for name in found.column_names if not name.startswith(_INDEX)]
    if twice := {name for name in names if names.count(name) > 1}:
        message = f"{', '.join(sorted(twice))}: two columns of that name; rename one"
        raise UsageError(message)
    for batch in found.select(names).to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def _line(row: object) -> bytes:
    if isinstance(row, Mapping):
        row = {str(heading): _whole(value) for heading, value in row.items()}
    return orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE)


def _whole(value: object) -> object:
    """Write 5493.0 as 5493: a column of numbers becomes one of floats where a cell is empty."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value
