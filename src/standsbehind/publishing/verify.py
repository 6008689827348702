"""Verifying: every stored file is read again and held against the digest it was stored with."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from standsbehind.errors import BehindError, UsageError
from standsbehind.ledger.leaves import leaf_hashes, tree_over
from standsbehind.ledger.ledger import ENTRY, Entry
from standsbehind.publishing.checkpoints import read_kept
from standsbehind.publishing.home import Home
from standsbehind.publishing.quotes import CheckedQuote, check_quotes
from standsbehind.publishing.timestamps import stamp_problems
from standsbehind.publishing.verify_bundle import check
from standsbehind.publishing.verify_dossier import results
from standsbehind.store import snapshot
from standsbehind.store.archive import Archive

__all__ = ["Verified", "verify_home", "verify_path"]


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read again, and what is no longer what it was."""

    checked: int
    failed: tuple[str, ...]
    """One line for each, with the path of its file."""
    quotes: Mapping[str, int] = field(default_factory=dict)
    """How many quotes `stand` in their copies, are `gone`, or are `not checkable`."""


def verify_home(home: Home, docket: str | None = None) -> Verified:
    """Check all that is stored, and every quote against its copy.

    `docket` is the URL of the database of the cases, where they are not in the data folder.
    """
    problems = [*_problems(home), *_docket(docket or home.docket)]
    quotes = list(_quotes(home))
    problems += [one.problem for one in quotes if one.result != "not checkable"]
    return Verified(
        len(problems),
        tuple(filter(None, problems)),
        Counter(one.result for one in quotes),
    )


def verify_path(path: Path) -> Verified:
    """Check a bundle, a dossier, or a data folder elsewhere.

    Raises UsageError where it is none of them.
    """
    if _is_dossier(path):
        parts = list(results(str(path)))
        wrong = (f"{path}: {name}: {said}" for name, holds, said in parts if not holds)
        return Verified(len(parts), tuple(wrong))
    if path.is_file():
        checked, failed, _ = check(path)
        return Verified(checked, tuple(failed))
    if (path / "ledger").is_dir():
        return verify_home(Home(path))
    message = f"{path}: neither a bundle, a dossier nor a data folder of `behind`"
    raise UsageError(message)


def _is_dossier(path: Path) -> bool:
    """Tell a dossier, packed or unpacked, by its seal."""
    if path.is_dir():
        return (path / "seal.txt").is_file()
    try:
        with ZipFile(path) as packed:
            return "seal.txt" in packed.namelist()
    except (BadZipFile, OSError):
        return False


def _problems(home: Home) -> Iterator[str]:
    """Yield one line for each file: empty where it is what it was."""
    yield from _archive(home.archive)
    yield from _archive(home.case_files)
    yield from _ledger(home)
    yield from home.keys.problems()
    yield from home.judgements.problems()
    yield from _snapshots(home)


def _docket(address: Path | str) -> Iterator[str]:
    """Yield one line for each act of each case, and for what is wrong with the audit log."""
    if isinstance(address, Path) and not address.exists():
        return
    from standsbehind.store.audit import Audit  # noqa: PLC0415 - felt at start-up
    from standsbehind.store.docket import Docket  # noqa: PLC0415

    try:
        docket = Docket.at(address)
        yield from docket.problems()
        yield from Audit(docket.database).problems()
    except BehindError as error:
        yield str(error)


def _quotes(home: Home) -> Iterator[CheckedQuote]:
    try:
        yield from check_quotes(home)
    except (BehindError, AttributeError, KeyError, TypeError, ValueError):
        return  # the ledger is damaged, which has been said


def _archive(archive: Archive) -> Iterator[str]:
    for digest in archive.digests():
        try:
            archive.get(digest)
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
        for field_name, what in (("sha256", "copy"), ("capture", "capture")):
            if field_name in copy:
                kept = home.archive.has(copy[field_name])
                lost = f"{entry.folder}: the {what} of {copy['name']} is missing"
                yield "" if kept else lost


def _checkpoints(home: Home) -> Iterator[str]:
    """Hold every signed state against the ledger: it only grew where each still fits."""
    for path in sorted(home.checkpoints.glob("[!.]*.txt")):
        try:
            read_kept(home, path)
            yield ""
        except BehindError as error:
            yield str(error)
    yield from stamp_problems(home.checkpoints)


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
