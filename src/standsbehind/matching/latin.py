"""Latin letters for a word of another script, as official lists usually write it.

Cyrillic follows BGN/PCGN without signs, Greek ELOT 743, Hangul the Revised Romanisation,
Kana Hepburn, Uyghur the usual English letters. Arabic, Persian and Hebrew give consonants and
long vowels: the short ones are not written. Thai and Devanagari are simple approximations.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.palladius import from_palladius
from standsbehind.matching.scripts import Script, script_of
from standsbehind.matching.syllables import of_hangul, of_indic, of_kana, of_thai

__all__ = ["transliterate"]


def _table(letters: str, latin: str) -> dict[int, str]:
    """Pair letters with their spelling; `-` stands for a letter without a sound."""
    pairs = zip(letters, latin.split(), strict=True)
    return {ord(letter): "" if text == "-" else text for letter, text in pairs}


_CYRILLIC = _table(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya",
) | _table(
    "іїєґўђјљњћџѓќѕәғқңөүұһӣҗҡҙҫӈҳҷӯ",
    "i yi ye g u dj j lj nj c dz g k dz a gh q ng o u u h i j q z s ng h j u",
)
_UKRAINIAN = re.compile("[іїєґ]")
_AS_UKRAINIAN = {ord("и"): "y", ord("г"): "h", ord("й"): "y"}
_SERBIAN = re.compile("[ђјљњћџ]")
_AS_SERBIAN = _table("хцчшж", "h c c s z")
_SOFT_ENDINGS = (("iy", "y"), ("yy", "y"))

_GREEK = _table(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o",
)
_GREEK_PAIRS = (
    ("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"), ("γξ", "nx"), ("γχ", "nch"),
    ("μπ", "mp"),
)  # fmt: skip

_ARABIC = _table(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y",
) | _table("پچژگڤئڭۋېەۇۆۈ", "p ch zh g v i ng w e e u o u")
_UYGHUR = re.compile("[ۇۆۈېەڭۋ]")
_AS_UYGHUR = {ord("خ"): "h", ord("ئ"): "", ord("ق"): "q", ord("ح"): "h"}
_UYGHUR_VOWELS = "اەېۇۆۈو"
_UYGHUR_I = re.compile(f"(?<![{_UYGHUR_VOWELS}])ي(?![{_UYGHUR_VOWELS}])")
_CONSONANT = "[بتثجحخدذرزسشصضطظعغفقكلمنهپچژگڤ]"
_LONG_U = re.compile(f"(?<={_CONSONANT})و(?={_CONSONANT}|$)")
_LONG_I = re.compile(f"(?<={_CONSONANT})ي(?={_CONSONANT}|$)")

_HEBREW = _table(
    "אבגדהוזחטיכלמנסעפצקרשת", "a b g d h v z h t y k l m n s a p ts k r sh t"
)
_LONG_VAV = re.compile("(?<=[א-ת])ו(?=[א-ת])(?!וו)")
_LONG_YOD = re.compile("(?<=[א-ת])י(?=[בגדזחטכלמנסעפצקרשת]|$)")


def _of_cyrillic(word: str) -> str:
    chinese = from_palladius(word)
    if chinese:
        return chinese
    if word.endswith("тех"):
        return _of_cyrillic(word.removesuffix("тех")) + "tech"
    table = _CYRILLIC
    if _UKRAINIAN.search(word):
        table = table | _AS_UKRAINIAN
        word = word[:1] + word[1:].replace("ї", "і")
    if _SERBIAN.search(word):
        table = table | _AS_SERBIAN
    latin = word.translate(table)
    for ending, short in _SOFT_ENDINGS:
        if latin.endswith(ending):
            return latin.removesuffix(ending) + short
    return latin


def _of_greek(word: str) -> str:
    word = word.replace("ς", "σ")
    if word.startswith(("μπ", "ντ", "γκ")):
        word = {"μ": "b", "ν": "d", "γ": "g"}[word[0]] + word[2:]
    for pair, latin in _GREEK_PAIRS:
        word = word.replace(pair, latin)
    return word.translate(_GREEK)


def _of_arabic(word: str) -> str:
    if _UYGHUR.search(word):
        word = _UYGHUR_I.sub("i", word)
        return word.replace("و", "o").translate(_ARABIC | _AS_UYGHUR)
    article = "al " if word.startswith("ال") and len(word) > 4 else ""
    word = word.removeprefix("ال") if article else word
    if word.endswith("ه") and len(word) > 3:
        word = word[:-1] + "ا"
    word = _LONG_I.sub("i", _LONG_U.sub("u", word))
    return article + word.translate(_ARABIC)


def _of_hebrew(word: str) -> str:
    word = _LONG_YOD.sub("i", word.replace("יי", "י"))
    word = word.replace("וו", "w")
    return _LONG_VAV.sub("o", word).translate(_HEBREW)


_BY_SCRIPT: dict[Script, Callable[[str], str]] = {
    Script.CYRILLIC: _of_cyrillic,
    Script.GREEK: _of_greek,
    Script.ARABIC: _of_arabic,
    Script.HEBREW: _of_hebrew,
    Script.HANGUL: of_hangul,
    Script.KANA: of_kana,
    Script.THAI: of_thai,
    Script.INDIC: of_indic,
}


@lru_cache(maxsize=MOST_KEPT)
def transliterate(token: str) -> str:
    """Write a folded token of one script in Latin letters; Latin and Han stay as they are.

    The article of Arabic and a known Korean firm become words of their own.

    >>> transliterate("сергей"), transliterate("삼성")
    ('sergey', 'samsung')
    """
    sound = _BY_SCRIPT.get(script_of(token))
    if sound is None:
        return token
    return "".join(letter for letter in sound(token) if letter.isascii()) or token
