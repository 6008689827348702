"""Shapes of hits, entities with their evidence, screenings and the snapshot."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from standsbehind.api.shapes.evidence import (
    Answer,
    Citation,
    CitedEdge,
    Day,
    Designation,
    EntityTold,
    EntityWhole,
    Freshness,
    Named,
    Reply,
    Statement,
    Told,
)
from standsbehind.api.shapes.ruled import Effect
from standsbehind.api.shapes.traced import Hop, Weakest

__all__ = [
    "Counts",
    "Exposure",
    "HitEntity",
    "HitTold",
    "Job",
    "JobInput",
    "Matched",
    "Reason",
    "Shown",
    "SnapshotTold",
    "SourceTold",
    "StatementOf",
    "StatementTold",
    "Statements",
    "StatementsPage",
]


class Shown(Answer):
    """All that the snapshot holds of one entity."""

    as_of: Day
    entity: EntityWhole
    statements: list[Statement]
    edges: list[CitedEdge]
    designations: list[Designation]
    replies: list[Reply]


class Statements(Told):
    """A page of the statements about an entity."""

    snapshot: str
    freshness: Freshness
    entity: EntityTold
    statements: list[Statement]
    total: int
    limit: int
    offset: int


class HitEntity(Named):
    """The entity of a hit."""

    schema_: str = Field(alias="schema")


class StatementOf(Statement):
    """A statement with the entity that it is about."""

    entity: HitEntity
    record: str = Field(
        description="The id of the record that states it, before merging."
    )
    recorded_at: str = Field(description="When it became known here: ISO time in UTC.")


class StatementsPage(Told):
    """A page of statements."""

    snapshot: str
    freshness: Freshness
    statements: list[StatementOf]
    limit: int
    next: str | None = Field(
        description="The cursor of the next page; null on the last."
    )


class StatementTold(Told):
    """One statement."""

    snapshot: str
    freshness: Freshness
    statement: StatementOf


class Reason(Told):
    """One reason of a score."""

    feature: str
    detail: str
    weight: float


class Exposure(BaseModel):
    """One listed subject that stands behind a hit: the entity itself, or one near it."""

    entity: str
    caption: str
    path: list[Hop]
    weakest: Weakest | None
    designations: list[Designation]
    effects: list[Effect]


class HitTold(BaseModel):
    """A hit with all that a reader needs to judge it."""

    entity: HitEntity
    score: float
    match: bool
    kind: Literal["name", "identifier", "product", "device", "alias"]
    matched: str
    alias: dict[str, Any] | None
    explanation: list[Reason]
    exposures: list[Exposure]
    more_exposures: bool
    links: list[CitedEdge]
    replies: list[Reply]
    citations: list[Citation]
    judgements: list[dict[str, Any]]


class Matched(Answer):
    """The hits for one name. No hit found is not clear."""

    row: int
    query: dict[str, Any]
    hits: list[HitTold]
    judged: list[HitTold] = Field(description="Hits that a person judged away.")
    status: Literal["hit", "no_hit_found"]


class Counts(Told):
    """Rows by their status."""

    hit: int
    no_hit_found: int
    no_hit_found_by_judgement: int
    not_examined: int
    hits_judged_away: int


class JobInput(Told):
    """The file, as it was read."""

    name: str
    sha256: str
    format: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    guessed: bool = False
    notes: list[str] = Field(default_factory=list)


class Job(Told):
    """A file that is screened."""

    id: str
    state: Literal["waiting", "running", "done", "failed"]
    snapshot: str
    freshness: Freshness
    received: str
    started: str | None
    ended: str | None
    input: JobInput
    asked: dict[str, Any]
    rows: int | None = Field(description="Rows of the file; known once it was read.")
    examined: int = Field(description="Rows that are done.")
    counts: Counts | None
    receipt: str | None = Field(description="The id of the receipt, when it is done.")
    error: str | None
    links: dict[str, str]


class SourceTold(BaseModel):
    """One list of the snapshot, with its dates."""

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    published: str | None
    retrieved: str | None
    rows: int
    subjects: int
    stale: bool
    unproven: str


class SnapshotTold(Told):
    """What is answered from."""

    snapshot: str
    freshness: Freshness
    entities: int
    statements: int
    ledger: dict[str, Any]
    sources: list[SourceTold]
    not_read: list[str] = Field(
        description="Sources that exist and are not in the snapshot."
    )
