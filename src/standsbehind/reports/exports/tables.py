"""Tables: every link of a snapshot with its evidence, a row each, as CSV and as Parquet."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq

from standsbehind.graph.reader import Reader
from standsbehind.reports.exports.graphs import in_a_line
from standsbehind.reports.exports.walked import Link, links
from standsbehind.reports.table import BYTE_ORDER_MARK, inert

__all__ = ["csv_of_links", "parquet_of_links"]

_ROWS = 20_000
"""Rows of one group of a Parquet file."""
COLUMNS = pa.schema(
    [
        ("link", pa.string()),
        ("schema", pa.string()),
        ("role", pa.string()),
        ("source", pa.string()),
        ("source_name", pa.string()),
        ("target", pa.string()),
        ("target_name", pa.string()),
        ("start", pa.string()),
        ("end", pa.string()),
        ("amount", pa.string()),
        ("voice", pa.string()),
        ("origins", pa.int32()),
        ("summary", pa.string()),
        ("quotes", pa.string()),
        ("sources", pa.string()),
        ("digests", pa.string()),
    ]
)
"""Dates are as exact as the sources give them; `digests` are of the copies that are kept."""


def csv_of_links(reader: Reader, day: date | None = None) -> Iterator[str]:
    """Write the table as CSV; no cell can be taken for a formula. The header comes first."""
    yield BYTE_ORDER_MARK + _line(COLUMNS.names)
    for row in _rows(reader, day):
        yield _line([inert(str(value)) for value in row.values()])


def parquet_of_links(reader: Reader, day: date | None = None) -> Iterator[bytes]:
    """Write the table as Parquet; its metadata name the snapshot."""
    schema = COLUMNS.with_metadata({"snapshot": reader.snapshot.id})
    rows, written = _rows(reader, day), _Pieces()
    with pq.ParquetWriter(written, schema, compression="zstd") as writer:
        while some := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(some, schema))
            yield written.taken()
    yield written.taken()


class _Pieces:
    """A file to write that is taken away as it is written; only its length is kept."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:
        piece = bytes(content)
        self._pieces.append(piece)
        self._length += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        """Nothing waits to be written."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        """Take what was written since the last time."""
        piece = b"".join(self._pieces)
        self._pieces.clear()
        return piece


def _rows(reader: Reader, day: date | None) -> Iterator[dict[str, str | int]]:
    return (_row(reader, link) for link in links(reader, day))


def _row(reader: Reader, link: Link) -> dict[str, str | int]:
    edge = link.edge
    kept = (one.digest for one in edge.citations if one.digest != "not captured")
    return {
        "link": edge.id,
        "schema": edge.schema,
        "role": edge.role,
        "source": link.source,
        "source_name": reader.caption(link.source),
        "target": link.target,
        "target_name": reader.caption(link.target),
        "start": edge.interval.start or "",
        "end": edge.interval.end or "",
        "amount": edge.amount,
        "voice": str(edge.status),
        "origins": len(edge.origins),
        "summary": edge.summary,
        "quotes": " | ".join(one.quote for one in edge.citations if one.quote),
        "sources": in_a_line(edge.citations),
        "digests": " ".join(dict.fromkeys(kept)),
    }


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
