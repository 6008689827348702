"""Numerals: one way to write a number, whether in digits, Roman, Chinese or as an ordinal."""

import re
from collections.abc import Sequence

__all__ = [
    "BESIDE_NUMBERS",
    "NUMBER_WORDS",
    "as_number",
    "chinese_number",
    "is_number_sign",
    "is_ordinal_ending",
]

_ROMAN = "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMANS = {text: str(n) for n, text in enumerate(_ROMAN.split(), 2)}
_ONLY_LAST = {"v", "vi", "ix", "x", "xi", "xx"}
"""Also a word or a name: a number only at the end."""

_ENGLISH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = (
    _ENGLISH,
    "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый",
    "первая вторая третья четвертая пятая шестая седьмая восьмая девятая десятая",
)
_WORDS = {
    word: str(n) for words in _ORDINALS for n, word in enumerate(words.split(), 1)
}
_DIGITS = re.compile(r"0*(\d+)(?:st|nd|rd|th|й|я|е|го|ый|ой|ая)?")
_SIGNS = frozenset({"no", "nr", "n", "num", "nro", "ном", "номер"})
_ENDINGS = frozenset({"й", "я", "е", "го", "ый", "ой", "ая", "st", "nd", "rd", "th"})
BESIDE_NUMBERS = _SIGNS | _ENDINGS
"""The tokens that say nothing beside a number."""
NUMBER_WORDS = frozenset({*_ROMANS, *_WORDS})
"""The tokens without a digit that may be a number."""
_LONGEST = 8
"""Digits above which a number is an identifier, which is left as it is."""


def as_number(tokens: Sequence[str], place: int) -> str | None:
    """Give the number that the token at a place says, in digits, or None.

    >>> as_number(("fund", "iii"), 1), as_number(("xi", "fund"), 0)
    ('3', None)
    """
    token = tokens[place]
    if token[0].isdigit():
        found = _DIGITS.fullmatch(token)
        return found[1] if found and len(token) <= _LONGEST else None
    if token in _WORDS:
        return _WORDS[token]
    if place == 0 or token not in _ROMANS:
        return None
    is_last = place == len(tokens) - 1
    return _ROMANS[token] if is_last or token not in _ONLY_LAST else None


def is_number_sign(tokens: Sequence[str], place: int) -> bool:
    """Tell whether a token only announces the number after it, as in `No. 14`."""
    following = tokens[place + 1 : place + 2]
    return tokens[place] in _SIGNS and bool(following) and following[0][0].isdigit()


def is_ordinal_ending(tokens: Sequence[str], place: int) -> bool:
    """Tell whether a token only ends the number before it, as in `1-й`."""
    return place > 0 and tokens[place] in _ENDINGS and tokens[place - 1].isdigit()


_CHINESE = {digit: n for n, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> str | None:
    """Read a number in Chinese characters; None where a character is none of a number.

    >>> chinese_number("十四"), chinese_number("二〇一")
    ('14', '201')
    """
    if text.isdigit() and text.isascii():
        return text.lstrip("0") or "0"
    if not any(unit in text for unit in _UNITS):
        digits = [_CHINESE.get(digit) for digit in text]
        return None if None in digits or not text else "".join(map(str, digits))
    total, digit = 0, 0
    for letter in text:
        if letter in _UNITS:
            total += max(digit, 1) * _UNITS[letter]
            digit = 0
        elif letter in _CHINESE:
            digit = _CHINESE[letter]
        else:
            return None
    return str(total + digit)
