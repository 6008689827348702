"""What is at hand: a data folder with one of its snapshots, opened when it is first needed."""

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from standsbehind.answers.known import KnownBy, judged_by

if TYPE_CHECKING:  # at run time these are imported when a question needs them
    from standsbehind.graph.lookup import Lookup
    from standsbehind.graph.reader import Reader
    from standsbehind.publishing.home import Home
    from standsbehind.screening.judged import Memory

__all__ = ["AtHand"]


class AtHand:
    """What questions are answered from, in one process and by one thread."""

    def __init__(
        self, data: str | Path | None = None, known_on: KnownBy | None = None
    ) -> None:
        self._data = data
        self.known_on = known_on

    @cached_property
    def home(self) -> "Home":
        """The data folder that was named, or the platform's folder for user data."""
        from standsbehind.publishing.home import Home

        if self._data:
            return Home(Path(self._data))
        from platformdirs import user_data_path

        return Home(user_data_path("standsbehind", appauthor=False))

    @cached_property
    def now(self) -> datetime:
        """The clock, read once."""
        return datetime.now(tz=UTC)

    @cached_property
    def reader(self) -> "Reader":
        """The current snapshot, or that of the day whose knowledge is asked for.

        The built-in data is put in place at first use.
        """
        from standsbehind.graph.reader import Reader

        current = self.home.snapshot(self.now, self.tell_first_use)
        if self.known_on is None:
            return Reader(current)
        known = self.home.snapshot_known(self.known_on.end, self.tell_first_use)
        self.tell(f"as known on {self.known_on.asked}: snapshot {known.id}")
        return Reader(known)

    @cached_property
    def lookup(self) -> "Lookup":
        """The names of the snapshot."""
        from standsbehind.graph.lookup import Lookup

        return Lookup(self.reader)

    @cached_property
    def memory(self) -> "Memory":
        """The judgements known today, or on the day of `known_on`."""
        return judged_by(self.home.judgements, self.known_on, self.now.date())

    def tell(self, note: str) -> None:
        """Take a note on how a question was understood; nobody is told unless a door tells."""

    def tell_first_use(self) -> None:
        """Hear that the data is being put in place, which takes a moment."""
