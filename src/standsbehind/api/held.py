"""What is held open: one snapshot with its names, its judgements and what requests ask of it."""

import gc
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, TypeVar

from standsbehind.answers.known import KnownBy, judged_by
from standsbehind.api.pointers import Pointers, pointers_in
from standsbehind.api.seen import Seen, seen_in
from standsbehind.api.values import Column, column_of
from standsbehind.api.words import NameWords, words_of
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.merges import Merges
from standsbehind.graph.reader import Reader
from standsbehind.graph.statements import Statements
from standsbehind.publishing.home import Home
from standsbehind.publishing.states import Hold
from standsbehind.publishing.status import failures
from standsbehind.screening.judged import Memory
from standsbehind.store.memory import give_back
from standsbehind.store.snapshot import Snapshot

__all__ = ["Freshness", "Held"]

MOST_KEPT = 5_000
"""Entities whose claims stay in memory; beyond, all are let go of and read anew when asked for."""

MOST_FIELDS = 12
"""Fields whose columns stay in memory."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old what is answered from is."""

    snapshot: str
    known_on: str
    """The moment of the last reading that the snapshot holds."""
    oldest_read: str | None
    """The day on which the list that was read longest ago was read."""
    stale: tuple[str, ...]
    """The sources whose last pull failed: newer data may exist."""

    @property
    def headers(self) -> dict[str, str]:
        """Say it in the headers of an answer."""
        return {
            "x-snapshot": self.snapshot,
            "x-known-on": self.known_on,
            "x-oldest-read": self.oldest_read or "",
            "x-stale-sources": ",".join(self.stale),
        }

    def to_json(self) -> dict[str, Any]:
        """Say it as fields of an answer."""
        return {
            "known_on": self.known_on,
            "oldest_read": self.oldest_read,
            "stale": list(self.stale),
        }


class Held:
    """One snapshot, opened for one thread: readers keep what they read, and share nothing."""

    def __init__(
        self, home: Home, snapshot: Snapshot, hold: Hold | None = None
    ) -> None:
        self.home = home
        self.hold = hold
        """What keeps the files of an earlier state from being let go of."""
        self.snapshot = snapshot
        self.reader = Reader(snapshot)
        self.lookup = Lookup(self.reader)
        self.docs: dict[str, dict[str, Any]] = {}
        """Entities as they were last written for an answer."""
        self._values: dict[str, Column] = {}
        self._memory: tuple[tuple[int, date, KnownBy | None], Memory] | None = None
        self._worked_out: dict[str, tuple[Hashable, Any]] = {}

    @property
    def merges(self) -> Merges:
        """Which records are one entity."""
        return self.lookup.merges

    def id_today(self, entity_id: str) -> str | None:
        """Return under which id an entity is found by now; None where there is none."""
        key = self.merges.canonical(entity_id)
        return key if key in self.reader.entities else None

    @cached_property
    def seen(self) -> Seen:
        """Since when each entity is in the data."""
        return seen_in(self.home.ledger, self.reader)

    @cached_property
    def pointers(self) -> Pointers:
        """Which entities name an entity."""
        return pointers_in(self.snapshot)

    @cached_property
    def statements(self) -> Statements:
        """All statements, by a filter or their id."""
        return Statements(self.reader)

    @cached_property
    def words(self) -> NameWords:
        """The words of all names, for a search that is typed."""
        return words_of(self.reader)

    def values(self, field: str) -> Column:
        """Which entities have which values of a field; those asked for last are kept."""
        if field not in self._values:
            while len(self._values) >= MOST_FIELDS:
                self._values.pop(next(iter(self._values)))
            self._values[field] = column_of(self.reader, field)
        return self._values[field]

    def once(self, what: str, terms: Hashable, make: Callable[[], T]) -> T:
        """Work out what takes long; the last answer of each kind is kept beside the snapshot.

        It is what `make` returned for the same terms, and goes when the snapshot goes.
        """
        kept = self._worked_out.get(what)
        if kept is None or kept[0] != terms:
            kept = self._worked_out[what] = terms, make()
        found: T = kept[1]
        return found

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each source, by its id."""
        sources = self.snapshot.sources
        return {source["id"]: source.get("title", source["id"]) for source in sources}

    @property
    def memory(self) -> Memory:
        """The judgements as they stand today."""
        return self.memory_by(None)

    def memory_by(self, known: KnownBy | None) -> Memory:
        """Return the judgements as they stood by then; read again when one was added."""
        log, today = self.home.judgements, self.now.date()
        count = sum(1 for _ in log.folder.iterdir()) if log.folder.is_dir() else 0
        key = (count, today, known)
        if self._memory is None or self._memory[0] != key:
            self._memory = key, judged_by(log, known, today)
        return self._memory[1]

    @property
    def now(self) -> datetime:
        """The clock."""
        return datetime.now(tz=UTC)

    def freshness(self) -> Freshness:
        """Say how old the data is, and which sources could not be read again."""
        read = (source.get("retrieved") for source in self.snapshot.sources)
        days = [str(day) for day in read if day]
        failed = failures(self.home)
        held = tuple(s["id"] for s in self.snapshot.sources if s["id"] in failed)
        known_on = str(self.snapshot.manifest["known_on"])
        return Freshness(self.snapshot.id, known_on, min(days, default=None), held)

    def warm(self) -> "Held":
        """Read now what the first request would wait for."""
        self.lookup.matches("a name that nobody bears")
        for part in (self.lookup.identifiers, self.merges, self.seen):
            del part
        return self

    def rest(self, most: int = MOST_KEPT) -> None:
        """Let go of what is kept where it has become much."""
        if self.reader.kept > most:
            self.reader.forget()
            self.docs.clear()
        give_back()


def without_sweeps(make: Callable[[], Held]) -> Held:
    """Make something large that stays, and keep the collector of cycles from walking it."""
    gc.unfreeze()
    made = make()
    gc.collect()
    gc.freeze()
    give_back()
    return made
