"""Sweeping: interests in graphs too large for fractions, level by level over arrays.

The same equations as in `interest`, in float64. What stands in no circle is worked out once, after
all that it depends on. Circles are solved one by one, small ones by linear systems; the rest is
iterated from below, which gives a lower bound, and an upper bound is one that the equations do
not exceed (the least fixed point lies below every such bound, by Knaster and Tarski). Results are
rounded outwards by more than the arithmetic can err.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import WHOLE, distinct, order_by
from standsbehind.tracing.columns import Bound, Column, Policy, reached
from standsbehind.tracing.components import components
from standsbehind.tracing.stakes import Stakes

__all__ = ["Bounds", "interests_in", "interests_of"]

Floats = NDArray[np.float64]

ERROR = 1e-12
"""How far the results are rounded outwards, relatively; sums of float64 err less."""
MOST_IN_CORE = 2_000
"""Nodes in and between circles up to which circles are told apart; else all are iterated."""
MOST_IN_CIRCLE = 400
MOST_SWEEPS = 2_000
_ENDLESS = 1e9
_MOST_APART = 50
_MARGINS = (1e-12, 1e-10, 1e-8, 1e-5, 1e-2)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Interests by node, from 0 to 1; shape (k,) each."""

    lower: Floats
    upper: Floats

    @classmethod
    def rounded(cls, lower: Floats, upper: Floats) -> "Bounds":
        """Round outwards, and to no less than nothing and no more than the whole."""
        return cls(
            np.clip(lower * (1 - ERROR), 0, 1), np.clip(upper * (1 + ERROR), 0, 1)
        )


