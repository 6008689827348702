"""Verifying: every stored file is read again and held against the digest it was stored with."""

from collections.abc import Iterator
from pathlib import Path

from standsbehind.errors import BehindError, UsageError
from standsbehind.ledger.leaves import leaf_hashes, tree_over
from standsbehind.ledger.ledger import ENTRY, Entry, TreeHead
from standsbehind.ledger.merkle import root_of
from standsbehind.ledger.notes import read_checkpoint, signers
from standsbehind.publishing.home import Home
from standsbehind.publishing.verify_bundle import check
from standsbehind.store import snapshot

__all__ = ["verify_home", "verify_path"]


def verify_home(home: Home) -> tuple[int, list[str]]:
    """Check all that is stored; return how many checks were made and what failed."""
    checked = 0
    failed: list[str] = []
    for problem in _problems(home):
        checked += 1
        if problem:
            failed.append(problem)
    return checked, failed


def verify_path(path: Path) -> tuple[int, list[str]]:
    """Check a bundle, or a data folder elsewhere. Raises UsageError where it is neither."""
    if path.is_file():
        checked, failed, _ = check(path)
        return checked, failed
    if (path / "ledger").is_dir():
        return verify_home(Home(path))
    message = f"{path}: neither a bundle nor a data folder of `behind`"
    raise UsageError(message)


def _problems(home: Home) -> Iterator[str]:
    """Yield one line for each file: empty where it is what it was."""
    yield from _archive(home)
    yield from _ledger(home)
    yield from home.keys.problems()
    yield from _snapshots(home)


def _archive(home: Home) -> Iterator[str]:
    for digest in home.archive.digests():
        try:
            home.archive.get(digest)
            yield ""
        except BehindError as error:
            yield str(error)


def _ledger(home: Home) -> Iterator[str]:
    try:
        entries = home.ledger.entries()
    except BehindError as error:
        yield str(error)
        return
    yield from home.ledger.check_chain(entries)
    for entry in entries:
        try:
            yield from _entry(entry)
            yield from _kept(home, entry)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            yield f"{entry.folder / ENTRY}: damaged ({type(error).__name__}: {error})"
    yield from _checkpoints(home)


def _entry(entry: Entry) -> Iterator[str]:
    for name in sorted(entry.record["files"]):
        try:
            entry.content(name)
            yield ""
        except BehindError as error:
            yield str(error)
            return
    if "leaves" in entry.record:
        root = tree_over(leaf_hashes(entry.table("claims"))).root.hex()
        kept = {root, entry.tree().root.hex(), entry.record["leaves"]["root"]}
        yield "" if len(kept) == 1 else f"{entry.folder}: not under its Merkle root"


def _kept(home: Home, entry: Entry) -> Iterator[str]:
    for copy in entry.record["copies"]:
        kept = home.archive.has(copy["sha256"])
        yield "" if kept else f"{entry.folder}: the copy of {copy['name']} is missing"


def _checkpoints(home: Home) -> Iterator[str]:
    """Hold every signed state against the ledger: it only grew where each still fits."""
    leaves = home.ledger.entry_leaves()
    for path in sorted(home.checkpoints.glob("*.txt")):
        try:
            text, found = signers(path.read_bytes(), home.keys.verifiers())
            head = read_checkpoint(text)
        except BehindError as error:
            yield f"{path}: {error}"
            continue
        now = TreeHead(head.size, root_of(leaves[: head.size]).hex())
        if not found:
            yield f"{path}: signed by no key of this folder"
        elif head.size > len(leaves) or now != head:
            yield f"{path}: the ledger no longer begins with what was signed here"
        else:
            yield ""


def _snapshots(home: Home) -> Iterator[str]:
    try:
        snapshot.current(home.snapshots)
        held = snapshot.history(home.snapshots)
        yield ""
    except BehindError as error:
        yield str(error)
        return
    for one in held:
        damaged = list(one.damaged())
        yield from damaged
        yield from [""] * (1 + len(one.manifest["files"]) - len(damaged))
