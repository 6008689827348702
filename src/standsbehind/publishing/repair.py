"""Repairing: what can be made again from what is whole is made again; the rest is named.

Evidence is never made up: a damaged copy or ledger entry is set aside under a name that
says so, or left as it is, and stays reported until it is restored from a backup.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standsbehind.connectors.dataset import Dataset, dataset_ids, load_dataset
from standsbehind.errors import BehindError, UsageError
from standsbehind.ledger.leaves import leaf_hashes, tree_over
from standsbehind.ledger.ledger import BLOCKS, Entry
from standsbehind.model.citation import Digest, digest_of
from standsbehind.publishing.home import Home, built_in_copies
from standsbehind.publishing.publish import FORMAT
from standsbehind.store import snapshot
from standsbehind.store.disk import only_writer, write_file

__all__ = ["Repair", "repair"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was put right."""

    path: Path
    done: str


def repair(home: Home) -> Iterator[Repair]:
    """Put right what can be; `verify` says afterwards what could not."""
    with only_writer(home.folder), home.ledger.writing():
        yield from _sweep(home)
        yield from _copies(home)
        yield from _ledger(home)
        yield from _snapshots(home)


def _sweep(home: Home) -> Iterator[Repair]:
    """Remove what writers left behind that were killed; none of it was ever told of."""
    for path in sorted(home.folder.rglob(".writing-*")):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        yield Repair(path, "removed: left behind by a command that was stopped")


def _copies(home: Home) -> Iterator[Repair]:
    """Set damaged copies aside, and put those that ship with the package back."""
    for path in sorted(home.archive.folder.glob("??/*")):
        if not path.name.startswith(".") and digest_of(path.read_bytes()) != path.name:
            path.rename(path.with_name(f".damaged-{path.name}"))
            yield Repair(path, "set aside: no longer the copy that it is named after")
    named = {
        Digest(copy["sha256"])
        for entry in home.ledger.entries()
        for copy in entry.record["copies"]
    }
    for dataset in filter(_is_released, map(load_dataset, dataset_ids())):
        for copy in built_in_copies(dataset):
            if copy.digest in named and not home.archive.has(copy.digest):
                home.archive.put(copy.content)
                path = home.archive.folder / copy.name
                yield Repair(path, "put back from the package")


def _is_released(dataset: Dataset) -> bool:
    return bool(dataset.released)


def _ledger(home: Home) -> Iterator[Repair]:
    entries = home.ledger.entries()
    for entry in entries:
        yield from _blocks(entry)
    problems = [text for text in home.ledger.check_chain(entries) if text]
    head = home.ledger.folder / "HEAD"
    # A missing head can be told from the entries; one that disagrees is a warning to keep.
    if entries and problems and not head.is_file():
        home.ledger.write_head()
        yield Repair(head, "written again from the last entry")


def _blocks(entry: Entry) -> Iterator[Repair]:
    if "leaves" not in entry.record:
        return
    try:
        entry.content(BLOCKS)
    except BehindError:
        blocks = tree_over(leaf_hashes(entry.table("claims"))).blocks
        if digest_of(blocks) == entry.record["files"][BLOCKS]:
            write_file(entry.folder / BLOCKS, blocks)
            yield Repair(entry.folder / BLOCKS, "computed again from the entry's lines")


def _snapshots(home: Home) -> Iterator[Repair]:
    """Set damaged snapshots aside, and publish again where none is left to serve."""
    for folder in sorted(home.snapshots.glob("[!.]*/")):
        if _is_damaged(home, folder.name):
            folder.rename(folder.with_name(f".damaged-{folder.name}"))
            yield Repair(folder, "set aside: damaged; the ledger holds all it said")
    try:
        serving = snapshot.current(home.snapshots)
    except BehindError:
        serving = None
    if home.ledger.entries() and (
        serving is None or serving.manifest["format"] != FORMAT
    ):
        made = home.publish()
        yield Repair(made.folder, "published again from the ledger")


def _is_damaged(home: Home, name: str) -> bool:
    try:
        return any(snapshot.open_snapshot(home.snapshots, name).damaged())
    except (BehindError, UsageError):
        return True
