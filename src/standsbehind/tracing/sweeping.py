"""Sweeping: one holder's interests in a graph too large for fractions, level by level.

The same equations as in `interest`, in float64. What stands in no circle is worked out once, after
all that it depends on. Circles are solved one by one, small ones by linear systems; the rest is
iterated from below. Results are rounded outwards: by more than sums can err; in a circle, by what an
error adds up to on its rounds; in what is iterated, by the pace at which it slows down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import WHOLE
from standsbehind.tracing.columns import Bound, Column, Policy, reached
from standsbehind.tracing.levels import Bounds, Floats, Links, circles_in, sweep, total
from standsbehind.tracing.stakes import Stakes

__all__ = ["interests_of"]

ERROR = 1e-12
"""How far the results are rounded outwards, relatively; sums of float64 err less."""
MOST_IN_CORE = 2_000
"""Nodes in and between circles up to which circles are told apart; else all are iterated."""
MOST_IN_CIRCLE = 400
MOST_SWEEPS = 2_000
TOGETHER = 1 << 18
"""Nodes whose interests are worked out together."""
_MOST_ROUNDS = 60


def interests_of(stakes: Stakes, *roots: int) -> Bounds:
    """Bound the interest of a node, or of several together, in every node."""
    links = Links.of(stakes.owner, stakes.asset, len(stakes.nodes))
    sides = _Columns.both(stakes, links)
    lower, upper = sweep(links, roots, sides, are_whole=True)
    return Bounds.rounded(lower, upper, ERROR)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The shares at one of their bounds, for a walk from an owner to what it owns."""

    links: Links
    bound: Bound
    least: NDArray[np.int32]
    """Shape (m,), in billionths."""
    most: NDArray[np.int32]
    is_indirect: NDArray[np.bool_]
    is_loose: NDArray[np.bool_]
    """Shape (k,): the most of the shares in a node is more than the whole."""
    has_indirect: bool

    @classmethod
    def both(cls, stakes: Stakes, links: Links) -> list["_Columns"]:
        """Make the columns at the lower and at the upper bounds."""
        shares = stakes.lower, stakes.upper, stakes.indirect
        has_indirect = bool(stakes.indirect.any())
        tight, loose = np.zeros(links.size, dtype=np.bool_), stakes.is_loose()
        return [
            cls(links, "lower", *shares, tight, has_indirect),
            cls(links, "upper", *shares, loose, has_indirect),
        ]

    def value(self, nodes: NDArray[Any], interest: Floats) -> Floats:
        """Work out the interest in some nodes from that in their owners."""
        if len(nodes) > TOGETHER:
            parts = range(0, len(nodes), TOGETHER)
            some = (nodes[start : start + TOGETHER] for start in parts)
            return np.concatenate([self.value(part, interest) for part in some])
        rows, turn = self.links.into(nodes)
        held = (self.least if self.bound == "lower" else self.most)[rows] / WHOLE
        held *= interest[self.links.tail[rows]]
        direct = ~self.is_indirect[rows] if self.has_indirect else slice(None)
        found = total(turn[direct], held[direct], len(nodes))
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
        least = self.least[rows] / WHOLE
        more = self.most[rows] / WHOLE - least
        left = 1.0 - total(turn, least, len(nodes))
        before = np.cumsum(more) - more
        first = np.searchsorted(turn, np.arange(len(nodes)))
        before -= before[np.minimum(first, len(rows) - 1)][turn]
        given = np.clip(left[turn] - before, 0.0, more)
        return total(turn, (least + given) * held, len(nodes))

    def _with_indirect(
        self, found: Floats, turn: NDArray[Any], stated: Floats
    ) -> Floats:
        """Count what is stated as indirect: on top at most, and at least for one owner alone."""
        if self.bound == "upper":
            return found + total(turn, stated, len(found))
        np.maximum.at(found, turn, stated)
        return found

    def solve(self, core: NDArray[Any], interest: Floats) -> None:
        """Solve what stands in circles and between them."""
        if len(core) > MOST_IN_CORE:
            _iterate(core, interest, self)
            return
        for circle in circles_in(self.links, core):
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
        weight = np.ones(len(circle))
        for _ in range(_MOST_ROUNDS):
            solved, weight = _linear(chosen, circle, interest)
            interest[circle] = np.minimum(solved, 1.0)
            better = {
                node: policy
                for node, column in columns.items()
                if _worth(policy := column.choose(self.bound, interest), interest)  # type: ignore[arg-type]
                > interest[node] + ERROR
                and interest[node] < 1.0
            }
            if not better:
                break
            chosen |= better
        # No choice is better by more than ERROR, which each round of the circle adds up.
        margin = 2 * ERROR * float(weight.max())
        wide = interest[circle] + (margin if self.bound == "upper" else -margin)
        interest[circle] = np.clip(wide, 0.0, 1.0)

    def _column(self, node: int) -> Column:
        rows, _ = self.links.into(np.array([node]))
        direct: dict[int, tuple[Any, Any]] = {}
        indirect: dict[int, tuple[Any, Any]] = {}
        for row in rows.tolist():
            owner = int(self.links.tail[row])
            bounds = (self.least[row] / WHOLE, self.most[row] / WHOLE)
            (indirect if self.is_indirect[row] else direct)[owner] = bounds
        return Column(direct, indirect)


def _worth(policy: Policy, interest: Floats) -> float:
    return float(sum(float(share) * interest[o] for o, share in policy.items()))


def _linear(
    policies: Mapping[int, Policy], circle: NDArray[Any], interest: Floats
) -> tuple[Floats, Floats]:
    """Solve x = Sx + c for one choice of shares; the whole where it has no solution.

    Returned with d = Sd + 1: how much an error in each round adds up to.
    """
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
    given = np.array([[fixed[node], 1.0] for node in there]).reshape(-1, 2)
    try:
        found = np.linalg.solve(matrix, given)
    except np.linalg.LinAlgError:
        found = np.ones((len(there), 2))
    solved, weight = np.zeros(len(circle)), np.ones(len(circle))
    at = np.searchsorted(circle, there)
    solved[at] = np.where(found[:, 0] < -ERROR, 1.0, found[:, 0])
    weight[at] = np.maximum(found[:, 1], 1.0)
    return np.maximum(solved, 0.0), weight


def _iterate(nodes: NDArray[Any], interest: Floats, columns: _Columns) -> None:
    """Iterate from below, and judge by how fast it slows down how far the solution can be.

    What is reached is a lower bound; an upper one lies twice as far above as changes that
    shrink at that pace can still add up to.
    """
    interest[nodes] = 0.0
    before = left = 1.0
    for _ in range(MOST_SWEEPS):
        after = columns.value(nodes, interest)
        change = float(np.max(np.abs(after - interest[nodes]), initial=0.0))
        interest[nodes] = after
        pace = change / before if before else 0.0
        left = change * pace / (1 - pace) if pace < 1 else 1.0
        before = change
        if change == 0.0 or left < ERROR:
            break
    if columns.bound == "upper":
        interest[nodes] = np.minimum(interest[nodes] + 2 * left + ERROR, 1.0)
