"""States: earlier states of the ledger that a server made again, of which a few are kept.

They stand beside the published snapshots, which nobody lets go of unasked. Any process of the
server may read one; whoever does holds it, and what is held is not let go of.
"""

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path

from standsbehind.errors import UsageError
from standsbehind.ledger.ledger import Ledger
from standsbehind.publishing.home import Home, kept_up_to
from standsbehind.publishing.publish import publish
from standsbehind.store.disk import only_writer
from standsbehind.store.snapshot import MANIFEST, Snapshot, open_snapshot

__all__ = ["Hold", "State", "States"]

MOST_KEPT = 4
"""States that stay on disk, besides those that are read at the moment."""
PATIENCE_SECONDS = 1_800.0
"""How long one that makes a state waits for another to finish: a long ledger takes minutes."""


class Hold:
    """Keeps the files of a state from being let go of, as long as it is referred to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def lock(self, kind: int) -> bool:
        """Lock the state, to read or to delete it; False where somebody else is in the way."""
        assert self._handle is not None  # noqa: S101 - it is asked once, when it is made
        try:
            flock(self._handle, kind | LOCK_NB)
            return os.path.samestat(os.fstat(self._handle), self.path.stat())
        except (BlockingIOError, FileNotFoundError):
            return False

    def close(self) -> None:
        """Hold it no more."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    __del__ = close


@dataclass(frozen=True, slots=True)
class State:
    """A state that was opened; its files stay as long as this is referred to."""

    snapshot: Snapshot
    hold: Hold | None
    """Where the state could otherwise be let go of."""


class States:
    """The states that are kept of one data folder."""

    def __init__(self, home: Home) -> None:
        self.home = home

    def up_to(self, size: int) -> State | None:
        """Open the state of the ledger's first `size` entries; None where none is kept."""
        if (published := kept_up_to(self.home.snapshots, size)) is not None:
            return State(published, None)
        try:
            found = kept_up_to(self.home.states, size)
        except (UsageError, FileNotFoundError):  # let go of while it was looked for
            return None
        return None if found is None else self._held(found.id)

    def named(self, snapshot_id: str) -> State | None:
        """Open a snapshot by its id, or a state; None where neither is kept."""
        with suppress(UsageError):
            return State(open_snapshot(self.home.snapshots, snapshot_id), None)
        return self._held(snapshot_id)

    def _held(self, snapshot_id: str) -> State | None:
        try:
            found = open_snapshot(self.home.states, snapshot_id)
            hold = Hold(found.folder / MANIFEST)
        except (UsageError, FileNotFoundError):
            return None
        if not hold.lock(LOCK_SH):
            hold.close()
            return None
        os.utime(found.folder)  # the one that was used last is the last to go
        return State(found, hold)

    def make(self, size: int) -> None:
        """Make the state of the ledger's first `size` entries, where none is kept.

        What was used longest ago is let go of. One is made at a time.
        """
        with only_writer(self.home.states, PATIENCE_SECONDS):
            if self.up_to(size) is not None:
                return
            self._sweep()
            self._let_go(MOST_KEPT - 1)
            publish(self._ledger(size), self.home.states, make_current=False)

    def _ledger(self, size: int) -> Ledger:
        if not 0 < size <= len(self.home.ledger.entries()):
            message = f"{self.home.ledger.folder}: does not hold {size} entries"
            raise UsageError(message)
        return self.home.ledger.up_to(size)

    def _let_go(self, most: int) -> None:
        """Delete states until so many stay; those that are read now stay whatever their number."""
        folders = [path.parent for path in self.home.states.glob(f"[!.]*/{MANIFEST}")]
        folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in folders[most:]:
            hold = Hold(folder / MANIFEST)
            if hold.lock(LOCK_EX):
                # Nobody opens it under its name any more; then its files may go one by one.
                gone = folder.with_name(f".gone-{folder.name}-{time.time_ns()}")
                folder.rename(gone)
                shutil.rmtree(gone, ignore_errors=True)
            hold.close()

    def _sweep(self) -> None:
        """Delete what was left behind by one that was stopped."""
        for folder in self.home.states.glob(".*-*"):
            shutil.rmtree(folder, ignore_errors=True)
