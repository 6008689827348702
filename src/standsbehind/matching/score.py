"""Score: how far two names say the same, and why, word by word."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from math import log10

from rapidfuzz.distance import OSA

from standsbehind.matching.consonants import sounded_out
from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.lexicon import Kind
from standsbehind.matching.names import Grade, Name, Variant
from standsbehind.matching.rarity import commonness
from standsbehind.matching.spoken import Word
from standsbehind.matching.words import (
    OTHER_SOUND,
    SOUNDED_OUT,
    edits_allowed,
    sound_alike,
)

__all__ = ["TELLING", "THRESHOLD", "Comparison", "Feature", "compare", "weigh"]

THRESHOLD = 0.7
"""The working threshold: at and above it a name is worth a person's look."""

KIND_WEIGHT = {
    Kind.BRAND: 1.0,
    Kind.NUMBER: 1.0,
    Kind.SECTOR: 0.9,
    Kind.PLACE: 0.5,
    Kind.TRADE: 0.25,
    Kind.COUNTRY: 0.22,
    Kind.FORM: 0.0,
}
"""How much a word counts. A sector word counts nearly as a brand: a bank is not a camera maker."""

GROUP = {
    Kind.BRAND: Kind.BRAND,
    Kind.NUMBER: Kind.BRAND,
    Kind.SECTOR: Kind.SECTOR,
    Kind.PLACE: Kind.PLACE,
    Kind.COUNTRY: Kind.PLACE,
    Kind.TRADE: Kind.TRADE,
    Kind.FORM: Kind.FORM,
}
"""Words of one group stand against each other: one place against another place."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one unit of weight costs that meets nothing."""

    omission: float
    """Only one of the names has such a word: a short form of the name."""
    conflict: float
    """Both have one and they differ: another firm."""


COST = {
    Kind.BRAND: Cost(0.43, 1.1),
    Kind.SECTOR: Cost(0.5, 0.85),
    Kind.PLACE: Cost(0.08, 2.5),
    Kind.TRADE: Cost(0.13, 1.8),
    Kind.FORM: Cost(0.0, 0.0),
}
MISSPELT = 1.3
"""What a misspelt word costs, per unit of weight and of unlikeness."""
GRADE = {Grade.WRITTEN: 1.0, Grade.TRANSLATED: 0.98, Grade.TRANSLITERATED: 0.95}
"""A name met through translation or transliteration is weaker evidence than one as written."""
WITHOUT_BRAND = 0.45
"""The most that names can score whose telling words do not meet."""
SHORTEST_MISSPELT = 5
"""Letters from which a word of a firm's name may be misspelt."""
SHORTEST_JOIN = 5
"""Letters from which words written together may meet a word."""
RARITY = 0.25
"""What a brand loses for each ten times as many firms that bear the word,"""
LEAST_BRAND = 0.5
"""and what it keeps at least."""
LONGEST_RUN = 4
"""Words that may be written together."""
INITIALS = 0.75
"""A name and the initials of the other, four letters or more."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason of a score, with what it adds to it or takes from it."""

    feature: str
    detail: str
    weight: float

    def to_json(self) -> dict[str, str | float]:
        """Give the fields as in `explanation`."""
        weight = round(self.weight, 4)
        return {"feature": self.feature, "detail": self.detail, "weight": weight}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The reasons of a score; the score, from 0 to 1, is their sum."""

    features: tuple[Feature, ...] = ()

    @property
    def score(self) -> float:
        """Return the sum of the weights."""
        total = sum(feature.weight for feature in self.features)
        return round(min(max(total, 0.0), 1.0), 4)

    def times(self, factor: float, feature: str, detail: str) -> "Comparison":
        """Let a reason lower the score by a factor."""
        lost = self.score * (factor - 1)
        return Comparison((*self.features, Feature(feature, detail, lost)))

    def at_most(self, limit: float, feature: str, detail: str) -> "Comparison":
        """Let a reason cap the score."""
        lost = min(limit - self.score, 0.0)
        return Comparison((*self.features, Feature(feature, detail, lost)))


NOTHING = Comparison()


def weigh(word: Word) -> float:
    """Weigh a word by its kind, and a brand by how rare it is in names."""
    if word.kind is Kind.BRAND:
        return _weigh_brand(word.text)
    return KIND_WEIGHT[word.kind]


@lru_cache(maxsize=MOST_KEPT)
def _weigh_brand(text: str) -> float:
    lost = RARITY * log10(1 + commonness(text) * 10_000)
    return max(LEAST_BRAND, 1 - lost)


def compare(left: Name, right: Name) -> Comparison:
    """Compare two names in every pair of their variants; the best one counts.

    The score of two variants is M / (M + C). M is the weight of the words that meet, C
    what the others cost: little where only one name has such a word (an omission), much
    where both have one and they differ (a conflict). Symmetric and deterministic.
    """
    if left.folded == right.folded and left.folded:
        return Comparison((Feature("same name", left.folded, 1.0),))
    pairs = [
        _compare_variants(a, b)
        for a in left.variants
        for b in right.variants
        if Grade.WRITTEN in {a.grade, b.grade}
    ]
    pairs.extend(_as_initials(left, right))
    return max(pairs, key=lambda found: (found.score, _reasons(found)), default=NOTHING)


def _reasons(comparison: Comparison) -> tuple[str, ...]:
    return tuple(feature.detail for feature in comparison.features)


Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A word of each name, or several words written together, that say the same."""

    left: Words
    right: Words
    likeness: float = 1.0

    @property
    def weight(self) -> float:
        """Return the mean weight of the two sides."""
        return (sum(map(weigh, self.left)) + sum(map(weigh, self.right))) / 2

    @property
    def is_telling(self) -> bool:
        """Whether both sides know it as a brand or a number: `Technolgy` is no brand."""
        return all(
            any(word.kind in TELLING for word in side)
            for side in (self.left, self.right)
        )

    @property
    def detail(self) -> str:
        """Show the words, in an order that does not depend on the sides."""
        here = " ".join(word.text for word in self.left)
        there = " ".join(word.text for word in self.right)
        return here if here == there else " ~ ".join(sorted((here, there)))


