"""In bulk: the standard applied to all subjects at once, by the query engine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from standsbehind.engines import local
from standsbehind.model.evidence import Held, Profile
from standsbehind.standards.findings import ElementState, Finding
from standsbehind.standards.neutrality import CARRIED
from standsbehind.standards.norms import Standard
from standsbehind.standards.plan import COLUMNS, compile_plan

__all__ = ["evidence_tables", "find_all", "findings_of", "table_of"]


def find_all(standard: Standard, tables: Mapping[str, pa.Table]) -> pa.Table:
    """Run the standard's plan on the tables of an evidence; see `compile_plan` for its rows."""
    return local.run(compile_plan(standard), tables)


def findings_of(rows: pa.Table) -> Iterator[Finding]:
    """Read the rows of a plan back as findings."""
    ordered = rows.sort_by(
        [(key, "ascending") for key in ("subject", "norm", "place")]
    ).to_pylist()
    for _, group in groupby(ordered, key=itemgetter("subject", "norm")):
        told = [_tuples(row) for row in group]
        states = tuple(
            ElementState(
                id=row["element"],
                result=row["state"],
                **{name: row[name] for name in _OF_ELEMENT},
            )
            for row in told
        )
        yield Finding(elements=states, **{name: told[0][name] for name in _OF_CLASS})


_OF_ELEMENT = ("grounds", "facts", "accepted", "searches")
_OF_CLASS = (
    *("norm", "subject", "result", "proof"),
    *("is_apart", "replies", "mitigating"),
)


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in row.items()
    }


def evidence_tables(evidence: Held) -> dict[str, pa.Table]:
    """Lay evidence out as the tables that a plan reads.

    Beside the columns of the plan stand those that `neutrality` deals anew: who a subject is
    and who publishes.
    """
    facts, searches = evidence.all_facts, evidence.all_searches
    profiles = {key: _profile(profile) for key, profile in evidence.profiles.items()}
    unknown = _profile(Profile())
    rows: dict[str, Iterable[tuple[Any, ...]]] = {
        "facts": (
            (
                *(f.id, f.record, f.subject, f.term, f.matter),
                *(f.statement, f.earliest, f.latest, f.others),
                *profiles.get(f.subject, unknown),
            )
            for f in facts
        ),
        "sources": (
            (
                *(f.id, s.origin, str(s.voice), s.body),
                *(s.publisher, s.publisher_country, s.language),
            )
            for f in facts
            for s in f.sources
        ),
        "searches": (
            (
                *(s.subject, s.norm, s.element, s.record, s.statement),
                *(s.also, s.records),
            )
            for s in searches
        ),
        "answers": ((a.record, a.reply, a.author) for a in evidence.all_answers),
    }
    return {
        name: table_of((*COLUMNS[name], *CARRIED.get(name, ())), found)
        for name, found in rows.items()
    }


def _profile(profile: Profile) -> tuple[str, str, str]:
    return profile.name, profile.country, " ".join(profile.designations)


_KINDS = {
    "also": pa.list_(pa.string()),
    "earliest": pa.date32(),
    "latest": pa.date32(),
    "others": pa.list_(pa.string()),
    "records": pa.list_(pa.string()),
}


def table_of(columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Make a table: text, but for the days and lists of an evidence."""
    held = list(rows)
    values = zip(*held, strict=True) if held else ([] for _ in columns)
    arrays = [
        pa.array(list(column), _KINDS.get(name, pa.string()))
        for column, name in zip(values, columns, strict=True)
    ]
    return pa.Table.from_arrays(arrays, names=list(columns))
