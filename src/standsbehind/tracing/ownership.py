"""Ownership: who holds an entity or what it holds, how much in all, and by which stated stakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import (
    WHOLE,
)
from standsbehind.graph.reader import Reader
from standsbehind.tracing.chains import interests_in
from standsbehind.tracing.interest import Interest, interest_of
from standsbehind.tracing.notes import Note, notes_around
from standsbehind.tracing.stakes import (
    Side,
    Stakes,
    gather,
    holdings_around,
)
from standsbehind.tracing.stated import Stake, stakes_at
from standsbehind.tracing.sweeping import interests_of

__all__ = ["Holder", "Ownership", "Question", "ownership"]

LIMIT = 200
MOST_EXACT = 2_000
"""Stakes up to which one holder's interests are worked out in fractions."""
MOST_EACH = 60
"""Entities up to which the interest of each holder is worked out for itself."""
MOST_DRAWN = 120
"""Stakes that are told, the nearest first, besides those that join holders to the entity."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of one entity, who holds it or what it holds, on a day."""

    entity: str
    side: Side
    as_of: date
    by: tuple[str, ...] = ()
    """Holders whose interest is also worked out together."""
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Holder:
    """An entity at the other end, and the interest of the holder in what is held."""

    id: str
    lower: Fraction
    upper: Fraction
    votes: Interest | None
    """The same by voting rights alone; None where none are stated on the way."""
    direct: tuple[Stake, ...]


@dataclass(frozen=True, slots=True)
class Ownership:
    """The answer. `stakes` holds all that the picture of it is drawn from."""

    question: Question
    holders: tuple[Holder, ...]
    together: Interest | None
    """The interest of the holders named in `by`, together; None where none of them is stated
    to hold it at any remove."""
    stakes: tuple[Stake, ...]
    unstated: Fraction
    """How much of the entity nobody is stated to hold, at most."""
    notes: tuple[Note, ...]
    left_out: int = 0
    """Holders beyond the limit."""


def ownership(reader: Reader, question: Question) -> Ownership:
    """Answer the question. Raises KeyError for an entity that the snapshot does not hold."""
    node = reader.numbers[question.entity]
    holdings = reader.holdings
    rows = holdings_around(holdings, node, question.side, question.as_of)
    capital = gather(holdings, rows, "capital")
    votes = gather(holdings, rows, "votes")
    found = _interests(capital, node, question.side)
    by_votes = _interests(votes, node, question.side)
    ranked, count = _ranked(found, by_votes, node, question.limit)
    direct = _direct(reader, rows, node, question.side, ranked)
    ends = [(n, node) if question.side == "owners" else (node, n) for n in ranked]
    holders = tuple(
        Holder(
            id=reader.ids[n],
            lower=(one := _as_told(capital, found.of(n), end)).lower,
            upper=one.upper,
            votes=_as_told(votes, by_votes.of(n), end) if len(votes) else None,
            direct=direct.get(n, ()),
        )
        for n, end in zip(ranked, ends, strict=True)
    )
    place = capital.place(node)
    stated = 0 if place is None else int(capital.stated_in()[place])
    stakes = dict.fromkeys(s for holder in holders for s in holder.direct)
    near = rows[:MOST_DRAWN].tolist()
    stakes |= dict.fromkeys(stakes_at(reader, near))
    return Ownership(
        question=question,
        holders=holders,
        together=_together(reader, capital, node, question),
        stakes=tuple(stakes),
        unstated=Fraction(max(WHOLE - stated, 0), WHOLE),
        notes=notes_around(reader, rows, (capital, votes), node),
        left_out=count - len(ranked),
    )


