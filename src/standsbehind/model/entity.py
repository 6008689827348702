"""An entity: the fold of all statements about one subject."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from standsbehind.model import schema
from standsbehind.model.statement import BASE_ID, Statement

__all__ = ["Entity", "fold"]

_CAPTION_PROPS = (
    "name",
    "label",
    "title",
    "weakAlias",
    "alias",
    "summary",
    "caseNumber",
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One subject as the statements describe it; values keep the order of the statements."""

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]
    datasets: tuple[str, ...]

    def get(self, prop: str) -> tuple[str, ...]:
        """Return all values of a property; empty where nothing is stated."""
        return self.properties.get(prop, ())

    def first(self, prop: str) -> str | None:
        """Return the first value of a property, or None."""
        return next(iter(self.get(prop)), None)

    @property
    def caption(self) -> str:
        """Return the name to print: the first name stated, else the id."""
        for prop in _CAPTION_PROPS:
            value = self.first(prop)
            if value is not None:
                return value
        return self.id


def fold(statements: Iterable[Statement]) -> Entity:
    """Fold statements of one entity. The most specific schema stated wins.

    Raises ValueError where there is no statement at all.
    """
    values: dict[str, dict[str, None]] = {}
    schemata: dict[str, None] = {}
    datasets: dict[str, None] = {}
    entity_id = ""
    for statement in statements:
        entity_id = statement.canonical_id
        schemata[statement.schema] = None
        datasets[statement.dataset] = None
        if statement.prop != BASE_ID:
            values.setdefault(statement.prop, {})[statement.value] = None
    if not entity_id:
        message = "an entity needs at least one statement"
        raise ValueError(message)
    properties = {prop: tuple(found) for prop, found in values.items()}
    return Entity(
        id=entity_id,
        schema=schema.most_specific(schemata),
        properties=MappingProxyType(properties),
        datasets=tuple(sorted(datasets)),
    )
