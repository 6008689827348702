"""Sounding: how alike two parts of persons' names are, by spelling alone."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from standsbehind.matching.person_lexicon import person_lexicon

__all__ = ["ANCHORS", "How", "Likeness", "is_known", "keys", "likeness", "sound"]


class How(StrEnum):
    """In which way two parts are alike."""

    SAME = "same part"
    VARIANT = "spelling of one name"
    SOUND = "sounds the same"
    SHORT = "short form"
    MISSPELT = "misspelt"
    JOINED = "written together"
    ARTICLE = "article joined"
    INITIAL = "initial"
    SWAPPED = "letters swapped"
    CUT = "cut short"


ANCHORS = frozenset({How.SAME, How.VARIANT, How.SOUND, How.SHORT, How.MISSPELT})
"""The ways that an index of words can find; a match needs one of them."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two parts are, from 0 to 1, and in which way."""

    degree: float
    how: How


@lru_cache(maxsize=200_000)
def likeness(left: str, right: str) -> Likeness | None:
    """Compare two folded parts in Latin letters; nothing where they are two names.

    Two names that are both known and differ by a letter (Maria, Mario) are two names,
    not a misspelling.
    """
    if left > right:
        return likeness(right, left)
    known = _same_name(left, right)
    if known or (is_known(left) and is_known(right)):
        return known
    if min(len(left), len(right)) < 4:
        return _alike_and_short(left, right)
    return _sounding(left, right) or _misspelt(left, right)


def _same_name(left: str, right: str) -> Likeness | None:
    if left == right:
        return Likeness(1.0, How.SAME)
    if variant_of(left) == variant_of(right):
        return Likeness(0.95, How.VARIANT)
    return Likeness(0.65, How.SHORT) if _short_form(left, right) else None


def _sounding(left: str, right: str) -> Likeness | None:
    if _sounds_the_same(left, right):
        return Likeness(0.92, How.SOUND)
    if _without_article(left) == right or _without_article(right) == left:
        return Likeness(0.9, How.ARTICLE)
    return None


_DOUBLED = re.compile(r"(.)\1+")


def _alike_and_short(left: str, right: str) -> Likeness | None:
    """Of parts up to three letters only a doubled letter and a swap are slips."""
    if _DOUBLED.sub(r"\1", left) == _DOUBLED.sub(r"\1", right):
        return Likeness(0.92, How.SOUND)
    if len(left) == len(right) == 3 and OSA.distance(left, right) == 1:
        return Likeness(0.6, How.SWAPPED) if sorted(left) == sorted(right) else None
    return None


def variant_of(part: str) -> str:
    """Give the key of the name that a part is a spelling of, or the part itself."""
    return person_lexicon().variants.get(part, part)


def is_known(part: str) -> bool:
    """Whether a part is a known name, so that a letter more or less is another name."""
    return part in person_lexicon().known


def _short_form(left: str, right: str) -> bool:
    short = person_lexicon().short
    here, there = short.get(left, frozenset()), short.get(right, frozenset())
    return variant_of(right) in here or variant_of(left) in there or bool(here & there)


def _without_article(part: str) -> str:
    if part[:2] in {"al", "el"} and len(part) > 6:
        return part[2:]
    return part[:-2] if part[-2:] in {"ul", "ur", "us"} and len(part) > 5 else part


def _misspelt(left: str, right: str) -> Likeness | None:
    shorter, longer = sorted((left, right), key=len)
    edits = 2 if len(shorter) >= 9 else 1
    distance = OSA.distance(left, right, score_cutoff=edits)
    if distance > edits:
        if longer.startswith(shorter) and not is_known(shorter):
            return Likeness(0.5, How.CUT)
        return None
    return Likeness(_misspelling(shorter, longer, distance), How.MISSPELT)


def _misspelling(shorter: str, longer: str, distance: int) -> float:
    """Grade a misspelling: short parts and other first letters tell names apart."""
    if distance == 2:
        return 0.65
    if _other_ending(shorter, longer):
        return 0.35
    if shorter[0] != longer[0] and shorter[:2] != longer[1::-1]:
        return 0.35 if len(shorter) < 6 else 0.6
    if len(shorter) == 4:
        return 0.6 if sorted(shorter) == sorted(longer) else 0.38
    return 0.72 if len(shorter) < 7 else 0.8


