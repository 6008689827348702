"""A profile: all that is known of one entity, and what follows from it for who asks."""

from dataclasses import dataclass

from standsbehind.cases.effects import EntityEffects, Position, effects_for
from standsbehind.cases.screening import own_links
from standsbehind.graph.reader import Reader
from standsbehind.model.designation import Designation
from standsbehind.model.edge import Edge
from standsbehind.model.reply import Reply
from standsbehind.model.statement import Claim
from standsbehind.tracing.exposure import exposures
from standsbehind.tracing.ownership import Ownership, Question, ownership
from standsbehind.tracing.paths import Path

__all__ = ["Near", "Profile", "profile_of"]


@dataclass(frozen=True, slots=True)
class Near:
    """A listed subject near the entity, with the path to it and its listings."""

    entity_id: str
    path: Path
    designations: tuple[Designation, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity with what its sources say and what each program does about it."""

    entity_id: str
    position: Position
    claims: tuple[Claim, ...]
    effects: EntityEffects
    """With its own designations."""
    near: tuple[Near, ...]
    more_near: bool
    """Whether more listed subjects stand near than are given."""
    links: tuple[Edge, ...]
    """The best evidenced first."""
    replies: tuple[Reply, ...]
    """Replies to any of this."""
    owners: Ownership
    assets: Ownership


def profile_of(
    reader: Reader, entity_id: str, position: Position, most_holders: int
) -> Profile:
    """Put together what the snapshot holds of an entity. Raises KeyError for an unknown id."""
    (effects,) = effects_for(reader, [entity_id], position, with_others=True)
    found, more = exposures(reader, entity_id, position.as_of)
    near = tuple(
        Near(e.entity_id, e.path, reader.designations([e.entity_id])[e.entity_id])
        for e in found
        if e.path is not None
    )
    links = own_links(reader, entity_id)
    told = [
        entity_id,
        *(edge.id for edge in links),
        *(listing.id for listing in effects.designations),
        *(hop.edge.id for one in near for hop in one.path.hops),
        *(listing.id for one in near for listing in one.designations),
    ]
    owners, assets = (
        ownership(reader, Question(entity_id, side, position.as_of, (), most_holders))
        for side in ("owners", "assets")
    )
    return Profile(
        entity_id=entity_id,
        position=position,
        claims=reader.claims([entity_id])[entity_id],
        effects=effects,
        near=near,
        more_near=more,
        links=links,
        replies=reader.replies(told),
        owners=owners,
        assets=assets,
    )
