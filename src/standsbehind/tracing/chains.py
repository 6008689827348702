"""Chains: every holder's interest in one entity at one go, in graphs too large for fractions."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import WHOLE, order_by
from standsbehind.tracing.levels import Bounds, Floats, Links, circles_in, sweep, total
from standsbehind.tracing.stakes import Stakes

__all__ = ["interests_in"]

ERROR = 1e-10
"""How far the results are rounded outwards, relatively: more than inverses up to `MOST_WEIGHT` err."""
MOST_WEIGHT = 1e3
"""The greatest weight in the inverse of a circle that is taken for exact enough."""
MOST_IN_CORE = 2_000
MOST_IN_CIRCLE = 400
_MOST_APART = 50


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
    return Bounds.rounded(least, np.where(most < 0, 1.0, most), ERROR)


@dataclass(slots=True)
class _Chains:
    """The weights of all chains to one node, and what of them returns to where it began."""

    links: Links
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
        return total(turn, held, len(nodes))

    def solve(self, core: NDArray[Any], found: Floats) -> None:
        is_small = len(core) <= MOST_IN_CORE
        for circle in circles_in(self.links, core) if is_small else [core]:
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
        outer = total(turn[~inner], held[~inner], len(circle))
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
    links = Links.of(stakes.asset[order], stakes.owner[order], size)
    is_endless = np.zeros(size, dtype=np.bool_)
    chains = _Chains(links, share[order], target, np.ones(size), {}, is_endless)
    (found,) = sweep(links, (target,), [chains])
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
    is_sound &= inverse.max(initial=0.0) < MOST_WEIGHT
    return inverse if is_sound else None
