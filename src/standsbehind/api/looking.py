"""Looking: the process that says how a file would be read, before anything is asked of it."""

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from standsbehind.api.jobs import JobFolder
from standsbehind.api.working import within_limits
from standsbehind.errors import UsageError
from standsbehind.publishing.home import Home
from standsbehind.screening.files.rows import Remarks
from standsbehind.screening.intake import Opened, headings_in, open_queries, receive

__all__ = ["look", "main"]

MOST_SECONDS = 60
"""Of work of the processor: someone waits for it."""
FIRST_ROWS = 5
"""Rows that are shown, so that a person sees what stands in a column."""


def look(home: Home, job_id: str) -> None:
    """Say what the columns of a file were taken as, and what its first rows are."""
    job = JobFolder(home, job_id)
    try:
        file = receive(job.input, job.read("sent")["name"])
        job.write("looked", _seen(open_queries(file)))
    except UsageError as error:
        job.write("looked", {"error": str(error), "headings": _headings(job)})


def _seen(opened: Opened) -> dict[str, Any]:
    intake, columns = opened.intake, opened.asked.columns
    return {
        "format": intake.format,
        "rows": opened.count,
        "columns": dict(intake.columns),
        "headings": list(columns.header) if columns else [],
        "notes": list(intake.notes),
        "first": _first_rows(opened),
    }


def _first_rows(opened: Opened) -> list[dict[str, str]]:
    given = list(islice(opened.asked.rows, FIRST_ROWS))
    return [dict(one.fields) for one in opened.ask(given, Remarks())]


def _headings(job: JobFolder) -> Sequence[str]:
    """Return what a person may choose among where no column could be chosen for them."""
    try:
        return list(headings_in(receive(job.input, job.read("sent")["name"])))
    except UsageError:
        return ()


def main(arguments: Iterable[str]) -> None:
    """Look at the file of the job that is named after the data folder."""
    folder, job_id = arguments
    within_limits(partial(look, Home(Path(folder)), job_id), MOST_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1:])
