"""Working: the process that screens one file for the server, within limits of memory and time."""

import os
import resource
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from standsbehind.answers.screened import Asked, ask_snapshot
from standsbehind.api.held import Held
from standsbehind.api.jobs import FORMS, NO_ROOM, REPORTS, TOO_MUCH, JobFolder
from standsbehind.api.sitting import Sitting
from standsbehind.cases.counts import Counts
from standsbehind.cases.effects import Position
from standsbehind.cases.receipt import used_statements
from standsbehind.cases.screening import ScreenAnswer
from standsbehind.errors import BehindError, EngineError, UsageError
from standsbehind.publishing.home import Home, timestamp
from standsbehind.publishing.receipts import file_receipt
from standsbehind.reports.formats import render
from standsbehind.reports.streaming import Part, Stream, Totals
from standsbehind.screening.intake import Opened, open_queries, receive
from standsbehind.screening.match import Options
from standsbehind.store.disk import is_full, write_file, written_whole
from standsbehind.store.snapshot import open_snapshot

__all__ = ["main", "screen_job", "within_limits"]

MOST_MEMORY = 6 << 30
"""Bytes of address space: what is mapped counts too."""
MOST_SECONDS = 3_600
"""Of work of the processor."""
MOST_WRITTEN = 8 << 30
"""Bytes of one form of a result."""
MOST_ON_PAPER = 2_000
"""Rows of a file whose result is also set as a report to read and print."""
AT_ONCE = 500
"""Rows between two words on how far it has come."""


def screen_job(home: Home, job_id: str) -> None:
    """Screen the file of one job, and keep its result and receipt in its folder."""
    job = JobFolder(home, job_id)
    asked = job.read("asked")
    told = _Told(job)
    try:
        opened = open_queries(
            receive(job.input, asked["name"]),
            columns=asked["columns"],
            encoding=asked["encoding"],
            sheet=asked["sheet"],
        )
        told.opened(opened)
        held = Held(home, open_snapshot(home.snapshots, asked["snapshot"]))
        whole = _asked(held, opened, asked)
        receipt = _answered(home, held, whole, told)
        told.done(receipt)
    except BehindError as error:
        told.failed(NO_ROOM if is_full(error) else str(error))


def _asked(held: Held, opened: Opened, asked: dict[str, Any]) -> Asked:
    position = Position(
        date.fromisoformat(asked["as_of"]), tuple(asked["roles"]), asked["in"]
    )
    terms = Options(asked["threshold"], frozenset(asked["lists"]))
    reading = {
        "encoding": asked["encoding"],
        "sheet": asked["sheet"],
        "file": asked["name"],
        "columns": asked["columns"],
    }
    return ask_snapshot(Sitting(held), opened, position, terms, reading=reading)


def _answered(home: Home, held: Held, asked: Asked, told: "_Told") -> str:
    keeps = asked.opened.count <= MOST_ON_PAPER
    streaming = asked.streaming(FORMS, digests=True, keeps=keeps)
    with ExitStack() as files:
        streams = [
            Stream(
                form, files.enter_context(written_whole(told.job.result(form), 0o600))
            )
            for form in FORMS
        ]
        for stream in streams:
            stream.begin(asked.head)
        totals = asked.run(streaming, [*streams, told, _Light(held)], AT_ONCE)
        answer = totals.answer(asked.head)
        for stream in streams:
            stream.end(answer, totals)
    if keeps:
        _put_on_paper(told.job, answer)
    return _kept(home, held, totals, totals.receipt(answer))


def _put_on_paper(job: JobFolder, answer: ScreenAnswer) -> None:
    """Set the result as reports; one that this machine cannot set is left out."""
    made_at = _now()
    for form in REPORTS:
        try:
            made = render(answer, form, made_at)
        except UsageError:  # no typst, or no font for a letter: the others have it
            continue
        content = made.encode() if isinstance(made, str) else made
        write_file(job.report(form), content, 0o600)


def _kept(home: Home, held: Held, totals: Totals, receipt: dict[str, Any]) -> str:
    file_receipt(home, receipt, used_statements(totals.told, held.reader))
    return str(receipt["id"])


class _Light:
    """Lets go of what was read, so that a long file needs no more memory than a short one."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def add(self, part: Part) -> None:
        del part
        self._held.rest()


class _Told:
    """Says on disk how far the job has come."""

    def __init__(self, job: JobFolder) -> None:
        self.job = job
        self._server = os.getppid()
        self._counts = Counts()
        self._state = {**job.read("state"), "state": "running", "started": _now()}

    def opened(self, opened: Opened) -> None:
        """Say how the file was read."""
        intake = opened.intake
        self._state |= {
            "rows": opened.count,
            "input": {
                "name": intake.name,
                "sha256": intake.digest,
                "format": intake.format,
                "columns": dict(intake.columns),
                "guessed": intake.guessed,
                "notes": list(intake.notes),
            },
        }
        self._write()

    def add(self, part: Part) -> None:
        """Say that some rows are done."""
        self._counts += part.counts
        self._write()

    def done(self, receipt: str) -> None:
        """Say that all is done."""
        self._state |= {"state": "done", "ended": _now(), "receipt": receipt}
        self._write()

    def failed(self, why: str) -> None:
        """Say why the file cannot be screened."""
        self._state |= {"state": "failed", "ended": _now(), "error": why}
        self._write()

    def _write(self) -> None:
        if os.getppid() != self._server:  # people were told that it failed
            message = f"{self.job.id}: the server that wanted it is gone"
            raise EngineError(message)
        counts = {"examined": self._counts.rows, "counts": self._counts.to_json()}
        self.job.write("state", {**self._state, **counts})


def _now() -> str:
    return timestamp(datetime.now(tz=UTC))


def within_limits(work: Callable[[], None], seconds: int = MOST_SECONDS) -> None:
    """Work within bounds of memory, and of the time that the processor of this process works."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    try:
        work()
    except MemoryError:
        sys.exit(TOO_MUCH)


def main(arguments: Iterable[str]) -> None:
    """Screen the file of the job that is named after the data folder."""
    folder, job_id = arguments
    within_limits(partial(screen_job, Home(Path(folder)), job_id))


if __name__ == "__main__":
    main(sys.argv[1:])
