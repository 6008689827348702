"""What of an entity holds on one day; without a day, all that is known of it."""

from datetime import date

from standsbehind.graph.reader import Reader
from standsbehind.model.dates import read_interval
from standsbehind.model.designation import Designation
from standsbehind.model.entity import Entity, fold
from standsbehind.model.schema import edge_ends
from standsbehind.model.statement import BASE_ID, Claim

__all__ = ["claims_on", "designations_on", "entity_on", "stands_on"]


def claims_on(entity_id: str, reader: Reader, day: date | None) -> tuple[Claim, ...]:
    """Return the claims whose time of validity may cover the day."""
    claims = reader.claims([entity_id])[entity_id]
    return tuple(
        claim
        for claim in claims
        if day is None or claim.statement.prop == BASE_ID or claim.valid.holds_on(day)
    )


def entity_on(entity_id: str, reader: Reader, day: date | None) -> Entity:
    """Return the entity as the fold of those claims."""
    return fold(claim.statement for claim in claims_on(entity_id, reader, day))


def stands_on(entity_id: str, reader: Reader, day: date | None) -> bool:
    """Whether a link or listing may hold on the day; what is neither always stands."""
    schema = reader.entities[entity_id]["schema"]
    is_dated = schema == "Sanction" or edge_ends(schema) is not None
    if day is None or not is_dated:
        return True
    whole = reader.entity(entity_id)
    dates = (whole.first(name) for name in ("startDate", "endDate"))
    return read_interval(*dates).holds_on(day)


def designations_on(
    entity_id: str, reader: Reader, day: date | None
) -> tuple[Designation, ...]:
    """Return the designations whose time on the list may cover the day."""
    found = reader.designations([entity_id])[entity_id]
    return tuple(d for d in found if day is None or d.interval.holds_on(day))
