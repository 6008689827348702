"""The default engine: DuckDB in this process, without network and without extensions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from standsbehind.errors import EngineError

if TYPE_CHECKING:
    import duckdb

__all__ = ["kept_open", "run"]

_held: "ContextVar[duckdb.DuckDBPyConnection | None]" = ContextVar("held", default=None)


@contextmanager
def kept_open() -> Iterator[None]:
    """Run the plans within on one engine: to start it takes longer than a small plan does."""
    if _held.get() is not None:
        yield
        return
    with _started() as engine:
        token = _held.set(engine)
        try:
            yield
        finally:
            _held.reset(token)


def _started() -> "duckdb.DuckDBPyConnection":
    import duckdb  # noqa: PLC0415 - most commands only read, and need no engine

    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "preserve_insertion_order": True,
        },
    )


def run(
    plan: str,
    tables: Mapping[str, pa.Table] | None = None,
    parameters: Mapping[str, Any] | None = None,
    files: Mapping[str, Sequence[Path]] | None = None,
) -> pa.Table:
    """Run one relational plan and return its rows as an Arrow table.

    It reads Arrow tables by name, and files of Parquet, several of one layout under one name:
    the engine takes of them what the plan needs. Raises EngineError where the engine refuses: memory, disk or a damaged file.
    """
    import duckdb  # noqa: PLC0415 - most commands only read, and need no engine

    held = _held.get()
    with held.cursor() if held is not None else _started() as engine:
        for name, table in (tables or {}).items():
            engine.register(name, table)
        try:
            for name, paths in (files or {}).items():
                engine.read_parquet([str(path) for path in paths]).create_view(name)
            return engine.sql(plan, params=dict(parameters or {})).to_arrow_table()
        except duckdb.Error as error:
            message = f"the query engine refused: {error}"
            raise EngineError(message) from error
