"""Sounding: how alike two parts of persons' names are, by spelling alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.person_lexicon import person_lexicon

__all__ = [
    "ANCHORS",
    "How",
    "Likeness",
    "called",
    "keys",
    "likeness",
    "sound",
    "sounds",
    "stem",
]


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
    FATHER = "father's name"
    FAR = "spelt otherwise"
    CUT = "cut short"


ANCHORS = frozenset({How.SAME, How.VARIANT, How.SOUND, How.SHORT, How.MISSPELT})
"""The ways that an index of words can find; a match needs one of them."""


MOST_EDITS = 2
"""Letters by which parts differ at most that begin otherwise and are not two names."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two parts are, from 0 to 1, and in which way."""

    degree: float
    how: How


@lru_cache(maxsize=MOST_KEPT)
def likeness(left: str, right: str) -> Likeness | None:
    """Compare two folded parts in Latin letters; nothing where they are two names.

    Two names that are both known and differ by a letter (Maria, Mario) are two names,
    not a misspelling.
    """
    if left == right:
        return _SAME
    here, there = _spelling(left), _spelling(right)
    if here.name == there.name:
        return _VARIANT
    if (here.short or there.short) and _short_form(here, there):
        return _SHORT
    if here.is_known and there.is_known:
        return None
    if len(left) < 4 or len(right) < 4:
        return _alike_and_short(left, right)
    sounding = here.sound == there.sound and _sounds_the_same(here, there)
    return _SOUND if sounding else _spelt_otherwise(here, there)


@dataclass(frozen=True, slots=True)
class _Spelling:
    part: str
    name: str
    """The key of the name that the part is a spelling of, or the part itself."""
    short: frozenset[str]
    is_known: bool
    sound: str


@lru_cache(maxsize=MOST_KEPT)
def _spelling(part: str) -> _Spelling:
    lexicon = person_lexicon()
    return _Spelling(
        part,
        variant_of(part),
        lexicon.short.get(part, frozenset()),
        part in lexicon.known,
        sound(part),
    )


_SAME = Likeness(1.0, How.SAME)
_VARIANT = Likeness(0.95, How.VARIANT)
_SOUND = Likeness(0.92, How.SOUND)
_ARTICLE = Likeness(0.9, How.ARTICLE)
_FAR = Likeness(0.45, How.FAR)
_SHORT = Likeness(0.65, How.SHORT)


def _spelt_otherwise(left: _Spelling, right: _Spelling) -> Likeness | None:
    here, there = left.part, right.part
    if here[0] != there[0] and abs(len(here) - len(there)) > MOST_EDITS:
        return None
    return _with_article(here, there) or _misspelt(left, right)


def _with_article(left: str, right: str) -> Likeness | None:
    if abs(len(left) - len(right)) != 2:
        return None
    shorter, longer = sorted((left, right), key=len)
    return _ARTICLE if _without_article(longer) == shorter else None


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


def stem(patronymic: str) -> str:
    """Give a father's name without its ending, as far as spelling tells it."""
    return _PATRONYMIC.sub("", patronymic)


_PATRONYMIC = re.compile(r"(?:[yi]?[oaey]v|[yi]?[iy]v)?(?:itsch|itch|itj|ich|ych|yc|ic|na)$")  # fmt: skip


def _short_form(left: _Spelling, right: _Spelling) -> bool:
    if left.name in right.short or right.name in left.short:
        return True
    return not left.short.isdisjoint(right.short)


def _without_article(part: str) -> str:
    if part[:2] in {"al", "el"} and len(part) > 6:
        return part[2:]
    return part[:-2] if part[-2:] in {"ul", "ur", "us"} and len(part) > 5 else part


def _misspelt(left: _Spelling, right: _Spelling) -> Likeness | None:
    shorter, longer = sorted((left.part, right.part), key=len)
    edits = 2 if len(shorter) >= 9 else 1
    distance = OSA.distance(shorter, longer, score_cutoff=edits)
    if distance > edits:
        if _is_far_spelling(left, right):
            return _FAR
        if longer.startswith(shorter) and shorter not in person_lexicon().known:
            return Likeness(0.5, How.CUT)
        return None
    degree = _misspelling(shorter, longer, distance)
    return Likeness(degree, How.MISSPELT) if degree else None


def _is_far_spelling(left: _Spelling, right: _Spelling) -> bool:
    """Whether parts are near enough not to stand against each other, if the rest meets."""
    if left.part[0] != right.part[0] or len(left.part) < 6 or len(right.part) < 6:
        return False
    if min(len(left.part), len(right.part)) > 6 and (
        OSA.distance(left.part, right.part, score_cutoff=2) < 3
    ):
        return True
    if min(len(left.sound), len(right.sound)) < 6:
        return False
    return OSA.distance(left.sound, right.sound, score_cutoff=1) < 2


def _misspelling(shorter: str, longer: str, distance: int) -> float:
    """Grade a misspelling; another first letter or last vowel may be another name."""
    if distance == 2:
        return 0.65
    if _other_ending(shorter, longer):
        return 0.0
    if len(shorter) < 8 and longer[1:] in {shorter, shorter[1:]}:
        return _other_beginning(shorter, longer)
    if len(shorter) > 4:
        return 0.72 if len(shorter) < 7 else 0.8
    if sorted(shorter) == sorted(longer):
        return 0.6
    return 0.41 if shorter[:3] == longer[:3] else 0.45


def _other_beginning(shorter: str, longer: str) -> float:
    """Grade Karim and Tarim low, Erkan and Serkan, but not Amir and Emir."""
    if len(shorter) < len(longer):
        return 0.39 if len(shorter) < 6 else 0.6
    if _VOWELS.match(shorter) and _VOWELS.match(longer):
        return 0.6
    return 0.39 if len(shorter) > 4 else 0.0


