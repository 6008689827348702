"""The list as CSV, 1.1 or 1.0: each row says one thing of a subject, in the XML's words here."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy, Fields, Quarantined
from standsbehind.connectors.sources.eu_fsf.entry import (
    Entry,
    Found,
    Part,
    day_of,
    refuse_layout,
)
from standsbehind.connectors.tabular import table_rows
from standsbehind.errors import SourceError

__all__ = ["from_csv"]

_KINDS = MappingProxyType(
    {
        "NameAlias": "nameAlias",
        "Address": "address",
        "BirthDate": "birthdate",
        "Identification": "identification",
        "Citizenship": "citizenship",
        "Entity_Regulation": "regulation",
        "Naal": "nameAlias",
        "Addr": "address",
        "Birt": "birthdate",
        "Iden": "identification",
        "Citi": "citizenship",
    }
)
"""The element that a column's first word stands for."""

_ENTITY = MappingProxyType(
    {
        "fileGenerationDate": "generationDate",
        "Date_filexxxx": "generationDate",
        "Entity_LogicalId": "logicalId",
        "Entity_logical_id": "logicalId",
        "Entity_SubjectType": "subjectType",
        "Subject_type": "subjectType",
        "Entity_SubjectType_ClassificationCode": "classificationCode",
        "Entity_EU_ReferenceNumber": "euReferenceNumber",
        "EU_ref_num": "euReferenceNumber",
        "Entity_UnitedNationId": "unitedNationId",
        "Entity_DesignationDate": "designationDate",
        "Entity_DesignationDetails": "designationDetails",
    }
)
_PARTS = MappingProxyType(
    {
        "Entity_Remark": ("remark", "remark"),
        "Entity_remark": ("remark", "remark"),
        "Leba_numtitle": ("regulation", "numberTitle"),
        "Leba_publication_date": ("regulation", "publicationDate"),
        "Leba_url": ("regulation", "publicationUrl"),
        "Programme": ("regulation", "programme"),
        "BirthDate_BirthDate": ("birthdate", "birthdate"),
        "BirthDate_Day": ("birthdate", "dayOfMonth"),
        "BirthDate_Month": ("birthdate", "monthOfYear"),
        "Identification_TypeCode": ("identification", "identificationTypeCode"),
        "Identification_TypeDescription": (
            "identification",
            "identificationTypeDescription",
        ),
        "Naal_language": ("nameAlias", "nameLanguage"),
        "Addr_other": ("address", "contactInfo"),
        "Birt_date": ("birthdate", "birthdate"),
        "Birt_place": ("birthdate", "city"),
    }
)
"""Columns whose name is not made of the element's and the attribute's."""

_ATTRIBUTES = MappingProxyType(
    {
        "country": "countryIso2Code",
        "firstname": "firstName",
        "lastname": "lastName",
        "middlename": "middleName",
        "wholename": "wholeName",
        "zipcode": "zipCode",
        "logical_id": "logicalId",
    }
)
_OF_THE_LAW = re.compile(r"[A-Z][A-Za-z]+_(?:Regulation_|leba_|programme$)")
"""The regulation that added one name or address: the subject's own stands beside it."""
_NEEDED = MappingProxyType(
    {
        "Entity_LogicalId": (
            "fileGenerationDate",
            "Entity_SubjectType",
            "Entity_Regulation_Programme",
            "NameAlias_WholeName",
            "Address_CountryIso2Code",
            "BirthDate_Circa",
        ),
        "Entity_logical_id": (
            "Subject_type",
            "Programme",
            "Naal_wholename",
            "Addr_country",
            "Birt_date",
        ),
    }
)
"""By the column that tells the layout, 1.1 or 1.0: others that it must have."""


def from_csv(copy: Copy) -> Iterator[Found]:
    """Read the rows, and put those of one logical id together, in the order of the table.

    Raises SourceError where the copy has neither header or is cut off in a cell.
    """
    text = _text(copy)
    header = text.partition("\n")[0]
    layout = next((key for key in _NEEDED if key in header.split(";")), "")
    if not layout:
        raise refuse_layout(
            copy, f"line 1: no column Entity_LogicalId in {header[:60]!r}"
        )
    entries: dict[str, Entry] = {}
    needed = (layout, *_NEEDED[layout])
    for row in table_rows(copy, text, needed, delimiter=";"):
        refused = row if isinstance(row, Quarantined) else _gather(entries, row)
        if refused:
            yield refused
    yield from entries.values()


def _text(copy: Copy) -> str:
    """Decode the table: the live one is UTF-8, older ones are in a Western code page."""
    refuse_web_page(copy)
    try:
        text = copy.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _western(copy)
    return _unwrapped(text) if text.startswith('"') else text


def _western(copy: Copy) -> str:
    try:
        return copy.content.decode("cp1252")
    except UnicodeDecodeError as error:
        message = (
            f"{copy.name}: neither UTF-8 nor Western text at byte {error.start}; "
            "fetch it again"
        )
        raise SourceError(message) from error


def _unwrapped(text: str) -> str:
    """Undo what a spreadsheet did to a copy, if it did: it quoted every line as one cell.

    It had parted the lines at each comma first, and put a tab in its place.
    """
    lines = text.splitlines()
    if '";"' in lines[0] or not all(line[:1] == line[-1:] == '"' for line in lines):
        return text
    plain = (line[1:-1].rstrip("\t") for line in lines)
    return "\n".join(line.replace('""', '"') for line in plain)


def _gather(entries: dict[str, Entry], row: Fields) -> Quarantined | None:
    """Put a row to its subject; refuse one whose subject cannot be told."""
    entity, parts = _parted(row)
    number, kind = entity.pop("logicalId", ""), entity.pop("subjectType", "")
    entity.pop("classificationCode", "")
    if not number:
        return Quarantined(row.locator, "no logical id")
    published = day_of(entity.pop("generationDate", ""))
    fields = Fields(row.locator, entity)
    entry = entries.setdefault(number, Entry(number, kind, fields, published))
    if entry.kind != kind:
        reason = f"{number} is of type {kind!r} here, {entry.kind!r} above"
        return Quarantined(row.locator, reason)
    entry.rows.append(row.locator)
    for name, given in parts.items():
        given.pop("logicalId", "")
        if any(given.values()):
            quote = _quote(row) if name == "nameAlias" else ""
            entry.parts.append(Part(name, Fields(row.locator, given), quote))
    return None


def _quote(row: Fields) -> str:
    columns = ("NameAlias_WholeName", "Naal_wholename")
    return next((row[name].strip() for name in columns if name in row), "")


def _parted(row: Fields) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Part the cells of a row into those of the subject and those of each element."""
    entity: dict[str, str] = {}
    parts: dict[str, dict[str, str]] = {}
    for column, cell in row.cells.items():
        # A tab is the comma that a spreadsheet took away; the list itself has none.
        value = cell.replace("\\n", "\n").replace("\t", ",").strip()
        if column in _ENTITY:
            entity[_ENTITY[column]] = value
        elif not _OF_THE_LAW.match(column) or column.startswith("Entity_Regulation_"):
            kind, name = _place(column)
            into = parts.setdefault(kind, {}) if kind else entity
            into[name] = value
    return entity, parts


def _place(column: str) -> tuple[str, str]:
    """Tell the element and the attribute of a column; no element where it is not known."""
    if column in _PARTS:
        return _PARTS[column]
    first, _, rest = column.rpartition("_")
    if first not in _KINDS:
        first, _, rest = column.partition("_")
    if first not in _KINDS:
        return "", column
    return _KINDS[first], _ATTRIBUTES.get(rest, rest[:1].lower() + rest[1:])
