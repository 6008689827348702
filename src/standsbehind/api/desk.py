"""The desk: where requests are answered from, and how the next snapshot takes the place of the last."""

import asyncio
import gc
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import TypeVar

from standsbehind.api.answering import Refused
from standsbehind.api.held import Freshness, Held, without_sweeps
from standsbehind.errors import BehindError
from standsbehind.publishing.home import Home
from standsbehind.publishing.publish import FORMAT
from standsbehind.store import snapshot
from standsbehind.store.snapshot import Snapshot

__all__ = ["ANSWERED_FROM", "Desk", "Lane"]

MOST_QUICK = 1_000
"""Quick questions that may wait for their turn,"""
MOST_LONG = 30
"""and long ones, of which each may take half a minute."""
LOOK_EVERY = 1.0
"""Seconds between two looks at which snapshot is current."""
LOOK_AT_SOURCES_EVERY = 30
"""Looks at the snapshot between two looks at which sources failed."""

log = logging.getLogger("standsbehind.api")

T = TypeVar("T")

ANSWERED_FROM: ContextVar[Freshness | None] = ContextVar("answered_from", default=None)
"""How old that is from which the request at hand was answered; None where it was from nothing."""


class Lane:
    """One thread that answers, one request after the other, from a snapshot of its own."""

    def __init__(self, name: str, most_waiting: int) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._open: tuple[Held, Freshness] | None = None
        """Both in one, for another thread exchanges them while requests are answered."""
        self._most_waiting = most_waiting
        self._waiting = 0

    @property
    def held(self) -> Held:
        """The snapshot that the next request is answered from."""
        return self._opened()[0]

    def _opened(self) -> tuple[Held, Freshness]:
        if self._open is None:
            message = "no snapshot is open yet"
            raise RuntimeError(message)
        return self._open

    @property
    def is_open(self) -> bool:
        """Whether there is a snapshot to answer from."""
        return self._open is not None

    def exchange(self, held: Held, freshness: Freshness) -> None:
        """Answer from another snapshot from now on; what has begun ends on the old one."""
        self._open = held, freshness

    async def run(self, ask: Callable[[Held], T]) -> T:
        """Ask in the lane's thread. Raises Refused where so many wait that one more is in vain."""
        held, freshness = self._opened()
        if self._waiting >= self._most_waiting:
            why = "more is asked than can be answered; ask again in 10 s"
            raise Refused(503, why, {"retry-after": "10"})

        def asked() -> T:
            answer = ask(held)
            held.rest()
            return answer

        self._waiting += 1
        try:
            answer = await asyncio.get_running_loop().run_in_executor(self._pool, asked)
        finally:
            self._waiting -= 1
        ANSWERED_FROM.set(freshness)
        return answer

    def close(self) -> None:
        """End the thread when it has answered what it began."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class Desk:
    """A lane for quick questions and one for long ones, on the snapshot that is current."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.quick = Lane("quick", MOST_QUICK)
        self.slow = Lane("slow", MOST_LONG)
        self.freshness: Freshness | None = None
        self.failure: str | None = None
        """Why the newest snapshot could not be opened; then the one before it serves on."""
        self._looks = 0
        self._watching: asyncio.Task[None] | None = None
        self._opening = asyncio.Lock()

    def open(self, current: Snapshot) -> None:
        """Open a snapshot for both lanes."""
        held = without_sweeps(lambda: Held(self.home, current).warm())
        self.freshness = held.freshness()
        self.quick.exchange(held, self.freshness)
        self.slow.exchange(Held(self.home, current), self.freshness)
        self.failure = None

    def start(self) -> None:
        """Look from now on for another snapshot."""
        self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Stop looking, and end the threads."""
        if self._watching is not None:
            self._watching.cancel()
        await asyncio.to_thread(self.quick.close)
        await asyncio.to_thread(self.slow.close)
        gc.unfreeze()

    async def refresh(self) -> None:
        """Open the current snapshot where it is another than the one that serves.

        One that cannot be opened changes nothing: what was held goes on serving.
        """
        async with self._opening:
            try:
                current = await asyncio.to_thread(snapshot.current, self.home.snapshots)
                if current is None:
                    return
                if current.id == self.quick.held.snapshot.id:
                    self.failure = None
                    return
                if current.manifest["format"] != FORMAT:
                    self.failure = f"{current.id}: another version published it"
                    return
                await asyncio.to_thread(self.open, current)
                log.info("answering from snapshot %s", current.id)
            except (BehindError, OSError) as error:
                if self.failure != str(error):
                    log.warning("the newest snapshot does not serve: %s", error)
                self.failure = str(error)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self._look()
            except Exception:
                # Whatever it is, the snapshot that is held serves on, and so does the looking.
                log.exception("looking for another snapshot failed")

    async def _look(self) -> None:
        await self.refresh()
        self._looks += 1
        if self._looks % LOOK_AT_SOURCES_EVERY == 0:
            self.freshness = await asyncio.to_thread(self.quick.held.freshness)
