"""What the service says of itself: whether it is ready, what it holds, how it scores and how it fares."""

import asyncio
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from standsbehind.api.answering import Refused, as_json
from standsbehind.api.asking import WHOLE, desk_of, refusals
from standsbehind.api.desk import Desk
from standsbehind.api.held import Held
from standsbehind.api.jobs import Jobs
from standsbehind.api.metrics import Metrics
from standsbehind.api.routes.match import ALGORITHM
from standsbehind.api.shapes.entities import Algorithms, Catalog, StatusResponse

__all__ = ["router"]

router = APIRouter()

_SERVICE = "System information"
_OK = {"status": "ok"}

FEATURES: Mapping[str, str] = {
    "same_name": "Both names say the same after folding.",
    "same_identifier": "A number of the query is one of the entity's.",
    "other_country": "The query and the entity name different countries: the score is lowered by a tenth.",
    "weak_alias": "The name that met is one that its list calls weak: the score is lowered by a fifth.",
}
"""The reasons that are not named after the words which met."""


@router.get("/healthz", tags=[_SERVICE], response_model=StatusResponse)
async def healthz() -> Response:
    """Say that the process answers."""
    return as_json(_OK)


@router.get(
    "/readyz",
    tags=[_SERVICE],
    response_model=StatusResponse,
    responses=refusals(503),
)
async def readyz(request: Request) -> Response:
    """Say whether there is a snapshot to answer from."""
    if not desk_of(request).quick.is_open:
        raise Refused(503, "No snapshot is open yet.")
    return as_json(_OK)


@router.post(
    "/updatez",
    tags=[_SERVICE],
    response_model=StatusResponse,
    responses=refusals(403),
)
async def updatez(
    request: Request,
    token: Annotated[
        str, Query(description="The token that the server was started with")
    ] = "",
    sync: bool = False,
) -> Response:
    """Look at once for a snapshot that was published, as the server does every second anyway."""
    known: str | None = request.app.state.update_token
    if not known or not hmac.compare_digest(token.encode(), known.encode()):
        raise Refused(403, "Invalid token.")
    refreshing = asyncio.create_task(desk_of(request).refresh())
    if sync:
        await refreshing
    else:
        request.app.state.tasks.add(refreshing)
        refreshing.add_done_callback(request.app.state.tasks.discard)
    return as_json(_OK)


@router.get(
    "/catalog",
    tags=["Data access"],
    response_model=Catalog,
    responses={304: {"description": "Not changed since the tag that was sent"}},
)
async def catalog(request: Request) -> Response:
    """List what can be asked: every source of the snapshot, and all of them as `default`."""
    desk = desk_of(request)
    known_on, stale = desk.quick.held.snapshot.manifest["known_on"], _stale(desk)
    made_of = "\n".join((desk.quick.held.snapshot.id, str(known_on), *stale))
    tag = f'"{hashlib.sha256(made_of.encode()).hexdigest()[:32]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    document = await desk.quick.run(lambda held: _catalog(held, stale))
    return as_json(document, headers={"etag": tag})


router.add_api_route(
    "/manifest",
    catalog,
    methods=["GET"],
    tags=["Data access"],
    response_model=Catalog,
    responses={304: {"description": "Not changed since the tag that was sent"}},
    summary="Catalog, by its other name",
    operation_id="manifest",
)


def _stale(desk: Desk) -> tuple[str, ...]:
    return desk.freshness.stale if desk.freshness else ()


def _catalog(held: Held, stale: tuple[str, ...]) -> dict[str, Any]:
    names = [source["id"] for source in held.snapshot.sources]
    return {
        "datasets": [_whole(held, names), *_datasets(held, stale)],
        "current": [name for name in names if name not in stale],
        "outdated": list(stale),
        "index_stale": bool(stale),
    }


def _whole(held: Held, names: list[str]) -> dict[str, Any]:
    known_on = str(held.snapshot.manifest["known_on"])
    return {
        "name": WHOLE,
        "title": "All sources of this server",
        "load": True,
        "version": held.snapshot.id,
        "index_version": held.snapshot.id,
        "index_current": True,
        "children": names,
        "entity_count": len(held.reader.ids),
        "last_export": known_on.removesuffix("Z"),
    }


def _datasets(held: Held, stale: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for source in held.snapshot.sources:
        yield {
            "name": source["id"],
            "title": source["title"],
            "summary": source.get("notes") or None,
            "url": source.get("url") or None,
            "load": True,
            "entities_url": None,
            "version": held.snapshot.id,
            "index_version": held.snapshot.id,
            "index_current": source["id"] not in stale,
            "children": [],
            "entity_count": source.get("subjects"),
            "last_export": str(source["recorded_at"]).removesuffix("Z"),
            "publisher": {"name": source.get("publisher", "")},
        }


@router.get("/algorithms", tags=["Matching"], response_model=Algorithms)
async def algorithms() -> Response:
    """Say how scores are made."""
    features = {
        name: {"description": told, "coefficient": 0.0, "url": ""}
        for name, told in FEATURES.items()
    }
    told = (
        "Names word by word (spelling, sound, script, legal form, place, trade), then "
        "identifiers and countries. Each reason of a score is told with what it adds."
    )
    one = {
        "name": ALGORITHM,
        "description": told,
        "features": features,
        "docs": features,
    }
    return as_json({"algorithms": [one], "default": ALGORITHM, "best": ALGORITHM})


@router.get(
    "/metrics",
    tags=[_SERVICE],
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def metrics(request: Request) -> Response:
    """Say how the server fares, for Prometheus."""
    desk = desk_of(request)
    counted: Metrics = request.app.state.metrics
    jobs: Jobs = request.app.state.jobs
    return Response(
        counted.text(_gauges(desk, jobs)), media_type="text/plain; version=0.0.4"
    )


def _gauges(desk: Desk, jobs: Jobs) -> dict[str, float]:
    held = desk.quick.held
    return {
        f'behind_snapshot_info{{snapshot="{held.snapshot.id}"}}': 1,
        "behind_snapshot_entities": len(held.reader.ids),
        "behind_snapshot_published_seconds": held.snapshot.published,
        "behind_sources_stale": len(_stale(desk)),
        "behind_snapshot_refused": int(desk.failure is not None),
        "behind_jobs_running": jobs.running,
        "behind_jobs_waiting": jobs.waiting,
    }