_NOTHING = Interest(Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class _Interests:
    """Interests by node of the snapshot; exact ones beside their nearest floats."""

    nodes: NDArray[np.int32]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    exact: Sequence[Interest] = ()

    @classmethod
    def of_exact(
        cls, nodes: NDArray[np.int32], exact: Sequence[Interest]
    ) -> "_Interests":
        lower, upper = (
            np.array([float(getattr(one, bound)) for one in exact])
            for bound in ("lower", "upper")
        )
        return cls(nodes, lower, upper, exact)

    def of(self, node: int) -> Interest:
        """Return the interest of, or in, a node."""
        place = int(np.searchsorted(self.nodes, node))
        if place == len(self.nodes) or self.nodes[place] != node:
            return _NOTHING
        if self.exact:
            return self.exact[place]
        return Interest(Fraction(self.lower[place]), Fraction(self.upper[place]))

    def spread(self, nodes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Give both bounds for some nodes, nothing for those that are not here."""
        place = np.minimum(np.searchsorted(self.nodes, nodes), len(self.nodes) - 1)
        here = self.nodes[place] == nodes if len(self.nodes) else place < 0
        if not len(self.nodes):
            return np.zeros(len(nodes)), np.zeros(len(nodes))
        return np.where(here, self.lower[place], 0), np.where(
            here, self.upper[place], 0
        )


def _as_told(stakes: Stakes, found: Interest, ends: tuple[int, int]) -> Interest:
    """Take an interest together with what a source states of it as indirect, where both can be."""
    owner, asset = (stakes.place(node) for node in ends)
    if owner is None or asset is None or (owner, asset) not in stakes.told:
        return found
    own = (stakes.owner == owner) & (stakes.asset == asset) & ~stakes.indirect
    lower, upper = (
        Fraction(told + int(bound[own].sum()), WHOLE)
        for told, bound in zip(
            stakes.told[owner, asset], (stakes.lower, stakes.upper), strict=True
        )
    )
    both = Interest(max(found.lower, lower), min(found.upper, upper))
    return found if both.lower > both.upper else both


def _ranked(
    capital: _Interests, votes: _Interests, node: int, limit: int
) -> tuple[list[int], int]:
    """Rank the other nodes by what they surely have, then by what they may; count them all."""
    nodes = np.union1d(capital.nodes, votes.nodes)
    nodes = nodes[nodes != node]
    keys = [*capital.spread(nodes), *votes.spread(nodes)]
    is_any = (keys[1] > 0) | (keys[3] > 0)
    nodes, keys = nodes[is_any], [key[is_any] for key in keys]
    count = len(nodes)
    if count > limit:
        least = np.partition(keys[0], count - limit)[count - limit]
        kept = keys[0] >= least
        nodes, keys = nodes[kept], [key[kept] for key in keys]
    order = np.lexsort((nodes, *(-key for key in reversed(keys))))
    ranked: list[int] = nodes[order][:limit].tolist()
    return ranked, count


def _interests(stakes: Stakes, node: int, side: Side) -> _Interests:
    """Work out the interests of each in the node, or of it in each."""
    place = stakes.place(node)
    if place is None:
        return _Interests(np.empty(0, np.int32), np.empty(0), np.empty(0))
    if side == "owners":
        return _interests_of_each(stakes, place)
    return _interests_of_one(stakes, place)


def _interests_of_one(stakes: Stakes, *places: int) -> _Interests:
    exact = interest_of(stakes, *places) if len(stakes) <= MOST_EXACT else None
    if exact is not None:
        return _Interests.of_exact(stakes.nodes, exact)
    bounds = interests_of(stakes, *places)
    return _Interests(stakes.nodes, bounds.lower, bounds.upper)


def _interests_of_each(stakes: Stakes, place: int) -> _Interests:
    if len(stakes.nodes) > MOST_EACH:
        bounds = interests_in(stakes, place)
        return _Interests(stakes.nodes, bounds.lower, bounds.upper)
    target = int(stakes.nodes[place])
    each = [
        _NOTHING if other == place else _interests_of_one(stakes, other).of(target)
        for other in range(len(stakes.nodes))
    ]
    return _Interests.of_exact(stakes.nodes, each)


def _together(
    reader: Reader, stakes: Stakes, node: int, question: Question
) -> Interest | None:
    """Work out what the named holders have in the entity together."""
    place = stakes.place(node)
    if not question.by or question.side != "owners":
        return None
    known = (reader.numbers.get(key) for key in question.by)
    places = [p for n in known if n is not None and (p := stakes.place(n)) is not None]
    if place is None or not places:
        return None
    return _interests_of_one(stakes, *places).of(node)


def _direct(
    reader: Reader,
    rows: NDArray[np.int64],
    node: int,
    side: Side,
    shown: Sequence[int],
) -> dict[int, tuple[Stake, ...]]:
    """Collect the stakes and statements that join the entity to each holder that is shown."""
    holdings = reader.holdings
    near, far = (
        (holdings.asset, holdings.owner)
        if side == "owners"
        else (holdings.owner, holdings.asset)
    )
    joining = rows[(near[rows] == node) & np.isin(far[rows], list(shown))]
    found: dict[int, list[Stake]] = {}
    stakes = stakes_at(reader, joining.tolist())
    for other, stake in zip(far[joining].tolist(), stakes, strict=True):
        found.setdefault(other, []).append(stake)
    return {other: tuple(held) for other, held in found.items()}
