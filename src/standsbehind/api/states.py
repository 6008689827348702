"""States made again: one after the other, aside from those who answer, and each no oftener than once."""

import asyncio
import logging
import time
from tempfile import TemporaryFile
from typing import IO

from standsbehind.api.answering import Refused
from standsbehind.api.apart import run_apart
from standsbehind.publishing.home import Home

__all__ = ["Remakes"]

MOST_AT_ONCE = 4
"""States that are made or wait to be; whoever asks for another is asked to come again."""
PATIENCE_SECONDS = 20.0
"""How long a request waits for its state. The making goes on without it."""
COME_AGAIN_SECONDS = 5
AFTER_FAILURE_SECONDS = 600.0
"""How long what could not be made is not tried again."""

log = logging.getLogger("standsbehind.api")


class Remakes:
    """Has earlier states made again, by a process of their own."""

    def __init__(self, home: Home, patience: float = PATIENCE_SECONDS) -> None:
        self.home = home
        self.patience = patience
        self._turn = asyncio.Semaphore(1)
        self._making: dict[int, asyncio.Task[bool]] = {}
        self._failed: dict[int, float] = {}

    async def make(self, size: int) -> None:
        """Wait until the state of the ledger's first `size` entries is made.

        Raises Refused where that takes longer than a request waits, where too many others
        are waited for, and where it cannot be made.
        """
        if time.monotonic() < self._failed.get(size, 0.0):
            raise _failed()
        if size not in self._making:
            if len(self._making) >= MOST_AT_ONCE:
                raise _later("other earlier states are being made again")
            self._begin(size)
        making = asyncio.shield(self._making[size])
        try:
            is_made = await asyncio.wait_for(making, self.patience)
        except TimeoutError:
            why = "what was known then is being made again from the ledger"
            raise _later(why) from None
        if not is_made:
            raise _failed()

    def _begin(self, size: int) -> None:
        task = asyncio.create_task(self._made(size))
        self._making[size] = task
        task.add_done_callback(lambda _: self._making.pop(size, None))

    async def stop(self) -> None:
        """Stop what is being made."""
        tasks = list(self._making.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _made(self, size: int) -> bool:
        folder = str(self.home.folder)
        module = "standsbehind.api.remaking"
        with TemporaryFile() as said:
            async with self._turn:
                code = await run_apart(module, folder, str(size), said=said)
            if code:
                why = _end_of(said)
                log.warning("the state of %s entries was not made again: %s", size, why)
                self._failed[size] = time.monotonic() + AFTER_FAILURE_SECONDS
        return not code


def _end_of(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode(errors="replace")[-2_000:].strip()


def _later(why: str) -> Refused:
    headers = {"retry-after": str(COME_AGAIN_SECONDS)}
    return Refused(503, f"{why}; ask again in {COME_AGAIN_SECONDS} seconds", headers)


def _failed() -> Refused:
    headers = {"retry-after": str(int(AFTER_FAILURE_SECONDS))}
    why = (
        "what was known then could not be made again here; the server's log tells more"
    )
    return Refused(503, why, headers)
