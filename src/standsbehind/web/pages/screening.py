"""Screening: a file is sent, its columns are looked over, and its rows are answered."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, RedirectResponse, Response

from standsbehind.api.answering import Refused
from standsbehind.api.asking import desk_of
from standsbehind.api.jobs import REPORTS, JobFolder
from standsbehind.api.routes.screenings import (
    asked_of,
    begin,
    jobs_of,
    must_hold,
    take_in,
    told,
)
from standsbehind.matching.score import THRESHOLD
from standsbehind.screening.files.headings import KINDS
from standsbehind.web.addresses import Addresses
from standsbehind.web.answered_row import row_told
from standsbehind.web.asking import Asked, frame_of, page, rendered
from standsbehind.web.posting import posted
from standsbehind.web.results import chosen_by, rows_of
from standsbehind.web.wanting import ROLES, wanted_by

__all__ = ["UPLOAD", "router"]

router = APIRouter(include_in_schema=False)

UPLOAD = "/screening"
"""Where the form sends a file."""
_DOWNLOADS = ("csv", "json", "jsonl")


@router.get(UPLOAD)
async def screening(request: Request) -> Response:
    """Ask for a file."""
    return await page(request, "screening.html.j2", _empty)


@router.post(UPLOAD)
async def send(request: Request) -> Response:
    """Take a file in, look at its columns, and lead to them."""
    jobs = jobs_of(request)
    async with posted(request) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Refused(400, "file: choose a file to screen")
        job, sent = await take_in(jobs, file)
    async with jobs.removed_unless_done(job):
        job.write("sent", sent)
        job.write("looked", await jobs.look(job))
    return _onward(request, job)


@router.get(UPLOAD + "/{job_id}")
async def one(request: Request, job_id: str) -> Response:
    """Show a screening as far as it has come."""
    job = _job(request, job_id)
    if not job.is_there:
        return rendered(request, "screening_columns.html.j2", _columns(request, job))
    known = told(job)
    if known["state"] == "failed":
        said = {**_columns(request, job), "failure": known["error"]}
        return rendered(request, "screening_columns.html.j2", said)
    if known["state"] != "done":
        return rendered(request, "screening_progress.html.j2", {"job": known})
    frame = frame_of(request)
    held = desk_of(request).slow.held
    chosen = chosen_by(Asked(held, frame["address"], frame["to"]))
    found = await asyncio.to_thread(rows_of, job.result("csv"), chosen)
    shown = {
        "job": known,
        "chosen": chosen,
        "found": found,
        "forms": _DOWNLOADS,
        "reports": [form for form in REPORTS if job.report(form).is_file()],
    }
    return rendered(request, "screening_results.html.j2", shown)


@router.post(UPLOAD + "/{job_id}")
async def start(request: Request, job_id: str) -> Response:
    """Screen a file that was sent, as the form says."""
    job = _job(request, job_id)
    async with posted(request) as form:
        wanted = wanted_by(form)
    held = desk_of(request).slow.held
    must_hold(held, wanted)
    if not job.is_there or job.state()["state"] == "failed":
        asked = asked_of(held, wanted, job.read("sent"))
        begin(jobs_of(request), job, asked)
    return _onward(request, job)


@router.post(UPLOAD + "/{job_id}/delete")
async def delete(request: Request, job_id: str) -> Response:
    """Delete the file and its result."""
    async with posted(request):
        await jobs_of(request).remove(_job(request, job_id))
    return RedirectResponse(_links(request).to(UPLOAD), 303)


@router.get(UPLOAD + "/{job_id}/row/{row}")
async def row(request: Request, job_id: str, row: int) -> Response:
    """Set out one row: its hits, why they score, and what stands behind them."""
    job = _job(request, job_id)
    if not job.is_there or job.state()["state"] != "done":
        raise Refused(404, "no such screening, or it is not done")
    asked = job.read("asked")
    return await page(
        request,
        "screening_row.html.j2",
        lambda of: row_told(of.held, job, asked, row),
        lane="slow",
        of=asked["snapshot"],
    )


@router.get(UPLOAD + "/{job_id}/report.{form}")
async def report(request: Request, job_id: str, form: str) -> Response:
    """Give the result as one file to read, print and keep."""
    job = _job(request, job_id)
    if form not in REPORTS or not job.report(form).is_file():
        raise Refused(404, "there is no such report of this screening")
    name = f"screening-{job.id}.{form}"
    return FileResponse(job.report(form), filename=name)


def _job(request: Request, job_id: str) -> JobFolder:
    job = JobFolder(desk_of(request).home, job_id)
    if not (job.is_there or job.is_sent):
        raise Refused(404, "no such screening, or it was deleted")
    return job


def _links(request: Request) -> Addresses:
    found: Addresses = frame_of(request)["to"]
    return found


def _onward(request: Request, job: JobFolder) -> Response:
    return RedirectResponse(_links(request).to(f"{UPLOAD}/{job.id}"), 303)


def _columns(request: Request, job: JobFolder) -> Mapping[str, Any]:
    held = desk_of(request).slow.held
    return {
        "id": job.id,
        "sent": job.read("sent"),
        "looked": {"first": [], "notes": [], "columns": {}, **job.read("looked")},
        "asked": {**_usual(), **job.read("asked")},
        "failure": job.read("looked").get("error"),
        "kinds": KINDS,
        "roles": ROLES,
        "held": held.snapshot.sources,
    }


def _usual() -> dict[str, Any]:
    """Say how a file is asked about where nobody said otherwise."""
    return {
        "roles": ["buyer"],
        "in": None,
        "as_of": datetime.now(tz=UTC).date().isoformat(),
        "threshold": THRESHOLD,
        "lists": [],
        "columns": {},
    }


def _empty(asked: Asked) -> Mapping[str, Any]:
    del asked
    return {}
