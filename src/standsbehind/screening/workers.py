"""Workers: pieces of a long work go to several processes and come back in their order."""

import gc
import multiprocessing
import os
import signal
import threading
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, TypeVar

from standsbehind.errors import EngineError

__all__ = ["cores", "in_order"]

Piece = TypeVar("Piece")
Done = TypeVar("Done")

_WAITING = 2
"""Pieces for each worker that are handed out before the first comes back."""

_work: Callable[[Any], Any] | None = None
"""In a worker: what it does with each piece, and all that this holds, shared since the fork."""


def cores() -> int:
    """Count the cores that this process may use; 1 where processes cannot be forked."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    pieces: Iterable[Piece], work: Callable[[Piece], Done], jobs: int
) -> Generator[Done]:
    """Do the work on each piece and give what comes of them in the order of the pieces.

    With one job it is done here. With more, processes are forked: what `work` holds is not
    copied, and few pieces are in memory at once. Raises EngineError where a worker is ended
    from outside. Whoever stops early closes the iterator, which ends the workers.
    """
    if jobs <= 1:
        yield from map(work, pieces)
        return
    with _pool(work, jobs) as pool:
        running: deque[Future[Done]] = deque()
        for piece in pieces:
            running.append(pool.submit(_do, piece))
            if len(running) >= jobs * _WAITING:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


@contextmanager
def _pool(work: Callable[[Any], Any], jobs: int) -> Iterator[ProcessPoolExecutor]:
    before = set(multiprocessing.active_children())
    # The collector would write to what it looks through, and so undo the sharing.
    gc.freeze()
    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context("fork"), _begin, (work,)
    )
    try:
        with warnings.catch_warnings():
            # Threads of numerical libraries are idle here, and no lock of ours is held.
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            pool.submit(_nothing)
        yield pool
    except BrokenProcessPool as error:
        message = (
            "a worker process was ended from outside, perhaps for want of memory; nothing"
            " was written. Run it again with --jobs 1"
        )
        raise EngineError(message) from error
    finally:
        for worker in set(multiprocessing.active_children()) - before:
            worker.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def _nothing() -> None:
    """Let the pool fork its workers now."""


def _begin(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 - a worker is told once what to do
    _work = work
    # Ctrl-C reaches the whole group; the one who started the work ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Leave when the parent is gone, however it went: nobody else would end this worker."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do(piece: Any) -> Any:  # noqa: ANN401 - whatever the work is on
    if _work is None:
        raise EngineError("a worker was not told what to do; run the command again")
    return _work(piece)
