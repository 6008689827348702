"""Asking: the rows of a table, JSON objects and FollowTheMoney entities become queries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import Any

from standsbehind.model.schema import edge_ends
from standsbehind.screening.files.columns import Columns, choose_columns, field_names
from standsbehind.screening.files.documents import Flat, Records, flatten, is_entity
from standsbehind.screening.files.headings import Kind
from standsbehind.screening.files.rows import Remarks, ask, pieces
from standsbehind.screening.files.tables import Row, Table
from standsbehind.screening.files.userfile import MAX_FIELD, UserFile
from standsbehind.screening.query import Query, Skipped

__all__ = [
    "Asked",
    "Given",
    "ask_entities",
    "ask_records",
    "ask_table",
    "holds_entities",
]

_PROPS: Mapping[Kind, tuple[str, ...]] = {
    "name": ("name", "alias", "weakAlias", "previousName"),
    "country": ("country", "jurisdiction", "mainCountry"),
    "lei": ("leiCode",),
    "usc": ("uscCode",),
    "registration": ("registrationNumber", "ogrnCode"),
    "ticker": ("ticker",),
    "tax": ("innCode", "taxNumber", "vatCode"),
}
"""What FollowTheMoney calls each kind; the first name is the main one."""

_SAMPLE = 50
FIRST_ROWS = 1_000
"""Rows that tell what a column holds."""


Given = tuple[int, Any]
"""A row as its format gives it: the number, and cells, an object, or why it is skipped."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The rows in the order of the file, how they were understood, and how each is asked."""

    rows: Iterable[Given]
    """Each iteration gives them anew."""
    count: int
    ask: Callable[[Given, Remarks], Query | Skipped]
    notes: tuple[str, ...] = ()
    columns: Columns | None = None


def ask_table(file: UserFile, table: Table, given: Mapping[str, str]) -> Asked:
    """Ask about each row of a table."""
    if not table.header:
        raise file.refusal("no row of the file has text; nothing to screen")
    sample = [cells for _, cells in islice(table.rows, FIRST_ROWS)]
    columns = choose_columns(file, table.header, sample, given)
    names = field_names(columns.header)
    ask_row = partial(_ask_row, columns, names)
    return Asked(
        table.rows, table.count, ask_row, (*table.notes, *columns.notes), columns
    )


def _ask_row(
    columns: Columns, names: tuple[str, ...], row: Row, remarks: Remarks
) -> Query | Skipped:
    number, cells = row
    fields = _fields(number, names, cells, remarks)
    if columns.places["name"][0] >= len(cells):
        reason = f"{len(cells)} of {len(names)} cells, and none for the name"
        return Skipped(number, reason, fields)
    values = {
        kind: [
            piece for i in places if i < len(cells) for piece in pieces(kind, cells[i])
        ]
        for kind, places in columns.places.items()
    }
    return ask(number, values, fields, remarks)


def _fields(
    number: int, names: tuple[str, ...], cells: Sequence[str], remarks: Remarks
) -> dict[str, str]:
    if len(cells) < len(names):
        remarks.add("A row has fewer cells than the header", number)
    elif any(map(str.strip, cells[len(names) :])):
        remarks.add(
            "A row has more cells than the header; check quotation marks", number
        )
        names = field_names(names, len(cells))
    return dict(zip(names, cells, strict=False))


def ask_records(file: UserFile, found: Records, given: Mapping[str, str]) -> Asked:
    """Ask about each JSON object; keys are told as headings are."""
    flats = [(number, flatten(item)) for number, item in found.records]
    for number, flat in flats:
        _refuse_long(file, number, flat)
    keys = tuple(dict.fromkeys(key for _, flat in flats for key in flat))
    if not keys and not found.skipped:
        raise file.refusal("the JSON holds no object; nothing to screen")
    first = flats[:FIRST_ROWS]
    sample = [[flat.get(key, ("",))[0] for key in keys] for _, flat in first]
    columns = choose_columns(file, keys, sample, given)
    rows = _in_order(flats, found.skipped)
    notes = (*found.notes, *columns.notes)
    return Asked(rows, len(rows), partial(_ask_record, columns), notes, columns)


def _refuse_long(file: UserFile, number: int, flat: Flat) -> None:
    if any(len(text) > MAX_FIELD for texts in flat.values() for text in texts):
        what = f"row {number} is longer than 10 MB; is this a list of names?"
        raise file.refusal(what, number)


def _ask_record(columns: Columns, row: Given, remarks: Remarks) -> Query | Skipped:
    number, flat = row
    if isinstance(flat, Skipped):
        return flat
    values = {
        kind: [
            piece
            for i in places
            for text in flat.get(columns.header[i], ())
            for piece in pieces(kind, text)
        ]
        for kind, places in columns.places.items()
    }
    return ask(number, values, _joined(flat), remarks)


def _joined(flat: Flat) -> dict[str, str]:
    return {key: "; ".join(texts) for key, texts in flat.items()}


def _in_order(rows: Iterable[Given], skipped: Iterable[Skipped]) -> list[Given]:
    aside = ((one.row, one) for one in skipped)
    return sorted((*rows, *aside), key=itemgetter(0))


def holds_entities(found: Records) -> bool:
    """Whether the objects are entities of FollowTheMoney, judged by the first of them."""
    return any(is_entity(item) for _, item in found.records[:_SAMPLE])


def ask_entities(file: UserFile, found: Records, given: Mapping[str, str]) -> Asked:
    """Ask about each entity; relations and nameless records are skipped with the reason."""
    if given:
        message = (
            "the properties of FollowTheMoney say what they are; leave out"
            f" {file.option}"
        )
        raise file.refusal(message)
    rows = _in_order(found.records, found.skipped)
    named = replace(file, content=b"")
    return Asked(rows, len(rows), partial(_ask_entity, named), found.notes)


def _ask_entity(file: UserFile, row: Given, remarks: Remarks) -> Query | Skipped:
    number, item = row
    if isinstance(item, Skipped):
        return item
    if not is_entity(item):
        reason = "not an entity of FollowTheMoney: it needs `schema` and `properties`"
        return Skipped(number, reason, _joined(flatten(item)))
    schema, flat = item["schema"], flatten(item["properties"])
    _refuse_long(file, number, flat)
    head = {
        key: texts for key, texts in flatten(item).items() if key in {"id", "schema"}
    }
    fields = _joined({**head, **flat})
    if edge_ends(schema) is not None:
        return Skipped(number, f"a relation ({schema}), not a subject", fields)
    values: dict[Kind, Sequence[str]] = {"schema": [schema]}
    for kind, props in _PROPS.items():
        values[kind] = [text for prop in props for text in flat.get(prop, ())]
    return ask(number, values, fields, remarks)
