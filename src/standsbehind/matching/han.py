"""Chinese names: one set of characters, their parts, and their Latin spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from standsbehind.matching.lexicon import Kind, lexicon
from standsbehind.matching.numerals import chinese_number
from standsbehind.matching.pinyin import pinyin

__all__ = [
    "PINYIN_FORMS",
    "Part",
    "latinise",
    "pinyin_words",
    "segment",
    "simplify",
]


@cache
def _converter() -> Any:  # noqa: ANN401 - the library has no types
    from opencc import OpenCC  # noqa: PLC0415 - loaded only where Chinese text occurs

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Write traditional characters in their simplified form; lines are read one by one."""
    # The one character whose simplified form is a traditional one in turn.
    return str(_converter().convert(text)).replace("苧", "苎")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a Chinese name: what it is, and its usual English where that is known."""

    text: str
    kind: Kind
    english: str = ""

    @property
    def latin(self) -> str:
        """The part in Latin letters, as official English names write it."""
        return self.english or "".join(pinyin(self.text))


def latinise(word: str) -> str:
    """Write one part of a Chinese name in Latin letters, as official English names do."""
    known = lexicon()
    if word in known.han_words:
        return known.han_words[word][1]
    return known.han_places.get(word) or Part(word, Kind.BRAND).latin


_PLACE_ENDINGS = (
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "特别行政区",
    "省",
    "市",
    "县",
    "区",
)
_TOWN = re.compile("(?!城市|都市|超市|上市|门市|股市|集市)[^0-9]{2,3}?[省市县](?=..)")
_DISTRICT = re.compile("(?!小区|社区|园区|.开发区|开发区)..[区县镇]")
_NUMBERED = re.compile("第([0-9零〇一二两三四五六七八九十百千]+)$")
_LOOSE_FORMS = ("集团", "控股", "股份")


class _Known:
    """The known words, found at the start and the end of a text, the longest one."""

    def __init__(self, words: Iterable[Part]) -> None:
        self._words: dict[str, Part] = {}
        for word in words:
            self._words.setdefault(word.text, word)
        self._by_start = _lengths((text[0], text) for text in self._words)
        self._by_end = _lengths((text[-1], text) for text in self._words)

    def at_start(self, text: str) -> Part | None:
        for length in self._by_start.get(text[:1], ()):
            if word := self._words.get(text[:length]):
                return word
        return None

    def at_end(self, text: str) -> Part | None:
        for length in self._by_end.get(text[-1:], ()):
            if word := self._words.get(text[-length:]):
                return word
        return None


def _lengths(words: Iterable[tuple[str, str]]) -> dict[str, list[int]]:
    """Give by letter how long the words are that have it, longest first."""
    found: dict[str, set[int]] = {}
    for letter, text in words:
        found.setdefault(letter, set()).add(len(text))
    return {letter: sorted(of, reverse=True) for letter, of in found.items()}


@dataclass(frozen=True)
class _Words:
    places: _Known
    all: _Known
    forms: re.Pattern[str]


@cache
def _words() -> _Words:
    known = lexicon()
    places = [
        Part(place, known.kinds.get(latin, Kind.PLACE), latin)
        for place, latin in known.han_places.items()
    ]
    words = [Part(text, kind, en) for text, (kind, en) in known.han_words.items()]
    forms = (form for form in known.han_forms if form not in _LOOSE_FORMS)
    return _Words(
        places=_Known(places),
        all=_Known([*places, *words]),
        forms=re.compile("|".join(sorted(forms, key=len, reverse=True))),
    )


def segment(run: str) -> list[Part]:
    """Take a run of simplified Chinese apart: places, brand, trade words; legal forms go.

    The brand is what is left between the known words; a run of known words alone has
    none. Linear in the letters.

    >>> [part.text for part in segment("浙江省杭州市滨江区依图网络科技有限公司")]
    ['浙江', '杭州', '滨江', '依图', '网络', '科技']
    """
    pieces = [_without_loose_form(piece) for piece in _words().forms.split(run)]
    return [part for piece in pieces if piece for part in _parts_of_piece(piece)]


def _without_loose_form(piece: str) -> str:
    for form in _LOOSE_FORMS:
        if piece.endswith(form) and len(piece) > len(form) + 1:
            return piece.removesuffix(form)
    return "" if piece in _LOOSE_FORMS else piece


def _parts_of_piece(piece: str) -> list[Part]:
    places, rest = _leading_places(piece)
    brand, words = _trailing_words(rest)
    if brand:
        places.append(Part(brand, Kind.BRAND))
    return places + words


def _leading_places(piece: str) -> tuple[list[Part], str]:
    """Cut off a chain such as 浙江省杭州市滨江区; a letter or more stays behind."""
    places: list[Part] = []
    while piece and (found := _leading_place(piece, is_first=not places)):
        place, piece = found
        places.append(place)
    return places, piece


def _leading_place(piece: str, *, is_first: bool) -> tuple[Part, str] | None:
    place = _words().places.at_start(piece)
    if place:
        return place, _without_ending(piece.removeprefix(place.text))
    town = _TOWN.match(piece) if is_first else _DISTRICT.match(piece)
    if town and len(piece) > town.end() + 1:
        text = town[0][:-1]
        return Part(text, Kind.PLACE), piece[town.end() :]
    return None


def _without_ending(rest: str) -> str:
    for ending in _PLACE_ENDINGS:
        if rest.startswith(ending) and len(rest) != len(ending) + 1:
            return rest.removeprefix(ending)
    return rest


def _trailing_words(rest: str) -> tuple[str, list[Part]]:
    """Cut known words off the end. A brand of one letter keeps the word after it."""
    words: list[Part] = []
    while rest and (word := _trailing_number(rest) or _words().all.at_end(rest)):
        left = len(rest) - len(word.text)
        if left == 1:
            break
        words.append(word)
        rest = rest[:left]
    return rest, [_counted(word) for word in reversed(words)]


def _trailing_number(rest: str) -> Part | None:
    if "第" not in rest:
        return None
    found = _NUMBERED.search(rest)
    number = chinese_number(found[1]) if found else None
    return Part(found[0], Kind.NUMBER, number) if found and number else None


def _counted(part: Part) -> Part:
    return (
        Part(part.english, Kind.NUMBER, part.english)
        if part.kind is Kind.NUMBER
        else part
    )


PINYIN_FORMS = frozenset({"youxian", "gongsi", "zeren", "gufen", "jituan", "konggu"})
"""The words of Chinese legal forms in pinyin."""
SHORTEST_PINYIN = 5
"""Letters below which the pinyin of a trade word may as well be a word of another language."""


@cache
def pinyin_words() -> dict[str, tuple[Kind, str]]:
    """Return the known Chinese words as firms write them in pinyin: `wangluo` is network.

    Where two words sound the same the first in the lexicon stands. What the Latin lists
    know as anything but a trade word is left out.
    """
    known = lexicon()
    found: dict[str, tuple[Kind, str]] = {}
    for text, (kind, english) in known.han_words.items():
        spelt = "".join(pinyin(text))
        if len(spelt) >= SHORTEST_PINYIN or spelt == "keji":
            found.setdefault(spelt, (kind, english))
    kinds = known.kinds
    return {t: w for t, w in found.items() if kinds.get(t, Kind.TRADE) is Kind.TRADE}
