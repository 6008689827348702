"""Search: what is typed into a box finds entities, with counts of what was found by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.api.answering import Refused
from standsbehind.api.held import Held
from standsbehind.graph.lookup import SECONDARY
from standsbehind.matching.names import fold, fold_number
from standsbehind.model.labels import label_of, value_label
from standsbehind.model.schema import is_a, schemata

__all__ = ["FACETS", "Sought", "facets_of", "found", "label_in_facet"]

NEAR = 0.5
"""The score from which a name that is like the text is found, where `fuzzy` asks for it,"""
LIKE = 0.7
"""and where it does not."""
MOST_LISTED = 50
"""Values of one facet, the most frequent first."""
LONGEST = 1_000
"""Characters of a text that is searched for."""

FACETS: Mapping[str, str] = {
    "datasets": "Data sources",
    "schema": "Entity types",
    "countries": "Countries",
    "identifiers": "Identifiers",
    "topics": "Topics",
    "genders": "Genders",
}

Nodes = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for, and what of it is wanted."""

    text: str
    schema: str
    scope: frozenset[str] | None
    exclude_schema: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    changed_since: str | None = None
    target: bool | None = None
    operator: Literal["OR", "AND"] = "OR"
    """Whether one value of a field is enough, or all must be there."""
    fuzzy: bool = False


def found(held: Held, sought: Sought) -> Nodes:
    """Find entities, the nearest first; without a text, all in the order of their ids.

    Raises Refused for a type or a filter that does not exist.
    """
    mask = _wanted(held, sought)
    if not sought.text.strip():
        return np.flatnonzero(mask).astype(np.int32)
    ranks = _ranks(held, sought)
    nodes = np.array([node for node in ranks if mask[node]], np.int32)
    nearness = np.array([ranks[node] for node in nodes.tolist()])
    order = np.lexsort((nodes, -nearness))
    return nodes[order]


def _ranks(held: Held, sought: Sought) -> dict[int, float]:
    """Rank what the text finds: by its id or number, by its words, by its likeness to a name."""
    text = sought.text.strip()[:LONGEST]
    ranks: dict[int, float] = {}
    words = fold(text).split()
    for node in held.words.bearing(words).tolist():
        longest = max(len(fold(held.reader.entities.at(node)["caption"])), 1)
        ranks[node] = 0.5 + 0.4 * min(1.0, len(" ".join(words)) / longest)
    if words:
        for match in held.lookup.matches(text, NEAR if sought.fuzzy else LIKE):
            node = held.reader.numbers[match.entity_id]
            ranks[node] = max(ranks.get(node, 0.0), match.score)
    numbered = held.lookup.identifiers.get(fold_number(text), ())
    for key in (held.merges.canonical(text), *(entity for entity, _ in numbered)):
        if key in held.reader.entities:
            ranks[held.reader.numbers[key]] = 1.0
    return ranks


def _wanted(held: Held, sought: Sought) -> Mask:
    """Mark the entities of which the text may find any; shape (n,)."""
    mask = _of_type(held, sought)
    if sought.scope is not None:
        mask &= _holding(held, "datasets", tuple(sought.scope), "OR")
    for field in ("countries", "topics", "datasets"):
        values: tuple[str, ...] = getattr(sought, field)
        if values:
            mask &= _holding(held, field, values, sought.operator)
    if sought.changed_since is not None:
        mask &= held.seen.changed_since(sought.changed_since)
    if sought.target is not None:
        mask &= held.reader.designated == sought.target
    for one in sought.filters:
        mask &= _filtered(held, one)
    return mask


def _of_type(held: Held, sought: Sought) -> Mask:
    if sought.schema not in schemata():
        raise Refused(400, "Invalid schema")
    hidden = {*sought.exclude_schema, *(SECONDARY - {sought.schema})}
    fits = [
        is_a(schema, sought.schema) and schema not in hidden
        for schema in held.reader.schemata
    ]
    return np.array(fits, np.bool_)[held.reader.schema_codes]


def _holding(held: Held, field: str, values: Sequence[str], operator: str) -> Mask:
    nodes, texts = held.values(field)
    masks = []
    for value in dict.fromkeys(values):
        mask = np.zeros(len(held.reader.ids), np.bool_)
        mask[nodes[pc.equal(texts, value).to_numpy(zero_copy_only=False)]] = True
        masks.append(mask)
    if not masks:
        return np.zeros(len(held.reader.ids), np.bool_)
    joined: Mask = (np.logical_and if operator == "AND" else np.logical_or).reduce(
        masks
    )
    return joined


def _filtered(held: Held, text: str) -> Mask:
    field, colon, value = text.partition(":")
    if not colon or not field:
        raise Refused(400, f"Invalid filter: {text}; write it as field:value")
    if field in FACETS:
        return _holding(held, field, [value], "OR")
    prop = field.removeprefix("properties.")
    if not any(prop in schema.properties for schema in schemata().values()):
        raise Refused(
            400,
            f"Invalid filter: {field} is no field; known are {', '.join(FACETS)} and properties.NAME",
        )
    return _holding(held, prop, [value], "OR")


def facets_of(held: Held, nodes: Nodes, names: Sequence[str]) -> dict[str, Any]:
    """Count the values of some fields among entities, the most frequent first."""
    chosen = np.zeros(len(held.reader.ids), np.bool_)
    chosen[nodes] = True
    found = {}
    for name in dict.fromkeys(names):
        bearers, values = held.values(name)
        counted = values.filter(pa.array(chosen[bearers])).value_counts().to_pylist()
        counted.sort(key=lambda one: (-one["counts"], one["values"]))
        found[name] = {
            "label": FACETS[name],
            "values": [
                {
                    "name": one["values"],
                    "label": label_in_facet(held, name, one["values"]),
                    "count": one["counts"],
                }
                for one in counted[:MOST_LISTED]
            ],
        }
    return found


def label_in_facet(held: Held, field: str, value: str) -> str:
    """Say what a value of a field is called."""
    found = _LABELS.get(field)
    return found(held, value) if found else value


_LABELS: Mapping[str, Callable[[Held, str], str]] = {
    "datasets": lambda held, name: held.titles.get(name, name),
    "schema": lambda _, name: label_of(name),
    "countries": lambda _, code: value_label("country", code),
    "topics": lambda _, code: value_label("topic", code),
    "genders": lambda _, code: value_label("gender", code),
}
