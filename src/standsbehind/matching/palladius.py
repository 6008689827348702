"""Palladius: the Russian spelling of Chinese, turned back into pinyin."""

import re
from functools import cache

from standsbehind.matching.pinyin import syllables

__all__ = ["from_palladius"]

_INITIALS = {
    "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л",
    "g": "г", "k": "к", "h": "х", "j": "цз", "q": "ц", "x": "с", "zh": "чж", "ch": "ч",
    "sh": "ш", "r": "ж", "z": "цз", "c": "ц", "s": "с",
}  # fmt: skip
_FINALS = {
    "a": "а", "o": "о", "e": "э", "i": "и", "u": "у", "v": "юй", "ai": "ай", "ei": "эй",
    "ao": "ао", "ou": "оу", "an": "ань", "en": "энь", "ang": "ан", "eng": "эн", "ong": "ун",
    "ia": "я", "ie": "е", "iao": "яо", "iu": "ю", "ian": "янь", "in": "инь", "iang": "ян",
    "ing": "ин", "iong": "юн", "ua": "уа", "uo": "о", "uai": "уай", "ui": "уй",
    "uan": "уань", "un": "унь", "uang": "уан", "ve": "юэ", "ue": "юэ",
}  # fmt: skip
_AFTER_SOFT = {"u": "юй", "uan": "юань", "un": "юнь", "ue": "юэ"}
_ALONE = {
    "zhi": "чжи", "zi": "цзы", "ci": "цы", "si": "сы", "hui": "хуэй", "ya": "я",
    "yan": "янь", "yang": "ян", "yao": "яо", "ye": "е", "yi": "и", "yin": "инь",
    "ying": "ин", "yong": "юн", "you": "ю", "yu": "юй", "yuan": "юань", "yue": "юэ",
    "yun": "юнь", "wa": "ва", "wai": "вай", "wan": "вань", "wang": "ван", "wei": "вэй",
    "wen": "вэнь", "weng": "вэн", "wo": "во", "wu": "у", "er": "эр",
}  # fmt: skip
_CHINESE = re.compile("цз|чж|эй|эн|юй|юэ|уа|[аиюя]нь(?=.)")
"""What hardly any Russian word has and much of Chinese."""
_SYLLABLE = re.compile("([bpmfdtnlgkhjqxrzcsyw]?h?)(.+)")


def from_palladius(word: str) -> str | None:
    """Return the pinyin of a word of Chinese syllables in Cyrillic, or None.

    >>> from_palladius("хуавэй"), from_palladius("москва")
    ('huawei', None)
    """
    if not _CHINESE.search(word):
        return None
    whole, one, pinyin = _table()
    if not whole.fullmatch(word):
        return None
    parts = one.findall(word)
    return "".join(pinyin[part] for part in parts) if len(parts) > 1 else None


@cache
def _table() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    pinyin: dict[str, str] = {}
    for syllable in sorted(syllables()):
        spelt = _in_russian(syllable)
        if spelt:
            # `цзян` is jiang and not ziang, which no character has.
            pinyin.setdefault(spelt, syllable)
    longest = "|".join(sorted(pinyin, key=len, reverse=True))
    # A syllable does not end where a vowel or a soft sign would be left without a beginning.
    one = f"(?:{longest})(?![ьй])"
    return re.compile(f"(?:{one})+"), re.compile(one), pinyin


def _in_russian(syllable: str) -> str | None:
    if syllable in _ALONE:
        return _ALONE[syllable]
    found = _SYLLABLE.fullmatch(syllable)
    if not found or found[1] not in _INITIALS:
        return None
    initial, final = found[1], found[2]
    soft = _AFTER_SOFT if initial in {"j", "q", "x"} else {}
    spelt = soft.get(final) or _FINALS.get(final)
    return _INITIALS[initial] + spelt if spelt else None
