"""Score: how far two names say the same, and why, word by word."""

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from standsbehind.matching.lexicon import Kind
from standsbehind.matching.names import Grade, Name, Variant, Word

__all__ = ["THRESHOLD", "Comparison", "Feature", "Weigh", "by_kind", "compare"]

THRESHOLD = 0.7
"""The working threshold: at and above it a name is worth a person's look."""

KIND_WEIGHT = {
    Kind.BRAND: 1.0,
    Kind.SECTOR: 0.9,
    Kind.PLACE: 0.35,
    Kind.TRADE: 0.25,
    Kind.COUNTRY: 0.15,
    Kind.FORM: 0.0,
}
"""How much a word counts. A sector word counts nearly as a brand: a bank is not a camera maker."""

ALIKE = 0.8
"""Least similarity of two words (optimal string alignment) to be one word misspelt."""
SHORTEST_MISSPELT = 5
LATINISED = 0.93
"""A name met through transliteration or translation is weaker evidence than one as written."""
WITHOUT_BRAND = 0.45
"""The most that names can score whose telling words do not meet."""
SPACING = 0.97
"""Names that differ in spacing alone."""

Weigh = Callable[[Word], float]
"""How much a word counts; an index knows rarity, `by_kind` knows the kind alone."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason of a score, with what it adds to it or takes from it."""

    feature: str
    detail: str
    weight: float

    def to_json(self) -> dict[str, str | float]:
        """Give the fields as in `explanation`."""
        return {"feature": self.feature, "detail": self.detail, "weight": self.weight}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The reasons of a score; the score, from 0 to 1, is their sum."""

    features: tuple[Feature, ...] = ()

    @property
    def score(self) -> float:
        """Return the sum of the weights."""
        return round(min(sum(feature.weight for feature in self.features), 1.0), 4)

    def times(self, factor: float, feature: str, detail: str) -> "Comparison":
        """Let a reason lower the score by a factor."""
        lost = round(self.score * factor - self.score, 4)
        return Comparison((*self.features, Feature(feature, detail, lost)))

    def at_most(self, limit: float, feature: str, detail: str) -> "Comparison":
        """Let a reason cap the score."""
        lost = round(min(limit - self.score, 0.0), 4)
        return Comparison((*self.features, Feature(feature, detail, lost)))


NOTHING = Comparison()


def by_kind(word: Word) -> float:
    """Weigh a word by its kind alone."""
    return KIND_WEIGHT[word.kind]


def compare(left: Name, right: Name, weigh: Weigh = by_kind) -> Comparison:
    """Compare two names in every variant that they share; the best one counts.

    The score of two variants is 2M / (L + R): M the weight of the words that meet (a
    misspelt word counts the square of its likeness), L and R the weight of all words of
    each side. So a word that is missing on either side costs what it weighs.
    """
    if left.folded == right.folded and left.folded:
        return Comparison((Feature("same name", left.folded, 1.0),))
    pairs = (
        _compare_variants(a, b, weigh)
        for a in left.variants
        for b in right.variants
        if Grade.WRITTEN in {a.grade, b.grade}
    )
    return max(pairs, key=lambda comparison: comparison.score, default=NOTHING)


@dataclass(frozen=True, slots=True)
class _Meeting:
    left: Word
    right: Word
    likeness: float


def _compare_variants(left: Variant, right: Variant, weigh: Weigh) -> Comparison:
    if not left.words or not right.words:
        return NOTHING
    met = _meetings(left.words, right.words)
    if not met and not _same_but_spacing(left, right):
        return NOTHING
    whole = sum(map(weigh, left.words)) + sum(map(weigh, right.words))
    features = [
        Feature(
            "same word" if m.likeness == 1 else "word misspelt",
            m.left.text if m.likeness == 1 else f"{m.left.text} ~ {m.right.text}",
            round((weigh(m.left) + weigh(m.right)) * m.likeness**2 / whole, 4),
        )
        for m in met
    ]
    found = Comparison(tuple(features))
    if _same_but_spacing(left, right):
        spelt = Feature("same but for spacing", left.joined, SPACING)
        found = max(
            found, Comparison((spelt,)), key=lambda comparison: comparison.score
        )
    elif not _brands_meet(left, right, met):
        found = found.at_most(WITHOUT_BRAND, *_missing(left, right))
    if not left.grade == right.grade == Grade.WRITTEN:
        how = "by transliteration and translation"
        found = found.times(LATINISED, "other script", how)
    return found


def _meetings(left: tuple[Word, ...], right: tuple[Word, ...]) -> list[_Meeting]:
    """Pair words one to one: equal ones first, then the most alike of the rest."""
    there = list(right)
    met: list[_Meeting] = []
    here: list[Word] = []
    for word in left:
        partner = next((other for other in there if other.text == word.text), None)
        if partner is None:
            here.append(word)
        else:
            there.remove(partner)
            met.append(_Meeting(word, partner, 1.0))
    alike = [
        _Meeting(a, b, likeness)
        for a in here
        for b in there
        if (likeness := _likeness(a.text, b.text))
    ]
    # Which side a word stands on must not decide between pairs that are equally alike.
    for meeting in sorted(
        alike, key=lambda m: (-m.likeness, sorted((m.left.text, m.right.text)))
    ):
        if meeting.left in here and meeting.right in there:
            here.remove(meeting.left)
            there.remove(meeting.right)
            met.append(meeting)
    return met


def _likeness(left: str, right: str) -> float:
    """Return how alike two words are, or 0 where they are not one word misspelt."""
    if min(len(left), len(right)) < SHORTEST_MISSPELT:
        return 0.0
    if not (left[0].isalpha() and right[0].isalpha()):
        return 0.0
    # Four letters of five are .8 but for the last binary digit.
    return OSA.normalized_similarity(left, right, score_cutoff=ALIKE - 1e-9)


def _same_but_spacing(left: Variant, right: Variant) -> bool:
    if left.joined != right.joined or len(left.joined) <= SHORTEST_MISSPELT:
        return False
    return len(left.words) != len(right.words)


def _brands_meet(left: Variant, right: Variant, met: list[_Meeting]) -> bool:
    """Whether a telling word meets; names of common words alone must meet in every word."""
    if any(Kind.BRAND in {m.left.kind, m.right.kind} for m in met):
        return True
    return len(met) == len(left.words) == len(right.words)


def _missing(left: Variant, right: Variant) -> tuple[str, str]:
    words = (*left.words, *right.words)
    telling = [w.text for w in words if w.kind is Kind.BRAND]
    if not telling:
        return "common words alone, and not all of them meet", ""
    return "telling word not met", ", ".join(telling)
