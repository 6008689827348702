"""Home: the folder that holds one user's archive, ledger and snapshots."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from standsbehind.connectors.context import Copy
from standsbehind.connectors.dataset import Dataset, load_dataset
from standsbehind.connectors.runner import Pulled, Terms, pull
from standsbehind.errors import EvidenceError, UsageError
from standsbehind.ledger.ledger import Ledger
from standsbehind.model.citation import digest_of
from standsbehind.publishing.publish import FORMAT, publish
from standsbehind.resolution.judgement_log import JudgementLog
from standsbehind.store import snapshot
from standsbehind.store.archive import Archive
from standsbehind.store.disk import only_writer, write_file
from standsbehind.store.snapshot import Snapshot

if TYPE_CHECKING:
    from standsbehind.ledger.keys import Keyring

__all__ = ["BUILT_IN", "Home", "kept_up_to"]

BUILT_IN = "core"


@dataclass(frozen=True, slots=True)
class Home:
    """One data folder."""

    folder: Path

    @property
    def archive(self) -> Archive:
        """The evidentiary copies."""
        return Archive(self.folder / "archive")

    @property
    def ledger(self) -> Ledger:
        """The statements."""
        return Ledger(self.folder / "ledger")

    @property
    def judgements(self) -> JudgementLog:
        """What people judged of hits."""
        return JudgementLog(self.folder / "judgements")

    @property
    def docket(self) -> Path:
        """The file of the docket, where no database is named."""
        return self.folder / "docket.sqlite"

    @property
    def case_files(self) -> Archive:
        """Documents and replies of cases: apart, for no feed or export takes them along."""
        return Archive(self.folder / "case-files")

    @property
    def keys(self) -> "Keyring":
        """The keys that sign checkpoints."""
        from standsbehind.ledger.keys import (  # noqa: PLC0415 - felt at start-up
            Keyring,
        )

        return Keyring(self.folder / "keys")

    @property
    def checkpoints(self) -> Path:
        """The folder of signed checkpoints of the ledger."""
        return self.folder / "checkpoints"

    @property
    def snapshots(self) -> Path:
        """The folder of published snapshots."""
        return self.folder / "snapshots"

    @property
    def states(self) -> Path:
        """The folder of the few earlier states that a server made again."""
        return self.folder / "states"

    def snapshot(self, now: datetime, tell: Callable[[], None]) -> Snapshot:
        """Open the current snapshot; at first use, fill the folder with the built-in data.

        Another edition of the built-in data, come with another package, is read in too, and
        a snapshot whose layout is that of another package is built anew from the ledger.
        `tell` is called before either, because it takes a moment.
        """
        held = snapshot.current(self.snapshots)
        if held is not None and self._is_of_this_package(held):
            return held
        tell()
        with only_writer(self.folder):
            # Another process may have done it while this one waited.
            held = snapshot.current(self.snapshots)
            if held is not None and self._is_of_this_package(held):
                return held
            if held is None or not self._holds_built_in(held):
                self.pull_built_in(now)
            return self.publish()

    def snapshot_known(self, known_on: str, tell: Callable[[], None]) -> Snapshot:
        """Open the snapshot of what was known at a moment, an ISO time in UTC.

        One that was published of the same entries is opened; else it is built from the
        ledger, beside the current one, which goes on serving. Raises UsageError where
        nothing was known yet.
        """
        return self.snapshot_up_to(self.size_known(known_on), tell)

    def size_known(self, known_on: str) -> int:
        """Count the ledger's entries that were known at a moment, an ISO time in UTC.

        Raises UsageError where nothing was known yet.
        """
        entries = self.ledger.entries()
        known = sum(1 for entry in entries if entry.recorded_at <= known_on)
        if not known:
            begins = (
                f"begins on {entries[0].recorded_at[:10]}" if entries else "is empty"
            )
            message = f"{known_on[:10]}: nothing was known yet; the ledger {begins}"
            raise UsageError(message)
        return known

    def snapshot_up_to(self, size: int, tell: Callable[[], None]) -> Snapshot:
        """Open the snapshot of the ledger's first `size` entries, built where none is kept.

        The current one goes on serving. Raises UsageError where the ledger holds fewer.
        """
        if not 0 < size <= len(self.ledger.entries()):
            message = f"{self.ledger.folder}: does not hold {size} entries; it is another ledger"
            raise UsageError(message)
        if (held := kept_up_to(self.snapshots, size)) is not None:
            return held
        tell()
        with only_writer(self.folder):
            return publish(self.ledger.up_to(size), self.snapshots, make_current=False)

    def reopen(self, snapshot_id: str, ledger_size: int) -> Snapshot:
        """Open a snapshot that served before; where it is gone, make it again.

        One whose layout is that of another package is made again too, under another id.
        `ledger_size` is the number of entries that it was made of, 0 where that is not
        known. Raises UsageError where this ledger does not give it, EvidenceError where it
        is damaged.
        """
        try:
            held = snapshot.open_snapshot(self.snapshots, snapshot_id)
        except UsageError:
            if not 0 < ledger_size <= len(self.ledger.entries()):
                raise
            held = self.snapshot_up_to(ledger_size, lambda: None)
            if held.id != snapshot_id:
                message = (
                    f"{snapshot_id}: not in {self.snapshots}, and this ledger gives "
                    f"{held.id} in its place: it is another ledger, or another version "
                    "made it. Bring the folder of the snapshot"
                )
                raise UsageError(message) from None
        _refuse_damaged(held)
        if held.manifest["format"] == FORMAT:
            return held
        made = self._in_this_layout(held)
        _refuse_damaged(made)
        return made

    def _in_this_layout(self, held: Snapshot) -> Snapshot:
        """Make a snapshot of another layout again, of the very entries that it was made of."""
        was = held.manifest.get("ledger", {"size": 0})
        if 0 < was["size"] <= len(self.ledger.entries()):
            made = self.snapshot_up_to(was["size"], lambda: None)
            if made.manifest["ledger"] == was:
                return made
        message = (
            f"{held.id}: another version made it, and this ledger does not hold what it "
            "was made of. Ask with that version, or bring its ledger"
        )
        raise UsageError(message)

    def publish(self) -> Snapshot:
        """Publish all that the ledger holds, and sign its state where there is a key."""
        published = publish(self.ledger, self.snapshots)
        self.sign_checkpoint()
        return published

    def sign_checkpoint(self) -> None:
        """Keep the signed state of the ledger; without a key, do nothing."""
        if self.keys.verifiers():
            head = self.ledger.tree_head()
            path = self.checkpoints / f"{head.size:06d}.txt"
            write_file(path, self.keys.checkpoint(head))

    def _is_of_this_package(self, held: Snapshot) -> bool:
        return held.manifest["format"] == FORMAT and self._holds_built_in(held)

    def _holds_built_in(self, held: Snapshot) -> bool:
        copies = built_in_copies(load_dataset(BUILT_IN))
        digests = [copy.digest for copy in copies]
        return any(
            source["id"] == BUILT_IN and source["digests"] == digests
            for source in held.sources
        )

    def pull_built_in(self, now: datetime) -> None:
        """Read the data set with which every folder begins into the ledger."""
        self.pull_released(load_dataset(BUILT_IN), now)

    def pull_released(
        self, dataset: Dataset, now: datetime, *, accept_shrink: bool = False
    ) -> Pulled:
        """Read a data set that ships with the package into the ledger.

        Raises SourceError as any reading does.
        """
        # In an empty ledger such data bears its own date, so that the same package
        # gives the same snapshot on every machine; later it bears the time of arrival.
        first = not self.ledger.entries()
        recorded = f"{dataset.released}T00:00:00Z" if first else timestamp(now)
        return pull(
            self.ledger,
            self.archive,
            dataset,
            built_in_copies(dataset),
            Terms(recorded_at=recorded, accept_shrink=accept_shrink),
        )


def kept_up_to(folder: Path, size: int) -> Snapshot | None:
    """Open the snapshot of the ledger's first `size` entries, of those that a folder keeps."""
    for held in snapshot.history(folder):
        is_same_layout = held.manifest["format"] == FORMAT
        if is_same_layout and held.manifest["ledger"]["size"] == size:
            return held
    return None


def _refuse_damaged(held: Snapshot) -> None:
    if damaged := list(held.damaged()):
        raise EvidenceError(damaged[0])


def timestamp(now: datetime) -> str:
    """Write a moment as the ledger does: UTC, to the second."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def built_in_copies(dataset: Dataset) -> tuple[Copy, ...]:
    """Return the files of a data set that ships with the package as copies."""
    folder = resources.files("standsbehind.connectors.sources") / dataset.id
    copies = []
    for part in dataset.parts:
        name = part.patterns[0].lstrip("*")
        content = (folder / name).read_bytes()
        copies.append(
            Copy(part.role, name, content, digest_of(content), dataset.released)
        )
    return tuple(copies)
