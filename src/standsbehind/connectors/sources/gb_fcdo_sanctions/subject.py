"""What a row of the UK list says of the person, body or ship that it names.

Of a person only names, title, office, nationality, address and date of birth are read. The
columns of papers, identity numbers, gender, place of birth, telephone and remarks are left
aside by name.
"""

import re
from collections.abc import Iterator

from standsbehind.connectors.context import Fields, Pull, Unread
from standsbehind.connectors.languages import language_of
from standsbehind.connectors.sources.gb_fcdo_sanctions.layout import (
    NAME_PARTS,
    uk_date,
)
from standsbehind.connectors.stated import Stated
from standsbehind.model.citation import Citation

__all__ = ["SCHEMATA", "describe", "full_name"]

SCHEMATA = {"individual": "Person", "entity": "LegalEntity", "ship": "Vessel"}
"""By the list's word in lower case. It does not say whether an entity is a firm."""

_PRIMARY = "primary name"
_NAME_TYPES = {
    _PRIMARY: "name",
    "primary name variation": "alias",
    "alias": "alias",
    "aka": "alias",
    "fka": "previousName",
}
_WEAK = ("low quality", "low quality a.k.a")
_STRENGTHS = ("", "good quality", "good quality a.k.a", *_WEAK)
_ADDRESS = (
    *(f"Address Line {number}" for number in range(1, 7)),
    "Address Postal Code",
    "Address Country",
)
_PERSONAL = (
    "Phone number",
    "Email address",
    "Website",
    "National Identifier number",
    "National Identifier additional information",
    "Passport number",
    "Passport additional information",
    "Gender",
    "Town of birth",
    "Country of birth",
)
_OF_PERSONS = ("D.O.B", "Nationality(/ies)", "Position", "Title")
_OF_ENTITIES = (
    "Type of entity",
    "Subsidiaries",
    "Parent company",
    "Business registration number (s)",
)
_OF_SHIPS = (
    "IMO number",
    "Current owner/operator (s)",
    "Previous owner/operator (s)",
    "Current believed flag of ship",
    "Previous flags",
    "Type of ship",
    "Tonnage of ship",
    "Length of ship",
    "Year Built",
    "Hull identification number (HIN)",
)
_LIST = re.compile(r"[;|]|\(\d\)")
"""What parts the values of one cell: `Panama; Liberia`, `(1) Iran (2) Iraq`."""
_IMO = re.compile(r"(?:IMO)?\s*(\d{7})", re.IGNORECASE)
_REGISTERS = (
    (re.compile(r"INN:?\s*(\d{10}|\d{12})", re.IGNORECASE), "innCode"),
    (re.compile(r"OGRN:?\s*(\d{13}|\d{15})", re.IGNORECASE), "ogrnCode"),
    (re.compile(r"TIN:?\s*(\d{10})", re.IGNORECASE), "taxNumber"),
)


def full_name(row: Fields) -> str:
    """Join the parts of a row's name, given names first."""
    parts = (row[part].strip() for part in NAME_PARTS)
    return " ".join(part for part in parts if part)


def describe(
    pull: Pull, stated: Stated, row: Fields, citation: Citation, schema: str
) -> Iterator[Unread]:
    """Take from a row all that it says of its subject; report what is not known."""
    yield from _name(pull, stated, row, citation)
    _address(pull, stated, row, citation)
    if schema == "Person":
        yield from _person(pull, stated, row, citation)
        row.ignore("Other Information", *_PERSONAL)
    else:
        _remarks(stated, row, citation)
    if schema == "LegalEntity":
        _entity(stated, row, citation)
    if schema == "Vessel":
        yield from _ship(pull, stated, row, citation)


def _name(
    pull: Pull, stated: Stated, row: Fields, citation: Citation
) -> Iterator[Unread]:
    name, kind = full_name(row), row.take("Name type")
    strength = row.take("Alias strength") if "Alias strength" in row else ""
    row.ignore(*NAME_PARTS)
    if name and kind.lower() not in _NAME_TYPES:
        yield Unread(row.locator, f"name type {kind!r}")
    if strength.lower() not in _STRENGTHS:
        yield Unread(row.locator, f"alias strength {strength!r}")
    prop = _NAME_TYPES.get(kind.lower(), "alias")
    if prop == "alias" and strength.lower() in _WEAK:
        prop = "weakAlias"
    stated.add(citation, prop, name)
    yield from _name_in_script(pull, stated, row, citation)


