"""The ledger: what was stated, when we came to know it, and never an edit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from standsbehind.engines import local, plans
from standsbehind.errors import EvidenceError
from standsbehind.ledger.rows import CITATIONS, CLAIMS, citation_row, claim_row
from standsbehind.model.statement import Claim
from standsbehind.store.disk import make_folder, only_writer, write_file

__all__ = ["Change", "Entry", "Ledger", "Op"]

Op = Literal["assert", "retract", "supersede"]
"""`supersede`: the same statement, with other dates, voice or citations than before."""

ENTRY = "entry.json"
HEAD = "HEAD"
"""Holds number and digest of the last entry, which no later one vouches for."""


class Change(NamedTuple):
    """One line of an entry: a claim, and what the entry says of it."""

    op: Op
    claim: Claim


@dataclass(frozen=True, slots=True)
class Entry:
    """One committed addition to the ledger: a folder that is complete or not there."""

    seq: int
    dataset: str
    recorded_at: str
    """ISO time in UTC, to the second."""
    folder: Path
    record: Mapping[str, Any]
    """`entry.json`: the source as described, its copies, counts, and the chain of digests."""

    def table(self, name: str) -> pa.Table:
        """Read `claims` or `citations`. Raises EvidenceError where the file has changed."""
        path = self.folder / f"{name}.parquet"
        try:
            content = path.read_bytes()
        except OSError as error:
            message = (
                f"{path}: cannot be read ({error.strerror}); restore it from a backup"
            )
            raise EvidenceError(message) from error
        if sha256(content).hexdigest() != self.record["files"][f"{name}.parquet"]:
            message = f"{path}: changed since it was written; restore it from a backup"
            raise EvidenceError(message)
        return pq.read_table(pa.BufferReader(content))


@dataclass(frozen=True, slots=True)
class Ledger:
    """A folder of entries in the order in which they were committed."""

    folder: Path

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the ledger for one writer while reading the state and appending to it."""
        with only_writer(self.folder):
            yield

    def entries(self) -> list[Entry]:
        """Read all entries in order. Raises EvidenceError where one is missing or damaged."""
        found = [_read_entry(path) for path in sorted(self.folder.glob(f"*/{ENTRY}"))]
        for expected, entry in enumerate(found, start=1):
            if entry.seq != expected:
                message = f"{self.folder}: entry {expected} is missing; restore it from a backup"
                raise EvidenceError(message)
        return found

    def append(
        self,
        dataset: str,
        changes: Iterable[Change],
        recorded_at: str,
        record: Mapping[str, Any],
    ) -> Entry:
        """Commit changes as the next entry. Hold `writing()` around it.

        The entry is on disk, whole, when this returns; before that it is not there at all.
        """
        before = self.entries()
        seq = len(before) + 1
        head = _digest_of(before[-1].folder / ENTRY) if before else ""
        listed = list(changes)

        def fill(folder: Path) -> str:
            stamp = {"seq": seq, "source": dataset, "recorded_at": recorded_at}
            _write_tables(folder, listed, stamp)
            files = {p.name: _digest_of(p) for p in sorted(folder.glob("*.parquet"))}
            content = {
                **record,
                "seq": seq,
                "dataset": dataset,
                "recorded_at": recorded_at,
                "changes": len(listed),
                "files": files,
                "previous": head,
            }
            (folder / ENTRY).write_bytes(
                orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
            )
            return f"{seq:06d}-{dataset}"

        path = make_folder(self.folder, fill) / ENTRY
        write_file(self.folder / HEAD, f"{seq} {_digest_of(path)}\n".encode())
        return _read_entry(path)

    def live(self, dataset: str | None = None, known_on: str | None = None) -> pa.Table:
        """Return the claims in force as a table, of one dataset or of all, sorted by entity."""
        entries = self._rows("claims", CLAIMS, dataset)
        return local.run(plans.LIVE, {"entries": entries}, {"known_on": known_on})

    def citations(self, dataset: str | None = None) -> pa.Table:
        """Return the citations ever used by one dataset or by all, each once."""
        rows = self._rows("citations", CITATIONS, dataset)
        return local.run(plans.CITATIONS, {"citations": rows})

    def _rows(self, name: str, layout: pa.Schema, dataset: str | None) -> pa.Table:
        chosen = [entry for entry in self.entries() if dataset in {None, entry.dataset}]
        tables = [entry.table(name) for entry in chosen]
        return pa.concat_tables(tables) if tables else layout.empty_table()

    def check_chain(self, entries: Sequence[Entry]) -> Iterator[str]:
        """Hold each entry against the digest kept after it; empty text where it agrees."""
        before = ""
        for entry in entries:
            agrees = entry.record["previous"] == before
            problem = f"{entry.folder}: the entry before it is not the one it followed"
            yield "" if agrees else problem
            before = _digest_of(entry.folder / ENTRY)
        if entries:
            yield self._check_head(entries[-1], before)

    def _check_head(self, last: Entry, digest: str) -> str:
        path = self.folder / HEAD
        held = (
            path.read_text("utf-8", errors="replace").split() if path.is_file() else []
        )
        # A crash may come between the last entry and the head; then the head is one behind.
        if held in (
            [str(last.seq), digest],
            [str(last.seq - 1), last.record["previous"]],
        ):
            return ""
        return f"{last.folder / ENTRY}: not what {path} says of it; one of them has changed"

    def latest(self) -> dict[str, Entry]:
        """Return the last entry of each dataset."""
        return {entry.dataset: entry for entry in self.entries()}


def _read_entry(path: Path) -> Entry:
    try:
        record = orjson.loads(path.read_bytes())
        return Entry(
            record["seq"], record["dataset"], record["recorded_at"], path.parent, record
        )
    except (OSError, orjson.JSONDecodeError, KeyError) as error:
        message = f"{path}: damaged ({error}); restore it from a backup"
        raise EvidenceError(message) from error


def _write_tables(
    folder: Path, changes: list[Change], stamp: Mapping[str, object]
) -> None:
    claims = [
        {**claim_row(change.claim), "op": change.op, **stamp} for change in changes
    ]
    cited = {c.id: c for change in changes for c in change.claim.citations}
    citations = [citation_row(citation) for citation in cited.values()]
    for name, schema, rows in (
        ("claims", CLAIMS, claims),
        ("citations", CITATIONS, citations),
    ):
        table = pa.Table.from_pylist(rows, schema=schema)
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def _digest_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
