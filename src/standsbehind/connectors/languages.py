"""Languages: what the script of a name tells of the language that it is written in."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["language_of"]

_BY_SCRIPT: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset({"ARABIC"}): "ara",
        frozenset({"ARMENIAN"}): "hye",
        frozenset({"CJK"}): "zho",
        frozenset({"CYRILLIC"}): "rus",
        frozenset({"GEORGIAN"}): "kat",
        frozenset({"GREEK"}): "ell",
        frozenset({"HANGUL"}): "kor",
        frozenset({"HEBREW"}): "heb",
        frozenset({"THAI"}): "tha",
    }
)
_LETTERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "ara": frozenset(map(chr, range(0x0621, 0x064B))),
        "rus": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    }
)
"""Of a script that many languages share: the letters of the one most often meant."""


def language_of(text: str) -> str | None:
    """Guess the ISO 639-3 code of a name from its script; None where it tells too little.

    Latin tells nothing, nor do two scripts in one name. Letters that Arabic or Russian
    lack show that the name is in another language of the script, not in which.

    >>> language_of("商汤集团"), language_of("Восток"), language_of("Đông Á")
    ('zho', 'rus', None)
    >>> language_of("شركة"), language_of("پښتو")
    ('ara', None)
    """
    letters = [letter for letter in text.lower() if letter.isalpha()]
    scripts = frozenset(unicodedata.name(letter, "?").split()[0] for letter in letters)
    language = _BY_SCRIPT.get(scripts, "")
    alphabet = _LETTERS.get(language)
    if alphabet is not None and not alphabet.issuperset(letters):
        return None
    return language or None
