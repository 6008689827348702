"""The ledger: what was stated, when we came to know it, and never an edit."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from standsbehind.engines import local, plans
from standsbehind.errors import EvidenceError
from standsbehind.ledger.leaves import Tree, leaf_hashes, tree_over
from standsbehind.ledger.merkle import leaf_hash, root_of
from standsbehind.ledger.rows import CITATIONS, CLAIMS
from standsbehind.store.disk import make_folder, only_writer, write_file

__all__ = ["Entry", "Ledger", "Stamp", "TreeHead"]

ENTRY = "entry.json"
HEAD = "HEAD"
"""Holds number and digest of the last entry, which no later one vouches for."""
BLOCKS = "blocks.bin"
"""The hashes of the blocks of an entry's Merkle tree, 32 bytes each."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose lines an entry holds, and when we came to know them."""

    dataset: str
    recorded_at: str
    """ISO time in UTC, to the second."""


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The state of the whole ledger in two numbers: a Merkle tree over its entries."""

    size: int
    """How many entries."""
    root: str
    """RFC 6962 root over the bytes of each `entry.json`, in hexadecimal."""


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
        return pq.read_table(pa.BufferReader(self.content(f"{name}.parquet")))

    def content(self, name: str) -> bytes:
        """Read one file of the entry. Raises EvidenceError where it has changed."""
        path = self.folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            message = (
                f"{path}: cannot be read ({error.strerror}); restore it from a backup"
            )
            raise EvidenceError(message) from error
        if sha256(content).hexdigest() != self.record["files"].get(name):
            message = f"{path}: changed since it was written; restore it from a backup"
            raise EvidenceError(message)
        return content

    def tree(self) -> Tree:
        """Read the Merkle tree over the entry's lines."""
        return Tree(self.record["leaves"]["size"], self.content(BLOCKS))


_CLAIMS = "claims.parquet"


