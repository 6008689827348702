"""The types of entities: FollowTheMoney's, as vendored in `ftm.json`, and the few of our own."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

__all__ = [
    "OURS",
    "Schema",
    "acting_ends",
    "edge_ends",
    "ftm_version",
    "is_a",
    "is_subject",
    "most_specific",
    "property_type",
    "schemata",
]


@dataclass(frozen=True, slots=True)
class Schema:
    """One type of entity; an edge has two properties that hold its ends."""

    name: str
    extends: tuple[str, ...]
    edge: tuple[str, str] | None
    properties: Mapping[str, str]
    """Own properties and their FollowTheMoney types (`name`, `date`, `entity`, ...)."""


def _ours(
    name: str, extends: str, edge: tuple[str, str] | None = None, **properties: str
) -> Schema:
    return Schema(name, (extends,), edge, MappingProxyType(properties))


OURS: tuple[Schema, ...] = (
    _ours("Product", "Thing", kind="string", model="string", maker="entity"),
    _ours("Capability", "Thing"),
    _ours("Deployment", "Thing", city="string", operator="entity", place="entity"),
    _ours("Place", "Thing", city="string"),
    _ours("AffectedGroup", "Thing"),
    _ours("Commitment", "Thing", startDate="date", endDate="date"),
    _ours(
        "HarmReport", "Thing", about="entity", body="string", date="date", harm="string"
    ),
    _ours(
        "Search",
        "Thing",
        about="entity",
        conduct="string",
        date="date",
        lookedAt="entity",
        matter="entity",
        notFound="string",
    ),
    _ours(
        "Norm",
        "Thing",
        startDate="date",
        effective="string",
        exception="text",
        notice="string",
    ),
    _ours("AuditFinding", "Thing", date="date"),
    _ours(
        "Judgement",
        "Thing",
        left="entity",
        right="entity",
        verdict="string",
        author="string",
        date="date",
        endDate="date",
    ),
    _ours(
        "Reply", "Thing", author="entity", about="entity", answers="entity", date="date"
    ),
    _ours(
        "Supply",
        "Interest",
        ("supplier", "recipient"),
        supplier="entity",
        recipient="entity",
    ),
    _ours("Rebrand", "Interest", ("maker", "brand"), maker="entity", brand="entity"),
    _ours(
        "Funding",
        "Interest",
        ("funder", "recipient"),
        funder="entity",
        recipient="entity",
    ),
)
"""What FollowTheMoney lacks: products, deployments, replies, judgements, and their edges."""

_EXTRA_PROPERTIES = {
    "Interest": {
        "affectedGroup": "entity",
        "amount": "string",
        "confidence": "string",
        "country": "country",
        "place": "entity",
        "statusNote": "string",
    },
    "LegalEntity": {"city": "string", "region": "string"},
    "Sanction": {
        "confidence": "string",
        "listedName": "name",
        "notes": "text",
        "scope": "text",
        "statusNote": "string",
    },
}
"""Properties of ours on FollowTheMoney's types; other readers keep them as unknown ones."""


@cache
def schemata() -> Mapping[str, Schema]:
    """Return all known schemata by name, FollowTheMoney's and ours."""
    known = {schema.name: schema for schema in OURS}
    for name, spec in _vendored()["schemata"].items():
        known[name] = Schema(
            name=name,
            extends=tuple(spec["extends"]),
            edge=(spec["edge"][0], spec["edge"][1]) if spec["edge"] else None,
            properties=MappingProxyType(
                spec["properties"] | _EXTRA_PROPERTIES.get(name, {})
            ),
        )
    return MappingProxyType(known)


def ftm_version() -> str:
    """Return the version of FollowTheMoney that the vendored types were taken from."""
    return str(_vendored()["followthemoney"])


@cache
def _vendored() -> dict[str, Any]:
    text = (resources.files(__package__) / "ftm.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def ancestors(name: str) -> frozenset[str]:
    """Return the schema and all it descends from; just the name where it is foreign."""
    schema = schemata().get(name)
    if schema is None:
        return frozenset({name})
    above = (ancestors(parent) for parent in schema.extends)
    return frozenset({name}).union(*above)


def is_a(name: str, ancestor: str) -> bool:
    """Whether a schema is another or descends from it."""
    return ancestor in ancestors(name)


def most_specific(names: Iterable[str]) -> str:
    """Return the name that descends from the most of the others; the first where several do."""
    given = list(names)
    return max(given, key=lambda name: len(ancestors(name) & set(given)))


@cache
def edge_ends(name: str) -> tuple[str, str] | None:
    """Return the properties that hold source and target, or None where it is no edge."""
    schema = schemata().get(name)
    if schema is None:
        return None
    if schema.edge is not None:
        return schema.edge
    return next(filter(None, (edge_ends(parent) for parent in schema.extends)), None)


@cache
def acting_ends(name: str) -> tuple[str, str] | None:
    """Return the ends in the order in which a link is told: who acts comes first.

    FollowTheMoney runs a ContractAward from the contract to the supplier; "the supplier won
    the contract" is how it is read.
    """
    ends = edge_ends(name)
    return ends[::-1] if ends and name == "ContractAward" else ends


@cache
def is_subject(name: str) -> bool:
    """Whether a list can name it: no edge, nothing said of a subject, no rule or paper."""
    return edge_ends(name) is None and name not in _NOT_LISTED


_NOT_LISTED = {
    "Address",
    "Article",
    "HarmReport",
    "Judgement",
    "Norm",
    "Reply",
    "Sanction",
    "Search",
}


@cache
def property_type(schema_name: str, prop: str) -> str:
    """Return FollowTheMoney's type of a property; `string` for a foreign one."""
    for name in sorted(ancestors(schema_name)):
        schema = schemata().get(name)
        if schema is not None and prop in schema.properties:
            return schema.properties[prop]
    return "string"
