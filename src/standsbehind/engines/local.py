"""The default engine: DuckDB in this process, without network and without extensions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from standsbehind.errors import EngineError

__all__ = ["run"]


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

    with duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "preserve_insertion_order": True,
        },
    ) as engine:
        for name, table in (tables or {}).items():
            engine.register(name, table)
        try:
            for name, paths in (files or {}).items():
                engine.read_parquet([str(path) for path in paths]).create_view(name)
            return engine.sql(plan, params=dict(parameters or {})).to_arrow_table()
        except duckdb.Error as error:
            message = f"the query engine refused: {error}"
            raise EngineError(message) from error