def _other_ending(shorter: str, longer: str) -> bool:
    """Whether only the last vowel differs: Mario and Maria, Daniel and Daniela."""
    if len(shorter) == len(longer):
        return shorter[:-1] == longer[:-1] and {shorter[-1], longer[-1]} <= set("aeo")
    return (
        longer[:-1] == shorter
        and longer[-1] == "a"
        and shorter[-1] not in "aeo"
        and not _is_family_ending(longer)
    )


def _is_family_ending(part: str) -> bool:
    """Whether it is a Russian family name of a woman, such as Karenina beside Karenin."""
    return part.endswith("ina") and part not in person_lexicon().known


_ENDINGS = tuple(
    (re.compile(pattern, re.MULTILINE), usual)
    for pattern, usual in (
        (r"sk(?:aya|aia|aja|iy|ii|yi|yy|ij|y|i|a)$", "ski"),
        (r"enka$", "enko"),
        (r"(?<=..)(?:[oaey]|yo)v(?:itsch|itch|itj|ich|ych|yc|ic)$", "ovic"),
        (r"(?<=..)(?:off|of|ova)$", "ov"),
        (r"(?<=..)(?:eff|eva|yev|iev|yeva)$", "ev"),
        (r"(?:itch|itsch|icz|ich|ic|ych)$", "ic"),
        (r"[aueo](?:lla|llah|lah)$", "ula"),
        (r"(?<=[aeiou])h$", ""),
        (r"(?<=[aeou])j$", "y"),
        (r"(?:iyy|iy|ii|ij|yi|yy|ee|ie|y)$", "i"),
    )
)
_SPELLINGS = tuple(
    (re.compile(pattern, re.MULTILINE), usual)
    for pattern, usual in (
        (r"(.)\1", r"\1"),
        (r"eo(?=ng?$|ng?[^aeiou])", "o"),
        (r"eu(?=n$|n[^aeiou])", "u"),
        (r"tsch|tch", "ch"),
        (r"sch", "sh"),
        (r"ph", "f"),
        (r"kh", "h"),
        (r"gh", "G"),
        (r"ck|q|c(?=[aoukrlt]|$)", "k"),
        (r"c(?=[eiy])", "s"),
        (r"(?<=[tdbjkr])h", ""),
        (r"dj|dzh", "j"),
        (r"(?<=[aeo])w(?![aeiouysk])", "u"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"tz|ts", "z"),
        (r"^[ij](?=u)", "y"),
        (r"^ye", "e"),
    )
)
_ONE_G = str.maketrans("Gg", "kk")
"""Gh is written for the sound of g by some, of q by others; k and g alone are two."""
_VOWELS = re.compile(r"(?<=.)[aeiouy]+|^[aeiou][aeiouy]*", re.MULTILINE)
_ONE_VOWEL = {
    "ee": "i", "ii": "i", "y": "i", "ie": "i", "iy": "i", "yi": "i", "ea": "i",
    "oo": "u", "ou": "u", "uu": "u", "aa": "a", "ei": "e", "ey": "e", "ai": "e",
    "ay": "e", "aye": "e", "ae": "e", "au": "o", "ao": "o", "eu": "o", "oe": "o", "ue": "u",
}  # fmt: skip
_NEAR = {
    frozenset(pair) for pair in ("ae", "ei", "ou", ("ia", "iya"), ("ia", "ya"), ("ia", "ea"))
}  # fmt: skip


@lru_cache(maxsize=MOST_KEPT)
def _spelt(part: str) -> str:
    return _in_one_spelling(part)


def _in_one_spelling(text: str) -> str:
    for spelling, usual in (*_ENDINGS, *_SPELLINGS):
        text = spelling.sub(usual, text)
    return text


@lru_cache(maxsize=MOST_KEPT)
def sound(part: str) -> str:
    """Write a part by its consonants, with one vowel for all: parts that sound the same agree.

    >>> sound("mohamed") == sound("muhammad")
    True
    """
    return _VOWELS.sub("a", _spelt(part)).translate(_ONE_G)


def sounds(parts: Sequence[str]) -> list[str]:
    """Write many parts at once: what `sound` gives for each, in less time.

    The rules run over all parts, one to a line; none of them looks beyond its line.
    """
    lines = _in_one_spelling("\n".join(parts))
    return _VOWELS.sub("a", lines).translate(_ONE_G).split("\n") if parts else []


def _sounds_the_same(left: _Spelling, right: _Spelling) -> bool:
    """Whether vowels are near in each place, where the consonants are the same."""
    a, b = _spelt(left.part), _spelt(right.part)
    if not all(map(_near, _VOWELS.findall(a), _VOWELS.findall(b))):
        return False
    consonants = zip(_VOWELS.sub("", a), _VOWELS.sub("", b), strict=True)
    return all(c == d or "G" in (c, d) for c, d in consonants)


def _near(left: str, right: str) -> bool:
    here, there = _ONE_VOWEL.get(left, left), _ONE_VOWEL.get(right, right)
    return here == there or frozenset((here, there)) in _NEAR


@lru_cache(maxsize=MOST_KEPT)
def keys(part: str) -> frozenset[str]:
    """Give the words under which an index finds a part: it, its sound, its names."""
    return frozenset({part, sound(part), *called(part)})


def called(part: str) -> list[str]:
    """Give keys of the names that a part is a spelling of, or stands for."""
    lexicon = person_lexicon()
    names = set(lexicon.short.get(part, ()))
    if part in lexicon.variants or part in lexicon.long:
        names.add(variant_of(part))
    return [f"={name}" for name in names]
