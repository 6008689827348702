"""The ways in which a word is spelled: in its own letters and in Latin ones."""

import re
from itertools import product

from standsbehind.matching.names import fold

__all__ = ["spellings"]

_LETTERS = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщъыьэюяёіїєґўйғқңұүөһәҳҷӣ",
        "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch |"
        " y | e yu ya e i i ye g u y gh q ng u u o h a h j i".replace("|", "-").split(),
        strict=True,
    )
)
# Each scheme as it differs from the first, which is that of most English names.
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


def spellings(text: str) -> set[str]:
    """Return the folded spellings; `~` before a text asks for Latin letters as well.

    A `*` at the end of a Russian adjective stands for its endings.
    """
    latin = text.startswith("~")
    words = [_inflected(word) for word in text.lstrip("~").split()]
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


def _latin(text: str) -> set[str]:
    found = set()
    for scheme in _UKRAINIAN if _UKRAINIAN_LETTER.search(text) else _RUSSIAN:
        plain = fold("".join(_letter(c, scheme) for c in text))
        found |= {plain, fold(_with_ye(text, scheme))}
        for short in (re.sub("[ыи]й", "ы", text), text.replace("ий", "и")):
            found.add(fold("".join(_letter(c, scheme) for c in short)))
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
