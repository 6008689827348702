"""Matched pairs: the same found of the same conduct, on the same grade; one listed, one not."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from standsbehind.standards.parity import (
    OUTCOMES,
    Days,
    Examined,
    days_between,
)

__all__ = ["Matched", "Pair", "match_up"]

NEAREST = 100
"""Others before, and as many after, with whom a listed name is paired."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The pairs that were made, and how many are possible."""

    pairs: "tuple[Pair, ...]"
    possible: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two findings that are alike in all that the standard sees, and not in their listing."""

    listed: Examined
    other: Examined
    """A name that no list holds on the day."""

    @property
    def norm(self) -> str:
        """The class of both."""
        return self.listed.finding.norm

    @property
    def days_apart(self) -> Days | None:
        """Days from the first report on the listed one to that on the other."""
        return days_between(self.listed.first_report, self.other.first_report)

    @property
    def differs(self) -> tuple[str, ...]:
        """What else is not alike, beside the listing."""
        one, two = self.listed, self.other
        told = {
            "home": (one.home, two.home),
            "result": (one.finding.result, two.finding.result),
            "elements": tuple(
                tuple(state.result for state in each.finding.elements)
                for each in (one, two)
            ),
            "searches": (len(one.searches), len(two.searches)),
            "origins": (len(one.origins), len(two.origins)),
            "replies": (len(one.finding.replies), len(two.finding.replies)),
            "mitigating": (
                len(one.finding.mitigating),
                len(two.finding.mitigating),
            ),
            "first_report": (one.first_report, two.first_report),
            "kin": ((), two.kin),
        }
        return tuple(name for name, (ours, theirs) in told.items() if ours != theirs)


def match_up(norms: Sequence[str], examined: Iterable[Examined]) -> Matched:
    """Pair findings that are alike, the nearest first reports of a class first.

    Alike are findings of one class of which the same was found, with the same grade for each
    element. Where no claim was looked at on either side, there is nothing to compare.
    """
    alike: dict[tuple[object, ...], tuple[list[Examined], list[Examined]]] = {}
    for one in examined:
        if one.finding.norm not in norms or set(one.grades) == {"none"}:
            continue
        key = (one.finding.norm, one.outcome, one.grades)
        listed, others = alike.setdefault(key, ([], []))
        (listed if one.is_listed else others).append(one)
    pairs = [pair for both in alike.values() for pair in _nearest(*both)]

    def order(pair: Pair) -> tuple[object, ...]:
        apart = pair.days_apart
        return (
            norms.index(pair.norm),
            OUTCOMES.index(pair.listed.outcome),
            apart is None,
            max(map(abs, apart)) if apart else 0,
            (pair.listed.subject, pair.other.subject),
        )

    possible = sum(len(listed) * len(others) for listed, others in alike.values())
    return Matched(tuple(sorted(pairs, key=order)), possible)


def _nearest(listed: Sequence[Examined], others: Sequence[Examined]) -> Iterator[Pair]:
    """Pair each listed name with the others whose first reports are around its own."""
    others = sorted(others, key=_reported)
    days = [_reported(one) for one in others]
    for one in listed:
        place = bisect_left(days, _reported(one))
        around = others[max(0, place - NEAREST) : place + NEAREST]
        yield from (Pair(one, other) for other in around)


def _reported(one: Examined) -> tuple[str, str]:
    """Order by first report; those without one come after all."""
    return one.first_report or "~", one.subject
