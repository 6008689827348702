"""Consonants: a key under which a word sounded out in another script meets the Latin word.

Arabic and Hebrew leave out the short vowels, and the characters that spell a foreign word in
Chinese or the Kana of a Japanese word put in vowels of their own: the consonants are what is
left in common. Consonants that one of the scripts does not tell apart are one: b and p, c, g
and k. It is weak evidence: `salim` and `salem` are one key.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.pinyin import pinyin
from standsbehind.matching.syllables import of_kana

__all__ = ["SYSTEMS", "Latins", "System", "is_foreign", "sounded_out"]

SHORTEST = 3
"""Consonants of a key; with fewer too many words would meet."""

_FOREIGN = frozenset(
    "阿埃艾爱安昂奥澳巴拜班邦保鲍贝本比彼宾波伯博布勃查彻茨次达戴丹当道德登迪蒂丁杜敦顿多厄恩尔法凡"
    "范菲费芬丰弗夫福富盖甘冈高戈格葛根古瓜圭哈海汉豪赫亨胡华怀霍基吉加嘉贾金京久卡凯坎康考科柯克肯"
    "孔库夸拉莱赖兰朗劳勒雷蕾里莉利丽连林琳列隆卢鲁路露伦罗洛吕马玛迈曼芒毛梅门蒙孟米密敏明缪摩莫墨"
    "默姆穆那纳娜乃南瑙内嫩尼妮宁纽努诺欧帕派潘庞培佩彭皮平珀珍普奇齐恰钱乔切琴青琼丘让热日荣茹儒若"
    "撒萨塞赛三桑瑟森沙莎山尚绍舍申什圣施史士书舒斯丝思松苏索所塔泰太坦汤陶特腾藤提廷通图托脱瓦万旺"
    "威韦维卫魏文翁沃乌西希锡夏香肖谢辛欣休逊雅亚扬耶叶伊依易意因英尤约宰赞泽扎詹兹子宗祖佐耐宜"
    "采策楚蔡冯贡洪侯简杰焦昆黎慕奈钦屈僧朔唐伍修尧芝朱"
)
"""Characters that are chosen to spell foreign names by their sound."""
SHORTEST_FOREIGN = 3
"""Such characters in a row, below which they may as well be a Chinese name."""
_FOREIGN_WORD = re.compile(f"[{''.join(sorted(_FOREIGN))}]{{{SHORTEST_FOREIGN},}}")


def is_foreign(word: str) -> bool:
    """Tell whether a word of simplified characters seems to spell a foreign one by its sound.

    >>> is_foreign("西门子"), is_foreign("海康威视")
    (True, False)
    """
    return _FOREIGN_WORD.fullmatch(word) is not None


Rules = tuple[tuple[str, str], ...]
"""Texts and what stands for them, replaced in this order: far faster than patterns are."""

_VOWELS = "aeiouy"


def _each(texts: str, key: str) -> Rules:
    return tuple((text, key) for text in texts.split())


def _before_vowels(letters: str, key: str) -> Rules:
    return tuple((x + vowel, key + vowel) for x in letters for vowel in _VOWELS)


_COMMON = (
    # Before a vowel the g of `ng` is heard; elsewhere it is one sound, kept apart as Q.
    *((f"ng{vowel}", f"n-{vowel}") for vowel in _VOWELS),
    *_each("ng", "Q"),
    *_each("tsch tch ch dzh dj zh j", "J"),
    *_each("sch sh ts tz", "S"),
    *((f"c{vowel}", f"S{vowel}") for vowel in "eiy"),
    *_each("s z", "S"),
    *_each("x", "KS"),
    *_each("ph", "f"),
    *_each("ck kh qh gh c k q g -", "K"),
    *((f"{letter}h", letter) for letter in "bdrt"),
    ("h\n", "\n"),
    *((letter * 2, letter) for letter in "bdfhlmnprtvwJKS"),
)
_AS_A_VOWEL = (
    *((f"\n{x}{vowel}", f"\nW{vowel}") for x in "wy" for vowel in "aeiou"),
    ("w", ""),
)
_NO_VOWELS = tuple((vowel, "") for vowel in _VOWELS)
_OF_ARABIC = (
    *_each("b p", "B"), *_each("f v", "F"), ("Q", "nK"), *_AS_A_VOWEL, *_NO_VOWELS,
)  # fmt: skip
_OF_HEBREW = (*_each("b f p v", "B"), ("Q", "nK"), *_AS_A_VOWEL, *_NO_VOWELS)
_OF_SYLLABLES = (
    ("Q", "n"),
    *_before_vowels("lr", "L"), *_before_vowels("h", "H"), *_before_vowels("w", "F"),
    ("l", ""), ("r", ""), ("h", ""), ("w", ""),
    *_each("b p", "B"), *_each("f v", "F"),
    *_NO_VOWELS,
    ("nn", "n"),
)  # fmt: skip


def _applied(rules: Rules, lines: str) -> str:
    for text, key in rules:
        lines = lines.replace(text, key)
    return lines


@dataclass(frozen=True, slots=True)
class Latins:
    """The Latin words among some, as far as all ways to sound them out go together."""

    places: Sequence[int]
    lines: str
    """A word to a line, each between two ends of line: the rules run over all at once."""

    @classmethod
    def among(cls, words: Sequence[str]) -> "Latins":
        """Choose the words that are Latin, and long enough."""
        places = [n for n, word in enumerate(words) if _is_latin(word)]
        lines = "".join([f"\n{words[place]}" for place in places])
        return cls(places, _applied(_COMMON, lines + "\n"))


def _is_latin(word: str) -> bool:
    return len(word) > SHORTEST and word.isascii() and word.isalpha()


_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]+")
_HEBREW = re.compile("[א-ת]+")
_ABJAD_LETTERS: dict[int, str] = {
    ord(letter): key
    for letters, key in (
        ("بپ", "B"), ("فڤ", "F"), ("تثطة", "T"), ("جچژ", "J"), ("حه", "H"), ("خغقكکگ", "K"),
        ("دذضڈ", "D"), ("رڑ", "R"), ("زسشصظ", "S"), ("ل", "L"), ("م", "M"), ("نں", "N"),
        ("בפ", "B"), ("תט", "T"), ("חה", "H"), ("גכק", "K"), ("ד", "D"), ("ר", "R"),
        ("זסצש", "S"), ("ל", "L"), ("מ", "M"), ("נ", "N"),
    )
    for letter in letters
}  # fmt: skip
_ABJAD_OPENING = str.maketrans(dict.fromkeys("ويוי", "W"))
_FINAL_NG = re.compile("NJ$")
_DOUBLED = re.compile(r"(.)\1+")


def _of_abjad(word: str) -> str:
    for article in ("وال", "بال", "ال"):
        if word.startswith(article) and len(word) > len(article) + 2:
            word = word.removeprefix(article)
            break
    word = _DOUBLED.sub(r"\1", word)
    word = word[:-1] if word[-1:] in {"ه", "ה"} else word
    word = word[:1].translate(_ABJAD_OPENING) + word[1:]
    letters = (_ABJAD_LETTERS.get(ord(c), c if c == "W" else "") for c in word)
    return _FINAL_NG.sub("NK", "".join(letters))


_SYLLABLE = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)[a-z]*?(ng?)?$")
_OF_INITIAL = {
    **dict.fromkeys(("b", "p"), "B"), **dict.fromkeys(("l", "r"), "L"),
    **dict.fromkeys(("g", "k"), "K"), **dict.fromkeys(("zh", "ch", "j", "q"), "J"),
    **dict.fromkeys(("sh", "s", "z", "c", "x"), "S"), **dict.fromkeys(("f", "w"), "F"),
    "m": "M", "d": "D", "t": "T", "n": "N", "h": "H",
}  # fmt: skip
_UNLIKE_PINYIN = {
    "尔": "", "加": "K", "嘉": "K", "基": "K", "金": "KN", "肯": "KN", "盖": "K", "什": "S",
}  # fmt: skip
_NASALS = re.compile("N+")


def _of_foreign_han(word: str) -> str:
    key = "".join(map(_of_syllable, word, pinyin(word)))
    return _NASALS.sub("N", key)


def _of_syllable(character: str, syllable: str) -> str:
    if character in _UNLIKE_PINYIN:
        return _UNLIKE_PINYIN[character]
    found = _SYLLABLE.fullmatch(syllable)
    if found is None:
        return ""
    return _OF_INITIAL.get(found[1], "") + ("N" if found[2] else "")


_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]{3,}")


def _of_syllables(word: str) -> str:
    if _KANA.fullmatch(word):
        return _applied(_COMMON + _OF_SYLLABLES, f"\n{of_kana(word)}\n").upper().strip()
    return _of_foreign_han(word)


@dataclass(frozen=True, slots=True)
class System:
    """A way to sound out: which words do it, and the keys of both sides."""

    is_native: Callable[[str], bool]
    native: Callable[[str], str]
    rules: Rules

    def key(self, word: str) -> str:
        """Give the key of a word that sounds out another; empty where it tells too little."""
        found = self.native(word) if self.is_native(word) else ""
        return found if len(found) >= SHORTEST else ""

    def keys(self, latins: Latins) -> Iterator[tuple[str, int]]:
        """Give the key of each Latin word, and its place; too short ones meet nothing."""
        keys = _applied(self.rules, latins.lines).upper().split("\n")[1:-1]
        return zip(keys, latins.places, strict=True)


def _is_arabic(word: str) -> bool:
    return _ARABIC.fullmatch(word) is not None


def _is_hebrew(word: str) -> bool:
    return _HEBREW.fullmatch(word) is not None


def _is_of_syllables(word: str) -> bool:
    return is_foreign(word) or _KANA.fullmatch(word) is not None


SYSTEMS = (
    System(_is_arabic, _of_abjad, _OF_ARABIC),
    System(_is_hebrew, _of_abjad, _OF_HEBREW),
    System(_is_of_syllables, _of_syllables, _OF_SYLLABLES),
)
"""Scripts without vowels, and syllables with too many."""


def sounded_out(left: str, right: str) -> bool:
    """Tell whether one of two words sounds out the other, which is Latin.

    >>> sounded_out("huawei", "هواوي"), sounded_out("siemens", "西门子")
    (False, True)
    """
    if left.isascii() == right.isascii():
        return False
    native, latin = (right, left) if left.isascii() else (left, right)
    return any(key and key in _latin_keys(latin) for key in _native_keys(native))


@lru_cache(maxsize=MOST_KEPT)
def _native_keys(word: str) -> tuple[str, ...]:
    return tuple(f"{n}{key}" for n, s in enumerate(SYSTEMS) if (key := s.key(word)))


@lru_cache(maxsize=MOST_KEPT)
def _latin_keys(word: str) -> frozenset[str]:
    latins = Latins.among([word])
    return frozenset(
        f"{n}{key}" for n, s in enumerate(SYSTEMS) for key, _ in s.keys(latins)
    )
