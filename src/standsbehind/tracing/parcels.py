"""Parcels: what several statements of one holder's shares in one firm come to, taken together.

They are one stake told several times, parcels that add up, or it is not said which. They are
parcels where each names a class of shares and the classes differ; of two interests that one
record lists, or that two records of one source give differently, it is not said.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from standsbehind.graph.holdings import WHOLE

__all__ = ["Part", "Together", "together"]


class Part(NamedTuple):
    """One statement: its bounds in billionths, and what tells it from the others."""

    lower: int
    above: bool
    """Whether the share is more than the lower bound."""
    upper: int
    below: bool
    parcel: int
    """The class of shares that is named; 0 for none."""
    record: int
    """The record that tells it, and its source; 0 where that is not known."""
    source: int


class Together(NamedTuple):
    """What the statements come to."""

    lower: int
    above: bool
    upper: int
    below: bool
    conflict: bool = False
    """Whether the statements of one stake cannot all be true; the bounds span them."""
    unclear: bool = False
    """Whether it is not said if they are one stake or parcels; the bounds hold both."""


def together(parts: Sequence[Part]) -> Together:
    """Take the statements of one holder's shares in one firm together."""
    classes = {part.parcel for part in parts}
    if len(classes) == 1:
        return _of_one_class(parts)
    each = [_of_one_class([p for p in parts if p.parcel == one]) for one in classes]
    added = _added(each)
    if 0 not in classes and added.lower <= WHOLE:
        return added
    # Beyond the whole, each is a share of its own class, and of the whole who knows which;
    # and a share of no class may be the sum of the others, or one more.
    return _either(_spanned(each), added)


def _of_one_class(parts: Sequence[Part]) -> Together:
    """Take statements together of which none says that it is of another parcel than the others."""
    one = _as_one(parts)
    if any(_may_add_up(*pair, differ=one.conflict) for pair in combinations(parts, 2)):
        return _either(one, _added(parts))
    return one


def _may_add_up(one: Part, other: Part, *, differ: bool) -> bool:
    if one.record and one.record == other.record:
        return True
    return differ and bool(one.source) and one.source == other.source


def _as_one(parts: Sequence[Part]) -> Together:
    """Take them as told of one stake: what all allow, or else all that they span."""
    low = max((p.lower, p.above) for p in parts)
    high = min((p.upper, not p.below) for p in parts)
    if low[0] > high[0] or (low[0] == high[0] and (low[1] or not high[1])):
        return _spanned(parts)._replace(conflict=True)
    return Together(*low, high[0], not high[1])


def _spanned(parts: Sequence[Part | Together]) -> Together:
    low = min((p.lower, p.above) for p in parts)
    high = max((p.upper, not p.below) for p in parts)
    return Together(*low, high[0], not high[1])


def _added(parts: Iterable[Part | Together]) -> Together:
    """Add them up, to the whole at most; the sum is open at an end where any of them is."""
    found = list(parts)
    most = sum(p.upper for p in found)
    return Together(
        lower=sum(p.lower for p in found),
        above=any(p.above for p in found),
        upper=min(most, WHOLE),
        below=most <= WHOLE and any(p.below for p in found),
        conflict=any(isinstance(p, Together) and p.conflict for p in found),
        unclear=any(isinstance(p, Together) and p.unclear for p in found),
    )


def _either(one: Together, added: Together) -> Together:
    """Hold both readings: the least of the one and the most of the other."""
    return added._replace(
        lower=one.lower, above=one.above, conflict=False, unclear=True
    )
