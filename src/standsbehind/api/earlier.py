"""Earlier: what was known by a day, and snapshots that permalinks name, opened again to be asked.

A few stay open, read by the thread of the slow lane alone; the one asked longest ago is let go of.
"""

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from standsbehind.answers.known import KnownBy
from standsbehind.api.answering import Refused
from standsbehind.api.desk import Desk
from standsbehind.api.held import Held
from standsbehind.api.states import Remakes
from standsbehind.publishing.publish import FORMAT
from standsbehind.publishing.states import State, States

__all__ = ["NOW", "Earlier", "Wanted"]

MOST_OPEN = 3
_TRIES = 3
"""How often a state is made that others push out again before it is opened."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request is to be answered from: by default, the current snapshot."""

    known: KnownBy | None = None
    """What was known by then,"""
    snapshot: str | None = None
    """or the snapshot of an id."""

    @property
    def is_current(self) -> bool:
        """Whether nothing earlier is asked for."""
        return self.known is None and self.snapshot is None


NOW = Wanted()


class Earlier:
    """The earlier states that requests of one process are answered from."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.remakes = Remakes(desk.home)
        self._states = States(desk.home)
        self._open: dict[str, Held] = {}
        """By id, the one asked last at the end; only the thread of the slow lane looks here."""

    async def ask(self, wanted: Wanted, ask: Callable[[Held], T]) -> T:
        """Ask in the slow lane of what is wanted.

        Raises Refused where it is not kept and cannot be made again, UsageError where nothing
        was known by then.
        """
        if wanted.is_current:
            return await self.desk.slow.run(ask)
        return await self.ask_state(await self.state(wanted), ask)

    async def ask_state(self, state: State, ask: Callable[[Held], T]) -> T:
        """Ask in the slow lane of a state that was found, whatever is current by now."""

        def asked(current: Held) -> T:
            held = self.held(current, state)
            try:
                return ask(held)
            finally:
                if held is not current:
                    held.rest()

        return await self.desk.slow.run(asked)

    async def state(self, wanted: Wanted) -> State:
        """Find what is wanted, or have it made again."""
        if wanted.snapshot is not None:
            return await asyncio.to_thread(self._named, wanted.snapshot)
        if wanted.known is None:
            return State(self.desk.slow.held.snapshot, None)
        _refuse_future(wanted.known)
        for _ in range(_TRIES):
            size = await asyncio.to_thread(self.desk.home.size_known, wanted.known.end)
            current = self.desk.slow.held.snapshot
            if current.manifest["ledger"]["size"] == size:
                return State(current, None)
            found = await asyncio.to_thread(self._states.up_to, size)
            if found is not None:
                return found
            await self.remakes.make(size)
        raise Refused(503, "too many earlier states are asked for; ask again later")

    def _named(self, snapshot_id: str) -> State:
        current = self.desk.slow.held.snapshot
        if snapshot_id == current.id:
            return State(current, None)
        found = self._states.named(snapshot_id)
        if found is None:
            message = f"The snapshot {snapshot_id} is not kept on this server."
            raise Refused(404, message)
        if found.snapshot.manifest["format"] != FORMAT:
            message = f"Another version of this software published {snapshot_id}; it cannot be read here."
            raise Refused(410, message)
        return found

    def held(self, current: Held, state: State) -> Held:
        """Open a state, in the thread of the slow lane, or go on reading it where it is open."""
        key = state.snapshot.id
        if key == current.snapshot.id:
            return current
        held = self._open.pop(key, None) or self._opened(state)
        self._open[key] = held
        return held

    def _opened(self, state: State) -> Held:
        if len(self._open) >= MOST_OPEN:
            while len(self._open) >= MOST_OPEN:
                self._open.pop(next(iter(self._open)))
            gc.collect()  # what is read of a state refers to itself: it goes now, not some time
        return Held(self.desk.home, state.snapshot, state.hold)


def _refuse_future(known: KnownBy) -> None:
    now = datetime.now(tz=UTC)
    today = now.date()
    is_moment = known.asked == known.end
    if known.day > today or (is_moment and known.end > f"{now:%Y-%m-%dT%H:%M:%SZ}"):
        message = f"known_on: {known.asked} has not come yet; it is {now:%Y-%m-%dT%H:%M:%SZ} here"
        raise Refused(400, message)
