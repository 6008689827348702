"""FollowTheMoney: the snapshot as its entities or statements, entity by entity."""

from collections.abc import Iterator
from datetime import date

from standsbehind.graph.reader import Reader
from standsbehind.model.ftm import (
    CSV_COLUMNS,
    entity_to_json,
    json_line,
    statements_to_csv,
)
from standsbehind.reports.dated import claims_on, entity_on, stands_on
from standsbehind.reports.exports.walked import batches

__all__ = ["ftm_entities", "ftm_statements"]


def ftm_entities(reader: Reader, as_of: date | None = None) -> Iterator[str]:
    """Write every entity as a JSON line, in the order of ids; with a day, what holds on it."""
    for batch in batches(reader):
        for entity_id in batch:
            if stands_on(entity_id, reader, as_of):
                yield json_line(entity_to_json(entity_on(entity_id, reader, as_of)))


def ftm_statements(reader: Reader, as_of: date | None = None) -> Iterator[str]:
    """Write every statement, or those that hold on a day, as FollowTheMoney's statement CSV.

    The header comes first.
    """
    yield ",".join(f'"{name}"' for name in CSV_COLUMNS) + "\n"
    for batch in batches(reader):
        statements = (
            claim.statement
            for key in batch
            if stands_on(key, reader, as_of)
            for claim in claims_on(key, reader, as_of)
        )
        yield statements_to_csv(statements).split("\n", 1)[1]
