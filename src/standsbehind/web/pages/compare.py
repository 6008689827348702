"""Compare: what changed between two snapshots, entity by entity, with the statements."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.api.answering import Refused
from standsbehind.model.labels import label_of, property_label
from standsbehind.publishing.difference import Difference
from standsbehind.store.snapshot import Snapshot, history
from standsbehind.web.asking import Asked, page

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PAGE = 20
FURTHEST = 1_000_000
MOST_STATEMENTS = 12
"""Statements of one entity that a page lists."""


@router.get("/compare")
async def compare(request: Request) -> Response:
    """Say what changed from one snapshot, or day, to another."""
    return await page(request, "compare.html.j2", _told, lane="slow")


def _told(asked: Asked) -> Mapping[str, Any]:
    held = history(asked.held.home.snapshots)
    before, after = _sides(asked, held)
    told = {"held": held[::-1], "before": before, "after": after, "found": None}
    if before is None or after is None:
        return told
    dataset = asked.text("dataset") or None
    found = asked.held.once(
        "difference",
        (before.id, after.id, dataset),
        lambda: Difference(before, after, dataset),
    )
    offset = asked.number("offset", 0, FURTHEST)
    return {
        **told,
        "found": found,
        "offset": offset,
        "step": PAGE,
        "entities": found.entities(found.ids[offset : offset + PAGE]),
        "datasets": sorted({s["id"] for side in (before, after) for s in side.sources}),
        "dataset": found.dataset,
        "label_of": label_of,
        "property_label": property_label,
        "most": MOST_STATEMENTS,
        "settled": {"before": before.id, "after": after.id},
    }


def _sides(
    asked: Asked, held: Sequence[Snapshot]
) -> tuple[Snapshot | None, Snapshot | None]:
    """Return the snapshots that are named; else the one that is read, and the one before it."""
    here = next((n for n, s in enumerate(held) if s.id == asked.held.snapshot.id), 0)
    first, last = asked.text("before"), asked.text("after")
    return (
        _named(held, first) if first else (held[here - 1] if here else None),
        _named(held, last) if last else held[here],
    )


def _named(held: Sequence[Snapshot], text: str) -> Snapshot:
    """Return the snapshot of an id, or the last that is kept of what was known on a day."""
    of_day = [one for one in held if str(one.manifest["known_on"])[:10] <= text]
    fits = [one for one in held if one.id == text] or of_day * bool(
        _DAY.fullmatch(text)
    )
    if not fits:
        raise Refused(404, f"{text}: no snapshot of that id or day is kept here")
    return fits[-1]
