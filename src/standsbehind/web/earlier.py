"""Earlier snapshots: what a permalink names is opened again, as long as it is kept."""

from standsbehind.api.answering import Refused
from standsbehind.api.held import Held
from standsbehind.errors import UsageError
from standsbehind.publishing.publish import FORMAT
from standsbehind.store.snapshot import open_snapshot

__all__ = ["Earlier"]

MOST_OPEN = 2


class Earlier:
    """Keeps the earlier snapshots that were read last, for the thread of the slow lane."""

    def __init__(self) -> None:
        self._open: dict[str, Held] = {}

    def held(self, current: Held, snapshot_id: str) -> Held:
        """Open a snapshot by its id.

        Raises Refused where it is not kept, or an older version of this software wrote it.
        """
        if snapshot_id == current.snapshot.id:
            return current
        if snapshot_id not in self._open:
            while len(self._open) >= MOST_OPEN:
                self._open.pop(next(iter(self._open)))
            self._open[snapshot_id] = self._opened(current, snapshot_id)
        return self._open[snapshot_id]

    def _opened(self, current: Held, snapshot_id: str) -> Held:
        try:
            found = open_snapshot(current.home.snapshots, snapshot_id)
        except UsageError as error:
            message = f"The snapshot {snapshot_id} is not kept on this server."
            raise Refused(404, message) from error
        if found.manifest["format"] != FORMAT:
            message = f"Another version of this software published {snapshot_id}; it cannot be read here."
            raise Refused(410, message)
        return Held(current.home, found)
