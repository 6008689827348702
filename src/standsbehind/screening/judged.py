"""Judged hits: what people judged of a row is held against its hits; none is dropped."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from standsbehind.matching.names import fold, fold_number
from standsbehind.model.statement import Claim
from standsbehind.resolution.identity import Identity, identity_of
from standsbehind.resolution.judgement_log import LogState
from standsbehind.resolution.judgements import (
    CUSTOMER,
    Customer,
    Judgement,
    Standing,
    standing_of,
)
from standsbehind.screening.match import Hit, Result
from standsbehind.screening.query import Query

__all__ = ["Judged", "Memory", "customer_of", "judge"]


@dataclass(frozen=True, slots=True)
class Memory:
    """The judgements that answers are given with, and the day on which they must hold."""

    state: LogState
    day: date

    def to_json(self, used: Sequence[str]) -> dict[str, Any] | None:
        """Name what was used, as a receipt does; None where no judgement had a say."""
        if not used:
            return None
        return {
            "size": self.state.size,
            "head": self.state.head,
            "day": self.day.isoformat(),
            "used": list(used),
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer for a row, with the hits that were judged away set aside."""

    result: Result
    """With the hits that stay."""
    aside: tuple[Hit, ...]
    """The hits that were judged not to be the row's subject."""
    standings: Mapping[str, tuple[Standing, ...]]
    """What was judged of each hit, by the entity's id."""


def customer_of(query: Query) -> Customer:
    """Say who a row is about, as far as a judgement keeps it."""
    return Customer(
        query.name,
        (*query.names, *query.products),
        query.countries,
        query.identifiers,
    )


def judge(
    result: Result,
    memory: Memory,
    claims_of: Callable[[str], Sequence[Claim]],
    lists: Collection[str] = (),
) -> Judged:
    """Set aside the hits of a row that are judged away; the others stay hits.

    A hit is judged away where a negative judgement that reaches the row is in force, no
    other in force says otherwise, and together they reach every dataset that names the
    entity, of the `lists` searched (empty: all).
    """
    customer = customer_of(result.query)
    kept: list[Hit] = []
    aside: list[Hit] = []
    standings: dict[str, tuple[Standing, ...]] = {}
    for hit in result.hits:
        statements = [claim.statement for claim in claims_of(hit.entity_id)]
        # Records that were merged kept the ids under which they were judged.
        ids = dict.fromkeys([hit.entity_id, *(one.entity_id for one in statements)])
        found = memory.state.about(ids)
        if not found:
            kept.append(hit)
            continue
        held = identity_of(statements)
        told = tuple(
            standing_of(one, held, memory.day)
            for one in found
            if _reaches(one, customer, hit, held)
        )
        searched = {name for name in held if not lists or name in lists}
        is_away = _is_judged_away(told, searched)
        standings[hit.entity_id] = _joined(told) if is_away else told
        (aside if is_away else kept).append(hit)
    return Judged(replace(result, hits=tuple(kept)), tuple(aside), standings)


def _reaches(
    one: Judgement, customer: Customer, hit: Hit, held: Mapping[str, Identity]
) -> bool:
    """Whether a judgement is of this row: a row that brings more to be known by is another."""
    judged = one.left
    if not isinstance(judged, Customer) or fold(judged.name) != fold(customer.name):
        return False
    if not customer.folded_names <= judged.folded_names:
        return False
    if one.scope == CUSTOMER:
        is_same_place = set(judged.countries) == set(customer.countries)
        return is_same_place and judged.numbers == customer.numbers
    # A name is judged, and this row has more than a name: the entity's own number.
    return hit.kind != "identifier" and not _shares_number(customer, held)


def _shares_number(customer: Customer, held: Mapping[str, Identity]) -> bool:
    values = (
        v for one in held.values() for found in one.values.values() for v in found
    )
    return bool(customer.numbers) and not customer.numbers.isdisjoint(
        map(fold_number, values)
    )


def _is_judged_away(standings: Sequence[Standing], searched: Collection[str]) -> bool:
    holding = [s for s in standings if s.state in {"in_force", "partial"}]
    if not holding or any(s.judgement.verdict != "negative" for s in holding):
        return False
    limits = {s.judgement.dataset for s in holding}
    return None in limits or limits.issuperset(searched)


def _joined(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Judgements that each reach a part, and together the whole, are all in force."""
    return tuple(
        replace(s, state="in_force") if s.state == "partial" else s for s in standings
    )