TELLING = frozenset({Kind.BRAND, Kind.NUMBER})


@dataclass(slots=True)
class _Alignment:
    """The words of two variants, met one to one; `left` and `right` are what is left over."""

    left: list[Word]
    right: list[Word]
    met: list[Meeting] = field(default_factory=list)

    def meet(
        self, left: Iterable[Word], right: Iterable[Word], likeness: float = 1.0
    ) -> None:
        here, there = tuple(left), tuple(right)
        for word in here:
            self.left.remove(word)
        for word in there:
            self.right.remove(word)
        self.met.append(Meeting(here, there, likeness))


def _compare_variants(left: Variant, right: Variant) -> Comparison:
    if not left.words or not right.words:
        return NOTHING
    aligned = _align(left.words, right.words)
    grade = min((left.grade, right.grade), key=GRADE.__getitem__)
    if not aligned.met:
        return NOTHING
    found = Comparison((*_meets(aligned), *_costs(aligned)))
    if not _telling_meet(aligned):
        found = found.at_most(WITHOUT_BRAND, *_missing(aligned))
    return _graded(found, grade)


def _graded(found: Comparison, grade: Grade) -> Comparison:
    if grade is Grade.WRITTEN:
        return found
    return found.times(GRADE[grade], "other script", f"by {grade.value}")


def _align(left: Words, right: Words) -> _Alignment:
    """Pair words one to one: equal ones, then words written together, then misspelt ones."""
    aligned = _Alignment(list(left), list(right))
    for word in left:
        twin = next((other for other in aligned.right if other.text == word.text), None)
        if twin is not None:
            aligned.meet([word], [twin])
    if not aligned.left or not aligned.right:
        return aligned
    _meet_joined(aligned, left, right)
    _meet_misspelt(aligned)
    return aligned


def _meet_joined(aligned: _Alignment, left: Words, right: Words) -> None:
    for word in tuple(aligned.left):
        run = _run_of(word, right, aligned.right)
        if run:
            aligned.meet([word], run)
    for word in tuple(aligned.right):
        run = _run_of(word, left, aligned.left)
        if run:
            aligned.meet(run, [word])


def _run_of(word: Word, words: Words, left_over: list[Word]) -> Words:
    """Find neighbouring words, none of which has met, that the word writes together.

    Two or three words of which one is telling, or four telling ones.
    """
    if len(word.text) < SHORTEST_JOIN or len(left_over) < 2:
        return ()
    for first in range(len(words) - 1):
        if not word.text.startswith(words[first].text):
            continue
        for end in range(first + 2, min(first + LONGEST_RUN, len(words)) + 1):
            run = words[first:end]
            told = sum(part.kind in TELLING for part in run)
            if told < (1 if len(run) < LONGEST_RUN else LONGEST_RUN):
                continue
            is_joined = word.text == "".join(part.text for part in run)
            if is_joined and not Counter(run) - Counter(left_over):
                return run
    return ()


