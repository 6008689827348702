"""Persons: how far two names of persons say the same, part by part."""

from collections.abc import Callable

from standsbehind.matching.person_alignment import Alignment, Meeting, align
from standsbehind.matching.person_han import HAS_HAN
from standsbehind.matching.person_lexicon import Role
from standsbehind.matching.person_parts import PersonName, read_person
from standsbehind.matching.person_roles import FULL, Part, Reading, Side
from standsbehind.matching.person_sounding import (  # fmt: skip
    ANCHORS,
    keys,
    likeness,
    variant_of,
)
from standsbehind.matching.score import Comparison, Feature

__all__ = [
    "Commonness",
    "Part",
    "PersonName",
    "Reading",
    "Role",
    "Side",
    "compare_persons",
    "index_words",
    "read_person",
]

WEIGHT = {
    Role.NAME: 1.0,
    Role.INITIAL: 1.0,
    Role.PATRONYMIC: 1.0,
    Role.LIGHT: 0.25,
    Role.PARTICLE: 0.08,
    Role.HONORIFIC: 0.15,
    Role.SUFFIX: 0.1,
}
"""How much a part counts where it meets its like, or stands against another."""
OMITTED = {
    Role.NAME: 0.3,
    Role.INITIAL: 0.1,
    Role.PATRONYMIC: 0.1,
    Role.LIGHT: 0.15,
    Role.PARTICLE: 0.02,
    Role.HONORIFIC: 0.02,
    Role.SUFFIX: 0.1,
}
"""What a part costs that one side leaves out."""
FIRST_OMITTED = 1.75
"""What the first name costs that one side leaves out: the father's name is not the son's."""
FIRST_GIVEN_OMITTED = 1.3
"""The same where the family name is known, so that a second given name may be in use."""
CONFLICT = 1.25
"""Two names that stand against each other cost more than they would add."""
COMMON = 0.02
"""The share of persons from which on a part of a name counts as common."""
LOST_IF_COMMON = 0.3
"""How much less a common part adds."""
WITHOUT_TWO = 0.6
"""The most that names can score that meet in one part, and have more."""
OTHER_GENERATION = 0.55
OTHER_ORDER = 0.97
SIDES_CROSSED = 0.85
"""The family name of one is the given name of the other, and both say so."""
LATINISED = 0.97
SPACING = 0.97

ROUNDED = 1e-3
"""What rounding its features to four digits adds to a score at most."""

NOTHING = Comparison()

Commonness = Callable[[str], float]
"""The share of persons whose name holds a part, from 0 to 1."""


def compare_persons(
    left: PersonName,
    right: PersonName,
    commonness: Commonness | None = None,
    least: float = 0.0,
) -> Comparison:
    """Compare two names of persons in every reading; the best one counts.

    The score is the mean likeness of the parts that meet, lowered by what one side leaves
    out (a little) and by what stands against each other (much):
    M / (W + O + C), with W the weight of the parts that meet, M the same times their
    likeness, O and C the costs. Features add up to the score. Given how common parts are,
    a common one adds less when it meets its like. What stays below `least` may be told as
    nothing, in less time.
    """
    if left.native and right.native and _in_characters(left, right):
        return _compare_han(left.native, right.native)
    pairs = [
        _compare(a, b, commonness, least) for a in left.readings for b in right.readings
    ]
    best = max(pairs, key=_by_score) if len(pairs) > 1 else (*pairs, NOTHING)[0]
    if bool(left.native) != bool(right.native) and best.score:
        return best.times(LATINISED, "other script", "by transliteration")
    return best


def _by_score(found: Comparison) -> tuple[float, str]:
    """Order comparisons so that of two of one score the same one is always chosen."""
    return found.score, repr(found.features)


def _in_characters(left: PersonName, right: PersonName) -> bool:
    return bool(HAS_HAN.search(left.text) and HAS_HAN.search(right.text))


def _compare_han(left: str, right: str) -> Comparison:
    """Compare in characters, which tell more than their sound: all must be the same."""
    if left == right:
        return Comparison((Feature("same name", left, 1.0),))
    met = sum(a == b for a, b in zip(left, right, strict=False))
    share = round(0.65 * met / max(len(left), len(right)), 4)
    if not share:
        return NOTHING
    detail = " ~ ".join(sorted((left, right)))
    return Comparison((Feature("same characters", detail, share),))


def _compare(
    left: Reading, right: Reading, commonness: Commonness | None, least: float
) -> Comparison:
    if left.order > right.order:
        left, right = right, left
    if left.folded == right.folded:
        same = Comparison((Feature("same name", left.folded, 1.0),))
        return _crossed(same, left, right)
    if left.joined == right.joined:
        return Comparison((Feature("same but for spacing", left.joined, SPACING),))
    alignment = align(left, right)
    if not alignment.met:
        return NOTHING
    weights = [
        _weight(m.left, left, commonness) + _weight(m.right, right, commonness)
        for m in alignment.met
    ]
    lost = _left_over(alignment, left, right)
    if least and _most(alignment, weights, lost) < least - ROUNDED:
        return NOTHING
    found = _summed(alignment, weights, lost, left, right)
    return _limits(found, alignment, left, right)


def _most(alignment: Alignment, weights: list[float], lost: "LeftOver") -> float:
    """Give the score before what may lower it further."""
    gained = sum(
        [w * m.likeness.degree for w, m in zip(weights, alignment.met, strict=True)]
    )
    costs = sum([cost for each in lost for _, cost in each])
    return gained / (sum(weights) + costs)


