"""What types, properties and values are called, and by which property a link leads back."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal

from standsbehind.model.schema import ancestors, schemata

__all__ = [
    "featured",
    "is_hidden",
    "is_matchable",
    "label_of",
    "owner_of",
    "plural_of",
    "property_label",
    "reverse_of",
    "value_label",
]

ValueKind = Literal["country", "topic", "gender"]

_OURS_MATCHED = frozenset({"Product"})
"""The types of our own that a query may ask for."""


@cache
def _told() -> Mapping[str, Any]:
    text = (resources.files(__package__) / "ftm_words.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _of(schema: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _told()["schemata"].get(schema, {})
    return found


def label_of(schema: str) -> str:
    """Return what one of a type is called: `Public body` for `PublicBody`."""
    return str(_of(schema).get("label") or _in_words(schema))


def plural_of(schema: str) -> str:
    """Return what several of a type are called."""
    return str(_of(schema).get("plural") or f"{_in_words(schema)}s")


@cache
def is_matchable(schema: str) -> bool:
    """Whether a query may ask for entities of the type by an example."""
    return schema in _OURS_MATCHED or bool(_of(schema).get("matchable"))


@cache
def featured(schema: str) -> Sequence[str]:
    """Return the properties that describe a type best, the most telling first."""
    found: list[str] = _of(schema).get("featured", [])
    return tuple(found)


@cache
def owner_of(schema: str, prop: str) -> str | None:
    """Return the type that a property comes from; None where the type has no such property."""
    if schema in schemata() and prop in schemata()[schema].properties:
        return schema
    above = sorted(ancestors(schema) - {schema}, key=lambda n: -len(ancestors(n)))
    known = (name for name in above if name in schemata())
    return next((n for n in known if prop in schemata()[n].properties), None)


@cache
def property_label(schema: str, prop: str) -> str:
    """Return what a property is called: `Date of birth` for `birthDate`."""
    owner = owner_of(schema, prop) or schema
    return str(_of(owner).get("labels", {}).get(prop) or _in_words(prop))


@cache
def is_hidden(schema: str, prop: str) -> bool:
    """Whether FollowTheMoney keeps a property out of sight."""
    return prop in _of(owner_of(schema, prop) or schema).get("hidden", ())


@cache
def reverse_of(schema: str, prop: str) -> str:
    """Return the name under which the entity at the end of a link finds it again.

    `ownershipOwner` for `Ownership:owner`. Where FollowTheMoney names none, or does not know
    the type, it is made in the same way.
    """
    owner = owner_of(schema, prop) or schema
    named: str | None = _of(owner).get("reverse", {}).get(prop)
    return named or f"{owner[:1].lower()}{owner[1:]}{prop[:1].upper()}{prop[1:]}"


def value_label(kind: ValueKind, value: str) -> str:
    """Return what a code is called: `China` for the country `cn`; the code where it is unknown."""
    return str(_told()["values"][kind].get(value, value))


def _in_words(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
    return words[:1].upper() + words[1:]
