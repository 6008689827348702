"""The default engine: DuckDB in this process, without network and without extensions."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from standsbehind.errors import EngineError

__all__ = ["run"]


def run(
    plan: str,
    tables: Mapping[str, pa.Table] | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> pa.Table:
    """Run one relational plan over Arrow tables and return its rows as an Arrow table.

    Raises EngineError where the engine refuses: memory, disk or a damaged file.
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
            return engine.sql(plan, params=dict(parameters or {})).to_arrow_table()
        except duckdb.Error as error:
            message = f"the query engine refused: {error}"
            raise EngineError(message) from error
