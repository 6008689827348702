"""Parties: entities and persons, and the reasons that are given where one is not named."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from standsbehind.connectors.context import Pull, Unread
from standsbehind.connectors.sources.bods.node import Node
from standsbehind.connectors.sources.bods.records import Record
from standsbehind.connectors.sources.bods.statement import day_in
from standsbehind.connectors.sources.bods.telling import Telling
from standsbehind.errors import SourceError

__all__ = ["Reason", "entity_of", "person_of", "reason_of", "unnamed", "words_of"]

Reason = str
"""Why a party is not named, in the words of the source."""

_SCHEMATA: Mapping[str, str] = MappingProxyType(
    {
        "registeredEntity": "Company",
        "legalEntity": "Organization",
        "arrangement": "Organization",
        "state": "PublicBody",
        "stateBody": "PublicBody",
    }
)
"""FollowTheMoney has no trust: an arrangement is an organisation of that legal form."""

_UNNAMED = frozenset(
    {"anonymousEntity", "unknownEntity", "anonymousPerson", "unknownPerson"}
)
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "": "name",
        "legal": "name",
        "individual": "name",
        "aka": "alias",
        "alias": "alias",
        "alternative": "alias",
        "nick": "alias",
        "translation": "alias",
        "transliteration": "alias",
        "birth": "previousName",
        "former": "previousName",
    }
)
_OF_A_PERSON = (
    "addresses",
    "deathDate",
    "hasPepStatus",
    "identifiers",
    "pepStatus",
    "pepStatusDetails",
    "placeOfBirth",
    "placeOfResidence",
    "politicalExposure",
    "taxResidencies",
)
"""What is left aside of a natural person."""

_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_LEI_SCHEMES = frozenset({"XI-LEI", "Global Legal Entity Identifier Index"})
_HOMES = frozenset({"placeOfBirth", "home", "residence"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words_of(code: str) -> str:
    """Write a code of the standard as words.

    >>> words_of("appointmentOfBoard"), words_of("voting-rights")
    ('appointment of board', 'voting rights')
    """
    return _CAMEL.sub(" ", code).replace("-", " ").lower()


def unnamed(record: Record) -> Reason | None:
    """Return why the party is not named, where it is one whom the source does not name."""
    node = record.current.node()
    kind = node.cells.get(f"{record.kind}Type")
    if isinstance(kind, dict):
        kind = kind.get("type")
    if not isinstance(kind, str) or kind not in _UNNAMED:
        return None
    given = node.node(f"unspecified{record.kind.capitalize()}Details")
    if record.kind == "person":
        # An account of somebody who is not named may tell who it is.
        given.ignore("description")
    reason = reason_of(given) or node.text("missingInfoReason")
    return f"{words_of(kind)}, {reason or 'no reason is given'}"


def reason_of(node: Node) -> Reason:
    """Take a reason and its account."""
    reason, account = words_of(node.text("reason")), node.text("description")
    return f"{reason} ({account})" if account else reason


def entity_of(pull: Pull, record: Record) -> tuple[Telling, list[Unread]]:
    """Read an entity. Raises SourceError where it has neither a name nor an identifier."""
    node = record.current.node()
    schema, form, odd = _kind(node)
    telling = Telling(pull, schema, record)
    telling.say("name", node.text("name"))
    telling.say("alias", *node.texts("alternateNames"))
    telling.say("legalForm", form)
    odd += _identifiers(telling, node)
    if len(telling.draft.claims) == 1 + bool(form):
        message = "an entity with neither a name nor an identifier"
        raise SourceError(message)
    odd += _places(telling, node)
    for field, prop in (
        ("foundingDate", "incorporationDate"),
        ("dissolutionDate", "dissolutionDate"),
    ):
        day, unread = day_in(node, field)
        telling.say(prop, day)
        odd += unread
    telling.say("sourceUrl", node.text("uri"))
    statute = node.node("formedByStatute")
    law = ", ".join(filter(None, (statute.text("name"), statute.text("date"))))
    telling.say("notes", f"Formed by statute: {law}." if law else None)
    _securities(telling, node)
    _closed(telling, record)
    node.ignore("isComponent")
    return telling, [*odd, *node.unread()]


def _kind(node: Node) -> tuple[str, str, list[Unread]]:
    """Take the type of an entity: its schema, and its form in the words of the source."""
    if isinstance(node.cells.get("entityType"), dict):
        given = node.node("entityType")
        kind, below, local = (given.text(n) for n in ("type", "subtype", "details"))
    else:
        kind, given = node.text("entityType"), node.node("entitySubtype")
        below = given.text("generalCategory").rpartition("-")[2]
        local = given.text("localTerm")
    is_listed = bool(node.cells.get("publicListing"))
    schema = _SCHEMATA.get(kind)
    odd = []
    if schema is None:
        odd.append(Unread(node.locator, f"entity type {kind!r}"))
    if kind == "legalEntity" and is_listed and _has_securities(node):
        schema = "Company"
    form = words_of(below if below not in ("", "other") else "")
    if local:
        form = f"{form} ({local})" if form else local
    return schema or "LegalEntity", form, odd


def _has_securities(node: Node) -> bool:
    listing = node.cells["publicListing"]
    return isinstance(listing, dict) and bool(listing.get("securitiesListings"))


def _identifiers(telling: Telling, node: Node) -> Iterator[Unread]:
    for one in node.nodes("identifiers"):
        number, scheme, title = (one.text(n) for n in ("id", "scheme", "schemeName"))
        register = f"{scheme} ({title})" if scheme and title else scheme or title
        page = one.text("uri")
        if scheme in _LEI_SCHEMES or title in _LEI_SCHEMES:
            if _LEI.fullmatch(number):
                telling.say("leiCode", number)
            else:
                yield Unread(node.locator, f"legal entity identifier {number!r}")
        elif number.startswith(("http://", "https://")):
            telling.say("sourceUrl", number)
        elif number:
            telling.say("registrationNumber", number, original=f"{scheme} {number}")
            telling.say(
                "notes", f"Number {number} is given under: {register or 'no scheme'}"
            )
        telling.say("sourceUrl", page)


def _places(telling: Telling, node: Node) -> Iterator[Unread]:
    for one in node.nodes("addresses"):
        kind, text, code = (one.text(n) for n in ("type", "address", "postCode"))
        if kind in _HOMES:
            one.ignore("country")
            continue
        text = " ".join(text.split())
        telling.say("address", text if code in text else f"{text}, {code}".strip(", "))
        yield from _country(telling, one)
    for field in ("jurisdiction", "incorporatedInJurisdiction"):
        yield from telling.place("jurisdiction", node.node(field))


def _country(telling: Telling, address: Node) -> Iterator[Unread]:
    """Take the country of an address: a code up to 0.3, an object in 0.4."""
    if isinstance(address.cells.get("country"), dict):
        yield from telling.place("country", address.node("country"))
    else:
        code = address.text("country")
        yield from telling.country("country", code, code, code)


def _securities(telling: Telling, node: Node) -> None:
    listing = node.node("publicListing")
    listing.ignore("hasPublicListing", "companyFilingsURLs")
    for one in listing.nodes("securitiesListings"):
        market, security = one.text("marketIdentifierCode"), one.node("security")
        ticker, scheme, number = (
            security.text(n) for n in ("ticker", "idScheme", "id")
        )
        one.ignore(
            "operatingMarketIdentifierCode",
            "stockExchangeJurisdiction",
            "stockExchangeName",
        )
        telling.say("ticker", f"{market}:{ticker}" if market and ticker else ticker)
        telling.say("isinCode", number if scheme.lower() == "isin" else None)


def _closed(telling: Telling, record: Record) -> None:
    if record.current.is_closed:
        day = record.current.day or "a day that is not stated"
        telling.say("notes", f"The source closed its record on {day}.")


def person_of(pull: Pull, record: Record) -> tuple[Telling, list[Unread]]:
    """Read a person: names, nationality, and a date of birth where it is a whole day.

    Raises SourceError where the person has no name.
    """
    node = record.current.node()
    telling = Telling(pull, "Person", record)
    odd = _names(telling, node)
    if not any(c.statement.prop == "name" for c in telling.draft.claims):
        message = "a person without a name"
        raise SourceError(message)
    if "personType" in node and (kind := node.text("personType")) != "knownPerson":
        odd.append(Unread(node.locator, f"type of a person {kind!r}"))
    for one in node.nodes("nationalities"):
        odd += telling.place("nationality", one)
    born, unread = day_in(node, "birthDate")
    telling.say("birthDate", born if born and len(born) == 10 else None)
    _closed(telling, record)
    node.ignore("isComponent", *_OF_A_PERSON)
    return telling, [*odd, *unread, *node.unread()]


def _names(telling: Telling, node: Node) -> list[Unread]:
    odd = []
    for one in node.nodes("names"):
        kind, whole = one.text("type"), one.text("fullName")
        parts = ("givenName", "patronymicName", "familyName")
        text = whole or " ".join(filter(None, (one.text(part) for part in parts)))
        one.ignore(*parts)
        if kind not in _NAMES:
            odd.append(Unread(node.locator, f"type of a name {kind!r}"))
        telling.say(_NAMES.get(kind, "alias"), text)
    return odd
