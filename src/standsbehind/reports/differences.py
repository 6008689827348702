"""What changed between two snapshots, as JSON and as lines of text."""

from collections.abc import Iterator, Sequence
from typing import Any

from standsbehind.publishing.difference import (
    ChangedEntity,
    ChangedStatement,
    Difference,
)
from standsbehind.reports.fields import claim_json

__all__ = ["difference_json", "difference_lines", "statement_json", "statement_line"]

_MARKS = {"added": "+", "removed": "-", "changed": "~"}


def difference_json(
    found: Difference, entities: Sequence[ChangedEntity]
) -> dict[str, Any]:
    """Give both snapshots, the counts, and the entities with the statements that explain them."""
    return {
        "from": found.before.id,
        "to": found.after.id,
        "dataset": found.dataset,
        "counts": dict(found.counts),
        "entities": [
            {
                "id": one.id,
                "change": one.kind,
                "schema": one.schema,
                "caption": one.caption,
                "about": list(one.about),
                "statements": [statement_json(s) for s in one.statements],
            }
            for one in entities
        ],
        "more": len(found.ids) - len(entities),
    }


def statement_json(one: ChangedStatement) -> dict[str, Any]:
    """Give a statement as it was and as it is, with its citations."""
    return {
        "change": one.kind,
        "what": list(one.what),
        "before": claim_json(one.before) if one.before else None,
        "after": claim_json(one.after) if one.after else None,
    }


def difference_lines(
    found: Difference, entities: Sequence[ChangedEntity]
) -> Iterator[str]:
    """Write each changed entity with its statements, then the counts."""
    for one in entities:
        about = f" ({', '.join(one.about)})" if one.about else ""
        yield f"{_MARKS[one.kind]} {one.caption}{about}  {one.schema}  {one.id}"
        for statement in one.statements:
            yield f"    {statement_line(statement)}"
    counts = found.counts
    if left := len(found.ids) - len(entities):
        yield f"... and {left} more; --limit shows them"
    told = (f"{counts[f'entities_{kind}']} {kind}" for kind in _MARKS)
    lines = sum(counts[f"statements_{kind}"] for kind in _MARKS)
    elsewhere = counts["statements_cited_elsewhere"]
    only = f"; {elsewhere} more are only cited elsewhere" if elsewhere else ""
    yield f"entities: {', '.join(told)}; {lines} statements differ{only}"


def statement_line(one: ChangedStatement) -> str:
    """Write a changed statement on one line, with its first source."""
    claim = one.after or one.before
    if claim is None:
        raise AssertionError(one)
    source = next((f"{c.source}, {c.locator}" for c in claim.citations), "not cited")
    what = f" [other {', '.join(one.what)}]" if one.what else ""
    statement = claim.statement
    return f"{_MARKS[one.kind]} {statement.prop}: {statement.value}{what}  ({source})"
