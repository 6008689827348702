"""What a catalog may not say, from the data: the names of firms, places and countries."""

from collections.abc import Iterator, Mapping
from importlib import resources

from standsbehind.cases.kinds import entities_of
from standsbehind.connectors.countries import country_names
from standsbehind.graph.reader import Reader
from standsbehind.standards.impartial import (
    RULE_CODE,
    Names,
    Refused,
    refused_in_catalog,
    refused_in_code,
)

__all__ = ["names_in", "refused_rules"]

_NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation")
_LINK = "-"


def refused_rules(reader: Reader, catalog: Mapping[str, str]) -> tuple[Refused, ...]:
    """Read a catalog and the code that applies it, and name every line that may not stand."""
    names = names_in(reader)
    return (
        *refused_in_catalog(catalog, names),
        *refused_in_code(_rule_code(), names),
    )


def _rule_code() -> dict[str, str]:
    home = resources.files("standsbehind.standards")
    return {name: (home / name).read_text("utf-8") for name in RULE_CODE}


def names_in(reader: Reader) -> Names:
    """Take the names of the snapshot's firms, bodies, products and places, and all countries."""
    countries = country_names()
    named = ((name, "a country") for name in countries if len(name) > 3)
    codes = (name for name in countries if len(name) <= 3)
    return Names.of((*named, *_named(reader)), codes)


def _named(reader: Reader) -> Iterator[tuple[str, str]]:
    schemata = dict(entities_of(reader, _KINDS.__contains__))
    for row in reader.snapshot.table("names").to_pylist():
        kind = _KINDS.get(schemata.get(row["id"], ""))
        if kind and row["prop"] in _NAMES:
            yield row["value"], kind
    for key, schema in schemata.items():
        # `core-zhejiang-dahua` and `zhejiang-dahua` are names too; numbers of a list are not.
        own = key.partition(_LINK)[2]
        if own.replace(_LINK, "").isalpha():
            yield key.replace(_LINK, " "), _KINDS[schema]
            yield own.replace(_LINK, " "), _KINDS[schema]
    places = [key for key, kind in schemata.items() if kind in {"Deployment", "Place"}]
    for claims in reader.claims(places).values():
        for claim in claims:
            if claim.statement.prop == "city":
                yield claim.statement.value, "a place"


_KINDS: Mapping[str, str] = {
    "Company": "the name of a firm",
    "Deployment": "the name of a deployment",
    "LegalEntity": "the name of a firm",
    "Organization": "the name of an organisation",
    "Place": "a place",
    "Product": "the name of a product",
    "PublicBody": "the name of a public body",
}
