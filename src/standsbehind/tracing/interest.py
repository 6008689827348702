"""Interest: how much of one entity belongs to another through all chains, circles included.

The interest of r in j is x_j = sum over owners i of x_i * s_ij, with x_r = 1 and with what is
held in r left out: what comes back to r is r's already. Every stake is a share between two
bounds, and those in one entity are shares of one whole. As x grows with every share, the bounds
of x are those at the bounds of the shares. They are solved component by component: in exact
fractions, each choice of shares a linear system, until no better choice is left (Howard's policy
iteration); so that a lower bound is the least that is possible, and an upper bound the most.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from standsbehind.tracing.columns import (
    Bound,
    Column,
    Policy,
    columns_of,
    reached,
    worth,
)
from standsbehind.tracing.components import components
from standsbehind.tracing.stakes import Stakes

__all__ = ["Interest", "interest_of"]

MOST_IN_CIRCLE = 24
"""A larger circle of holdings is not solved in fractions, whose digits grow with it."""
_MOST_ROUNDS = 60
_NOTHING, _WHOLE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Interest:
    """What one entity's interest in another is at least and at most, from 0 to 1."""

    lower: Fraction
    upper: Fraction


def interest_of(stakes: Stakes, *roots: int) -> list[Interest] | None:
    """Work out the interest of a node, or of several together, in every node, in fractions.

    What several hold in one another is theirs already, as what one holds in itself is. None where a circle is too large for that; `sweeping.interest_of` answers then.
    """
    columns = columns_of(stakes)
    for root in roots:
        columns[root] = Column({}, {})
    order = components(_held(columns))
    if any(len(circle) > MOST_IN_CIRCLE for circle in order):
        return None
    lower, upper = (_solve(columns, roots, order, b) for b in ("lower", "upper"))
    return [Interest(*bounds) for bounds in zip(lower, upper, strict=True)]


def _held(columns: Sequence[Column]) -> list[list[int]]:
    held: list[list[int]] = [[] for _ in columns]
    for asset, column in enumerate(columns):
        for owner in sorted({*column.direct, *column.indirect}):
            held[owner].append(asset)
    return held


def _solve(
    columns: Sequence[Column],
    roots: Collection[int],
    order: Iterable[Sequence[int]],
    bound: Bound,
) -> list[Fraction]:
    interest = [_NOTHING] * len(columns)
    for root in roots:
        interest[root] = _WHOLE
    for circle in order:
        (node, *others) = circle
        if node in roots:
            continue
        column = columns[node]
        if others or node in column.direct or node in column.indirect:
            _solve_circle(columns, circle, bound, interest)
        else:
            value = worth(column.choose(bound, interest), interest)
            interest[node] = min(value, _WHOLE)
    return interest


def _solve_circle(
    columns: Sequence[Column],
    circle: Sequence[int],
    bound: Bound,
    interest: list[Fraction],
) -> None:
    """Improve the choice of shares until none is better, solving the circle for each choice."""
    policies = {node: columns[node].choose(bound, interest) for node in circle}
    for _ in range(_MOST_ROUNDS):
        for node, value in _linear(policies, interest).items():
            interest[node] = min(value, _WHOLE)
        better = {}
        for node in circle:
            policy = columns[node].choose(bound, interest)
            if min(worth(policy, interest), _WHOLE) > interest[node]:
                better[node] = policy
        if not better:
            return
        policies |= better
    if bound == "upper":
        for node in circle:
            interest[node] = _WHOLE


def _linear(
    policies: Mapping[int, Policy], interest: Sequence[Fraction]
) -> dict[int, Fraction]:
    """Solve x = Sx + c for one choice of shares, by elimination; c comes from outside.

    Nodes that nothing outside reaches have no interest: of all solutions the least counts.
    """
    outside = {
        node: sum(
            (s * interest[o] for o, s in policy.items() if o not in policies), _NOTHING
        )
        for node, policy in policies.items()
    }
    there = reached(policies, outside)
    solved = dict.fromkeys(policies, _NOTHING)
    rows = {
        node: (
            {o: s for o, s in policies[node].items() if o in there},
            outside[node],
        )
        for node in there
    }
    order = sorted(rows)
    for place, node in enumerate(order):
        rows[node] = _without_itself(*rows[node], node)
        for other in order[place + 1 :]:
            rows[other] = _substituted(rows[other], node, rows[node])
    for node in reversed(order):
        shares, fixed = rows[node]
        solved[node] = fixed + sum((s * solved[o] for o, s in shares.items()), _NOTHING)
    return solved


Row = tuple[dict[int, Fraction], Fraction]


def _without_itself(shares: dict[int, Fraction], fixed: Fraction, node: int) -> Row:
    own = shares.get(node, _NOTHING)
    rest = {o: s for o, s in shares.items() if o != node}
    if not own:
        return rest, fixed
    if own >= 1:
        # All of it is its own: whatever is added comes round without end, so all of it counts.
        return {}, _WHOLE
    return {o: s / (1 - own) for o, s in rest.items()}, fixed / (1 - own)


def _substituted(row: Row, node: int, by: Row) -> Row:
    shares, fixed = row
    share = shares.get(node)
    if not share:
        return row
    put = {o: s for o, s in shares.items() if o != node}
    for other, one in by[0].items():
        put[other] = put.get(other, _NOTHING) + share * one
    return put, fixed + share * by[1]
