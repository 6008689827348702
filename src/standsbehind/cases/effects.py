"""Effects for one entity: its designations, handed to the rules for each role that was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.cases.reaching import Reached, reached
from standsbehind.graph.reader import Reader
from standsbehind.model.designation import Designation
from standsbehind.standards.effects import Effect, decide
from standsbehind.standards.programs import load_programs
from standsbehind.standards.provisions import Role

__all__ = ["EntityEffects", "Position", "effects_for"]

_MAKES = frozenset({"makes", "built", "marketed"})
"""Roles of links by which a firm stands behind what its product can do."""


@dataclass(frozen=True, slots=True)
class Position:
    """Who asks, where, and for which day."""

    as_of: date
    roles: tuple[Role, ...] = ("buyer",)
    jurisdiction: str | None = None


@dataclass(frozen=True, slots=True)
class EntityEffects:
    """What each program does about one entity, for each role asked for."""

    entity_id: str
    designations: tuple[Designation, ...]
    effects: tuple[tuple[Role, tuple[Effect, ...]], ...]
    reached: Reached
    """How the listed names of others reach it, and the tests that were put."""


def effects_for(
    reader: Reader, entity_ids: Sequence[str], position: Position
) -> tuple[EntityEffects, ...]:
    """Decide the effects of each entity's own listings, in the order given.

    With them stand those of listed names that reach the entity: because they hold it, or
    make what it sells.
    """
    designations = reader.designations(entity_ids)
    return tuple(
        _effects(reader, key, designations[key], position) for key in entity_ids
    )


def _effects(
    reader: Reader,
    key: str,
    designations: tuple[Designation, ...],
    position: Position,
) -> EntityEffects:
    others = reached(reader, key, position.as_of)
    capabilities = capabilities_of(reader, key)
    effects = tuple(
        (
            role,
            decide(
                designations,
                role,
                position.as_of,
                load_programs(),
                position.jurisdiction,
                capabilities,
                others.reaches,
            ),
        )
        for role in position.roles
    )
    return EntityEffects(key, designations, effects, others)


def capabilities_of(reader: Reader, entity_id: str) -> frozenset[str]:
    """Collect what the evidence records that an entity, or a product it makes, can do."""
    own = _linked(reader, entity_id, frozenset({"has capability"}))
    products = _linked(reader, entity_id, _MAKES)
    of_products = (_linked(reader, p, frozenset({"has capability"})) for p in products)
    found = own.union(*of_products)
    return frozenset(key.removeprefix("core-") for key in found)


def _linked(reader: Reader, entity_id: str, roles: frozenset[str]) -> frozenset[str]:
    _, numbers = reader.graph.links(reader.numbers[entity_id])
    edges = reader.edges_at(numbers.tolist()).values()
    return frozenset(
        e.target for e in edges if e.source == entity_id and e.role in roles
    )
