"""Rows: how claims and citations lie in the ledger's tables, and how they are read back."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

import pyarrow as pa

from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval
from standsbehind.model.statement import Claim, Statement, Status

__all__ = [
    "CHANGES",
    "CITATIONS",
    "CLAIMS",
    "TOLD",
    "citation_of",
    "citation_row",
    "citations_of",
    "citations_table",
    "claim_of",
    "claim_row",
    "tables_of",
]

_STATEMENT = tuple(field.name for field in fields(Statement))
_CITATION = tuple(field.name for field in fields(Citation))

TOLD = pa.schema(
    [
        *(
            pa.field(name, pa.bool_() if name == "external" else pa.string())
            for name in _STATEMENT
        ),
        pa.field("valid_from", pa.string()),
        pa.field("valid_to", pa.string()),
        pa.field("status", pa.string()),
        pa.field("citations", pa.list_(pa.string())),
    ]
)
"""What a source tells: claims as a connector reads them."""
CHANGES = pa.schema([pa.field("op", pa.string()), *TOLD])
"""What a reading changes: `assert`, `retract` or `supersede`, and the claim.

`supersede`: the same statement, with another type, other dates, voice or origins than before.
"""
CLAIMS = pa.schema(
    [
        pa.field("seq", pa.int32()),
        pa.field("op", pa.string()),
        pa.field("recorded_at", pa.string()),
        pa.field("source", pa.string()),
        *TOLD,
    ]
)
CITATIONS = pa.schema(
    [pa.field("id", pa.string()), *(pa.field(name, pa.string()) for name in _CITATION)]
)


def claim_row(claim: Claim) -> dict[str, Any]:
    """Lay a claim out as a row; its citations are named by id."""
    row: dict[str, Any] = {name: getattr(claim.statement, name) for name in _STATEMENT}
    row["valid_from"] = claim.valid.start
    row["valid_to"] = claim.valid.end
    row["status"] = claim.status.value
    row["citations"] = [citation.id for citation in claim.citations]
    return row


def tables_of(claims: Iterable[Claim]) -> tuple[pa.Table, pa.Table]:
    """Lay claims out as a table of `TOLD` and one of the citations that they name."""
    columns: dict[str, list[Any]] = {name: [] for name in TOLD.names}
    cited: dict[str, Citation] = {}
    named: dict[tuple[Citation, ...], list[str]] = {}
    taken = [(name, columns[name].append) for name in _STATEMENT]
    for claim in claims:
        statement = claim.statement
        for name, append in taken:
            append(getattr(statement, name))
        columns["valid_from"].append(claim.valid.start)
        columns["valid_to"].append(claim.valid.end)
        columns["status"].append(claim.status.value)
        if claim.citations not in named:
            ids = [citation.id for citation in claim.citations]
            named[claim.citations] = ids
            cited |= zip(ids, claim.citations, strict=True)
        columns["citations"].append(named[claim.citations])
    told = pa.Table.from_pydict(columns, schema=TOLD)
    return told, citations_table(cited.values())


def citations_table(citations: Iterable[Citation]) -> pa.Table:
    """Lay citations out as a table."""
    rows = [citation_row(citation) for citation in citations]
    return pa.Table.from_pylist(rows, schema=CITATIONS)


def claim_of(row: Mapping[str, Any], citations: Mapping[str, Citation]) -> Claim:
    """Read a claim back from its row and the citations it names."""
    return Claim(
        statement=Statement(**{name: row[name] for name in _STATEMENT}),
        citations=tuple(citations[key] for key in row["citations"]),
        valid=Interval(row["valid_from"], row["valid_to"]),
        status=Status(row["status"]),
    )


def citation_row(citation: Citation) -> dict[str, str | None]:
    """Lay a citation out as a row with its id."""
    return {"id": citation.id} | {name: getattr(citation, name) for name in _CITATION}


def citation_of(row: Mapping[str, Any]) -> Citation:
    """Read a citation back from its row."""
    return Citation(**{name: row[name] for name in _CITATION})


def citations_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Citation]:
    """Read many citations back, by id."""
    return {row["id"]: citation_of(row) for row in rows}
