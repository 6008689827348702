"""Shapes of paths and of what lies around an entity."""

from typing import Any, Literal

from pydantic import Field

from standsbehind.api.shapes.evidence import (
    Answer,
    Citation,
    CitedEdge,
    Day,
    Edge,
    EntityTold,
    Named,
    Reply,
    Told,
)

__all__ = [
    "Completeness",
    "Cut",
    "Hop",
    "Near",
    "Neighbour",
    "PathTold",
    "Strength",
    "Trace",
    "Weakest",
]


class Hop(Told):
    """One step of a path."""

    source: str
    source_name: str
    target: str
    target_name: str
    edge: Edge
    citations: list[Citation]
    also: list[CitedEdge] = Field(description="Other links between the two.")


class Weakest(Told):
    """The hop that a path is as strong as."""

    hop: int
    edge: str
    source: str
    target: str
    grade: str


class Strength(Told):
    """How strong a path is, and why."""

    grade: str
    why: str


class PathTold(Told):
    """A path, hop by hop."""

    hops: list[Hop]
    weakest: Weakest
    strength: Strength


class Cut(Told):
    """Where a search went no further, and why."""

    where: str
    why: str


Completeness = Literal["COMPLETE", "CUT", "NOT_KNOWN"]


class Trace(Answer):
    """The paths between two ends."""

    from_: list[Named] = Field(alias="from")
    to: list[Named]
    max_hops: int
    shortest: bool
    as_of: Day
    types: list[str]
    statuses: list[str]
    min_origins: int
    direction: str
    completeness: Completeness
    paths: list[PathTold]
    replies: list[Reply] = Field(description="What was answered to links of the paths.")
    evidence_cut: dict[str, Any] | None = Field(
        description="The fewest origins without which no path is left."
    )
    cut: list[Cut]


class Neighbour(EntityTold):
    """An entity near another, with one shortest way to it."""

    datasets: list[str] = Field(default_factory=list)
    listed: bool
    distance: int
    path: PathTold


class Near(Answer):
    """What lies around an entity."""

    entity: Named
    others: list[Named]
    hops: int
    as_of: Day
    types: list[str]
    statuses: list[str]
    min_origins: int
    direction: str
    completeness: Completeness
    total: int
    counts: list[dict[str, int]] | dict[str, int]
    entities: list[Neighbour]
    cut: list[Cut]