def _summed(
    alignment: Alignment,
    weights: list[float],
    left_over: "LeftOver",
    left: Reading,
    right: Reading,
) -> Comparison:
    met = alignment.met
    whole = sum(weights)
    gained = sum(w * m.likeness.degree for w, m in zip(weights, met, strict=True))
    omitted, conflicts = left_over
    omission = sum(cost for _, cost in omitted)
    conflict = sum(cost for _, cost in conflicts)
    features = [
        Feature(m.likeness.how.value, _detail(m, left, right), round(w * m.likeness.degree / whole, 4))
        for w, m in zip(weights, met, strict=True)
    ]  # fmt: skip
    lost = gained / whole - gained / (whole + omission + conflict)
    for name, parts, cost in (
        ("part on one side alone", omitted, omission),
        ("parts in conflict", conflicts, conflict),
    ):
        if cost:
            share = lost * cost / (omission + conflict)
            detail = ", ".join(part for part, _ in parts)
            features.append(Feature(name, detail, -round(share, 4)))
    return Comparison(tuple(features))


def _weight(
    run: tuple[int, ...], reading: Reading, commonness: Commonness | None
) -> float:
    if len(run) == 1:
        weight = WEIGHT[reading.parts[run[0]].role]
    else:
        weight = max([WEIGHT[reading.parts[i].role] for i in run])
    if commonness is None:
        return weight
    share = min([commonness(reading.parts[i].text) for i in run])
    return weight * (1 - LOST_IF_COMMON * min(share / COMMON, 1))


def _detail(meeting: Meeting, left: Reading, right: Reading) -> str:
    here = " ".join(left.parts[i].text for i in meeting.left)
    there = " ".join(right.parts[j].text for j in meeting.right)
    return here if here == there else f"{here} ~ {there}"


Costs = list[tuple[str, float]]
LeftOver = tuple[Costs, Costs]
"""What parts cost that one side leaves out, and those that stand against each other."""


def _left_over(alignment: Alignment, left: Reading, right: Reading) -> LeftOver:
    """Split the parts that meet nothing: left out by one side, or against each other."""
    here, there = list(alignment.here), list(alignment.there)
    conflicts: Costs = []
    for roles in (FULL, _LIGHT) if here and there else ():
        ours = [
            i for i in here if left.parts[i].role in roles and not _is_extra(left, i)
        ]
        theirs = [
            j for j in there if right.parts[j].role in roles and not _is_extra(right, j)
        ]
        for i, j in zip(ours, theirs, strict=False):
            here.remove(i)
            there.remove(j)
            cost = CONFLICT * (WEIGHT[left.parts[i].role] + WEIGHT[right.parts[j].role])
            conflicts.append((f"{left.parts[i].text} / {right.parts[j].text}", cost))
    omitted = [(left.parts[i].text, _omission(left, i)) for i in here]
    omitted += [(right.parts[j].text, _omission(right, j)) for j in there]
    return omitted, conflicts


_LIGHT = frozenset({Role.LIGHT})


def _is_extra(reading: Reading, number: int) -> bool:
    """Whether a part is the Muhammad that many names carry before the one in use."""
    if number or variant_of(reading.parts[number].text) != "mohammed":
        return False
    return reading.count > 2


def _omission(reading: Reading, number: int) -> float:
    part = reading.parts[number]
    if part.role is not Role.NAME or _is_extra(reading, number):
        return OMITTED[Role.LIGHT if part.role is Role.NAME else part.role]
    names = [i for i, other in enumerate(reading.parts) if other.role in FULL]
    if part.side is Side.FAMILY and len(reading.family) == 1:
        return FIRST_OMITTED
    if number == names[0]:
        return FIRST_GIVEN_OMITTED if reading.family else FIRST_OMITTED
    return OMITTED[Role.NAME]


def _limits(
    found: Comparison, alignment: Alignment, left: Reading, right: Reading
) -> Comparison:
    full = [m for m in alignment.met if m.is_full]
    most = max(left.count, right.count)
    if len(full) < min(2, most) and found.score > WITHOUT_TWO:
        found = found.at_most(WITHOUT_TWO, "one part alone meets", "")
    if found.score > WITHOUT_TWO and not any(
        m.likeness.how in ANCHORS and _is_word(m, left, right) for m in full
    ):
        found = found.at_most(WITHOUT_TWO, "no whole part meets", "")
    here, there = left.generation, right.generation
    if here and there and here != there:
        found = found.at_most(OTHER_GENERATION, "other generation", f"{here} / {there}")
    if _order_differs(full):
        found = found.times(OTHER_ORDER, "other order", "")
    return _crossed(found, left, right)


def _is_word(meeting: Meeting, left: Reading, right: Reading) -> bool:
    return (
        len(left.parts[meeting.left[0]].text) > 1
        and len(right.parts[meeting.right[0]].text) > 1
    )


def _order_differs(full: list[Meeting]) -> bool:
    places = [m.right for m in sorted(full, key=lambda m: m.left)]
    return places != sorted(places)


def _crossed(found: Comparison, left: Reading, right: Reading) -> Comparison:
    """Lower the score where the family name of each is no family name of the other."""
    here, there = left.family, right.family
    if not here or not there or any(likeness(a, b) for a in here for b in there):
        return found
    if here & right.given and there & left.given:
        return found.times(SIDES_CROSSED, "family and given name exchanged", "")
    return found


def index_words(person: PersonName) -> frozenset[str]:
    """Give the words under which an index finds a name.

    Two names that score .7 or more share one of them, or have two that are one edit apart
    (optimal string alignment, from 4 letters), or two edits from 9 letters.
    """
    words: set[str] = set()
    for reading in person.readings:
        words.add(reading.joined)
        for part in reading.parts:
            if part.role in FULL and len(part.text) > 1:
                words |= keys(part.text)
    return frozenset(words)
