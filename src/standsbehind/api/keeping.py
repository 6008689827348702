"""Keeping: files that were sent, and what came of them, stay for the days that were set, and no longer."""

import asyncio
import contextlib
import logging
import time

from standsbehind.api.jobs import JobFolder, Jobs

__all__ = ["Keeping", "sweep"]

DAY = 86_400.0
LOOK_EVERY = 3_600.0
"""Seconds between two looks at what has grown old."""

log = logging.getLogger("standsbehind.api")


class Keeping:
    """Looks now and then for screenings that are older than they may be, and deletes them."""

    def __init__(self, jobs: Jobs, days: int | None) -> None:
        self.jobs = jobs
        self.days = days
        """None: nothing is deleted unless somebody says so."""
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        if self.days is not None:
            self._looking = asyncio.create_task(self._look(self.days))

    async def stop(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking

    async def _look(self, days: int) -> None:
        while True:
            try:
                deleted = await sweep(self.jobs, days, time.time())
            except OSError:
                log.exception("looking for old screenings failed")
            else:
                if deleted:
                    log.info("%s screenings older than %s days deleted", deleted, days)
            await asyncio.sleep(LOOK_EVERY)


async def sweep(jobs: Jobs, days: int, now: float) -> int:
    """Delete what was last written to more than so many days before `now` (seconds since 1970).

    Returns how many there were. What waits or is screened stays, however long it takes.
    """
    old = [job for job in await asyncio.to_thread(jobs.kept) if _is_old(job, days, now)]
    for job in old:
        await jobs.remove(job)
    return len(old)


def _is_old(job: JobFolder, days: int, now: float) -> bool:
    return now - job.touched > days * DAY and not job.is_open
