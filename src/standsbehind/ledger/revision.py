"""Revision: what a new reading of a dataset changes in the ledger, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from standsbehind.ledger.ledger import Change
from standsbehind.ledger.rows import claim_of, claim_row
from standsbehind.model.citation import Citation
from standsbehind.model.statement import Claim

__all__ = ["Revision", "revise"]

_COMPARED = ("valid_from", "valid_to", "status")


@dataclass(frozen=True, slots=True)
class Revision:
    """The changes that bring a dataset from its state in the ledger to a new reading."""

    changes: tuple[Change, ...]
    entities_before: int
    added: int
    """Entities that the ledger did not hold."""
    changed: int
    """Entities that stay, with at least one statement asserted, superseded or retracted."""
    removed: int
    """Entities that the new reading no longer holds."""


def revise(
    live: pa.Table, citations: Mapping[str, Citation], claims: Iterable[Claim]
) -> Revision:
    """Compare a reading with what the ledger holds.

    A statement that is unchanged is not written again: it keeps the citation of the copy
    in which it was first seen. Only new dates, voice or number of origins supersede it.
    """
    held = {row["id"]: row for row in live.to_pylist()}
    read = _each_once(claims)
    changes = (*_told(held, read, citations), *_gone(held, read, citations))
    before = {row["entity_id"] for row in held.values()}
    after = {claim.statement.entity_id for claim in read.values()}
    touched = {change.claim.statement.entity_id for change in changes}
    return Revision(
        changes=changes,
        entities_before=len(before),
        added=len(after - before),
        changed=len(touched & before & after),
        removed=len(before - after),
    )


def _each_once(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Take a statement that a reading makes in several places as one, cited to all of them."""
    read: dict[str, Claim] = {}
    for claim in claims:
        key = claim.statement.id
        if key not in read:
            read[key] = claim
        elif claim.citations != read[key].citations:
            cited = dict.fromkeys((*read[key].citations, *claim.citations))
            read[key] = replace(read[key], citations=tuple(cited))
    return read


def _told(
    held: Mapping[str, dict[str, object]],
    read: Mapping[str, Claim],
    citations: Mapping[str, Citation],
) -> Iterator[Change]:
    for key, claim in read.items():
        row = held.get(key)
        if row is None:
            yield Change("assert", claim)
        elif _differs(row, claim, citations):
            yield Change("supersede", claim)


def _differs(
    row: dict[str, object], claim: Claim, citations: Mapping[str, Citation]
) -> bool:
    now = claim_row(claim)
    if any(row[name] != now[name] for name in _COMPARED):
        return True
    named = row["citations"]
    before = (
        frozenset(citations[c].origin_group for c in named)
        if isinstance(named, list)
        else frozenset()
    )
    return before != claim.origins


def _gone(
    held: Mapping[str, dict[str, object]],
    read: Mapping[str, Claim],
    citations: Mapping[str, Citation],
) -> Iterator[Change]:
    for key, row in held.items():
        if key not in read:
            yield Change("retract", claim_of(row, citations))
