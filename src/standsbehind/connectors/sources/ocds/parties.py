"""Parties: the organisations of a process, by register number where one is given."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from standsbehind.connectors.context import Draft, Quarantined
from standsbehind.connectors.sources.ocds.merging import Leaf, Part
from standsbehind.connectors.sources.ocds.process import Process
from standsbehind.connectors.stated import Gathered, Stated
from standsbehind.model.citation import Citation

__all__ = ["Parties", "Party"]

_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_PROPS: Mapping[str, str] = MappingProxyType(
    {
        "LEI": "leiCode",
        "XI-LEI": "leiCode",
        "DUNS": "dunsCode",
        "US-DUNS": "dunsCode",
        "XI-DUNS": "dunsCode",
    }
)
_ROLES = frozenset(
    {
        "buyer",
        "procuringEntity",
        "supplier",
        "tenderer",
        "funder",
        "enquirer",
        "payer",
        "payee",
        "reviewBody",
        "interestedParty",
    }
)
_NOT_READ = (
    "additionalContactPoints",
    "beneficialOwners",
    "contactPoint",
    "persones",
    "shareholders",
)
_PERSON = "a natural person, who is not read"
_PERSONS = frozenset(
    {
        "individual",
        "natural person",
        "naturalperson",
        "persona fisica",
        "persona natural",
        "pessoa fisica",
        "personne physique",
        "physical person",
        "self employed",
        "selfemployed",
        "sole proprietor",
        "soleproprietor",
        "sole trader",
        "soletrader",
    }
)
_PERSON_FIELDS = frozenset({"isindividual", "isnaturalperson", "naturalperson"})
_PERSON_SCHEMES = frozenset({"MX-CURP", "UA-IPN"})
"""Registers that number natural persons alone."""


@dataclass(frozen=True, slots=True)
class Party:
    """One organisation of a process; a natural person, or one without a name, is not read."""

    draft: Draft | None
    cited: Citation
    """Where the process names it."""
    roles: frozenset[str] = frozenset()
    reason: str = ""
    """Why it is not read."""

    def label(self, key: str) -> str:
        """Name it by its id in the process; of a person, whose number that may be, say no id."""
        hidden = key.startswith("#") or self.reason == _PERSON
        return "of the process" if hidden else key


@dataclass(slots=True)
class Parties:
    """The parties of one process, by their ids in it."""

    process: Process
    firms: Gathered
    linked: set[str]
    """Those that bought, sold or managed; who only tendered is not read."""
    by_id: dict[str, Party] = field(default_factory=dict)
    names: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """The names that the process gives under one register number."""

    def read(self, root: Part) -> Iterator[Quarantined]:
        """Read the list of parties; those who are neither linked nor act are left out."""
        listed = list(root.parts("parties"))
        for _, part in listed:
            self._note_name(part.fields)
        for key, part in listed:
            party = self._party(key, part, f"party {key}")
            self.by_id[key] = party
            if party.reason:
                who = f"party {party.label(key)}"
                yield Quarantined(f"{part.locator} / {who}", f"{who} is {party.reason}")

    def named(self, reference: Part, role: str) -> Party | None:
        """Find who a reference names; None where it names nobody."""
        if not reference.fields:
            return None
        key = reference.take("id").text
        if key in self.by_id:
            reference.ignore("name", *_NOT_READ)
            reference.unread()
            return self.by_id[key]
        self._note_name(reference.fields)
        return self._party(key, reference, role)

    def acting(self, role: str) -> Iterator[Party]:
        """Give the parties that are listed with a role."""
        return (one for one in self.by_id.values() if role in one.roles)

    def _note_name(self, fields: Mapping[str, Any]) -> None:
        identity = _identity(fields)
        name = fields.get("name")
        if identity and isinstance(name, Leaf):
            self.names.setdefault(identity, set()).add(_fold(name.text))

    def _party(self, key: str, part: Part, where: str) -> Party:
        part.ignore("id", *_NOT_READ)
        name = part.take("name")
        identity = _identity(part.fields)
        given = part.part("identifier")
        legal = given.take("legalName")
        roles = frozenset(self._roles(part))
        told = name if name.text else legal
        cited = self.process.cite(told, where, told.text)
        if _is_person(part, identity):
            return Party(None, self.process.cite(told, where), roles, _PERSON)
        if not told.text:
            return Party(None, cited, roles, "not named in the process")
        tells = self._key(key, identity, given, told)
        draft, stated = self.firms.entity("Organization", *tells, citation=cited)
        stated.add(cited, "name", told.text)
        if _fold(legal.text) != _fold(told.text):
            stated.add(self.process.cite(legal, where), "alias", legal.text)
        self._add_numbers(stated, part, given, where)
        self._add_address(stated, part.part("address"), where)
        part.unread()
        return Party(draft, cited, roles)

    def _roles(self, part: Part) -> Iterator[str]:
        for role in part.take_all("roles"):
            if role.text not in _ROLES:
                part.odd.note(part.locator, f"role {role.text!r}")
            yield role.text

    def _key(
        self, key: str, identity: tuple[str, str] | None, given: Part, name: Leaf
    ) -> tuple[str, ...]:
        """Choose what tells the organisation apart: its register number, else its process."""
        # Careless publishers give one number to several organisations.
        if identity and len(self.names.get(identity, ())) == 1:
            return ("organisation", *identity)
        number = given.fields.get("id")
        local = number.text if isinstance(number, Leaf) and not identity else ""
        known = key if key and not key.startswith("#") else local or name.text
        return ("party", self.process.ocid, known)

    def _add_numbers(self, stated: Stated, part: Part, given: Part, where: str) -> None:
        for one in (given, *(more for _, more in part.parts("additionalIdentifiers"))):
            scheme, number = one.take("scheme"), one.take("id")
            cited = self.process.cite(number, where)
            prop = _prop(scheme.text, number.text)
            written = f"{scheme.text}-{number.text}" if scheme.text else None
            stated.add(cited, prop, number.text, original=written)
            one.ignore("uri", "legalName")
            one.unread()

    def _add_address(self, stated: Stated, address: Part, where: str) -> None:
        names = ("streetAddress", "postalCode", "locality", "region")
        lines = [address.take(name) for name in names]
        told = [line for line in lines if line.text]
        if told:
            text = ", ".join(line.text for line in told)
            stated.add(self.process.cite(told[-1], where), "address", text)
        for name in ("countryName", "country"):
            country = address.take(name)
            stated.add_country(
                self.process.cite(country, where), "country", country.text
            )
        address.unread()


def _identity(fields: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return scheme and number of an organisation; None where one of them is missing."""
    given = fields.get("identifier")
    if not isinstance(given, dict):
        return None
    held = (given.get("scheme"), given.get("id"))
    scheme, number = (one.text if isinstance(one, Leaf) else "" for one in held)
    return (scheme, number) if scheme and number else None


