"""Asking: the rows of a table, JSON objects and FollowTheMoney entities become queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standsbehind.model.schema import edge_ends
from standsbehind.screening.files.columns import Columns, choose_columns, field_names
from standsbehind.screening.files.documents import Flat, Records, flatten, is_entity
from standsbehind.screening.files.headings import Kind
from standsbehind.screening.files.rows import Remarks, ask, pieces
from standsbehind.screening.files.tables import Row, Table
from standsbehind.screening.files.userfile import MAX_FIELD, UserFile
from standsbehind.screening.query import Query, Skipped

__all__ = ["Asked", "ask_entities", "ask_records", "ask_table", "holds_entities"]

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


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer for each row, in the order of the file, and how the rows were understood."""

    answers: Sequence[Query | Skipped]
    notes: tuple[str, ...] = ()
    columns: Columns | None = None


def ask_table(file: UserFile, table: Table, given: Mapping[str, str]) -> Asked:
    """Ask about each row of a table."""
    if not table.header:
        raise file.refusal("no row of the file has text; nothing to screen")
    sample = [cells for _, cells in table.rows[:_SAMPLE]]
    columns = choose_columns(file, table.header, sample, given)
    names = field_names(columns.header)
    remarks = Remarks()
    answers = [_ask_row(row, columns, names, remarks) for row in table.rows]
    return Asked(answers, (*table.notes, *columns.notes, *remarks.notes), columns)


def _ask_row(
    row: Row, columns: Columns, names: tuple[str, ...], remarks: Remarks
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
    sample = [[flat.get(key, ("",))[0] for key in keys] for _, flat in flats[:_SAMPLE]]
    columns = choose_columns(file, keys, sample, given)
    remarks = Remarks()
    asked = [_ask_record(number, flat, columns, remarks) for number, flat in flats]
    notes = (*found.notes, *columns.notes, *remarks.notes)
    return Asked(_in_order(asked, found.skipped), notes, columns)


def _refuse_long(file: UserFile, number: int, flat: Flat) -> None:
    if any(len(text) > MAX_FIELD for texts in flat.values() for text in texts):
        what = f"row {number} is longer than 10 MB; is this a list of names?"
        raise file.refusal(what, number)


def _ask_record(
    number: int, flat: Flat, columns: Columns, remarks: Remarks
) -> Query | Skipped:
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


def _in_order(
    asked: Sequence[Query | Skipped], skipped: Sequence[Skipped]
) -> list[Query | Skipped]:
    return sorted((*asked, *skipped), key=lambda answer: answer.row)


def holds_entities(found: Records) -> bool:
    """Whether the objects are entities of FollowTheMoney, judged by the first of them."""
    return any(is_entity(item) for _, item in found.records[:_SAMPLE])


def ask_entities(file: UserFile, found: Records, given: Mapping[str, str]) -> Asked:
    """Ask about each entity; relations and nameless records are skipped with the reason."""
    if given:
        message = (
            "the properties of FollowTheMoney say what they are; leave out --column"
        )
        raise file.refusal(message)
    remarks = Remarks()
    asked = [_ask_entity(file, number, item, remarks) for number, item in found.records]
    notes = (*found.notes, *remarks.notes)
    return Asked(_in_order(asked, found.skipped), notes)


def _ask_entity(
    file: UserFile, number: int, item: Mapping[str, Any], remarks: Remarks
) -> Query | Skipped:
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
