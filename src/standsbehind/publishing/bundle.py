"""A bundle: statements with their proofs and copies, for a stranger to check on their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from standsbehind.errors import UsageError
from standsbehind.ledger.ledger import Entry, TreeHead
from standsbehind.ledger.merkle import consistency_proof, root_of
from standsbehind.model.citation import NOT_CAPTURED, Citation, Digest
from standsbehind.publishing.checkpoints import read_kept
from standsbehind.publishing.home import Home
from standsbehind.publishing.proofs import (
    as_json,
    cited_by,
    key_files,
    parts_of_citations,
    prove_entries,
    proven,
    texts,
)
from standsbehind.publishing.timestamps import stamps_of
from standsbehind.publishing.verify_bundle import sha256, written
from standsbehind.store.disk import write_file

__all__ = ["Bundled", "bundle"]

README = """\
What this is
  Statements of a ledger of evidence, each with the place it was read from, the copy of the
  source, and a proof that it stood in the ledger when checkpoint.txt was written.

How to check it, without the program that made it
  python verify_bundle.py {name}
  It needs Python 3.11 and, for the signature, the package `cryptography`. Read it first: it
  is about two hundred lines.

What a check proves
  - Not one byte here has changed since checkpoint.txt was written and signed.
  - Each statement is a line of that ledger, in that place, recorded in that entry.
  - Each copy is the file that the citations name by digest. A copy that was fetched has a
    capture beside it (a WARC file, named in the entry's record): what was asked, and what
    was answered.

  - Where there is a since.txt: the ledger begins with the one of that older checkpoint; what
    stood there was neither changed nor taken out. Compare it with the one that you kept.
  - Where there is a checkpoint.1.tsr: an authority outside stamped checkpoint.txt. To check
    it, with the authority's own certificate:
      openssl ts -verify -in checkpoint.1.tsr -data checkpoint.txt -CAfile authority.pem

What it does not prove
  - That a statement is true, or that a page was genuine when it was copied.
  - That the date of an entry is right: it is what the recording machine's clock said. A
    time stamp shows that all of it was there by then, not when it came.
  - That the same ledger was shown to everybody. For that a second party must keep
    checkpoints. Compare checkpoint.txt with one you got in another way.
  - That nothing was left out: a bundle holds what was asked for.
  - Who holds the key in keys.txt. Compare it with one you got in another way.
{signature}
"""
UNSIGNED = """
  NOT SIGNED: the house that made this had no key (`behind keys new` makes one). Without a
  signature anyone could have made the whole bundle.
"""


@dataclass(frozen=True, slots=True)
class Bundled:
    """What a bundle holds."""

    statements: int
    copies: int
    missing: tuple[str, ...]
    """Digests of copies that the archive does not hold."""
    is_signed: bool
    head: TreeHead


def bundle(
    home: Home,
    ids: Sequence[str],
    out: Path,
    *,
    with_copies: bool,
    since: Path | None = None,
) -> Bundled:
    """Write the statements in force about entities, with proofs, as one file.

    `ids` name entities, or single statements. `since` is a checkpoint that somebody kept:
    the bundle then proves that the ledger has only grown. Raises UsageError for an id that
    the ledger does not know, EvidenceError where the ledger does not begin with `since`.
    """
    ledger = home.ledger
    entries = ledger.entries()
    lines = _lines(home, ids)
    cited = cited_by(ledger, lines)
    leaves = ledger.entry_leaves()
    head = TreeHead(len(leaves), root_of(leaves).hex())
    used = {line["seq"]: entries[line["seq"] - 1] for line in lines}
    digests = _copies(cited.values(), entries)
    copies = {d: home.archive.get(d) for d in digests if home.archive.has(d)}
    files = {
        **_sealed(home, head, out.name),
        **(_grown(home, since, leaves) if since else {}),
        "statements.jsonl": proven(used, lines),
        "citations.json": parts_of_citations(cited),
        **prove_entries(used, leaves),
    }
    if with_copies:
        files |= {f"copies/{d}": content for d, content in copies.items()}
    digest = {name: sha256(content).hex() for name, content in sorted(files.items())}
    files["manifest.json"] = as_json({"sha256": digest})
    write_file(out, written(files))
    return Bundled(
        statements=len(lines),
        copies=len(copies) if with_copies else 0,
        missing=tuple(d for d in digests if d not in copies),
        is_signed=bool(home.keys.verifiers()),
        head=head,
    )


def _sealed(home: Home, head: TreeHead, name: str) -> dict[str, bytes]:
    """Give the signed state of the ledger, the keys, and what a stranger checks them with."""
    keys = home.keys.verifiers()
    checkpoint = home.keys.checkpoint(head)
    readme = README.format(name=name, signature="" if keys else UNSIGNED)
    return {
        "checkpoint.txt": checkpoint,
        **_stamps(home, head, checkpoint),
        **key_files(home.keys),
        "README.txt": readme.encode(),
        "verify_bundle.py": _script(),
    }


def _lines(home: Home, ids: Sequence[str]) -> list[dict[str, Any]]:
    live = home.ledger.live()
    about = pc.or_(
        pc.is_in(live["canonical_id"], value_set=texts(ids)),
        pc.is_in(live["id"], value_set=texts(ids)),
    )
    lines: list[dict[str, Any]] = live.filter(about).to_pylist()
    known = {line["canonical_id"] for line in lines} | {line["id"] for line in lines}
    if unknown := [key for key in ids if key not in known]:
        message = (
            f"{', '.join(unknown)}: neither an entity nor a statement in force; "
            "`behind show NAME` gives the ids"
        )
        raise UsageError(message)
    return lines


def _copies(cited: Iterable[Citation], entries: Iterable[Entry]) -> list[Digest]:
    """List the copies that are cited, and the captures of how they came."""
    digests = {citation.digest for citation in cited} - {NOT_CAPTURED}
    kept = [copy for entry in entries for copy in entry.record["copies"]]
    captures = {
        Digest(copy["capture"])
        for copy in kept
        if copy["sha256"] in digests and "capture" in copy
    }
    return sorted(digests | captures)


def _stamps(home: Home, head: TreeHead, checkpoint: bytes) -> dict[str, bytes]:
    """Take along the time stamps of this very checkpoint."""
    kept = home.checkpoints / f"{head.size:06d}.txt"
    if not kept.is_file() or kept.read_bytes() != checkpoint:
        return {}
    stamps = enumerate(stamps_of(home.checkpoints, head.size), start=1)
    return {f"checkpoint.{n}.tsr": path.read_bytes() for n, path in stamps}


def _grown(home: Home, since: Path, leaves: Sequence[bytes]) -> dict[str, bytes]:
    """Prove that the ledger begins with what an older checkpoint says."""
    older = read_kept(home, since)
    proof = [found.hex() for found in consistency_proof(older.size, leaves)]
    return {"since.txt": since.read_bytes(), "consistency.json": as_json(proof)}


def _script() -> bytes:
    package = resources.files("standsbehind.publishing")
    return (package / "verify_bundle.py").read_bytes()
