"""What a dataset says about an entity, one value at a time, in FollowTheMoney's form."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval

__all__ = ["BASE_ID", "Claim", "Statement", "Status", "statement_id"]

BASE_ID = "id"
"""The property name under which FollowTheMoney records that an entity exists."""


class Status(StrEnum):
    """In what voice the source says it. A status is never upgraded by repetition."""

    OFFICIAL = "official"
    """An authority or court states it in its own act or record."""
    COMPANY = "company-statement"
    """The firm says it of itself."""
    REPORTED = "reported"
    """Press, researchers or NGOs report it."""
    ALLEGED = "alleged"
    """A party or prosecutor asserts it; no one has ruled."""
    JUDGED = "judged here"
    """A person who uses this data judged it so, and gave the reason."""
    OPINION = "opinion"
    """A commentator asserts it."""
    DISPUTED = "disputed"
    """Sources of standing contradict each other on it."""
    UNSTATED = "voice not stated"
    """Somebody's file says it, without saying who stands behind it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One property value about one entity from one dataset.

    Fields and id are those of FollowTheMoney 4 (`followthemoney.statement`), so that files
    of statements can be exchanged without loss.
    """

    entity_id: str
    prop: str
    schema: str
    value: str
    dataset: str
    lang: str | None = None
    original_value: str | None = None
    external: bool = False
    first_seen: str | None = None
    last_seen: str | None = None
    origin: str | None = None
    prop_type: str | None = None
    """The property's type where a file gave it; else that of the schema."""
    canonical_id: str = ""
    """The id after resolution; the entity's own id where nothing was resolved."""
    id: str = ""

    def __post_init__(self) -> None:
        if not self.canonical_id:
            object.__setattr__(self, "canonical_id", self.entity_id)
        if not self.id:
            object.__setattr__(self, "id", statement_id(self))


def statement_id(statement: Statement) -> str:
    """Compute FollowTheMoney's id: sha1 of `dataset.entity.prop.value[@lang][.ext]`."""
    key = ".".join(
        (statement.dataset, statement.entity_id, statement.prop, statement.value)
    )
    if statement.lang is not None:
        key = f"{key}@{statement.lang}"
    if statement.external:
        key = f"{key}.ext"
    return hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with what we add to it: citations, time of validity, voice.

    These fields live beside the statement, keyed by its id, and never change that id.
    """

    statement: Statement
    citations: tuple[Citation, ...]
    valid: Interval = field(default=Interval())
    status: Status = Status.OFFICIAL

    @property
    def origins(self) -> frozenset[str]:
        """Return the independent origins: citations of one group are one."""
        return frozenset(citation.origin_group for citation in self.citations)
