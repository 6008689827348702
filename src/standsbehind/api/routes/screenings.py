"""`/api/v1/screenings`: files that are screened while the caller waits, or does something else."""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Form, Path, Request, UploadFile
from starlette.datastructures import UploadFile as Sent
from starlette.responses import Response, StreamingResponse

from standsbehind.api.answering import OURS, Refused, as_json
from standsbehind.api.asking import desk_of
from standsbehind.api.held import Held
from standsbehind.api.jobs import JobFolder, Jobs, TooManyError
from standsbehind.api.questions import problems
from standsbehind.api.shapes.ours import Job
from standsbehind.matching.score import THRESHOLD
from standsbehind.publishing.home import timestamp
from standsbehind.standards.provisions import Role

__all__ = [
    "UPLOADS",
    "Wanted",
    "asked_of",
    "begin",
    "jobs_of",
    "must_hold",
    "router",
    "take_in",
    "told",
]

UPLOADS = f"{OURS}/screenings"
PIECE = 1 << 20

router = APIRouter(prefix=UPLOADS, tags=["Screening of files"])

JobId = Annotated[str, Path(description="The id that was given when the file was sent")]
Form_ = Literal["jsonl", "csv", "json"]
_TYPES: dict[Form_, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


class Wanted:
    """How the file is read and asked, as the form says."""

    def __init__(
        self,
        role: Annotated[list[Role], Form(description="Your role; repeatable")] = [
            "buyer"
        ],
        jurisdiction: Annotated[
            str | None, Form(alias="in", pattern="^[A-Za-z]{2}$")
        ] = None,
        as_of: Annotated[date | None, Form()] = None,
        threshold: Annotated[
            float, Form(ge=0.4, le=1, allow_inf_nan=False)
        ] = THRESHOLD,
        lists: Annotated[
            list[str], Form(description="Only these sources; repeatable")
        ] = [],
        column: Annotated[
            list[str], Form(description="As in name=Vendor; repeatable")
        ] = [],
        encoding: Annotated[str | None, Form(max_length=50)] = None,
        sheet: Annotated[str | None, Form(max_length=200)] = None,
    ) -> None:
        self.terms: dict[str, Any] = {
            "roles": list(dict.fromkeys(role)) or ["buyer"],
            "in": jurisdiction and jurisdiction.lower(),
            "as_of": (as_of or datetime.now(tz=UTC).date()).isoformat(),
            "threshold": threshold,
            "lists": lists,
            "columns": dict(map(_column, column)),
            "encoding": encoding,
            "sheet": sheet,
        }


def _column(text: str) -> tuple[str, str]:
    kind, _, heading = text.partition("=")
    if not (kind and heading):
        raise Refused(400, f"column {text}: write it as name=Vendor")
    return kind, heading


def jobs_of(request: Request) -> Jobs:
    """Return the jobs of this server process."""
    jobs: Jobs = request.app.state.jobs
    return jobs


@router.post(
    "",
    summary="Send a file to be screened",
    status_code=202,
    response_model=Job,
    responses=problems(400, 429, 507),
)
async def send(
    request: Request,
    file: Annotated[
        UploadFile, File(description="CSV, TSV, XLSX, JSON, JSONL or FollowTheMoney")
    ],
    wanted: Annotated[Wanted, Depends()],
) -> Response:
    """Take a file in and screen it in a process of its own; the answer says where to look.

    There is no limit on rows. Each row becomes hit, no_hit_found or not_examined; no hit
    found is not clear. The file and its result are kept until they are deleted.
    """
    held = desk_of(request).slow.held
    must_hold(held, wanted)
    jobs = jobs_of(request)
    job, sent = await take_in(jobs, file)
    async with jobs.removed_unless_done(job):
        begin(jobs, job, asked_of(held, wanted, sent))
    address = f"{UPLOADS}/{job.id}"
    return as_json(told(job), 202, {"location": address, "retry-after": "1"})


def must_hold(held: Held, wanted: Wanted) -> None:
    """Raise Refused where a list is wanted that the snapshot does not hold."""
    known = {source["id"] for source in held.snapshot.sources}
    if unknown := sorted(set(wanted.terms["lists"]) - known):
        raise Refused(
            400,
            f"{', '.join(unknown)}: not in this snapshot; it holds {', '.join(sorted(known))}",
        )


def asked_of(held: Held, wanted: Wanted, sent: Mapping[str, str]) -> dict[str, Any]:
    """Put together all that a job is asked: the terms, the file and the snapshot."""
    return {
        **wanted.terms,
        **sent,
        "snapshot": held.snapshot.id,
        "freshness": held.freshness().to_json(),
        "received": timestamp(held.now),
    }


async def take_in(jobs: Jobs, file: Sent) -> tuple[JobFolder, dict[str, str]]:
    """Keep a file that was sent, in a folder of its own; give its name and digest.

    Raises Refused where too many wait.
    """
    try:
        job = jobs.open()
    except TooManyError as error:
        raise _too_many() from error
    name = FilePath(file.filename or "upload").name[:200] or "upload"
    async with jobs.removed_unless_done(job):
        return job, {"name": name, "sha256": await _kept(file, job)}


def begin(jobs: Jobs, job: JobFolder, asked: Mapping[str, Any]) -> None:
    """Let a file that was taken in be screened. Raises Refused where too many wait."""
    try:
        jobs.start(job, asked)
    except TooManyError as error:
        raise _too_many() from error


def _too_many() -> Refused:
    why = "too many files wait; send it again later"
    return Refused(429, why, {"retry-after": "60"})


async def _kept(file: Sent, job: JobFolder) -> str:
    digest = hashlib.sha256()
    with job.input.open("xb") as kept:
        job.input.chmod(0o600)
        while piece := await file.read(PIECE):
            digest.update(piece)
            await asyncio.to_thread(kept.write, piece)
    return digest.hexdigest()


def _found(request: Request, job_id: str) -> JobFolder:
    job = JobFolder(desk_of(request).home, job_id)
    if not job.is_there:
        raise Refused(404, "no such screening, or it was deleted")
    return job


def told(job: JobFolder) -> dict[str, Any]:
    """Say all that is known of a job."""
    asked, state = job.read("asked"), job.state()
    address = f"{UPLOADS}/{job.id}"
    links = {"self": address}
    if state["state"] == "done":
        links |= {f"result_{form}": f"{address}/result?form={form}" for form in _TYPES}
        links["receipt"] = f"{OURS}/receipts/{state['receipt']}"
    apart = ("name", "sha256", "snapshot", "freshness", "received")
    return {
        "id": job.id,
        "state": state["state"],
        "snapshot": asked["snapshot"],
        "freshness": asked["freshness"],
        "received": asked["received"],
        "started": state.get("started"),
        "ended": state.get("ended"),
        "input": state.get("input")
        or {"name": asked["name"], "sha256": asked["sha256"]},
        "asked": {key: value for key, value in asked.items() if key not in apart},
        "rows": state.get("rows"),
        "examined": state.get("examined", 0),
        "counts": state.get("counts"),
        "receipt": state.get("receipt"),
        "error": state.get("error"),
        "links": links,
    }


@router.get(
    "/{job_id}",
    summary="How far a screening has come",
    response_model=Job,
    responses=problems(404),
)
async def progress(request: Request, job_id: JobId) -> Response:
    """Give its state, and how many rows are done."""
    said = told(_found(request, job_id))
    is_open = said["state"] in {"waiting", "running"}
    return as_json(said, headers={"retry-after": "1"} if is_open else {})


@router.get(
    "/{job_id}/result",
    summary="The result, streamed",
    response_class=StreamingResponse,
    responses={
        **problems(404, 409),
        200: {
            "content": {
                kind.partition(";")[0]: {"schema": {"type": "string"}}
                for kind in _TYPES.values()
            }
        },
    },
)
async def result(request: Request, job_id: JobId, form: Form_ = "jsonl") -> Response:
    """Stream all rows, one JSON document or several lines of CSV for each."""
    job = _found(request, job_id)
    state = job.state()
    if state["state"] == "failed":
        raise Refused(409, f"it failed: {state['error']}")
    if state["state"] != "done":
        raise Refused(409, "it is not done yet", {"retry-after": "1"})
    path = job.result(form)
    name = f"screening-{job.id}.{form}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "content-length": str(path.stat().st_size),
    }
    return StreamingResponse(_pieces(path), headers=headers, media_type=_TYPES[form])


def _pieces(path: FilePath) -> Iterator[bytes]:
    with path.open("rb") as kept:
        while piece := kept.read(PIECE):
            yield piece


@router.delete(
    "/{job_id}",
    summary="Stop a screening and delete what is kept of it",
    status_code=204,
    responses=problems(404),
)
async def remove(request: Request, job_id: JobId) -> Response:
    """Delete the file and its result; the receipt, which holds no row, stays."""
    await jobs_of(request).remove(_found(request, job_id))
    return Response(status_code=204)
