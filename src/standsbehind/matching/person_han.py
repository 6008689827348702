"""Chinese names of persons: family name and given name, in characters and in pinyin."""

import re
from collections.abc import Sequence
from functools import lru_cache

from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.names import Folded, fold

__all__ = ["HAS_HAN", "in_pinyin", "is_pinyin", "read_characters"]

HAS_HAN = re.compile(r"[\u3400-\u9fff]")
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|ve|er|[aeiouv]))+"
)  # fmt: skip
_FAMILIES = frozenset(
    ["wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao", "lin", "he", "guo", "ma", "luo", "liang", "song", "zheng", "xie", "han", "tang", "feng", "yu", "dong", "xiao", "cheng", "cao", "yuan", "deng", "fu", "shen", "zeng", "peng", "lu", "su", "jiang", "cai", "jia", "ding", "wei", "xue", "ye", "yan", "pan", "du", "dai", "xia", "zhong", "tian", "ren", "fan", "fang", "shi", "yao", "tan", "liao", "zou", "xiong", "jin", "hao", "kong", "bai", "cui", "kang", "mao", "qiu", "qin", "gu", "hou", "shao", "meng", "long", "wan", "duan", "lei", "qian", "yin", "yi", "chang", "qiao", "lai", "gong", "wen", "ouyang", "sima", "zhuge", "shangguan"]
)  # fmt: skip


@lru_cache(maxsize=MOST_KEPT)
def is_pinyin(folded: str) -> bool:
    """Whether words can be a Chinese name: a usual family name, and syllables of pinyin."""
    texts = folded.split()
    if not (texts and (texts[0] in _FAMILIES or texts[-1] in _FAMILIES)):
        return False
    return len(texts) > 1 and all(_PINYIN.fullmatch(text) for text in texts)


def read_characters(text: str) -> tuple[Folded, list[str]]:
    """Give a name in simplified characters, and its family and given name in pinyin."""
    words = [word for word in fold(text).split() if HAS_HAN.search(word)]
    return Folded("".join(words)), in_pinyin(words)


def in_pinyin(words: Sequence[str]) -> list[str]:
    """Write the words of a name in simplified characters in pinyin, the family name by itself."""
    spelt: list[str] = []
    for word in words:
        family, given = _family_and_given(word) if len(words) == 1 else ("", word)
        spelt += (_FAMILY_READ.get(family) or _pinyin(family), _pinyin(given))
    return [part for part in spelt if part]


@lru_cache(maxsize=MOST_KEPT)
def _pinyin(word: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - loaded only where Chinese text occurs

    return "".join(lazy_pinyin(word)).casefold()


def _family_and_given(word: str) -> tuple[str, str]:
    if not 2 <= len(word) <= 4:
        return "", word
    length = 2 if word[:2] in _TWO_CHARACTER_FAMILIES and len(word) > 2 else 1
    return word[:length], word[length:]


_TWO_CHARACTER_FAMILIES = frozenset("欧阳 司马 诸葛 上官 司徒 东方 独孤 慕容 皇甫 尉迟 公孙 令狐 长孙 宇文 夏侯 端木".split())  # noqa: SIM905  # fmt: skip
_FAMILY_READ = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "尉迟": "yuchi", "朴": "piao",
    "盖": "ge", "乐": "yue", "区": "ou", "任": "ren", "华": "hua", "翟": "zhai", "缪": "miao",
}  # fmt: skip
"""How a character is read that is a family name, where that is not its usual reading."""
