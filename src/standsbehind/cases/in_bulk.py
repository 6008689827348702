"""In bulk: the standard applied to all subjects at once, by the query engine."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from standsbehind.engines import local
from standsbehind.model.evidence import Held
from standsbehind.standards.findings import ElementState, Finding
from standsbehind.standards.norms import Standard
from standsbehind.standards.plan import COLUMNS, compile_plan

__all__ = ["evidence_tables", "find_all", "findings_of"]


def find_all(standard: Standard, tables: Mapping[str, pa.Table]) -> pa.Table:
    """Run the standard's plan on the tables of an evidence; see `compile_plan` for its rows."""
    return local.run(compile_plan(standard), tables)


def findings_of(rows: pa.Table) -> Iterator[Finding]:
    """Read the rows of a plan back as findings."""
    for row in rows.to_pylist():
        states = tuple(ElementState(**_tuples(state)) for state in row.pop("elements"))
        yield Finding(elements=states, **_tuples(row))


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in row.items()
    }


def evidence_tables(evidence: Held) -> dict[str, pa.Table]:
    """Lay evidence out as the tables that a plan reads: no names, homes or publishers."""
    facts, searches = evidence.all_facts, evidence.all_searches
    rows: dict[str, Iterable[tuple[Any, ...]]] = {
        "facts": (
            (
                *(f.id, f.record, f.subject, f.term, f.matter),
                *(f.statement, f.earliest, f.latest),
            )
            for f in facts
        ),
        "sources": (
            (f.id, s.origin, str(s.voice), s.body) for f in facts for s in f.sources
        ),
        "grounds": ((f.id, other) for f in facts for other in f.others),
        "searches": (
            (s.subject, s.norm, s.element, s.record, s.statement) for s in searches
        ),
        "looked_at": (
            (s.subject, s.norm, s.element, record, statement)
            for s in searches
            for record, statement in (
                *((None, statement) for statement in s.also),
                *((record, None) for record in s.records),
            )
        ),
        "answers": ((a.record, a.reply, a.author) for a in evidence.all_answers),
    }
    return {name: _table(COLUMNS[name], found) for name, found in rows.items()}


def _table(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    fields = [
        (name, pa.date32() if name in {"earliest", "latest"} else pa.string())
        for name in columns
    ]
    held = list(rows)
    values = zip(*held, strict=True) if held else ([] for _ in columns)
    arrays = [
        pa.array(list(column), kind)
        for column, (_, kind) in zip(values, fields, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))
