"""FollowTheMoney in and out: JSON lines of entities, JSON lines and CSV of statements."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from standsbehind.model.entity import Entity
from standsbehind.model.schema import property_type
from standsbehind.model.statement import BASE_ID, Statement

__all__ = [
    "CSV_COLUMNS",
    "entity_to_json",
    "statement_from_row",
    "statement_to_json",
    "statement_to_row",
    "statements_from_csv",
    "statements_from_entity",
    "statements_to_csv",
]

CSV_COLUMNS = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)
"""The columns of a statement CSV, in FollowTheMoney's order (unix dialect, all quoted)."""

_JSON_FIELDS = (
    "canonical_id",
    "entity_id",
    "prop",
    "schema",
    "value",
    "dataset",
    "lang",
    "original_value",
    "first_seen",
    "last_seen",
    "external",
    "origin",
    "id",
)


def statements_from_entity(
    line: Mapping[str, Any], dataset: str
) -> Iterator[Statement]:
    """Take one FollowTheMoney entity apart. Unknown schemata and properties stay as they are.

    Raises ValueError, naming the field, where the object is not an entity.
    """
    entity_id, schema = line.get("id"), line.get("schema")
    if not isinstance(entity_id, str) or not isinstance(schema, str):
        message = "an entity needs a text `id` and a text `schema`"
        raise ValueError(message)
    properties = line.get("properties", {})
    if not isinstance(properties, Mapping):
        message = "`properties` must be an object of lists"
        raise ValueError(message)
    base = Statement(
        entity_id=entity_id,
        prop=BASE_ID,
        schema=schema,
        value=entity_id,
        dataset=dataset,
        first_seen=line.get("first_seen"),
        last_seen=line.get("last_seen"),
    )
    yield base
    for prop, values in properties.items():
        for value in values if isinstance(values, list) else [values]:
            yield replace(base, prop=prop, value=_text(prop, value), id="")


def _text(prop: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and isinstance(value.get("id"), str):
        return str(value["id"])  # an entity nested in place of its id
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    message = f"`{prop}` holds {value!r}, which is neither text nor a number"
    raise ValueError(message)


def entity_to_json(entity: Entity) -> dict[str, Any]:
    """Put an entity into FollowTheMoney's JSON form."""
    return {
        "id": entity.id,
        "caption": entity.caption,
        "schema": entity.schema,
        "properties": {prop: list(found) for prop, found in entity.properties.items()},
        "datasets": list(entity.datasets),
    }


def statement_to_json(statement: Statement) -> dict[str, Any]:
    """Put a statement into FollowTheMoney's JSON form, fields in its order."""
    return {name: getattr(statement, name) for name in _JSON_FIELDS}


def statement_to_row(statement: Statement) -> dict[str, str]:
    """Put a statement into a CSV row; None becomes empty text, `external` becomes t or f."""
    row = {name: getattr(statement, name) or "" for name in CSV_COLUMNS}
    row["external"] = "t" if statement.external else "f"
    row["prop_type"] = statement.prop_type or _type_of(statement)
    return row


def _type_of(statement: Statement) -> str:
    if statement.prop == BASE_ID:
        return BASE_ID
    return property_type(statement.schema, statement.prop)


def statement_from_row(row: Mapping[str, Any]) -> Statement:
    """Read a statement from a CSV row or a JSON object.

    Raises ValueError, naming the field, where a field that FollowTheMoney requires is absent.
    """
    for name in ("entity_id", "prop", "schema", "value", "dataset"):
        if not isinstance(row.get(name), str):
            message = f"a statement needs the text field `{name}`"
            raise ValueError(message)
    external = row.get("external")
    return Statement(
        entity_id=row["entity_id"],
        prop=row["prop"],
        schema=row["schema"],
        value=row["value"],
        dataset=row["dataset"],
        lang=row.get("lang") or None,
        original_value=row.get("original_value") or None,
        external=external is True or external == "t",
        first_seen=row.get("first_seen") or None,
        last_seen=row.get("last_seen") or None,
        origin=row.get("origin") or None,
        prop_type=row.get("prop_type") or None,
        canonical_id=row.get("canonical_id") or "",
        id=row.get("id") or "",
    )


def statements_from_csv(text: str) -> Iterator[Statement]:
    """Read statements from the text of a FollowTheMoney statement CSV."""
    rows = csv.DictReader(io.StringIO(text, newline=""), dialect=csv.unix_dialect)
    return map(statement_from_row, rows)


def statements_to_csv(statements: Iterable[Statement]) -> str:
    """Write statements as the text of a FollowTheMoney statement CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, CSV_COLUMNS, dialect=csv.unix_dialect)
    writer.writeheader()
    writer.writerows(map(statement_to_row, statements))
    return text.getvalue()


def json_line(document: Mapping[str, Any]) -> str:
    """Write one JSON line; letters of every script stay readable."""
    return json.dumps(document, ensure_ascii=False) + "\n"