def _name_in_script(
    pull: Pull, stated: Stated, row: Fields, citation: Citation
) -> Iterator[Unread]:
    """Add the name in its own script, in the language that the list states."""
    name = _optional(row, "Name non-latin script")
    printed = _optional(row, "Non-latin script language")
    row.ignore("Non-latin script type")
    code = pull.look_up("language", printed)
    is_known = not printed or code != printed
    if not is_known:
        yield Unread(row.locator, f"language {printed!r}")
    lang = code if printed and is_known else language_of(name)
    stated.add(citation, "alias", name, lang=lang or None)


def _address(pull: Pull, stated: Stated, row: Fields, citation: Citation) -> None:
    lines = [_optional(row, column) for column in _ADDRESS]
    if any(lines[:-1]):
        stated.add(citation, "address", ", ".join(line for line in lines if line))
    _countries(pull, stated, citation, "country", lines[-1:])


def _person(
    pull: Pull, stated: Stated, row: Fields, citation: Citation
) -> Iterator[Unread]:
    printed, nationality, position, title = (
        _optional(row, name) for name in _OF_PERSONS
    )
    stated.add(citation, "position", position)
    stated.add(citation, "title", title)
    _countries(pull, stated, citation, "nationality", _LIST.split(nationality))
    born = uk_date(printed)
    stated.add(citation, "birthDate", born)
    if printed and born is None:
        yield Unread(row.locator, "a date of birth in a new form")


def _remarks(stated: Stated, row: Fields, citation: Citation) -> None:
    stated.add(citation, "notes", _optional(row, "Other Information"))
    stated.add(citation, "website", _optional(row, "Website"))
    row.ignore("Phone number", "Email address")


def _entity(stated: Stated, row: Fields, citation: Citation) -> None:
    kind, below, above, numbers = (_optional(row, name) for name in _OF_ENTITIES)
    stated.add(citation, "classification", kind)
    # Free text that may name several firms, or say how: kept in its words, not as edges.
    stated.add(citation, "notes", f"Parent company: {above}" if above else None)
    stated.add(citation, "notes", f"Subsidiaries: {below}" if below else None)
    for printed in _LIST.split(numbers):
        prop, number = _registered(printed.strip())
        stated.add(citation, prop, number)


def _registered(printed: str) -> tuple[str, str]:
    """Name the register of a number where the list's own label tells it."""
    for pattern, prop in _REGISTERS:
        found = pattern.fullmatch(printed)
        if found:
            return prop, found[1]
    return "registrationNumber", printed


def _ship(
    pull: Pull, stated: Stated, row: Fields, citation: Citation
) -> Iterator[Unread]:
    told = {name: _optional(row, name) for name in _OF_SHIPS}
    number, flag = told["IMO number"], told["Current believed flag of ship"]
    found = _IMO.fullmatch(number)
    if found:
        stated.add(citation, "imoNumber", f"IMO{found[1]}")
    elif number:
        yield Unread(row.locator, f"IMO number {number!r}")
    _countries(pull, stated, citation, "flag", [flag])
    past = _LIST.split(told["Previous flags"])
    _countries(pull, stated, citation, "pastFlags", past)
    stated.add(citation, "type", told["Type of ship"])
    stated.add(citation, "tonnage", told["Tonnage of ship"].replace(",", ""))
    stated.add(citation, "buildDate", told["Year Built"])
    stated.add(citation, "registrationNumber", told["Hull identification number (HIN)"])
    for column, words in (
        ("Current owner/operator (s)", "Current owner or operator"),
        ("Previous owner/operator (s)", "Previous owner or operator"),
    ):
        stated.add(
            citation, "notes", f"{words}: {told[column]}" if told[column] else None
        )


def _countries(
    pull: Pull, stated: Stated, citation: Citation, prop: str, names: list[str]
) -> None:
    for name in names:
        stated.add_country(citation, prop, pull.look_up("country", name.strip()))


def _optional(row: Fields, name: str) -> str:
    """Take a column that not every edition has."""
    return row.take(name) if name in row else ""
