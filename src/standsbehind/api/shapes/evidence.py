"""Shapes that all our answers are made of: citations, statements, links, listings, replies."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "Answer",
    "Citation",
    "CitedEdge",
    "Day",
    "Designation",
    "Edge",
    "EntityTold",
    "EntityWhole",
    "Freshness",
    "Merged",
    "Named",
    "Problem",
    "Receipt",
    "Reply",
    "Statement",
    "Tie",
    "Told",
]


Day = str | None
"""A day, month or year as it is stated: `2019-10-09`, `2019-10`, `2019`."""


class Told(BaseModel):
    """Anything that is told; a field named `from` is written so. More fields may be added."""

    model_config = ConfigDict(populate_by_name=True, extra="allow")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    errors: list[dict[str, Any]] | None = Field(
        None, description="The fields that are wrong."
    )


class Freshness(Told):
    """How old the data is that the answer was made from."""

    known_on: str
    oldest_read: str | None
    stale: list[str] = Field(description="Sources whose last pull failed.")


class Receipt(BaseModel):
    """By digest, everything that an answer was made from; `behind replay` makes it again."""

    id: str
    snapshot: str | None
    result: str = Field(description="SHA-256 of the answer.")
    parameters: dict[str, Any]
    code: str
    code_digest: str
    rules_digest: str
    law_as_of: str
    ledger_size: int
    snapshot_manifest: str
    input: str | None
    input_name: str
    judgements: dict[str, Any] | None
    verb: str | None = None


class Tie(Told):
    """What makes a record one with another."""

    kind: str
    value: str
    other: str | None
    who: str | None


class Merged(Told):
    """A record that is one with others."""

    id: str
    canonical_id: str
    by: list[Tie]


class Answer(Told):
    """What every answer says of itself."""

    snapshot: str
    redirected: list[Merged] = Field(
        description="Ids that were asked for and led elsewhere."
    )
    merged: list[Merged] = Field(description="Records that are one in this answer.")
    notes: list[str] = Field(
        description="How the question was understood, where that is not plain."
    )
    freshness: Freshness
    receipt: Receipt


class Citation(Told):
    """Where a statement comes from."""

    source: str
    title: str
    publisher: str
    url: str
    origin_group: str = Field(description="Sources of one origin are one source.")
    locator: str
    quote: str | None
    digest: str = Field(
        description="SHA-256 of the copy that is kept, or `not captured`."
    )
    published: str | None
    retrieved: str | None
    kind: str


class Statement(Told):
    """One value that a source states of an entity."""

    id: str
    prop: str
    value: str
    lang: str | None
    dataset: str
    valid_from: Day
    valid_to: Day
    status: str
    citations: list[Citation]


class Named(Told):
    """An entity by its id and name."""

    id: str
    caption: str


class EntityTold(Named):
    """An entity with its type and the sources that name it."""

    schema_: str = Field(alias="schema")
    datasets: list[str]


class EntityWhole(EntityTold):
    """An entity with all its values."""

    properties: dict[str, list[str]]


class Edge(Told):
    """A link between two entities."""

    id: str
    schema_: str = Field(alias="schema")
    role: str
    source: str
    target: str
    from_: Day = Field(alias="from")
    to: Day
    status: str
    grade: str
    origins: list[str]
    summary: str
    amount: str


class CitedEdge(Edge):
    """A link with its sources."""

    citations: list[Citation]


class Designation(Told):
    """An authority puts a subject on a list, from a day to a day."""

    id: str
    program: str
    tag: str
    listed_name: str
    from_: Day = Field(alias="from")
    to: Day
    status: Literal["listed", "exempted", "revoked"]
    legal_ground: str
    scope: str
    citations: list[Citation]


class Reply(Told):
    """What the subject answered."""

    id: str
    author: str
    about: list[str]
    answers: list[str]
    date: str
    text: str
    citations: list[Citation]
