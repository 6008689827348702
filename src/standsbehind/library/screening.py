"""A screening in Python: its lines as Arrow, Polars or pandas, and a table in a notebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib import import_module
from typing import Any

import pyarrow as pa

from standsbehind.cases.counts import Counts
from standsbehind.cases.screening import ScreenAnswer
from standsbehind.errors import UsageError
from standsbehind.reports.lines import COLUMNS, Line, lines
from standsbehind.reports.plain import plain
from standsbehind.reports.words import NOTICES, STATUSES, outcome

__all__ = ["Screening"]

MOST_SHOWN = 50
"""Lines that a notebook shows; all are in the table."""
_SHOWN = ("row", "name", "status", "entity", "score", "lists", "paths", "note")
_TYPES: Mapping[str, pa.DataType] = {"row": pa.int64(), "score": pa.float64()}
_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in COLUMNS])


@dataclass(frozen=True)
class Screening:
    """The rows of a table with their hits, one line for each hit. No hit found is not clear."""

    answer: ScreenAnswer
    counts: Counts
    receipt: Mapping[str, Any]
    """By digest, everything that the answer was made from."""

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The lines in the order of `behind screen --format csv`."""
        return tuple(lines(self.answer))

    @property
    def snapshot(self) -> str:
        """The snapshot that was searched."""
        return self.answer.snapshot

    @property
    def notes(self) -> tuple[str, ...]:
        """How the table was read, and what is odd about it."""
        return self.answer.intake.notes

    def to_arrow(self) -> pa.Table:
        """Give the lines as an Arrow table: `row` counts from 1; what is blank is null."""
        columns = {
            name: [getattr(line, name) or None for line in self.lines]
            for name in COLUMNS
        }
        columns["score"] = [line.score and float(line.score) for line in self.lines]
        columns["score"] = [score or None for score in columns["score"]]
        said = {"snapshot": self.snapshot, "notices": " ".join(NOTICES)}
        return pa.table(columns, schema=_SCHEMA.with_metadata(said))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the lines to whatever reads Arrow: `polars.DataFrame(screening)`."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_polars(self) -> Any:  # noqa: ANN401 - Polars is there where the user has it
        """Give the lines as a frame of Polars. Raises UsageError where it is not installed."""
        return _package("polars").DataFrame(self.to_arrow())

    def to_pandas(self) -> Any:  # noqa: ANN401 - and so is pandas
        """Give the lines as a frame of pandas. Raises UsageError where it is not installed."""
        _package("pandas")
        return self.to_arrow().to_pandas()

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.lines)

    def __repr__(self) -> str:
        """Say how many rows came to what."""
        return f"<Screening in snapshot {self.snapshot}: {outcome(self.counts)}>"

    def _repr_html_(self) -> str:
        """Show the first lines in a notebook, with what stands on every answer."""
        head = "".join(f"<th>{name}</th>" for name in _SHOWN)
        rows = "".join(map(_row, self.lines[:MOST_SHOWN]))
        more = len(self.lines) - MOST_SHOWN
        rest = f" {more:,} more lines are in the table." if more > 0 else ""
        said = f"{outcome(self.counts)}.{rest} {' '.join(NOTICES)}"
        where = f"Searched: snapshot {self.snapshot}."
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
            f"<p>{escape(said)} {escape(where)}</p>"
        )


def _row(line: Line) -> str:
    said = {"status": STATUSES[line.status]}
    cells = (said.get(name, str(getattr(line, name))) for name in _SHOWN)
    return f"<tr>{''.join(f'<td>{escape(plain(cell))}</td>' for cell in cells)}</tr>"


def _package(name: str) -> Any:  # noqa: ANN401 - a module that may be absent
    try:
        return import_module(name)
    except ImportError as error:
        message = f"{name} is not installed; run pip install {name}, or take to_arrow()"
        raise UsageError(message) from error
