"""Jobs: files that are screened, each by a process of its own, with all that is told of them on disk.

What is asked, how far it has come and what came of it lie in a folder for each job, so that any
process of the server can tell of any job, and a file that breaks its process breaks no other.
"""

import asyncio
import os
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import orjson

from standsbehind.api.apart import run_apart
from standsbehind.errors import EngineError
from standsbehind.publishing.home import Home
from standsbehind.reports.streaming import Form
from standsbehind.store.disk import is_full, write_file

__all__ = [
    "FORMS",
    "NO_ROOM",
    "REPORTS",
    "TOO_MUCH",
    "JobFolder",
    "Jobs",
    "TooManyError",
    "why_ended",
]

FORMS: tuple[Form, ...] = ("jsonl", "csv", "json")
"""The forms in which a result is kept."""
REPORTS = ("html", "pdf", "xlsx")
"""The forms in which the result of a short file is set to be read and printed."""
AT_ONCE = 1
"""Jobs of one server process that run at the same time,"""
MOST_WAITING = 20
"""and those that may wait."""
NO_ROOM = "no room was left on the server's disk; send the file again later"
"""Why a job failed that could not write what came of it."""
TOO_MUCH = 75
"""The exit code of a process that found no memory any more."""
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_PRIVATE = 0o600


class TooManyError(Exception):
    """So many jobs wait that another would wait too long."""


class JobFolder:
    """The folder of one job. Whoever has the id may read it: it cannot be guessed."""

    def __init__(self, home: Home, job_id: str) -> None:
        self.id = job_id
        self.folder = home.folder / "jobs" / job_id

    @property
    def input(self) -> Path:
        """The file as it was sent."""
        return self.folder / "input"

    @property
    def is_there(self) -> bool:
        """Whether there is such a job."""
        return bool(_ID.fullmatch(self.id)) and (self.folder / "asked.json").is_file()

    @property
    def is_sent(self) -> bool:
        """Whether a file lies there that nobody has asked about yet."""
        return bool(_ID.fullmatch(self.id)) and (self.folder / "sent.json").is_file()

    def result(self, form: str) -> Path:
        """Return where the result is, in one form."""
        return self.folder / f"result.{form}"

    def report(self, form: str) -> Path:
        """Return where the result of a short file is, set to be read and printed."""
        return self.folder / f"report.{form}"

    def read(self, name: str) -> dict[str, Any]:
        """Read one of the small files; empty where it is not there yet."""
        try:
            found: dict[str, Any] = orjson.loads(
                (self.folder / f"{name}.json").read_bytes()
            )
        except FileNotFoundError:
            return {}
        return found

    def write(self, name: str, content: Mapping[str, Any]) -> None:
        """Write one of the small files. Raises EngineError where the job was deleted meanwhile."""
        if not self.folder.is_dir():  # what was deleted must not come back
            message = f"{self.id}: the screening was deleted"
            raise EngineError(message)
        write_file(self.folder / f"{name}.json", orjson.dumps(content), _PRIVATE)

    @property
    def is_open(self) -> bool:
        """Whether it waits or is screened."""
        return _is_open(self.state())

    @property
    def touched(self) -> float:
        """When something of it was last written, in seconds since 1970; 0 where nothing is there."""
        there = [self.folder, *self.folder.glob("*")]
        return max((_written(path) for path in there), default=0.0)

    def state(self) -> dict[str, Any]:
        """Say how far the job has come; one whose process is gone has failed."""
        said = self.read("state")
        if _is_open(said) and not _is_alive(said.get("pid", 0), said.get("born")):
            said = self.read("state")  # it may have ended between two looks
            if _is_open(said):
                return {
                    **said,
                    "state": "failed",
                    "error": "the server stopped before it was done; send the file again",
                }
        return said


