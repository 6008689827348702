"""Cascade: which firms count as listed because listed ones hold enough of them, step by step.

Not an interest: a firm that listed ones hold to the threshold counts as listed itself, and its own
stakes then count in full. Shares are between two bounds, so two sets are grown, each the least
that the rule allows: firms that are caught whatever the shares are, and those that some shares
would catch. Between the two the answer depends on facts that are not known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import WHOLE
from standsbehind.tracing.stakes import Stakes, sums

__all__ = [
    "Cascade",
    "Deciding",
    "Question",
    "Relation",
    "Threshold",
    "cascade",
    "deciding",
    "proof",
]


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much of a firm listed ones must hold for it to count as listed."""

    share: int
    """In billionths."""
    is_more: bool
    """Whether it must be more than the share, and not just as much."""
    is_aggregate: bool = True
    """Whether the stakes of several listed holders add up."""

    def is_met_by(self, share: int) -> bool:
        """Whether a share reaches the threshold."""
        return share > self.share or (share == self.share and not self.is_more)


class Relation(NamedTuple):
    """A statement that one entity controls another, or is its affiliate; by nodes and row."""

    owner: int
    asset: int
    row: int


@dataclass(frozen=True, slots=True)
class Question:
    """What a cascade is asked over: stakes by class, each class for itself, and statements."""

    layers: tuple[Stakes, ...]
    seeds: frozenset[int]
    """The nodes that are listed themselves."""
    threshold: Threshold | None = None
    """None where no share matters."""
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Cascade:
    """The nodes that are caught, with the round in which each was; seeds have round 0."""

    certain: Mapping[int, int]
    possible: Mapping[int, int]


def cascade(question: Question) -> Cascade:
    """Grow both sets from the listed nodes, or from each alone where they do not add up.

    One holder's stakes through firms that it holds to the threshold add up in either case.
    """
    if not question.seeds:
        return Cascade({}, {})
    if question.threshold is None or question.threshold.is_aggregate:
        return _together(question)
    certain: dict[int, int] = {}
    possible: dict[int, int] = {}
    for seed in sorted(question.seeds):
        alone = _together(replace(question, seeds=frozenset({seed})))
        for whole, part in ((certain, alone.certain), (possible, alone.possible)):
            for node, turn in part.items():
                whole[node] = min(turn, whole.get(node, turn))
    return Cascade(certain, possible)


def _together(question: Question) -> Cascade:
    return Cascade(
        _grown(question, is_certain=True), _grown(question, is_certain=False)
    )


def _grown(question: Question, *, is_certain: bool) -> dict[int, int]:
    caught = dict.fromkeys(sorted(question.seeds), 0)
    layers = [] if question.threshold is None else question.layers
    columns = [_Layer.of(one, question.threshold) for one in layers]  # type: ignore[arg-type]
    turn = 0
    fresh: set[int] = set(caught)
    while fresh:
        turn += 1
        met: set[int] = set()
        for column in columns:
            column.count(fresh)
            met.update(column.met(is_certain=is_certain))
        met.update(r.asset for r in question.relations if r.owner in fresh)
        fresh = {node for node in met if node not in caught}
        caught |= dict.fromkeys(sorted(fresh), turn)
    return caught


