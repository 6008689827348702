"""Shapes of holdings, effects and findings."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from standsbehind.api.shapes.evidence import (
    Answer,
    CitedEdge,
    Day,
    Designation,
    EntityTold,
    Freshness,
    Merged,
    Named,
    Receipt,
    Told,
)

__all__ = [
    "Assessed",
    "Effect",
    "Effects",
    "Element",
    "EntityEffects",
    "Finding",
    "Holder",
    "Ownership",
    "OwnershipTest",
    "Reference",
    "Stake",
    "Standard",
]


class Stake(Told):
    """A share as it is stated."""

    owner: str
    asset: str
    of: str
    lower: float
    upper: float
    share: str
    marks: list[str]
    edge: CitedEdge


class Holder(Named):
    """Who holds, and within which bounds."""

    lower: float
    upper: float
    votes: Any
    direct: list[Stake]


class Reference(Told):
    """Where a rule stands."""

    title: str
    href: str


class OwnershipTest(Told):
    """Whether a rule about ownership reaches the entity."""

    id: str
    title: str
    answer: Literal["YES", "NO", "UNDETERMINED"]
    arithmetic: str
    by_share: str | None
    state: str
    asks: str
    says: str
    from_: Day = Field(alias="from")
    to: Day
    citation: Reference
    is_listed: bool
    is_spared: bool
    counted_from: list[Named]
    unstated: float | None
    missing: list[dict[str, Any]] = Field(description="The facts that would decide.")
    proof: list[Stake]


class Ownership(Answer):
    """Who holds an entity, or what it holds."""

    entity: EntityTold
    side: Literal["owners", "assets"]
    by: list[str]
    as_of: str
    law_as_of: str
    notice: str
    holders: list[Holder]
    left_out: int
    together: Any
    unstated: float | None
    tests: list[OwnershipTest]
    stakes: list[Stake]
    others: list[Any]


class Effect(Told):
    """What one provision does for a role."""

    role: str
    program: str
    provision: str
    title: str
    jurisdiction: str
    act: str
    effect: str
    relation: str
    reaches: str
    citation: Reference
    from_: Day = Field(alias="from")
    to: Day
    unverified: bool
    unverified_why: str
    state: str
    binds: list[str]
    text: str
    condition: str
    condition_recorded: bool
    reach: str
    designation: str | None
    scope: str
    leads: bool
    listed: Any
    through: str
    evidence: list[Any]
    test: Any = Field(description="The ownership test by which it is reached.")
    links: list[Any] = Field(description="The links by which it is reached.")


class EntityEffects(Told):
    """What the programs do about one entity."""

    entity: EntityTold
    designations: list[Designation]
    effects: list[Effect]
    undetermined: list[OwnershipTest]


class Effects(Answer):
    """What each program does for a role on a day. Not legal advice."""

    entity: EntityTold
    designations: list[Designation]
    effects: list[Effect]
    undetermined: list[OwnershipTest]
    role: str | list[str]
    in_: str | None = Field(alias="in")
    as_of: str
    law_as_of: str
    notice: str
    others: list[EntityEffects]


class Element(BaseModel):
    """One thing that a norm asks, with what was looked at."""

    id: str
    says: str
    threshold: str
    result: str
    grounds: list[str]
    facts: list[dict[str, Any]]
    searches: list[dict[str, Any]]


class Finding(BaseModel):
    """A norm applied to a subject. Not shown is not cleared."""

    norm: str
    title: str
    result: str
    elements: list[Element]
    replies: list[Any]


class Standard(BaseModel):
    """The standard that was applied."""

    id: str
    version: str
    digest: str
    title: str


class Assessed(BaseModel):
    """What the conduct standard finds."""

    snapshot: str
    entity: EntityTold
    standard: Standard
    findings: list[Finding]
    as_of: Day
    law_as_of: str
    notices: list[str]
    redirected: list[Merged]
    merged: list[Merged]
    notes: list[str]
    freshness: Freshness
    receipt: Receipt