@dataclass(frozen=True, slots=True)
class _Links:
    """Weighted arrows, sorted by their heads, to walk from tails to heads."""

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    head_starts: NDArray[np.int64]
    by_tail: NDArray[np.int64]
    tail_starts: NDArray[np.int64]

    @classmethod
    def of(cls, tail: NDArray[Any], head: NDArray[Any], size: int) -> "_Links":
        return cls(
            tail,
            head,
            _starts(head, size),
            order_by(tail),
            _starts(tail, size),
        )

    @property
    def size(self) -> int:
        return len(self.head_starts) - 1

    def into(self, nodes: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the arrows into the nodes, and for each the place of its node."""
        rows, counts = _spans(self.head_starts, nodes)
        return rows, np.repeat(np.arange(len(nodes)), counts)

    def out_of(self, nodes: NDArray[Any]) -> NDArray[np.int64]:
        rows, _ = _spans(self.tail_starts, nodes)
        return self.by_tail[rows]

    def reached_from(self, nodes: Sequence[int]) -> NDArray[np.bool_]:
        seen = np.zeros(self.size, dtype=np.bool_)
        ring = np.array(nodes)
        seen[ring] = True
        while len(ring):
            heads = self.head[self.out_of(ring)]
            ring = distinct(heads[~seen[heads]], self.size)
            seen[ring] = True
        return seen


def interests_of(stakes: Stakes, *roots: int) -> Bounds:
    """Bound the interest of a node, or of several together, in every node."""
    kept = ~np.isin(stakes.asset, roots) & (stakes.upper > 0)
    links = _Links.of(stakes.owner[kept], stakes.asset[kept], len(stakes.nodes))
    sides = _Columns.both(stakes, kept, links)
    return Bounds.rounded(*_sweep(links, roots, sides))


class _Sums(Protocol):
    """How what nodes have comes of what those before them have."""

    def value(self, nodes: NDArray[Any], found: Floats) -> Floats:
        """Work out what some nodes have, given what all before them have."""

    def solve(self, core: NDArray[Any], found: Floats) -> None:
        """Work out what nodes in circles, and between them, have."""


def _sweep(links: _Links, roots: Sequence[int], sums: Sequence[_Sums]) -> list[Floats]:
    """Walk from the roots, each node after all that lead to it; circles are solved whole."""
    reached = links.reached_from(roots)
    waiting = np.bincount(links.head[reached[links.tail]], minlength=links.size)
    done = ~reached
    ready = np.array([root for root in roots if waiting[root] == 0], dtype=np.int64)
    found = [np.zeros(links.size) for _ in sums]
    for one in found:
        one[ready] = 1.0
    while True:
        done[ready] = True
        ready = _next(links, ready, waiting, done)
        if len(ready):
            for one, of in zip(found, sums, strict=True):
                one[ready] = of.value(ready, one)
            continue
        stuck = np.flatnonzero(~done)
        if not len(stuck):
            return found
        ready = _core(links, stuck)
        for one, of in zip(found, sums, strict=True):
            of.solve(ready, one)


def _next(
    links: _Links,
    ready: NDArray[Any],
    waiting: NDArray[Any],
    done: NDArray[np.bool_],
) -> NDArray[Any]:
    heads = _counted_down(waiting, links.head[links.out_of(ready)])
    now: NDArray[Any] = heads[(waiting[heads] == 0) & ~done[heads]]
    return now


def _counted_down(counts: NDArray[Any], nodes: NDArray[Any]) -> NDArray[Any]:
    """Count each node down as often as it is named; return the different ones."""
    if len(nodes) * 20 > len(counts):
        counts -= np.bincount(nodes, minlength=len(counts))
    else:
        np.subtract.at(counts, nodes, 1)
    return distinct(nodes, len(counts))


def _core(links: _Links, stuck: NDArray[Any]) -> NDArray[Any]:
    """Leave only what stands in circles or between them: what leads nowhere can wait."""
    is_stuck = np.zeros(links.size, dtype=np.bool_)
    is_stuck[stuck] = True
    inside = is_stuck[links.tail] & is_stuck[links.head]
    onward = np.bincount(links.tail[inside], minlength=links.size)
    ends = stuck[onward[stuck] == 0]
    while len(ends):
        is_stuck[ends] = False
        rows, _ = links.into(ends)
        tails = links.tail[rows]
        tails = _counted_down(onward, tails[is_stuck[tails]])
        ends = tails[onward[tails] == 0]
    core: NDArray[Any] = stuck[is_stuck[stuck]]
    return core


@dataclass(frozen=True, slots=True)
class _Columns:
    """The shares at one of their bounds, for a walk from an owner to what it owns."""

    links: _Links
    bound: Bound
    least: Floats
    """Shape (m,)."""
    most: Floats
    is_indirect: NDArray[np.bool_]
    is_loose: NDArray[np.bool_]
    """Shape (k,): the most of the shares in a node is more than the whole."""
    has_indirect: bool

    @classmethod
    def both(
        cls, stakes: Stakes, kept: NDArray[np.bool_], links: _Links
    ) -> list["_Columns"]:
        """Make the columns at the lower and at the upper bounds."""
        least, most = stakes.lower[kept] / WHOLE, stakes.upper[kept] / WHOLE
        is_indirect = stakes.indirect[kept]
        has_indirect = bool(is_indirect.any())
        tight, loose = np.zeros(links.size, dtype=np.bool_), stakes.is_loose()
        return [
            cls(links, "lower", least, most, is_indirect, tight, has_indirect),
            cls(links, "upper", least, most, is_indirect, loose, has_indirect),
        ]

    def value(self, nodes: NDArray[Any], interest: Floats) -> Floats:
        """Work out the interest in some nodes from that in their owners."""
        rows, turn = self.links.into(nodes)
        held = (self.least if self.bound == "lower" else self.most)[rows]
        held *= interest[self.links.tail[rows]]
        direct = ~self.is_indirect[rows] if self.has_indirect else slice(None)
        found = _total(turn[direct], held[direct], len(nodes))
        loose = self.is_loose[nodes]
        if loose.any():
            found[loose] = self._most(nodes[loose], interest)
        if self.has_indirect:
            stated = self.is_indirect[rows]
            found = self._with_indirect(found, turn[stated], held[stated])
        return np.minimum(found, 1.0)

    def _most(self, nodes: NDArray[Any], interest: Floats) -> Floats:
        """Give what is left of the whole to those in whom the interest is greatest."""
        rows, turn = self.links.into(nodes)
        direct = ~self.is_indirect[rows]
        rows, turn = rows[direct], turn[direct]
        held = interest[self.links.tail[rows]]
        order = np.lexsort((-held, turn))
        rows, turn, held = rows[order], turn[order], held[order]
        least = self.least[rows]
        more = self.most[rows] - least
        left = 1.0 - _total(turn, least, len(nodes))
        before = np.cumsum(more) - more
        first = np.searchsorted(turn, np.arange(len(nodes)))
        before -= before[np.minimum(first, len(rows) - 1)][turn]
        given = np.clip(left[turn] - before, 0.0, more)
        return _total(turn, (least + given) * held, len(nodes))

    def _with_indirect(
        self, found: Floats, turn: NDArray[Any], stated: Floats
    ) -> Floats:
        """Count what is stated as indirect: on top at most, and at least for one owner alone."""
        if self.bound == "upper":
            return found + _total(turn, stated, len(found))
        np.maximum.at(found, turn, stated)
        return found

    def solve(self, core: NDArray[Any], interest: Floats) -> None:
        """Solve what stands in circles and between them."""
        if len(core) > MOST_IN_CORE:
            _iterate(core, interest, self)
            return
        for circle in _circles(self.links, core):
            if len(circle) > MOST_IN_CIRCLE:
                _iterate(circle, interest, self)
            elif len(circle) > 1 or self._holds_itself(int(circle[0])):
                self._solve_circle(circle, interest)
            else:
                interest[circle] = self.value(circle, interest)

    def _holds_itself(self, node: int) -> bool:
        rows, _ = self.links.into(np.array([node]))
        return bool((self.links.tail[rows] == node).any())

    def _solve_circle(self, circle: NDArray[Any], interest: Floats) -> None:
        """Improve the choice of shares until none is better, as `interest` does."""
        columns = {node: self._column(node) for node in circle.tolist()}
        interest[circle] = 0.0
        chosen = {n: c.choose(self.bound, interest) for n, c in columns.items()}  # type: ignore[arg-type]
        for _ in range(60):
            interest[circle] = np.minimum(_linear(chosen, circle, interest), 1.0)
            better = {
                node: policy
                for node, column in columns.items()
                if _worth(policy := column.choose(self.bound, interest), interest)  # type: ignore[arg-type]
                > interest[node] + ERROR
                and interest[node] < 1.0
            }
            if not better:
                return
            chosen |= better
        if self.bound == "upper":
            interest[circle] = 1.0

    def _column(self, node: int) -> Column:
        rows, _ = self.links.into(np.array([node]))
        direct: dict[int, tuple[Any, Any]] = {}
        indirect: dict[int, tuple[Any, Any]] = {}
        for row in rows.tolist():
            owner, bounds = (
                int(self.links.tail[row]),
                (float(self.least[row]), float(self.most[row])),
            )
            (indirect if self.is_indirect[row] else direct)[owner] = bounds
        return Column(direct, indirect)


def _worth(policy: Policy, interest: Floats) -> float:
    return float(sum(float(share) * interest[o] for o, share in policy.items()))


def _circles(links: _Links, core: NDArray[Any]) -> list[NDArray[Any]]:
    """Tell the circles of the core apart, each after all that lead to it."""
    place = {node: turn for turn, node in enumerate(core.tolist())}
    following: list[list[int]] = []
    for node in core.tolist():
        heads = links.head[links.out_of(np.array([node]))].tolist()
        following.append([place[head] for head in heads if head in place])
    return [core[circle] for circle in components(following)]


def _linear(
    policies: Mapping[int, Policy], circle: NDArray[Any], interest: Floats
) -> Floats:
    """Solve x = Sx + c for one choice of shares; the whole where it has no solution."""
    fixed = {
        node: float(
            sum(float(s) * interest[o] for o, s in policy.items() if o not in policies)
        )
        for node, policy in policies.items()
    }
    there = sorted(reached(policies, fixed))
    place = {node: turn for turn, node in enumerate(there)}
    matrix = np.eye(len(there))
    for node in there:
        for owner, share in policies[node].items():
            if owner in place:
                matrix[place[node], place[owner]] -= float(share)
    try:
        found = np.linalg.solve(matrix, np.array([fixed[node] for node in there]))
    except np.linalg.LinAlgError:
        found = np.ones(len(there))
    solved = np.zeros(len(circle))
    solved[np.searchsorted(circle, there)] = np.where(found < -ERROR, 1.0, found)
    return np.maximum(solved, 0.0)


def _iterate(nodes: NDArray[Any], interest: Floats, columns: _Columns) -> None:
    """Iterate from below; for an upper bound, find one that the equations do not exceed."""
    interest[nodes] = 0.0
    for _ in range(MOST_SWEEPS):
        after = columns.value(nodes, interest)
        change = float(np.max(np.abs(after - interest[nodes]), initial=0.0))
        interest[nodes] = after
        if change < ERROR / 10:
            break
    if columns.bound == "lower":
        return
    least = interest[nodes].copy()
    for margin in _MARGINS:
        interest[nodes] = np.minimum(least * (1 + margin) + margin, 1.0)
        if (columns.value(nodes, interest) <= interest[nodes]).all():
            return
    interest[nodes] = 1.0


def interests_in(stakes: Stakes, target: int) -> Bounds:
    """Bound every node's interest in one node, at one go for all of them.

    All chains to the target weigh g = (I - S)^-1; what returns to i is left out of its own
    interest, which is therefore g_i over the i-th of the diagonal of the inverse of its circle.
    """
    direct = ~stakes.indirect
    least = _weighed(stakes, target, np.where(direct, stakes.lower, 0) / WHOLE)
    most = _weighed(stakes, target, stakes.upper / WHOLE)
    stated = stakes.asset == target
    np.maximum.at(least, stakes.owner[stated], stakes.lower[stated] / WHOLE)
    least[target], most[target] = 0.0, 0.0
    return Bounds.rounded(least, np.where(most < 0, 1.0, most))


@dataclass(slots=True)
class _Chains:
    """The weights of all chains to one node, and what of them returns to where it began."""

    links: _Links
    """From what is held to who holds it."""
    weight: Floats
    target: int
    own: Floats
    """Shape (k,): the weight of the chains from a node back to it, itself included."""
    apart: dict[int, float]
    """The interest of those in a circle that nobody else holds anything in."""
    endless: NDArray[np.bool_]
    """Shape (k,): no finite weight was found."""

    def value(self, nodes: NDArray[Any], found: Floats) -> Floats:
        rows, turn = self.links.into(nodes)
        self.endless[nodes[turn[self.endless[self.links.tail[rows]]]]] = True
        held = self.weight[rows] * found[self.links.tail[rows]]
        return _total(turn, held, len(nodes))

    def solve(self, core: NDArray[Any], found: Floats) -> None:
        is_small = len(core) <= MOST_IN_CORE
        for circle in _circles(self.links, core) if is_small else [core]:
            if len(circle) > MOST_IN_CIRCLE:
                self.endless[circle] = True
            else:
                self._solve_circle(circle, found)

    def _solve_circle(self, circle: NDArray[Any], found: Floats) -> None:
        rows, turn = self.links.into(circle)
        place = np.full(self.links.size, -1)
        place[circle] = np.arange(len(circle))
        if self.endless[self.links.tail[rows]].any():
            self.endless[circle] = True
            return
        there = place[self.links.tail[rows]]
        inner = there >= 0
        held = self.weight[rows] * found[self.links.tail[rows]]
        outer = _total(turn[~inner], held[~inner], len(circle))
        outer[circle == self.target] += 1.0
        shares = np.zeros((len(circle), len(circle)))
        np.add.at(shares, (turn[inner], there[inner]), self.weight[rows][inner])
        inverse = _inverse(np.eye(len(circle)) - shares)
        if inverse is not None:
            found[circle] = inverse @ outer
            self.own[circle] = np.diag(inverse)
            return
        self.endless[circle] = True
        is_closed = (place[self.links.head[self.links.out_of(circle)]] >= 0).all()
        if is_closed and len(circle) <= _MOST_APART:
            for turn_of, node in enumerate(circle.tolist()):
                self.apart[node] = _without(shares, outer, turn_of)


def _without(shares: Floats, outer: Floats, one: int) -> float:
    """Weigh the chains of one in a closed circle that do not return to it."""
    others = np.arange(len(shares)) != one
    inner = shares[np.ix_(others, others)]
    inverse = _inverse(np.eye(len(inner)) - inner)
    if inverse is None:
        return -1.0
    return float(outer[one] + shares[one, others] @ (inverse @ outer[others]))


def _weighed(stakes: Stakes, target: int, share: Floats) -> Floats:
    """Weigh the chains from every node; negative where none of finite weight was found."""
    kept = np.flatnonzero(share > 0)
    order = kept[order_by(stakes.owner[kept])]
    size = len(stakes.nodes)
    links = _Links.of(stakes.asset[order], stakes.owner[order], size)
    is_endless = np.zeros(size, dtype=np.bool_)
    chains = _Chains(links, share[order], target, np.ones(size), {}, is_endless)
    (found,) = _sweep(links, (target,), [chains])
    found /= chains.own
    found[chains.endless] = -1.0
    found[list(chains.apart)] = list(chains.apart.values())
    return found


def _inverse(matrix: Floats) -> Floats | None:
    try:
        inverse = np.linalg.inv(matrix).astype(np.float64, copy=False)
    except np.linalg.LinAlgError:
        return None
    # A circle that nobody outside holds anything in has no inverse, or one without meaning.
    is_sound = np.isfinite(inverse).all() and (inverse > -ERROR).all()
    is_sound &= inverse.max(initial=0.0) < _ENDLESS
    return inverse if is_sound else None


def _total(places: NDArray[Any], values: Floats, size: int) -> Floats:
    """Add values up by place; nothing is 0.0 even where there is no value at all."""
    return np.bincount(places, values, size).astype(np.float64, copy=False)


def _starts(ends: NDArray[Any], size: int) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(np.bincount(ends, minlength=size)))).astype(
        np.int64
    )


def _spans(
    starts: NDArray[np.int64], nodes: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    begin = starts[nodes]
    counts = starts[np.asarray(nodes) + 1] - begin
    before = np.cumsum(counts) - counts
    return np.repeat(begin - before, counts) + np.arange(counts.sum()), counts