@dataclass(slots=True)
class _Layer:
    """The stakes of one class, and which of their owners count as listed so far."""

    stakes: Stakes
    threshold: Threshold
    counts: NDArray[np.bool_]
    """Shape (k,)."""
    outer: NDArray[np.bool_]
    """Shape (m,): stakes in others; what a firm holds in itself counts for nobody."""
    beside: NDArray[np.int64]
    """Shape (m,): the least that the owner of an indirect stake holds directly as well."""

    @classmethod
    def of(cls, stakes: Stakes, threshold: Threshold) -> "_Layer":
        size = len(stakes.nodes)
        outer = stakes.owner != stakes.asset
        beside = np.zeros(len(stakes), dtype=np.int64)
        for row in np.flatnonzero(stakes.indirect).tolist():
            same = (stakes.owner == stakes.owner[row]) & ~stakes.indirect
            beside[row] = stakes.lower[same & (stakes.asset == stakes.asset[row])].sum()
        return cls(stakes, threshold, np.zeros(size, dtype=np.bool_), outer, beside)

    def count(self, fresh: Iterable[int]) -> None:
        """Count further nodes as listed."""
        places = (self.stakes.place(node) for node in fresh)
        self.counts[[place for place in places if place is not None]] = True

    def met(self, *, is_certain: bool) -> list[int]:
        """Return the nodes of which those that count hold enough, or may hold enough."""
        found = self._least() if is_certain else self._most()
        nodes: list[int] = self.stakes.nodes[found & ~self.counts].tolist()
        return nodes

    def _least(self) -> NDArray[np.bool_]:
        """Tell where the least that the shares can be is enough."""
        stakes, size = self.stakes, len(self.stakes.nodes)
        counted = self.outer & self.counts[stakes.owner]
        direct = counted & ~stakes.indirect
        held = self._sum(direct, stakes.lower)
        # What is held through others may be held through those that count already.
        alone = counted & stakes.indirect
        np.maximum.at(held, stakes.asset[alone], (stakes.lower + self.beside)[alone])
        share = self.threshold.share
        if not self.threshold.is_more:
            return np.greater_equal(held, share)
        is_open = sums(stakes.asset[counted], stakes.above[counted] * 1, size) > 0
        return np.greater(held, share) | (np.equal(held, share) & is_open)

    def _most(self) -> NDArray[np.bool_]:
        """Tell where the most that the shares can be is enough; the others keep their least."""
        stakes, size = self.stakes, len(self.stakes.nodes)
        counted = self.outer & self.counts[stakes.owner]
        others = ~counted & ~stakes.indirect
        left = WHOLE - sums(stakes.asset[others], stakes.lower[others], size)
        direct = counted & ~stakes.indirect
        held = self._sum(direct, stakes.upper)
        is_cut = held > left
        held = np.minimum(held, left)
        held += self._sum(counted & stakes.indirect, stakes.upper)
        share = self.threshold.share
        if self.threshold.is_more:
            return np.greater(held, share)
        below = sums(stakes.asset[counted], stakes.below[counted] * 1, size) > 0
        tighter = sums(stakes.asset[others], stakes.above[others] * 1, size) > 0
        is_open = np.where(is_cut, tighter, below)
        return np.greater(held, share) | (np.equal(held, share) & ~is_open)

    def _sum(
        self, chosen: NDArray[np.bool_], share: NDArray[np.int32]
    ) -> NDArray[np.int64]:
        return sums(self.stakes.asset[chosen], share[chosen], len(self.stakes.nodes))


def with_share(stakes: Stakes, row: int, share: int) -> Stakes:
    """Return the stakes as they would be if one share were known."""
    lower, upper = stakes.lower.copy(), stakes.upper.copy()
    above, below = stakes.above.copy(), stakes.below.copy()
    lower[row] = upper[row] = share
    above[row] = below[row] = False
    return replace(stakes, lower=lower, upper=upper, above=above, below=below)


class Deciding(NamedTuple):
    """A share that is not known exactly, and from where on it would decide the answer."""

    layer: int
    row: int
    yes_from: int | None
    """The least share, in billionths, at which the answer is YES whatever the others are."""
    no_at: int | None
    """A share at which the answer is NO whatever the others are: the least that is possible."""