def _meet_misspelt(aligned: _Alignment) -> None:
    alike = [
        (likeness, sorted((a.text, b.text)), a, b)
        for a in aligned.left
        for b in aligned.right
        if (likeness := likeness_of(a.text, b.text))
    ]
    # Which side a word stands on must not decide between pairs that are equally alike.
    for likeness, _, a, b in sorted(alike, key=lambda pair: (-pair[0], pair[1])):
        if a in aligned.left and b in aligned.right:
            aligned.meet([a], [b], likeness)


def likeness_of(left: str, right: str) -> float:
    """Return how alike two words are that differ, or 0 where they are not one misspelt."""
    by_sound = 0.0
    if sound_alike(left, right):
        by_sound = 1 - OTHER_SOUND
    elif sounded_out(left, right):
        by_sound = 1 - SOUNDED_OUT
    allowed = edits_allowed(left, right)
    if not allowed or min(len(left), len(right)) < SHORTEST_MISSPELT:
        return by_sound
    edits = OSA.distance(left, right, score_cutoff=allowed)
    by_letters = 1 - edits / max(len(left), len(right)) if edits <= allowed else 0.0
    return max(by_letters, by_sound)


def _meets(aligned: _Alignment) -> Iterator[Feature]:
    """Share 1 among the words that meet."""
    whole = sum(meeting.weight for meeting in aligned.met)
    for meeting in aligned.met:
        how = "same word"
        if meeting.likeness == 1 - SOUNDED_OUT and not meeting.detail.isascii():
            how = "word sounded out"
        elif meeting.likeness < 1:
            how = "word misspelt"
        elif len(meeting.left) != len(meeting.right):
            how = "written together"
        share = meeting.weight / whole if whole else 0.0
        yield Feature(how, meeting.detail, share)


def _costs(aligned: _Alignment) -> Iterator[Feature]:
    """Take from it what the words cost that do not meet, C / (M + C) in all."""
    costs = list(_charges(aligned))
    whole = sum(meeting.weight for meeting in aligned.met)
    whole += sum(cost for _, _, cost in costs)
    for feature, detail, cost in costs:
        yield Feature(feature, detail, -cost / whole if whole else 0.0)


def _charges(aligned: _Alignment) -> Iterator[tuple[str, str, float]]:
    for meeting in aligned.met:
        if meeting.likeness < 1:
            cost = MISSPELT * meeting.weight * (1 - meeting.likeness)
            yield "spelling differs", meeting.detail, cost
    for group, charge in COST.items():
        here = [word for word in aligned.left if GROUP[word.kind] is group]
        there = [word for word in aligned.right if GROUP[word.kind] is group]
        less, more = sorted((sum(map(weigh, here)), sum(map(weigh, there))))
        if less:
            detail = " against ".join(sorted((_text(here), _text(there))))
            cost = charge.conflict * less + charge.omission * (more - less)
            yield f"other {group.value}", detail, cost
        elif more:
            yield f"{group.value} missing", _text(here or there), charge.omission * more


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _telling_meet(aligned: _Alignment) -> bool:
    """Whether a telling word meets; names of common words alone must meet in every word."""
    if any(meeting.is_telling for meeting in aligned.met):
        return True
    return not aligned.left and not aligned.right


def _missing(aligned: _Alignment) -> tuple[str, str]:
    telling = sorted(
        word.text for word in (*aligned.left, *aligned.right) if word.kind in TELLING
    )
    if not telling:
        return "common words alone, and not all of them meet", ""
    return "telling word not met", ", ".join(telling)


def _as_initials(left: Name, right: Name) -> Iterator[Comparison]:
    """Compare a name of one word with the initials of one of several."""
    for short, long in ((left, right), (right, left)):
        letters = _letters_of(short, long)
        if letters in long.initials:
            detail = f"{letters} = {long.folded}"
            yield Comparison((Feature("initials", detail, INITIALS),))


def _letters_of(short: Name, long: Name) -> str:
    """Give what may be initials in the first name: all of it, or its one word.

    Where it has a legal form besides, the form of the other is no part of its initials.
    """
    words = short.variants[0].words
    is_one = bool(long.initials) and len(words) == 1
    if is_one and len(words[0].text) == len(long.variants[0].words):
        return words[0].text
    return short.folded
