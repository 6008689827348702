"""Apart: a module of ours that runs in a process of its own, and ends with whoever waits for it."""

import asyncio
import sys
from contextlib import suppress
from typing import IO

__all__ = ["run_apart"]


async def run_apart(module: str, *arguments: str, said: IO[bytes]) -> int:
    """Run a module until it ends; give its exit code, below 0 where a signal ended it.

    What it prints goes to `said`. Where nobody waits any more, it is killed.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=said,
        stderr=said,
    )
    try:
        return await process.wait()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
