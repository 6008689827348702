"""Entities as FollowTheMoney documents, as yente writes them: alone, or with what lies around them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from standsbehind.api.held import Held
from standsbehind.model.entity import fold
from standsbehind.model.labels import label_of, reverse_of
from standsbehind.model.schema import edge_ends, property_type
from standsbehind.model.statement import Claim

__all__ = ["Doc", "adjacent_ids", "doc_of", "docs_of", "nested"]

Doc = dict[str, Any]

MOST_NESTED = 200
"""Neighbours by one property that stand in a nested document; `adjacent` pages through all."""


def doc_of(held: Held, entity_id: str) -> Doc:
    """Write one entity. Raises KeyError for an unknown id."""
    return docs_of(held, [entity_id])[0]


def docs_of(held: Held, ids: Sequence[str]) -> list[Doc]:
    """Write several entities in their order, read from the snapshot in one go."""
    missing = [key for key in dict.fromkeys(ids) if key not in held.docs]
    claims = held.reader.claims(missing)
    for key in missing:
        held.docs[key] = _doc(held, key, claims[key])
    return [held.docs[key] for key in ids]


def _doc(held: Held, entity_id: str, claims: Sequence[Claim]) -> Doc:
    node = held.reader.numbers[entity_id]
    entity = fold(claim.statement for claim in claims)
    merged = [one.id for one in held.merges.members(entity_id)]
    records = dict.fromkeys([*merged, *(c.statement.entity_id for c in claims)])
    read = [held.seen.read[name] for name in entity.datasets if name in held.seen.read]
    return {
        "id": entity_id,
        "caption": _caption(held, entity_id, entity.schema),
        "schema": entity.schema,
        "properties": {prop: list(found) for prop, found in entity.properties.items()},
        "datasets": list(entity.datasets),
        "referents": [key for key in records if key != entity_id],
        "target": bool(held.reader.designated[node]),
        "first_seen": held.seen.first_of(node),
        "last_seen": max(read, default=None),
        "last_change": held.seen.last_of(node),
    }


def _caption(held: Held, entity_id: str, schema: str) -> str:
    caption = held.reader.caption(entity_id)
    return label_of(schema) if caption == entity_id else caption


def nested(held: Held, entity_id: str) -> Doc:
    """Write an entity with its neighbours in place of their ids.

    A neighbour that is a link holds the entity at its other end. Nothing holds what holds it.
    """
    root = doc_of(held, entity_id)
    around = adjacent_ids(held, entity_id)
    shown = {prop: ids[:MOST_NESTED] for prop, ids in around.items()}
    docs_of(held, [key for ids in shown.values() for key in ids])
    found = {
        prop: [neighbour(held, key, {entity_id}) for key in ids]
        for prop, ids in shown.items()
    }
    return {**root, "properties": {**root["properties"], **found}}


def neighbour(held: Held, entity_id: str, above: set[str]) -> Doc:
    """Write a neighbour; where it is a link, with the entities at its ends."""
    doc = doc_of(held, entity_id)
    if edge_ends(doc["schema"]) is None:
        return doc
    forward = _forward(held, doc)
    held_by = above | {entity_id}
    found = {
        prop: [doc_of(held, key) for key in ids if key not in held_by]
        for prop, ids in forward.items()
    }
    kept = {prop: values for prop, values in found.items() if values}
    rest = {p: v for p, v in doc["properties"].items() if p not in forward}
    return {**doc, "properties": {**rest, **kept}}


def adjacent_ids(held: Held, entity_id: str) -> dict[str, list[str]]:
    """List the neighbours of an entity by property: those it names, and those that name it."""
    found: dict[str, dict[str, None]] = {}
    for prop, ids in _forward(held, doc_of(held, entity_id)).items():
        found.setdefault(prop, {}).update(dict.fromkeys(ids))
    reader = held.reader
    for prop, node in held.pointers.to(reader.numbers[entity_id]):
        row = reader.entities.at(node)
        back = reverse_of(row["schema"], prop)
        found.setdefault(back, {})[row["id"]] = None
    return {prop: list(ids) for prop, ids in found.items()}


def _forward(held: Held, doc: Mapping[str, Any]) -> dict[str, list[str]]:
    properties: Mapping[str, Iterable[str]] = doc["properties"]
    named = {
        prop: [value for value in values if value in held.reader.entities]
        for prop, values in properties.items()
        if property_type(doc["schema"], prop) == "entity"
    }
    return {prop: ids for prop, ids in named.items() if ids}
