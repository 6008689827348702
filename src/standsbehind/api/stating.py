"""Stating: statements as they are told, page by page, line by line, and one by its id."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from standsbehind.api.answering import Refused
from standsbehind.api.earlier import Earlier
from standsbehind.api.held import Held
from standsbehind.graph.statements import Found, Sought
from standsbehind.publishing.states import State
from standsbehind.reports.fields import claim_json

__all__ = ["Filter", "lines", "must_exist", "page", "single"]

LOOKED_AT = 500_000
"""Statements that one page looks at; where few fit, it ends there and says from where to go on."""
AT_ONCE = 1_000
"""Lines that are made in one turn of the lane; others have theirs between two."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements are asked for."""

    entity: str | None = None
    """An id; one that was merged is that of today."""
    dataset: str | None = None
    prop: str | None = None
    value: str | None = None
    digest: str | None = None
    """SHA-256 of the copy that a statement was read from."""

    def sought(self, held: Held) -> Sought:
        """Say it in terms of the snapshot."""
        told = {"dataset": self.dataset, "prop": self.prop, "value": self.value}
        values = {name: value for name, value in told.items() if value is not None}
        if self.digest is None:
            return Sought(values)
        return Sought(values, held.statements.citing(self.digest))

    def bounds(self, held: Held) -> range:
        """Say where such statements may be. Raises Refused for an unknown entity."""
        if self.entity is None:
            return held.statements.bounds(None)
        return held.statements.bounds(must_exist(held, self.entity))


def must_exist(held: Held, entity_id: str) -> str:
    """Return the id of an entity by now. Raises Refused where the snapshot has none of that id."""
    if (key := held.id_today(entity_id)) is None:
        raise Refused(404, f"{entity_id}: no entity of this snapshot has that id")
    return key


def page(held: Held, wanted: Filter, start: int, limit: int) -> dict[str, Any]:
    """Give some statements from a place on, and the cursor of the next page."""
    found = _found(held, wanted, start, limit)
    after = found.after
    return {
        "snapshot": held.snapshot.id,
        "freshness": held.freshness().to_json(),
        "statements": list(_told(held, found.places)),
        "limit": limit,
        "next": None if after is None else f"{held.snapshot.id}.{after}",
    }


def single(held: Held, statement_id: str) -> dict[str, Any]:
    """Give one statement. Raises Refused where the snapshot has none of that id."""
    place = held.statements.place_of(statement_id)
    if place is None:
        message = (
            f"{statement_id}: no statement of this snapshot has that id; where it was "
            "retracted, known_on finds it as it was known by a day"
        )
        raise Refused(404, message)
    (told,) = _told(held, [place])
    age = held.freshness().to_json()
    return {"snapshot": held.snapshot.id, "freshness": age, "statement": told}


async def lines(earlier: Earlier, state: State, wanted: Filter) -> AsyncIterator[bytes]:
    """Write all statements that are asked for, one JSON document to a line."""
    start: int | None = 0
    while start is not None:
        ask = partial(_written, wanted=wanted, start=start)
        piece, start = await earlier.ask_state(state, ask)
        if piece:
            yield piece


def _written(held: Held, wanted: Filter, start: int) -> tuple[bytes, int | None]:
    found = _found(held, wanted, start, AT_ONCE)
    written = (orjson.dumps(one) + b"\n" for one in _told(held, found.places))
    return b"".join(written), found.after


def _found(held: Held, wanted: Filter, start: int, limit: int) -> Found:
    whole = wanted.bounds(held)
    within = range(max(start, whole.start), max(start, whole.stop))
    return held.statements.find(wanted.sought(held), within, limit, LOOKED_AT)


def _told(held: Held, places: Sequence[int]) -> Iterator[dict[str, Any]]:
    claims = held.statements.at(places)
    moments = held.statements.recorded(places)
    for claim, moment in zip(claims, moments, strict=True):
        key = claim.statement.canonical_id
        yield {
            "entity": {
                "id": key,
                "caption": held.reader.caption(key),
                "schema": claim.statement.schema,
            },
            "record": claim.statement.entity_id,
            **claim_json(claim),
            "recorded_at": moment,
        }