@dataclass(frozen=True, slots=True)
class Ledger:
    """A folder of entries in the order in which they were committed."""

    folder: Path
    size: int | None = None
    """How many entries are looked at, to read an earlier state; None: all."""

    def up_to(self, size: int) -> "Ledger":
        """Return the ledger as it was when it held so many entries, for reading."""
        return replace(self, size=size)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the ledger for one writer while reading the state and appending to it."""
        with only_writer(self.folder), local.kept_open():
            yield

    def entries(self) -> list[Entry]:
        """Read all entries in order. Raises EvidenceError where one is missing or damaged."""
        found = [
            _read_entry(path) for path in sorted(self.folder.glob(f"[!.]*/{ENTRY}"))
        ]
        for expected, entry in enumerate(found, start=1):
            if entry.seq != expected:
                message = f"{self.folder}: entry {expected} is missing; restore it from a backup"
                raise EvidenceError(message)
        return found[: self.size]

    def append(
        self,
        stamp: Stamp,
        changes: pa.Table,
        citations: pa.Table,
        record: Mapping[str, Any],
    ) -> Entry:
        """Commit changes as the next entry. Hold `writing()` around it.

        The entry is on disk, whole, when this returns; before that it is not there at all.
        A clock that went back does not put an entry before its elder: it takes the elder's
        time, and the record keeps what the clock said.
        """
        if self.size is not None:
            raise AssertionError(self)  # an earlier state is not written to
        before = self.entries()
        seq = len(before) + 1
        when = max(stamp.recorded_at, before[-1].recorded_at if before else "")
        content = {
            **record,
            **({"clock": stamp.recorded_at} if when != stamp.recorded_at else {}),
            "seq": seq,
            "dataset": stamp.dataset,
            "recorded_at": when,
            "changes": changes.num_rows,
            "previous": _digest_of(before[-1].folder / ENTRY) if before else "",
        }

        def fill(folder: Path) -> str:
            told = _dated(changes, seq, Stamp(stamp.dataset, when))
            _write_table(told, folder / "claims.parquet")
            _write_table(citations, folder / "citations.parquet")
            tree = tree_over(leaf_hashes(changes))
            (folder / BLOCKS).write_bytes(tree.blocks)
            content["leaves"] = {"size": tree.size, "root": tree.root.hex()}
            content["files"] = {p.name: _digest_of(p) for p in sorted(folder.iterdir())}
            (folder / ENTRY).write_bytes(
                orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
            )
            return f"{seq:06d}-{stamp.dataset}"

        path = make_folder(self.folder, fill) / ENTRY
        self.write_head()
        return _read_entry(path)

    def write_head(self) -> None:
        """Write the head again from the last entry. Hold `writing()` around it."""
        last = self.entries()[-1]
        digest = _digest_of(last.folder / ENTRY)
        write_file(self.folder / HEAD, f"{last.seq} {digest}\n".encode())

    def tree_head(self, size: int | None = None) -> TreeHead:
        """Return the Merkle root over all entries, or over the first `size` of them."""
        leaves = self.entry_leaves()[:size]
        return TreeHead(len(leaves), root_of(leaves).hex())

    def entry_leaves(self) -> list[bytes]:
        """Hash each entry's record as a leaf of the tree over the ledger."""
        return [
            leaf_hash((entry.folder / ENTRY).read_bytes()) for entry in self.entries()
        ]

    def live(
        self,
        dataset: str | None = None,
        known_on: str | None = None,
        *,
        ordered: bool = True,
    ) -> pa.Table:
        """Return the claims in force, of one dataset or of all; by entity where `ordered`."""
        chosen = self._chosen(dataset, known_on)
        if not chosen:
            return CLAIMS.empty_table()
        for entry in chosen:
            entry.content(_CLAIMS)  # held against its digest before the engine reads it
        plan = plans.LIVE + plans.BY_ENTITY if ordered else plans.LIVE
        paths = [entry.folder / _CLAIMS for entry in chosen]
        return local.run(plan, files={"entries": paths})

    def claim_files(self, after: int = 0) -> list[Path]:
        """Return the tables of claims of the entries after the first so many, in order."""
        return [entry.folder / _CLAIMS for entry in self.entries()[after:]]

    def citations(
        self, dataset: str | None = None, known_on: str | None = None
    ) -> pa.Table:
        """Return the citations ever used by one dataset or by all, each once."""
        chosen = self._chosen(dataset, known_on)
        tables = [entry.table("citations") for entry in chosen]
        rows = pa.concat_tables([CITATIONS.empty_table(), *tables])
        return local.run(plans.CITATIONS, {"citations": rows})

    def _chosen(self, dataset: str | None, known_on: str | None) -> list[Entry]:
        return [
            entry
            for entry in self.entries()
            if dataset in {None, entry.dataset}
            and (known_on is None or entry.recorded_at <= known_on)
        ]

    def check_chain(self, entries: Sequence[Entry]) -> Iterator[str]:
        """Hold each entry against the digest kept after it; empty text where it agrees."""
        before, elder = "", ""
        for entry in entries:
            agrees = entry.record.get("previous") == before
            problem = f"{elder or entry.folder}: changed since {entry.folder.name} followed it"
            yield "" if agrees else problem
            elder = str(entry.folder / ENTRY)
            before = _digest_of(entry.folder / ENTRY)
        if entries:
            yield self._check_head(entries[-1], before)

    def _check_head(self, last: Entry, digest: str) -> str:
        path = self.folder / HEAD
        held = path.read_bytes() if path.is_file() else b""
        # A crash may come between the last entry and the head; then the head is one behind.
        elder = last.record.get("previous")
        behind = f"{last.seq - 1} {elder}\n" if last.seq > 1 else ""
        if held in {f"{last.seq} {digest}\n".encode(), behind.encode()}:
            return ""
        return f"{last.folder / ENTRY}: not what {path} says of it; one of them has changed"

    def latest(self, known_on: str | None = None) -> dict[str, Entry]:
        """Return the last entry of each dataset, of those known by then."""
        return {entry.dataset: entry for entry in self._chosen(None, known_on)}


def _read_entry(path: Path) -> Entry:
    try:
        record = orjson.loads(path.read_bytes())
        return Entry(
            record["seq"], record["dataset"], record["recorded_at"], path.parent, record
        )
    except (OSError, orjson.JSONDecodeError, KeyError) as error:
        message = f"{path}: damaged ({error}); restore it from a backup"
        raise EvidenceError(message) from error


def _dated(changes: pa.Table, seq: int, stamp: Stamp) -> pa.Table:
    count = changes.num_rows
    given = {
        "seq": pa.repeat(pa.scalar(seq, pa.int32()), count),
        "recorded_at": pa.repeat(stamp.recorded_at, count),
        "source": pa.repeat(stamp.dataset, count),
    }
    columns = [given[n] if n in given else changes[n] for n in CLAIMS.names]
    return pa.Table.from_arrays(columns, schema=CLAIMS)


def _write_table(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd")


def _digest_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