def _other_ending(shorter: str, longer: str) -> bool:
    """Whether only the last vowel differs: Mario and Maria, Daniel and Daniela."""
    if len(shorter) == len(longer):
        return shorter[:-1] == longer[:-1] and {shorter[-1], longer[-1]} <= set("aeo")
    return longer[:-1] == shorter and longer[-1] in "aeo" and shorter[-1] not in "aeo"


_ENDINGS = (
    (re.compile(r"sk(?:aya|aia|aja|iy|ii|yi|yy|ij|y|i|a)$"), "ski"),
    (re.compile(r"(?<=..)(?:off|of|ova)$"), "ov"),
    (re.compile(r"(?<=..)(?:eff|eva|yev|iev|yeva)$"), "ev"),
    (re.compile(r"(?:itch|itsch|icz|ich|ic|ych)$"), "ic"),
    (re.compile(r"[aueo](?:lla|llah|lah)$"), "ula"),
    (re.compile(r"(?<=[aeiou])h$"), ""),
    (re.compile(r"(?<=[aeou])j$"), "y"),
    (re.compile(r"(?:iyy|iy|ii|ij|yi|yy|ee|ie|y)$"), "i"),
)
_SPELLINGS = (
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"tsch|tch"), "ch"),
    (re.compile(r"sch"), "sh"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ck|q|c(?=[aoukrlt]|$)"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"(?<=[tdgbjkr])h"), ""),
    (re.compile(r"dj|dzh"), "j"),
    (re.compile(r"(?<=[aeo])w(?![aeiouy])"), "u"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"tz|ts"), "z"),
    (re.compile(r"^[ij](?=[u])"), "y"),
)
_VOWELS = re.compile(r"(?<=.)[aeiouy]+|^[aeiou][aeiouy]*")
_ONE_VOWEL = {
    "ee": "i", "ii": "i", "y": "i", "ie": "i", "iy": "i", "yi": "i", "ea": "i",
    "oo": "u", "ou": "u", "uu": "u", "aa": "a", "ei": "e", "ey": "e", "ai": "e",
    "ay": "e", "aye": "e", "ae": "e", "au": "o", "ao": "o", "eu": "o", "oe": "o", "ue": "u",
}  # fmt: skip
_NEAR = {
    frozenset(pair) for pair in ("ae", "ei", "ou", ("ia", "iya"), ("ia", "ya"), ("ia", "ea"))
}  # fmt: skip


@lru_cache(maxsize=200_000)
def _spelt(part: str) -> str:
    for ending, usual in _ENDINGS:
        part = ending.sub(usual, part)
    for spelling, usual in _SPELLINGS:
        part = spelling.sub(usual, part)
    return part


@lru_cache(maxsize=200_000)
def sound(part: str) -> str:
    """Write a part by its consonants, with one vowel for all: parts that sound the same agree.

    >>> sound("mohamed") == sound("muhammad")
    True
    """
    return _VOWELS.sub("a", _spelt(part))


def _sounds_the_same(left: str, right: str) -> bool:
    if sound(left) != sound(right):
        return False
    here, there = _VOWELS.findall(_spelt(left)), _VOWELS.findall(_spelt(right))
    return all(_near(a, b) for a, b in zip(here, there, strict=True))


def _near(left: str, right: str) -> bool:
    here, there = _ONE_VOWEL.get(left, left), _ONE_VOWEL.get(right, right)
    return here == there or frozenset((here, there)) in _NEAR


@lru_cache(maxsize=200_000)
def keys(part: str) -> frozenset[str]:
    """Give the words under which an index finds a part: it, its sound, its names."""
    lexicon = person_lexicon()
    names = set(lexicon.short.get(part, ()))
    if part in lexicon.variants or part in lexicon.long:
        names.add(variant_of(part))
    return frozenset({part, sound(part), *(f"={name}" for name in names)})
