"""Folding: a name in one form, so that case, accents and punctuation do not matter."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NewType, cast

from standsbehind.matching.han import simplify
from standsbehind.matching.scripts import HAN, one_script

__all__ = ["MAX_LENGTH", "Folded", "fold", "fold_all", "fold_number"]

Folded = NewType("Folded", str)
"""A name in one form: lower case, no accents or punctuation, single spaces, simplified Han."""

MAX_LENGTH = 1_000
"""Characters of a name that are read; no name of a firm is longer."""

MANY = 10_000
"""Letters from which on a pass with NumPy is faster than it is slow to begin."""

_APOSTROPHES = "'’‘ʼʻʽʾʿʹ`´′׳״ʺ"
_BEFORE = {
    "№": " no ",
    "™": "", "℠": "", "ª": "a", "º": "o",
    "\u00b4": "'", "\u1ffd": "'",
}  # fmt: skip
"""What Unicode would write out as letters or spaces that are not meant."""
_BEFORE_ANY = re.compile(f"[{''.join(_BEFORE)}]")

_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "ə": "e", "ß": "ss", "ŋ": "ng", "ħ": "h", "ŧ": "t", "ƙ": "k", "ɓ": "b", "ɗ": "d",
    "ё": "е", "ѐ": "е", "ѝ": "и", "й": "й", "ї": "ї", "ў": "ў", "ѓ": "ѓ", "ќ": "ќ",
    "ς": "σ",
    "ى": "ي", "ی": "ي", "ے": "ي", "ې": "ې", "ك": "ك", "ک": "ك", "ڪ": "ك", "ة": "ه",
    "ھ": "ه", "ہ": "ه", "ۂ": "ه", "ۀ": "ه", "ۃ": "ه", "ئ": "ئ", "ؤ": "و", "ء": "", "ـ": "",
    "ٱ": "ا",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    "&": " and ",
} | dict.fromkeys(_APOSTROPHES, "")  # fmt: skip
"""One letter for its variants; Cyrillic letters that only seem to carry an accent stay."""

_VOWEL_SIGNS = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff]")
"""Scripts whose combining marks are vowels, not accents."""
_NUKTA = "\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc"

_WHITE = "".join(chr(code) for code in range(128) if chr(code).isspace())


def _ascii_letter(character: str) -> str | None:
    if character in _LETTERS:
        return _LETTERS[character] or None
    if character.isalnum() or character == "\n":
        return character
    return " " if character.isprintable() or character in _WHITE else None


_ASCII = {code: _ascii_letter(chr(code)) for code in range(128) if code != ord("&")}
"""ASCII to ASCII or nothing, which `str.translate` does at the speed of copying."""


class _Letters(dict[int, str]):
    """What each character folds to, worked out when it is first seen."""

    def __missing__(self, code: int) -> str:
        folded = _folded_letter(chr(code))
        self[code] = folded
        return folded


_OTHER = _Letters({code: letter or "" for code, letter in _ASCII.items()})


def _folded_letter(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    category = unicodedata.category(character)
    if category[0] == "M":
        kept = _VOWEL_SIGNS.match(character) and character not in _NUKTA
        return character if kept else ""
    if category[0] == "N":
        digit = unicodedata.digit(character, None)
        return character if digit is None else str(digit)
    if category[0] == "L":
        return _plain_letter(character)
    shapeless = category in {"Cc", "Cf", "Cs", "Co"} and not character.isspace()
    return "" if shapeless else " "


def _plain_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter).casefold()
    if parts == letter or HAN.match(letter) or letter >= "\u3000":
        return letter
    return unicodedata.normalize("NFC", "".join(map(_part_of, parts)))


def _part_of(part: str) -> str:
    if part in _LETTERS or unicodedata.category(part)[0] != "L":
        return _folded_letter(part)
    return part


_INITIALS = re.compile(r"\.(?<=\b[a-z]\.)(?=[a-z]\b)")
"""The stop inside `s.a.` or `l.l.c.`; any other one parts words, as in `Co.Ltd`."""
_INITIALS_ANYWHERE = re.compile(r"\.(?<=\b[^\W\d_]\.)(?=[^\W\d_]\b)")
_HEBREW_QUOTE = re.compile('"(?<=[א-ת]")(?=[א-ת])')


def fold(text: str) -> Folded:
    """Reduce a name to its letters and digits, so that spelling habits do not matter.

    >>> fold("Lowe's Companies, Inc.")
    'lowes companies inc'
    """
    text = text[:MAX_LENGTH].replace("\n", " ")
    return Folded(_fold_ascii(text) if text.isascii() else _fold_other(text))


def fold_number(value: str) -> str:
    """Write an identifier without spaces, dots and dashes, so that two can be compared.

    >>> fold_number("9144-0300 MA5.XYZ") == fold_number("91440300ma5xyz")
    True
    """
    return fold(value).replace(" ", "")


def fold_all(texts: Sequence[str]) -> list[Folded]:
    """Fold a whole column at once: what `fold` gives for each text, several times as fast."""
    if len(texts) == 0:
        return []
    short = [text[:MAX_LENGTH] for text in texts]
    plain = [text.isascii() for text in short]
    if all(plain):
        return _lines(_fold_ascii(_as_lines(short)))
    # Line by line the two kinds go their own way, and come back in the order they had.
    ascii_lines = _lines_of(_fold_ascii, [t for t in short if t.isascii()])
    other_lines = _lines_of(_fold_other, [t for t in short if not t.isascii()])
    return [next(ascii_lines if is_plain else other_lines) for is_plain in plain]


def _lines_of(folding: Callable[[str], str], texts: list[str]) -> Iterator[Folded]:
    return iter(_lines(folding(_as_lines(texts))))


def _as_lines(texts: list[str]) -> str:
    joined = "\n".join(texts)
    if joined.count("\n") < max(len(texts), 1):
        return joined
    return "\n".join([text.replace("\n", " ") for text in texts])


def _lines(folded: str) -> list[Folded]:
    return cast("list[Folded]", folded.split("\n"))


def _fold_ascii(lines: str) -> str:
    lines = _INITIALS.sub("", lines.lower()).replace("&", " and ")
    lines = lines.translate(_ASCII)
    return _spaced(lines if len(lines) < MANY else _single_spaced(lines))


def _fold_other(lines: str) -> str:
    if _BEFORE_ANY.search(lines):
        lines = _BEFORE_ANY.sub(lambda found: _BEFORE[found[0]], lines)
    lines = unicodedata.normalize("NFKC", lines).casefold()
    lines = _HEBREW_QUOTE.sub("", _INITIALS_ANYWHERE.sub("", lines))
    lines = unicodedata.normalize("NFC", lines.translate(_OTHER))
    if HAN.search(lines):
        lines = simplify(lines)
    return _spaced(one_script(lines))


def _single_spaced(lines: str) -> str:
    """Leave the first of each run of spaces, in one pass over ASCII text."""
    import numpy as np  # noqa: PLC0415 - felt at start-up; a single name does without

    letters = np.frombuffer(lines.encode("ascii"), dtype=np.uint8)
    kept = letters != ord(" ")
    kept[1:] |= letters[:-1] > ord(" ")
    return str(letters[kept].tobytes(), "ascii")


def _spaced(lines: str) -> str:
    while "  " in lines:
        lines = lines.replace("  ", " ")
    return lines.replace(" \n", "\n").replace("\n ", "\n").strip(" ")
