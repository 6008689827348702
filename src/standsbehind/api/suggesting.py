"""Suggestions: what begins with the letters that were typed, and what an entity can be extended by."""

from collections.abc import Iterator, Sequence
from typing import Any

from standsbehind.api.docs import doc_of
from standsbehind.api.held import Held
from standsbehind.api.reconciling import type_named
from standsbehind.api.search import Sought, found
from standsbehind.model.labels import (
    featured,
    is_hidden,
    is_matchable,
    label_of,
    owner_of,
    plural_of,
    property_label,
    value_label,
)
from standsbehind.model.schema import ancestors, property_type, schemata

__all__ = [
    "entities_beginning",
    "properties_beginning",
    "properties_of",
    "suggested",
    "types_beginning",
    "types_held",
    "values_of",
]

MOST = 20
"""Types or properties that are suggested."""


def suggested(prefix: str, result: list[dict[str, Any]]) -> dict[str, Any]:
    """Put suggestions into the form in which they are sent."""
    ok = {"code": "/api/status/ok", "status": "200 OK"}
    return {**ok, "prefix": prefix, "result": result}


def types_held(held: Held) -> list[str]:
    """List the types that a query may ask for and the snapshot has, with those above them."""
    here = {name for schema in held.reader.schemata for name in ancestors(schema)}
    return sorted(name for name in here if is_matchable(name))


def entities_beginning(
    held: Held, prefix: str, scope: frozenset[str] | None, page: tuple[int, int]
) -> list[dict[str, Any]]:
    """Find entities of which a name has the words, and one that begins with the last."""
    if not prefix.strip():
        return []
    start, limit = page
    nodes = found(held, Sought(prefix, "Thing", scope))[start : start + limit]
    docs = [doc_of(held, held.reader.ids[node]) for node in nodes.tolist()]
    return [
        {
            "id": doc["id"],
            "name": doc["caption"],
            "description": label_of(doc["schema"]),
            "type": [type_named(doc["schema"])],
            "notable": [type_named(doc["schema"])],
        }
        for doc in docs
    ]


def types_beginning(held: Held, prefix: str) -> list[dict[str, Any]]:
    """Find types by the beginning of a word of their names."""
    names = (
        n for n in types_held(held) if _begins(prefix, n, label_of(n), plural_of(n))
    )
    return [dict(type_named(name)) for name in names][:MOST]


def properties_beginning(held: Held, prefix: str) -> list[dict[str, Any]]:
    """Find properties by the beginning of a word of their names."""
    told = []
    for schema in types_held(held):
        for prop in sorted(schemata()[schema].properties):
            label = property_label(schema, prop)
            if _is_told(schema, prop) and _begins(prefix, prop, label):
                name = f"{label} ({label_of(schema)})"
                told.append(
                    {"id": f"{schema}:{prop}", "name": name, "description": label}
                )
    # Properties of what stands above all types are not types' own, and are wanted most.
    for prop in sorted(schemata()["Thing"].properties):
        label = property_label("Thing", prop)
        if _is_told("Thing", prop) and _begins(prefix, prop, label):
            told.insert(0, {"id": f"Thing:{prop}", "name": label, "description": label})
    return told[:MOST]


def _begins(prefix: str, *names: str) -> bool:
    asked = prefix.strip().casefold()
    words = (word for name in names for word in (name, *name.split()))
    return bool(asked) and any(word.casefold().startswith(asked) for word in words)


def _is_told(schema: str, prop: str) -> bool:
    return not is_hidden(schema, prop) and property_type(schema, prop) != "entity"


def properties_of(schema: str) -> list[dict[str, str]]:
    """List what entities of a type can be extended by: what describes them best comes first."""
    own = sorted({prop for name in ancestors(schema) for prop in _properties(name)})
    order = dict.fromkeys((*featured(schema), *own))
    return [
        {"id": prop, "name": property_label(schema, prop)}
        for prop in order
        if owner_of(schema, prop) and not is_hidden(schema, prop)
    ]


def _properties(schema: str) -> Sequence[str]:
    return tuple(schemata()[schema].properties) if schema in schemata() else ()


def values_of(
    held: Held, entity_id: str, prop: str, settings: tuple[int, bool]
) -> Iterator[dict[str, str]]:
    """Give the values of one property of an entity: entities by id and name, all else as text.

    `settings` are the most that are given, 0 for all, and whether codes are put into words.
    """
    limit, in_words = settings
    doc = doc_of(held, entity_id)
    kind = property_type(doc["schema"], prop)
    values: list[str] = doc["properties"].get(prop, [])
    for value in values[: limit or None]:
        if kind == "entity" and value in held.reader.entities:
            yield {"id": value, "name": held.reader.caption(value)}
        elif in_words and kind in {"country", "topic", "gender"}:
            yield {"str": value_label(kind, value)}  # type: ignore[arg-type]
        else:
            yield {"str": value}
