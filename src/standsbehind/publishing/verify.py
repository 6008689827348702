"""Verifying: every stored file is read again and held against the digest it was stored with."""

from collections.abc import Iterator

from standsbehind.errors import BehindError
from standsbehind.publishing.home import Home
from standsbehind.store import snapshot

__all__ = ["verify_home"]


def verify_home(home: Home) -> tuple[int, list[str]]:
    """Check archive, ledger and snapshots; return how many checks were made and what failed."""
    checked = 0
    failed: list[str] = []
    for problem in _problems(home):
        checked += 1
        if problem:
            failed.append(problem)
    return checked, failed


def _problems(home: Home) -> Iterator[str]:
    """Yield one line for each file: empty where it is what it was."""
    yield from _archive(home)
    yield from _ledger(home)
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
        for name in ("claims", "citations"):
            try:
                entry.table(name)
                yield ""
            except BehindError as error:
                yield str(error)
        for copy in entry.record["copies"]:
            kept = home.archive.has(copy["sha256"])
            yield (
                "" if kept else f"{entry.folder}: the copy of {copy['name']} is missing"
            )


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
