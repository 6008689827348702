"""`/api/v1`: the snapshot, names, entities with their evidence, and receipts."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from standsbehind.answers.terms import iso
from standsbehind.api.answering import OURS, Refused, as_json
from standsbehind.api.asking import desk_of
from standsbehind.api.held import Held
from standsbehind.api.questions import (
    FROM_EARLIER,
    AsOf,
    At,
    Jurisdiction,
    Roles,
    ask,
    placed,
    reply,
)
from standsbehind.api.shapes.evidence import Receipt
from standsbehind.api.shapes.ours import Matched, Shown, SnapshotTold, Statements
from standsbehind.api.sitting import answered
from standsbehind.api.stating import must_exist
from standsbehind.connectors.dataset import dataset_ids
from standsbehind.matching.names import fold
from standsbehind.matching.score import THRESHOLD
from standsbehind.publishing.receipts import read_receipt
from standsbehind.reports.dated import claims_on
from standsbehind.reports.fields import claim_json
from standsbehind.screening.files.countries import countries_in

__all__ = ["router"]

router = APIRouter(prefix=OURS, tags=["Evidence"], responses=FROM_EARLIER)


@router.get("/snapshot", summary="What is answered from", response_model=SnapshotTold)
async def snapshot(request: Request, at: At) -> Response:
    """Give the snapshot, its lists with their dates, and the sources that it does not hold."""
    if at.is_current:  # told at once, whatever long questions wait
        return as_json(await desk_of(request).quick.run(_snapshot))
    return await reply(request, at, _snapshot)


_SOURCE: Mapping[str, Any] = {
    "id": "",
    "title": "",
    "publisher": "",
    "url": "",
    "licence": "",
    "published": None,
    "retrieved": None,
    "rows": 0,
    "subjects": 0,
    "unproven": "",
}
"""What is told of a source, and what stands where its reader said nothing."""


def _snapshot(held: Held) -> dict[str, Any]:
    fresh, manifest = held.freshness(), held.snapshot.manifest
    sources = [
        {**_SOURCE, **{name: one[name] for name in _SOURCE if name in one}}
        | {"stale": one["id"] in fresh.stale}
        for one in held.snapshot.sources
    ]
    read = {source["id"] for source in sources}
    return {
        "snapshot": held.snapshot.id,
        "freshness": fresh.to_json(),
        "entities": manifest["rows"]["entities"],
        "statements": manifest["rows"]["claims"],
        "ledger": dict(manifest["ledger"]),
        "sources": sources,
        "not_read": sorted({*dataset_ids()} - read),
    }


@router.get(
    "/match",
    summary="One name, with what stands behind each hit",
    response_model=Matched,
)
async def match(
    request: Request,
    name: Annotated[str, Query(min_length=1, max_length=500)],
    at: At,
    schema: Annotated[str | None, Query(max_length=50)] = None,
    country: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 5,
    threshold: Annotated[float, Query(ge=0.4, le=1, allow_inf_nan=False)] = THRESHOLD,
    role: Roles = ["buyer"],
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
) -> Response:
    """Screen one name. No hit found is not clear."""
    countries, unknown = countries_in(country)
    if unknown:
        raise Refused(
            400, f"{', '.join(unknown)}: not a country; write a code such as cn"
        )
    if not fold(name):
        raise Refused(400, "name: no letter or digit to look for")
    asked = {
        "name": name,
        "countries": list(countries),
        "threshold": threshold,
        "limit": limit,
        "schema": schema,
        **placed(request, role, jurisdiction, as_of),
    }
    return await ask(request, "match", asked, at)


@router.get(
    "/entities/{entity_id}",
    summary="One entity with its evidence",
    response_model=Shown,
)
async def show(
    request: Request, entity_id: str, at: At, as_of: AsOf = None
) -> Response:
    """Give all that is known of an entity, each statement with its sources."""
    asked = {"entity": entity_id, "as_of": iso(as_of)}

    def tell(held: Held) -> dict[str, Any]:
        must_exist(held, entity_id)
        return answered(held, "show", asked, at.known)

    return await reply(request, at, tell)


@router.get(
    "/entities/{entity_id}/statements",
    summary="The statements about an entity, with citations",
    response_model=Statements,
)
async def statements(
    request: Request,
    entity_id: str,
    at: At,
    prop: Annotated[str | None, Query(max_length=100)] = None,
    as_of: AsOf = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1_000,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Say which source states which value, where, when and in which copy."""

    def tell(held: Held) -> dict[str, Any]:
        key = must_exist(held, entity_id)
        found = [
            claim
            for claim in claims_on(key, held.reader, as_of)
            if prop is None or claim.statement.prop == prop
        ]
        row = held.reader.entities[key]
        entity = {name: row[name] for name in ("id", "caption", "schema", "datasets")}
        return {
            "snapshot": held.snapshot.id,
            "freshness": held.freshness().to_json(),
            "entity": entity,
            "statements": [claim_json(one) for one in found[offset : offset + limit]],
            "total": len(found),
            "limit": limit,
            "offset": offset,
        }

    return await reply(request, at, tell)


@router.get(
    "/receipts/{receipt_id}", summary="A receipt that was kept", response_model=Receipt
)
async def receipt(
    request: Request,
    receipt_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")],
) -> Response:
    """Give a receipt of a screening, with the statements that its answer used."""
    home = desk_of(request).home
    found = await desk_of(request).slow.run(lambda _: read_receipt(home, receipt_id))
    if found is None:
        raise Refused(404, f"{receipt_id}: no such receipt is kept here")
    # Where a report was written on this machine is nobody's business but its user's.
    return as_json({key: value for key, value in found.items() if key != "reports"})
