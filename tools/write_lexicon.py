"""Write the words, places and countries that the matcher knows from the lists in `lexicon`.

Run `python tools/write_lexicon.py`; run it again whenever a list or `fold` changes.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lexicon.spellings import adjective_of, spellings
from pypinyin import lazy_pinyin

from standsbehind.matching.names import fold

HERE = Path(__file__).parent / "lexicon"
TARGET = Path(__file__).parents[1] / "src/standsbehind/matching"

HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_WORD = re.compile(r"[\u3400-\u9fff]+(?:=[a-z ]+[a-z])?")
_RUSSIAN_PLACE = re.compile("~[а-яё]*[^яйие]")
"""A place under its Russian name; of an adjective no other is made."""
PARTS_OF_PLACES = set(
    "hong kong inner york angeles francisco vegas dhabi kuala lumpur aviv petersburg "
    "peterburg phnom penh janeiro paulo aires".split()
)
"""Words of longer names of places that mean nothing but the place."""

OFTEN_PARTED = set(
    "北京 上海 天津 重庆 河北 山西 辽宁 吉林 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 "
    "广西 海南 四川 贵州 云南 甘肃 青海 宁夏 新疆 深圳 广州 杭州 南京 苏州 武汉 成都 厦门 宁波 "
    "青岛 大连 东莞 珠海 佛山 无锡 常州 温州 福州 济南 郑州 西安 沈阳 长沙 合肥 中山 惠州 泉州 台湾".split()
)
"""Places that firms also write in two words, or with `shi`, the word for city."""

Row = tuple[str, str, str, str]
"""A Chinese word, its kind, its usual English, and other English that is usual."""


class Words:
    """The rows of words.csv; what stands twice keeps its first meaning."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[str, str]] = {}

    def add(self, word: str, kind: str, concept: str) -> None:
        """Keep the word, or say that it is known as another one."""
        known = self.rows.setdefault(word, (kind, concept))
        if known != (kind, concept):
            print(f"{word}: {known[1]} ({known[0]}), not {concept}", file=sys.stderr)

    def lines(self) -> list[str]:
        """One line for each concept; `_` joins the words of a longer name."""
        grouped: dict[tuple[str, str], list[str]] = {}
        for word, (kind, concept) in sorted(self.rows.items()):
            grouped.setdefault((concept, kind), []).append(word.replace(" ", "_"))
        return [f"{c},{kind},{' '.join(words)}" for (c, kind), words in grouped.items()]


def main() -> None:
    words, han = Words(), {}
    for place, kind, english, also in places(words):
        han[place] = f"{kind},{english},{also}"
    for word, kind, english, also in trades(words):
        han.setdefault(word, f"{kind},{english},{also}")
    write("words.csv", "concept,kind,words", words.lines())
    han = {w: row for w, row in han.items() if not is_compound(w, han, words)}
    han_lines = [f"{word},{rest}" for word, rest in han.items()]
    write("words_han.csv", "word,kind,english,also", han_lines)


def is_compound(word: str, han: dict[str, str], words: Words) -> bool:
    """Tell whether a Chinese word says no more than the known words it is made of."""
    told = concepts_of(han[word].split(",")[1], words)
    for cut in range(2, len(word) - 1):
        head, tail = word[:cut], word[cut:]
        if head in han and tail in han:
            parts = " ".join(han[part].split(",")[1] for part in (head, tail))
            if concepts_of(parts, words) == told:
                return True
    return False


def concepts_of(english: str, words: Words) -> set[str]:
    return {words.rows.get(w, ("", w))[1] for w in english.split()} - {"and", "of"}


def write(file: str, head: str, lines: list[str]) -> None:
    text = "\n".join([head, *sorted(lines)]) + "\n"
    (TARGET / file).write_text(text, "utf-8")


def places(words: Words) -> Iterator[Row]:
    for file, kind in [("countries.txt", "country"), ("places_world.txt", "place")]:
        for line in lines_of(file):
            yield from place_of_the_world(words, line, kind)
    for line in lines_of("places_han.txt"):
        yield place_of_china(words, line)


def place_of_the_world(words: Words, line: str, kind: str) -> Iterator[Row]:
    plain = line.split("|", maxsplit=1)[0].split()
    concept = fold(plain[0].replace("_", " "))
    for text in plain:
        if not HAN.search(text):
            add_place(words, text, kind, concept)
        if kind == "place" and _RUSSIAN_PLACE.fullmatch(text):
            add_place(words, f"~{adjective_of(text[1:])}", kind, concept)
    for text in _HAN_WORD.findall(line):
        word, _, english = text.partition("=")
        yield fold(word), kind, english or concept, ""


def place_of_china(words: Words, line: str) -> Row:
    word, *spelled = line.split()
    english = spelled[0] if spelled else "".join(lazy_pinyin(word, v_to_u=False))
    concept = fold(english.strip("!").replace("_", " "))
    more = pinyin_of_a_city(word) if word in OFTEN_PARTED else []
    for text in [*(spelled or [english]), *more]:
        if not text.startswith("!"):
            add_place(words, text, "place", concept)
    return fold(word), "place", concept, ""


def pinyin_of_a_city(word: str) -> list[str]:
    """Write `shenzhen` as `shen_zhen` and `shenzhenshi` too; `shi` is city."""
    syllables = lazy_pinyin(word, v_to_u=False)
    joined = "".join(syllables)
    return [joined, "_".join(syllables), f"{joined}shi"]


def add_place(words: Words, text: str, kind: str, concept: str) -> None:
    if words.rows.get(concept, ("",))[0] == "country":
        kind = "country"
    for word in spellings(text.replace("_", " ")):
        if word in words.rows and words.rows[word][0] == "country":
            continue
        words.add(word, kind, concept)
        for part in PARTS_OF_PLACES.intersection(word.split()):
            words.add(part, kind, part)


def trades(words: Words) -> Iterator[Row]:
    for line in lines_of("words.txt"):
        concept, kind, texts, chinese = (f"{line} | | ".split("|"))[:4]
        concept, kind = concept.strip(), kind.strip()
        own = [] if "_" in concept else [concept]
        for text in [*own, *texts.split()]:
            for word in spellings(text.replace("_", " ")):
                words.add(word, kind, concept)
        for text in filter(None, (t.strip() for t in chinese.split(";"))):
            word, _, english = text.partition("=")
            first, _, also = (english or concept.replace("_", " ")).partition("/")
            yield fold(word), kind, fold(first), "/".join(map(fold, also.split("/")))


def lines_of(file: str) -> list[str]:
    lines = (HERE / file).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


if __name__ == "__main__":
    main()
