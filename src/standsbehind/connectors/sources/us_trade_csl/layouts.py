"""The two forms of the Consolidated Screening List, CSV and JSON, read into one.

Both hold the same fields. CSV writes a list as `one; two`, an address as
`Street, City, Code, CN` and an identifier as `Tax ID No., 7701, RU`; JSON nests them.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from standsbehind.connectors.arrival import text_of
from standsbehind.connectors.context import Copy, Fields, Quarantined
from standsbehind.errors import SourceError

__all__ = ["Address", "Identifier", "Party", "parties"]

_TEXTS = (
    "source",
    "entity_number",
    "type",
    "name",
    "title",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "source_information_url",
)
_LISTS = (
    "programs",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
)
_ONLY_IN_JSON = ("country", "date_of_listing")
_COLUMNS = ("_id", *_TEXTS, *_LISTS, "addresses", "ids")
_ADDRESS_KEYS = ("address", "city", "state", "postal_code", "country")
_CUT = "unexpected end of data"
"""What Python's reader says of a quoted field that the end of the file leaves open."""

_CODE = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Address:
    """One address in one line, with its country where the list gives one apart."""

    text: str
    country: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier: its kind in the list's words, its number and who gave it."""

    kind: str
    number: str
    country: str


@dataclass(frozen=True, slots=True)
class Party:
    """One record: a party on one of the component lists."""

    row: Fields
    """The fields that hold one text, `id` among them."""
    lists: dict[str, tuple[str, ...]]
    addresses: tuple[Address, ...]
    ids: tuple[Identifier, ...]


def parties(copy: Copy) -> Iterator[Party | Quarantined]:
    """Read either form, told apart by its first sign.

    Raises SourceError where the copy is a web page, is cut off, is not UTF-8 or lacks a
    field that the list has had since 2021.
    """
    text = text_of(copy).lstrip()
    return _from_json(copy, text) if text.startswith("{") else _from_csv(copy, text)


def _from_csv(copy: Copy, text: str) -> Iterator[Party | Quarantined]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows)
        _need(copy.name, _COLUMNS, header)
        # The publisher glues files together: a header may come again among the rows.
        for cells in rows:
            locator = f"{copy.name}, line {rows.line_num}"
            if len(cells) != len(header):
                yield Quarantined(locator, f"{len(cells)} columns, not {len(header)}")
            elif cells != header:
                yield _from_row(locator, dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        locator = f"{copy.name}, line {rows.line_num}"
        if str(error) != _CUT:
            message = f"{locator}: not CSV ({error}); fetch it again"
            raise SourceError(message) from error
        yield Quarantined(locator, "the copy is cut off in this row")


def _from_row(locator: str, cells: dict[str, str]) -> Party:
    cells |= {"id": cells.pop("_id"), **dict.fromkeys(_ONLY_IN_JSON, "")}
    addresses = _items(cells.pop("addresses"))
    ids = _items(cells.pop("ids"))
    lists = {name: _items(cells.pop(name)) for name in _LISTS}
    return Party(
        row=Fields(locator, cells),
        lists=lists,
        addresses=tuple(_address(item) for item in addresses),
        ids=tuple(_identifier(item) for item in ids),
    )


def _items(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split("; ") if item.strip())


def _address(item: str) -> Address:
    before, _, last = item.rpartition(", ")
    return (
        Address(item if before else "", last)
        if _CODE.fullmatch(last)
        else Address(item, "")
    )


def _identifier(item: str) -> Identifier:
    kind, *rest = item.split(", ")
    while len(rest) > 1 and _DAY.fullmatch(rest[-1]):
        rest.pop()
    country = rest.pop() if len(rest) > 1 and _CODE.fullmatch(rest[-1]) else ""
    return Identifier(kind, ", ".join(rest), country)


def _from_json(copy: Copy, text: str) -> Iterator[Party | Quarantined]:
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        message = f"{copy.name}:{error.lineno}:{error.colno}: cut off ({error.msg}); fetch it again"
        raise SourceError(message) from error
    results = document.get("results")
    if not isinstance(results, list):
        message = f"{copy.name}: no list 'results' in it; is it the whole download?"
        raise SourceError(message)
    for number, record in enumerate(results, start=1):
        locator = f"{copy.name}, result {number}"
        if isinstance(record, dict):
            yield _from_record(locator, record)
        else:
            yield Quarantined(locator, "not an object")


def _from_record(locator: str, record: dict[str, object]) -> Party:
    # A key is left out, or null, where there is nothing to say; these are always there.
    _need(locator, ("id", "source", "name"), list(record))
    texts = dict.fromkeys((*_TEXTS, *_ONLY_IN_JSON), "")
    nested = {*_LISTS, "addresses", "ids"}
    texts |= {k: _plain(v) for k, v in record.items() if k not in nested}
    return Party(
        row=Fields(locator, texts),
        lists={name: _texts(record.get(name)) for name in _LISTS},
        addresses=tuple(map(_nested_address, _objects(record.get("addresses")))),
        ids=tuple(map(_nested_identifier, _objects(record.get("ids")))),
    )


def _nested_address(value: dict[str, str]) -> Address:
    parts = [value.get(key, "") for key in _ADDRESS_KEYS]
    written = ", ".join(part for part in parts if part)
    return Address(written if any(parts[:-1]) else "", parts[-1])


def _nested_identifier(value: dict[str, str]) -> Identifier:
    return Identifier(
        value.get("type", ""), value.get("number", ""), value.get("country", "")
    )


def _objects(value: object) -> list[dict[str, str]]:
    listed = value if isinstance(value, list) else []
    return [
        {key: _plain(inner) for key, inner in item.items()}
        for item in listed
        if isinstance(item, dict)
    ]


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(text for item in listed for text in _items(_plain(item)))


def _plain(value: object) -> str:
    return "" if value is None else str(value).strip()


def _need(where: str, names: tuple[str, ...], present: list[str]) -> None:
    absent = [name for name in names if name not in present]
    if absent:
        message = (
            f"{where}: no field {', '.join(absent)}; the publisher changed the layout, "
            "and the connector must be adapted before this file can be read"
        )
        raise SourceError(message)