class Jobs:
    """The jobs that one process of the server runs."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.running = 0
        self.waiting = 0
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._looking = asyncio.Semaphore(AT_ONCE)
        self._looked_at = 0
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def open(self) -> JobFolder:
        """Make the folder of a new job. Raises TooManyError where too many wait."""
        self._must_have_room()
        job = JobFolder(self.home, secrets.token_urlsafe(16))
        job.folder.mkdir(parents=True, mode=0o700)
        return job

    def start(self, job: JobFolder, asked: Mapping[str, Any]) -> None:
        """Let a job whose file is there wait for its turn, and run it.

        Raises TooManyError where too many wait.
        """
        self._must_have_room()
        job.write("asked", asked)
        pid = os.getpid()
        job.write("state", {"state": "waiting", "pid": pid, "born": _born(pid)})
        task = asyncio.create_task(self._run(job))
        self._tasks[job.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(job.id, None))

    def kept(self) -> list[JobFolder]:
        """Return all screenings that are kept, those of other processes too."""
        folder = self.home.folder / "jobs"
        names = (path.name for path in folder.glob("*"))
        return [JobFolder(self.home, name) for name in names if _ID.fullmatch(name)]

    async def look(self, job: JobFolder) -> dict[str, Any]:
        """Let a process of its own say how a file that was sent would be read."""
        self._looked_at += 1
        try:
            async with self._looking:
                code = await self._process("standsbehind.api.looking", job)
        finally:
            self._looked_at -= 1
        return job.read("looked") or {"error": why_ended(code)}

    async def remove(self, job: JobFolder) -> None:
        """Stop a job where it runs, and delete all that is kept of it."""
        if (task := self._tasks.get(job.id)) is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await asyncio.to_thread(shutil.rmtree, job.folder, ignore_errors=True)

    @asynccontextmanager
    async def removed_unless_done(self, job: JobFolder) -> AsyncIterator[None]:
        """Delete a job where what is done with it fails: nobody was told of it yet."""
        try:
            yield
        except BaseException:
            await self.remove(job)
            raise

    async def stop(self) -> None:
        """Stop all jobs: they cannot go on without the server."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _must_have_room(self) -> None:
        if len(self._tasks) + self._looked_at > MOST_WAITING:
            raise TooManyError

    async def _run(self, job: JobFolder) -> None:
        self.waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self.waiting -= 1
        self.running += 1
        try:
            await self._screened(job)
        finally:
            self.running -= 1
            self._turn.release()

    async def _screened(self, job: JobFolder) -> None:
        code = await self._process("standsbehind.api.working", job)
        said = job.read("state")
        if _is_open(said):
            self._tell_failed(
                job, {**said, "state": "failed", "error": why_ended(code)}
            )

    def _tell_failed(self, job: JobFolder, said: Mapping[str, Any]) -> None:
        try:
            job.write("state", said)
        except EngineError as error:
            if not is_full(error):
                raise
            job.input.unlink(missing_ok=True)  # it makes room to say why
            job.write("state", {**said, "error": NO_ROOM})

    async def _process(self, module: str, job: JobFolder) -> int:
        """Run a module on a job until it ends; its log lies beside the file."""
        with (job.folder / "log.txt").open("wb") as said:
            return await run_apart(module, str(self.home.folder), job.id, said=said)


def why_ended(code: int) -> str:
    """Say why a process ended without a result: by a signal, where it reached a limit or was stopped."""
    if code < 0 or code == TOO_MUCH:
        return "the file took more memory or time than one may, or was stopped; split it or send it again"
    return "screening stopped in a way that was not foreseen; log.txt of the job says where"


def _is_open(said: Mapping[str, Any]) -> bool:
    return said.get("state") in {"waiting", "running"}


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # it was deleted between two looks
        return 0.0


def _is_alive(pid: int, born: str | None) -> bool:
    """Whether a process is there still, and not another that was given its number."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return born is None or born == _born(pid)


def _born(pid: int) -> str | None:
    """Say when a process began, in ticks of the machine; None where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return None
    return stat.rpartition(")")[2].split()[19]