def deciding(question: Question, node: int, found: Cascade) -> list[Deciding]:
    """Name the shares that would each decide whether a node is caught, or may help to.

    A share that decides alone comes first. Looks at no more than `MOST_FACTS`.
    """
    facts = []
    size = sum(map(len, question.layers))
    most = max(1, min(MOST_FACTS, MOST_WORK // (size * _TRIES + 1)))
    for layer, row in _uncertain(question, node, found)[:most]:
        stakes = question.layers[layer]
        low, high = int(stakes.lower[row]), int(stakes.upper[row])
        at_most, at_least = (
            cascade(_told(question, layer, row, share)) for share in (high, low)
        )
        yes = node in at_most.certain
        facts.append(
            Deciding(
                layer,
                row,
                _yes_from(question, node, (layer, row), (low, high)) if yes else None,
                low if node not in at_least.possible else None,
            )
        )
    return sorted(facts, key=lambda f: (f.yes_from is None, f.no_at is None))


MOST_FACTS = 40
"""Shares looked at for one answer."""
MOST_WORK = 20_000_000
"""Stakes looked at for one answer, over all that is tried out."""
_TRIES = 34
"""Cascades for one share: its two bounds, and halving between them."""


def _told(question: Question, layer: int, row: int, share: int) -> Question:
    layers = list(question.layers)
    layers[layer] = with_share(layers[layer], row, share)
    return replace(question, layers=tuple(layers))


def _yes_from(
    question: Question, node: int, at: tuple[int, int], bounds: tuple[int, int]
) -> int:
    """Find the least share that decides, by halving; answers grow with every share."""
    low, high = bounds
    while low < high:
        middle = (low + high) // 2
        if node in cascade(_told(question, *at, middle)).certain:
            high = middle
        else:
            low = middle + 1
    return high


def _uncertain(question: Question, node: int, found: Cascade) -> list[tuple[int, int]]:
    """List the inexact stakes of possible holders on the ways to a node, the nearest first."""
    listed: dict[tuple[int, int], None] = {}
    ring, seen = [node], {node}
    while ring and len(listed) < MOST_FACTS:
        ahead: list[int] = []
        for layer, stakes in enumerate(question.layers):
            places = [p for n in ring if (p := stakes.place(n)) is not None]
            for row in np.flatnonzero(np.isin(stakes.asset, places)).tolist():
                owner = int(stakes.nodes[stakes.owner[row]])
                if (
                    owner not in found.possible
                    or stakes.owner[row] == stakes.asset[row]
                ):
                    continue
                if stakes.lower[row] < stakes.upper[row]:
                    listed[layer, row] = None
                if owner not in seen and owner not in found.certain:
                    seen.add(owner)
                    ahead.append(owner)
        ring = ahead
    return list(listed)[:MOST_FACTS]


def proof(
    question: Question, node: int, found: Cascade
) -> tuple[list[tuple[int, int]], list[Relation]]:
    """List what certainly catches a node, the last step first: stakes (layer and row), statements."""
    stakes: dict[tuple[int, int], None] = {}
    stated: dict[Relation, None] = {}
    ring, seen = [node], {node}
    while ring:
        ahead: dict[int, None] = {}
        for one in ring:
            turn = found.certain[one]
            for layer, row, owner in _holders(question, one, found):
                stakes[layer, row] = None
                ahead[owner] = None
            for relation in question.relations:
                before = found.certain.get(relation.owner, turn) < turn
                if relation.asset == one and before:
                    stated[relation] = None
                    ahead[relation.owner] = None
        ring = [owner for owner in ahead if owner not in seen]
        seen.update(ring)
    return list(stakes), list(stated)


def _holders(
    question: Question, node: int, found: Cascade
) -> list[tuple[int, int, int]]:
    if question.threshold is None:
        return []
    turn = found.certain[node]
    return [
        (layer, row, owner)
        for layer, stakes in enumerate(question.layers)
        if (place := stakes.place(node)) is not None
        for row in np.flatnonzero(stakes.asset == place).tolist()
        if found.certain.get(owner := int(stakes.nodes[stakes.owner[row]]), turn) < turn
        and stakes.lower[row] > 0
    ]
