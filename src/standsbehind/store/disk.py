"""Writing to disk so that a reader, or a machine that loses power, sees old or new."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from functools import partial
from pathlib import Path
from typing import BinaryIO, TextIO

from standsbehind.errors import EngineError

__all__ = ["is_full", "make_folder", "only_writer", "write_file", "written_whole"]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what it came from, is that there is no room to write."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        error = error.__cause__
    return False


def write_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a whole file: the name holds the old content or the new, never a part.

    `mode` is who may read it; until the content is whole, its owner alone may.
    """
    with written_whole(path, mode) as write:
        write(content)


@contextmanager
def written_whole(path: Path, mode: int = 0o644) -> Iterator[Callable[[bytes], None]]:
    """Write a file in pieces, of which nothing is seen until the last is there.

    Where the pieces end in an error, the name keeps what it had. Raises EngineError where
    the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    except OSError as error:
        raise _named(path, error) from error
    temporary, file = Path(name), os.fdopen(handle, "wb")
    try:
        yield partial(_write, path, file)
        _finish(path, file, temporary, mode)
    except BaseException:
        with suppress(OSError):  # closing writes once more what the disk refused
            file.close()
        with suppress(OSError):  # it may refuse this too
            temporary.unlink(missing_ok=True)
        raise


def _write(path: Path, file: BinaryIO, content: bytes) -> None:
    try:
        file.write(content)
    except OSError as error:
        raise _named(path, error) from error


def _finish(path: Path, file: BinaryIO, temporary: Path, mode: int) -> None:
    try:
        file.flush()
        os.fsync(file.fileno())
        file.close()
        temporary.chmod(mode)  # mkstemp makes files for one user alone
        temporary.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise _named(path, error) from error


def make_folder(parent: Path, fill: Callable[[Path], str]) -> Path:
    """Fill a folder under a temporary name; it takes its own name whole, in one rename.

    `fill` writes into the folder it is handed and returns the name that it shall have. A
    folder that bears this name already is left as it is, and what was filled is dropped.
    Raises EngineError where the disk refuses.
    """
    try:
        parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=parent, prefix=".writing-"))
    except OSError as error:
        raise _named(parent, error) from error
    try:
        target = parent / fill(temporary)
        if target.exists():
            return target
        for file in temporary.rglob("*"):
            _sync(file)
        _sync(temporary)
        temporary.chmod(0o755)
        temporary.rename(target)
        _sync(parent)
    except OSError as error:
        raise _named(parent, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return target


PATIENCE_SECONDS = 60.0
"""How long a writer waits for another to finish; reading a long list takes ten seconds."""


@contextmanager
def only_writer(folder: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the folder for one writer, waiting for another to finish.

    Raises EngineError where another process still holds it after `patience` seconds, or
    where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise _named(folder, error) from error
    with lock:
        until = time.monotonic() + patience
        while not _locked(lock):
            if time.monotonic() >= until:
                message = (
                    f"{folder}: another `behind` is writing here; wait until it is done. "
                    "Reading goes on meanwhile"
                )
                raise EngineError(message)
            time.sleep(0.05)
        yield


def _locked(lock: TextIO) -> bool:
    try:
        flock(lock, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _named(path: Path, error: OSError) -> EngineError:
    return EngineError(
        f"{path}: cannot be written ({error.strerror}); nothing that was stored has "
        "changed. Check free space and permissions, then run the command again"
    )
