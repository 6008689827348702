"""Exports: the snapshot in FollowTheMoney's forms, entity by entity."""

from collections.abc import Iterator

from standsbehind.graph.reader import Reader
from standsbehind.model.ftm import (
    CSV_COLUMNS,
    entity_to_json,
    json_line,
    statements_to_csv,
)

__all__ = ["ftm_entities", "ftm_statements"]

BATCH = 5_000
"""Entities read at a time, so that memory stays flat."""


def ftm_entities(reader: Reader) -> Iterator[str]:
    """Write every entity as a JSON line, in the order of ids."""
    for batch in _batches(reader):
        for entity_id in batch:
            yield json_line(entity_to_json(reader.entity(entity_id)))


def ftm_statements(reader: Reader) -> Iterator[str]:
    """Write every statement as a line of FollowTheMoney's statement CSV, header first."""
    yield ",".join(f'"{name}"' for name in CSV_COLUMNS) + "\n"
    for batch in _batches(reader):
        claims = reader.claims(batch)
        statements = (claim.statement for key in batch for claim in claims[key])
        yield statements_to_csv(statements).split("\n", 1)[1]


def _batches(reader: Reader) -> Iterator[list[str]]:
    ids = list(reader.ids)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        reader.claims(batch)
        yield batch
