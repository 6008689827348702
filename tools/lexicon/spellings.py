"""The ways in which a word is spelled: in its own letters and in Latin ones."""

import re
from itertools import product

from standsbehind.matching.names import fold

__all__ = ["adjective_of", "spellings"]

_LETTERS = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщъыьэюяёіїєґўйғқңұүөһәҳҷӣ",
        "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch |"
        " y | e yu ya e i i ye g u y gh q ng u u o h a h j i".replace("|", "-").split(),
        strict=True,
    )
)
# Each scheme as it differs from the first, which is that of most English names.
_ADJECTIVE_OF_A_PLACE = re.compile("(?<=.{3})(?:[аоьяыий]|ка)$")
_RUSSIAN: tuple[dict[str, str], ...] = (
    {},
    {"й": "i"},
    {"й": "i", "ю": "iu", "я": "ia"},
    {"й": "j", "х": "h", "ц": "c", "ю": "ju", "я": "ja", "щ": "sch"},
    {"х": "h"},
)
_UKRAINIAN: tuple[dict[str, str], ...] = (
    {"г": "h", "и": "y"},
    {"г": "h", "и": "y", "й": "i", "ю": "iu", "я": "ia"},
)
_UKRAINIAN_LETTER = re.compile("[іїєґ]")
_VOWELS = "аеёиоуыэюяьъ"
_ARABIC_WORD = re.compile("[\u0621-\u064a]{3,}")
SHORTEST_DECLINED = 5
"""Letters from which a Russian noun is given its other cases."""
_DECLINED = (
    ("ие", ("ия", "ию", "ий")),
    ("ия", ("ии", "ию", "ий")),
    ("ость", ("ости",)),
    ("ство", ("ства", "ств")),
    ("а", ("ы", "и")),
    *((c, (c + "а", c + "у", c + "ы", c + "ов")) for c in "бвдзлмнпрстф"),
    *((c, (c + "а", c + "у", c + "и", c + "ов")) for c in "гкх"),
)
"""Endings of a Russian noun in the nominative, and those of its cases in names."""


def spellings(text: str) -> set[str]:
    """Return the folded spellings; `~` before a text asks for Latin letters as well.

    A `*` at the end of a Russian adjective stands for its endings; a Russian noun is given
    in its cases, an Arabic word with its article as well.
    """
    latin = text.startswith("~")
    words = [_inflected(word) for word in text.lstrip("~").split()]
    if len(words) == 1:
        words = [[*words[0], *_declined(text.lstrip("~"), is_russian=latin)]]
    found: set[str] = set()
    for phrase in product(*words):
        written = " ".join(phrase)
        found.add(fold(written))
        if latin:
            found |= _latin(written)
    return found


def _inflected(word: str) -> list[str]:
    if not word.endswith("*"):
        return [word]
    stem = word[:-1]
    soft = stem[-1] in "кгхжшщч"
    endings = "ий ая ое ие ого ой их о" if soft else "ый ая ое ые ого ой ых о"
    return [stem + ending for ending in endings.split()]


def _declined(word: str, *, is_russian: bool) -> list[str]:
    if _ARABIC_WORD.fullmatch(word) and not word.startswith("ال"):
        return ["ال" + word, "لل" + word]
    if (
        not is_russian
        or len(word) < SHORTEST_DECLINED
        or _UKRAINIAN_LETTER.search(word)
    ):
        return []
    for ending, cases in _DECLINED:
        if word.endswith(ending):
            return [word.removesuffix(ending) + case for case in cases]
    return []


def _latin(text: str) -> set[str]:
    found = set()
    for scheme in _UKRAINIAN if _UKRAINIAN_LETTER.search(text) else _RUSSIAN:
        plain = fold("".join(_letter(c, scheme) for c in text))
        found |= {plain, fold(_with_ye(text, scheme))}
        endings = (
            re.sub("[ыи]й", "ы", text),
            text.replace("ий", "и"),
            text.replace("ый", "ий"),
            text.replace("ия", "иа"),
        )
        for short in endings:
            found.add(fold("".join(_letter(c, scheme) for c in short)))
            found.add(fold(_with_ye(short, scheme)))
    return found


def _letter(char: str, scheme: dict[str, str]) -> str:
    return scheme.get(char, _LETTERS.get(char, char)).replace("-", "")


def _with_ye(text: str, scheme: dict[str, str]) -> str:
    """Write `ye` where Russian says it: first in a word, after a vowel or a sign."""
    before = " " + text
    return "".join(
        "ye" if c == "е" and b in _VOWELS + " " else _letter(c, scheme)
        for b, c in zip(before, text, strict=False)
    )


def adjective_of(place: str) -> str:
    """Give the Russian adjective of a place, to be inflected: `казань` is `казанск*`.

    >>> adjective_of("омск"), adjective_of("тула")
    ('омск*', 'тульск*')
    """
    if place.endswith(("ск", "цк")):
        return place + "*"
    stem = _ADJECTIVE_OF_A_PLACE.sub("", place)
    return stem + ("ьск*" if stem.endswith("л") else "ск*")
