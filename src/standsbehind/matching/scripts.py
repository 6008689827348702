"""Scripts: which writing a run of letters is in, and where one ends inside a word."""

import re
from enum import StrEnum

__all__ = ["HAN", "Script", "one_script", "script_of", "tokenise"]


class Script(StrEnum):
    """The writing of a word; what is in no other counts as Latin, digits too."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    INDIC = "devanagari and its sisters"
    THAI = "thai"
    HAN = "han"
    KANA = "kana"
    HANGUL = "hangul"


_HAN = r"々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTERS = {
    Script.CYRILLIC: r"\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f",
    Script.GREEK: r"\u0370-\u03ff\u1f00-\u1fff",
    Script.ARABIC: r"\u0600-\u065f\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff",
    Script.HEBREW: r"\u0590-\u05ff",
    Script.INDIC: r"\u0900-\u0dff",
    Script.THAI: r"\u0e00-\u0e7f",
    Script.HAN: _HAN,
    Script.KANA: r"\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff",
    Script.HANGUL: r"\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff",
}
HAN = re.compile(f"[{_HAN}]")
"""One Chinese character."""

_DIGIT_KEEPING = {Script.CYRILLIC, Script.GREEK, Script.ARABIC, Script.HEBREW}
"""Scripts written with spaces, where `Т34` is one word as `H3C` is."""
_OTHER = "".join(_LETTERS.values())
_RUN = re.compile(
    "|".join(
        rf"[0-9]*[{letters}][0-9{letters}]*"
        if script in _DIGIT_KEEPING
        else f"[{letters}]+"
        for script, letters in _LETTERS.items()
    )
    + rf"|[^\s{_OTHER}]+"
)
_KNOWN = {
    script: re.compile(rf"[0-9]*[{letters}]") for script, letters in _LETTERS.items()
}


def tokenise(folded: str) -> list[str]:
    """Split a folded name at its spaces and where the script changes within a word.

    >>> tokenise("大华dahua 3m")
    ['大华', 'dahua', '3m']
    """
    if folded.isascii():
        return folded.split()
    return _RUN.findall(folded)


def script_of(token: str) -> Script:
    """Tell the script of a token of one script; by its first letter, digits aside."""
    if not token.isascii():
        for script, start in _KNOWN.items():
            if start.match(token):
                return script
    return Script.LATIN


# What looks alike in capitals or in small letters, written small. The first of two wins.
_CYRILLIC_LOOKS = dict(zip("авекмнорстухіјѕһԛԝԁ", "abekmhopctyxijshqwd", strict=True))
_GREEK_LOOKS = dict(zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True))
_TO_LATIN = str.maketrans(_CYRILLIC_LOOKS | _GREEK_LOOKS)
_TO_CYRILLIC = str.maketrans({v: k for k, v in _CYRILLIC_LOOKS.items() if k != "һ"})
_TO_GREEK = str.maketrans({v: k for k, v in _GREEK_LOOKS.items()})
_CYRILLIC = _LETTERS[Script.CYRILLIC]
_GREEK = _LETTERS[Script.GREEK]
_EUROPEAN = f"a-z0-9{_CYRILLIC}{_GREEK}"
_MIXED = re.compile(
    rf"[a-z][0-9]*[{_CYRILLIC}{_GREEK}]|[{_CYRILLIC}{_GREEK}][0-9]*[a-z]"
    rf"|[{_CYRILLIC}][0-9]*[{_GREEK}]|[{_GREEK}][0-9]*[{_CYRILLIC}]"
)
_WORD = re.compile(rf"[{_EUROPEAN}]+")
_LETTER = re.compile(f"[{_EUROPEAN}]")
_FOREIGN = re.compile(f"[{_CYRILLIC}{_GREEK}]")


def one_script(folded: str) -> str:
    """Write a word that mixes look-alike letters of two scripts in the one of its majority.

    A word stays as it is where a letter of the minority looks like none of the majority:
    `СпецTech` is two words written together, not a disguise.
    """
    if not _FOREIGN.search(folded):
        return folded
    written: list[str] = []
    end = 0
    for mixed in _MIXED.finditer(folded):
        if mixed.start() >= end:
            start = _start_of_word(folded, mixed.start())
            written.append(folded[end:start])
            end = _end_of_word(folded, mixed.end())
            written.append(_unmixed(folded[start:end]))
    return "".join((*written, folded[end:]))


def _start_of_word(folded: str, place: int) -> int:
    while place and _LETTER.match(folded, place - 1):
        place -= 1
    return place


def _end_of_word(folded: str, place: int) -> int:
    found = _WORD.match(folded, place)
    return found.end() if found else place


def _unmixed(word: str) -> str:
    if not _MIXED.search(word):
        return word
    counts = {
        Script.LATIN: sum("a" <= letter <= "z" for letter in word),
        Script.CYRILLIC: sum("\u0400" <= letter <= "\u052f" for letter in word),
    }
    counts[Script.GREEK] = sum(map(str.isalpha, word)) - sum(counts.values())
    most = max(counts, key=lambda script: counts[script])
    written = word.translate(
        {Script.LATIN: _TO_LATIN, Script.CYRILLIC: _TO_CYRILLIC}.get(most, _TO_GREEK)
    )
    return word if _MIXED.search(written) else written
