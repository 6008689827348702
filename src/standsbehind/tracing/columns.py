"""Columns: what an owner's interest in one entity is, given its interest in those who hold it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from standsbehind.graph.holdings import WHOLE
from standsbehind.tracing.stakes import Stakes

__all__ = ["Bound", "Column", "Policy", "columns_of", "reached", "worth"]

Bound = Literal["lower", "upper"]
Number = Fraction | float
Policy = Mapping[int, Fraction]
"""The share of each owner that counts; an interest is the sum of share times interest."""

_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Column:
    """The stakes in one entity: by owner the least and the most, direct and stated as indirect."""

    direct: Mapping[int, tuple[Fraction, Fraction]]
    indirect: Mapping[int, tuple[Fraction, Fraction]]

    def choose(self, bound: Bound, interest: Sequence[Fraction]) -> Policy:
        """Choose the shares that make the interest least or most, of all that are possible."""
        return self._least(interest) if bound == "lower" else self._most(interest)

    def _least(self, interest: Sequence[Fraction]) -> Policy:
        """Take the least shares.

        What is stated as indirect may run through those who hold directly, so that the two
        are not added up but for one owner's own.
        """
        plain = {owner: low for owner, (low, _) in self.direct.items() if low}
        best, most = plain, worth(plain, interest)
        for owner, (low, _) in self.indirect.items():
            own = self.direct.get(owner, (_NOTHING, _NOTHING))[0]
            alone = {owner: min(own + low, Fraction(1))}
            if worth(alone, interest) > most:
                best, most = alone, worth(alone, interest)
        return best

    def _most(self, interest: Sequence[Fraction]) -> Policy:
        """Give what is left of the whole to those in whom the interest is greatest."""
        shares = {owner: low for owner, (low, _) in self.direct.items()}
        left = 1 - sum(shares.values(), _NOTHING)
        for owner in sorted(self.direct, key=lambda one: (-interest[one], one)):
            low, high = self.direct[owner]
            more = min(high - low, left)
            shares[owner] += more
            left -= more
        for owner, (_, high) in self.indirect.items():
            shares[owner] = shares.get(owner, _NOTHING) + high
        return {owner: share for owner, share in shares.items() if share}


def worth(policy: Policy, interest: Sequence[Fraction]) -> Fraction:
    """Return the interest that comes of the shares."""
    return sum((share * interest[o] for o, share in policy.items()), _NOTHING)


def reached(policies: Mapping[int, Policy], outside: Mapping[int, Number]) -> set[int]:
    """Tell the nodes that something from outside reaches, be it through others.

    Of the solutions of x = Sx + c the least counts: without anything from outside, nothing.
    """
    there = {node for node, value in outside.items() if value}
    while True:
        more = {
            node
            for node, policy in policies.items()
            if node not in there and not there.isdisjoint(policy)
        }
        if not more:
            return there
        there |= more


def columns_of(stakes: Stakes) -> list[Column]:
    """Give the column of each node of the stakes."""
    columns = [Column({}, {}) for _ in stakes.nodes]
    for owner, asset, lower, upper, is_indirect in zip(
        stakes.owner.tolist(),
        stakes.asset.tolist(),
        stakes.lower.tolist(),
        stakes.upper.tolist(),
        stakes.indirect.tolist(),
        strict=True,
    ):
        column = columns[asset].indirect if is_indirect else columns[asset].direct
        bounds = (Fraction(lower, WHOLE), Fraction(upper, WHOLE))
        column[owner] = bounds
    return columns
