"""Sounding: a key under which the spellings of one foreign name in several romanisations meet.

The rules, in this order (a word of fewer than four letters is its own key):

0. A Russian adjective loses its ending: `kurchatovskiy`, `kurchatovskaya` are `kurchatov`.
1. Wade-Giles becomes pinyin where a syllable could be nothing else: `hsinchu`, `kung`.
2. One letter for one sound: `tch`, `zh`, `dj`, `j`, `q` before i or u are the sound of `ch`;
   `hs`, `sch`, `x` before i or u that of `sh`; `kh` is `h`, `ph` is `f`, `w` is `v`.
3. Other `c`, `q`, `ck` are `k`, `x` is `ks`; an h that is not heard goes, and so does doubling.
4. A group of vowels, with a y or j at its end, is one vowel. The first of the word, and one at
   its very end, keep whether they are i, a or u in the rough; of the others the number counts.

It is weaker evidence than equal letters: `Zhong` and `Chong` are two names under one key.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.pinyin import syllables

__all__ = ["sounding", "soundings"]

SHORTEST = 4
"""Letters below which a word is its own key."""

_Sound = str | Callable[[re.Match[str]], str]
"""What a rule writes. A function, unlike a template, is quick where a group is kept."""

_RULES: tuple[tuple[re.Pattern[str], _Sound], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), sound)
    for pattern, sound in (
        (
            r"(?<=[a-z]{5})sk(?:iy|ii|ij|aya|aia|aja|oe|oye|oje|ie|iye|ikh|ogo|oy|oi)$",
            "",
        ),
        (r"(?<=[a-z]{4}[vndm])sk[iy]$", ""),
        (r"(?<=[aeiouy])ff$", "v"),
        (r"(?<=[aeiou])jj?(?![aeiou])", "i"),
        (r"gu(?=[ei])", "g"),
        (r"tsch|tch|dzh|dj|zh|ch|cz|tj|j|q(?=[iu][^e]|[iu]e$|[iu]$)|ts(?=i)", "C"),
        (r"sch|hs|sh|(?<![aeiou])x(?=[iuy])", "S"),
        (r"ts|tz|c(?=[eiy])", "Z"),
        (r"ck|cq|qu|[cq]", "k"),
        (r"x", "ks"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"(?<=[bdgrt])h", ""),
        (r"(?<=[aeiouy])h$", ""),
        (r"w", "v"),
        (r"^[iy](?=[aeou])|(?<=[aeou])y(?=[aou])|(?<=ng)y(?=[aeiou])", "Y"),
        (r"(.)(?=\1)", ""),
    )
)
_VOWEL_RULES: tuple[tuple[re.Pattern[str], _Sound], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), sound)
    for pattern, sound in (
        # The first group; `ia` and `yo` are a and o after a soft consonant.
        (r"^([^aeiouy\n]*)[iy]*a[aeiouy]*", lambda found: f"{found[1]}A"),
        (r"^([^aeiouyA\n]*)[iy]*[ou][aeiouy]*", lambda found: f"{found[1]}U"),
        (r"^([^aeiouyAU\n]*)[iy]*[eiy][aeiouy]*", lambda found: f"{found[1]}I"),
        # The last; -e and -eh are as often -a and -ah.
        (r"(?<![aeiouy])[ae][aeiouy]*$", "A"),
        (r"(?<![aeiouy])[ou][aeiouy]*$", "U"),
        (r"(?<![aeiouy])[iy][aeiouy]*$", "I"),
        (r"[aeiouy]+", "e"),
    )
)
_NAMED = str.maketrans("CSZYAUI", "cxzjaui")


@lru_cache(maxsize=MOST_KEPT)
def sounding(token: str) -> str:
    """Give the key of a folded Latin word.

    >>> sounding("youssef") == sounding("yusuf")
    True
    """
    if not _is_told(token):
        return token
    return _with_vowels(_from_wade_giles(token))


def soundings(tokens: Sequence[str]) -> list[str]:
    """Give the keys of many words at once: what `sounding` gives for each, in less time.

    The rules run over all words, one to a line; none of them looks beyond its line.
    """
    keys = list(tokens)
    told = [
        place
        for place, token in enumerate(keys)  # `_is_told`, without a call for each
        if len(token) >= SHORTEST and token.isascii() and token.isalpha()
    ]
    lines = "\n".join([keys[place] for place in told])
    if _ONLY_WADE_GILES.search(lines):
        lines = _line_by_line_from_wade_giles(lines)
    for rule, sound in (*_RULES, *_VOWEL_RULES):
        lines = rule.sub(sound, lines)
    for place, key in zip(told, lines.translate(_NAMED).split("\n"), strict=False):
        keys[place] = key
    return keys


def _line_by_line_from_wade_giles(lines: str) -> str:
    words = lines.split("\n")
    ends = list(accumulate(len(word) + 1 for word in words))
    for found in _ONLY_WADE_GILES.finditer(lines):
        place = bisect_right(ends, found.start())
        words[place] = _from_wade_giles(words[place])
    return "\n".join(words)


def _is_told(token: str) -> bool:
    return len(token) >= SHORTEST and token.isascii() and token.isalpha()


def _with_vowels(word: str) -> str:
    for rule, sound in (*_RULES, *_VOWEL_RULES):
        word = rule.sub(sound, word)
    return word.translate(_NAMED)


_ONLY_WADE_GILES = re.compile(
    r"hs|ts[iu]|tz|(?:[chklpty]|^l|^s|^h|^j)ung|ueh|[cpltmn]ien|(?:ts|[klpt])[oa]o$|jen|chih",
    re.MULTILINE,
)


@cache
def _wade_giles() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what splits Wade-Giles into syllables, and the pinyin of each."""
    pinyin: dict[str, str] = {}
    for syllable in sorted(syllables(), key=lambda s: s[0] in "ptkqc"):
        pinyin.setdefault(_in_wade_giles(syllable), syllable)
    pinyin |= {
        "tsing": "qing",
        "sinkiang": "xinjiang",
        "kiang": "jiang",
        "king": "jing",
    }
    longest = sorted(pinyin, key=len, reverse=True)
    return re.compile("|".join(longest)), pinyin


_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu",
    "si": "szu",
}  # fmt: skip
_INITIALS = {
    "b": "p", "d": "t", "g": "k", "zh": "ch", "x": "hs", "q": "ch", "j": "ch", "z": "ts",
    "c": "ts", "r": "j",
}  # fmt: skip
_FINALS = {
    "ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "uo": "o", "iong": "iung",
}  # fmt: skip
_SYLLABLE = re.compile("([^aeiouv]*)(.*)")


def _in_wade_giles(syllable: str) -> str:
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    initial, final = _SYLLABLE.fullmatch(syllable).groups()  # type: ignore[union-attr]
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)


def _from_wade_giles(token: str) -> str:
    if not _ONLY_WADE_GILES.search(token):
        return token
    split, pinyin = _wade_giles()
    parts = split.findall(token)
    if sum(map(len, parts)) != len(token):
        return token
    if all(part in syllables() for part in parts):
        return token
    return "".join(pinyin[part] for part in parts)