def _prop(scheme: str, number: str) -> str:
    prop = _PROPS.get(scheme.upper(), "registrationNumber" if scheme else "idNumber")
    return "idNumber" if prop == "leiCode" and not _LEI.fullmatch(number) else prop


def _is_person(part: Part, identity: tuple[str, str] | None) -> bool:
    """Whether the publisher marks the party as a natural person, in any field of `details`."""
    details = part.fields.pop("details", None)
    if identity and identity[0].upper() in _PERSON_SCHEMES:
        return True
    return any(
        _fold(leaf.text) in _PERSONS
        or (_fold(name).replace(" ", "") in _PERSON_FIELDS and leaf.text == "true")
        for name, leaf in _leaves("", details)
    )


def _leaves(name: str, node: object) -> Iterator[tuple[str, Leaf]]:
    if isinstance(node, dict):
        for key, below in node.items():
            yield from _leaves(key, below)
    elif isinstance(node, Leaf):
        values = node.value if isinstance(node.value, list) else [node.value]
        yield from ((name, Leaf(value, node.place)) for value in values)


def _fold(text: str) -> str:
    """Fold case, accents and hyphens, so that `Persona Física` is met.

    >>> _fold("Self-Employed"), _fold("Persona Física")
    ('self employed', 'persona fisica')
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("-", " "))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.replace("_", " ").split())
