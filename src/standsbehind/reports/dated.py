"""What of an entity holds on one day; without a day, all that is known of it."""

from datetime import date

from standsbehind.graph.reader import Reader
from standsbehind.model.designation import Designation
from standsbehind.model.entity import Entity, fold
from standsbehind.model.statement import BASE_ID, Claim

__all__ = ["claims_on", "designations_on", "entity_on"]


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


def designations_on(
    entity_id: str, reader: Reader, day: date | None
) -> tuple[Designation, ...]:
    """Return the designations whose time on the list may cover the day."""
    found = reader.designations([entity_id])[entity_id]
    return tuple(d for d in found if day is None or d.interval.holds_on(day))
