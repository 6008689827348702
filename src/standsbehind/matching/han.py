"""Chinese names: one set of characters, their parts, and their Latin spelling."""

from functools import cache
from typing import Any

from standsbehind.matching.lexicon import Kind, lexicon
from standsbehind.matching.scripts import HAN

__all__ = ["HAN", "latinise", "segment", "simplify"]

_PLACE_ENDINGS = ("维吾尔自治区", "自治区", "省", "市", "县", "区")


@cache
def _converter() -> Any:  # noqa: ANN401 - the library has no types
    from opencc import OpenCC  # noqa: PLC0415 - loaded only where Chinese text occurs

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Write traditional characters in their simplified form."""
    return str(_converter().convert(text))


def segment(name: str) -> list[tuple[str, Kind]]:
    """Take a simplified Chinese legal name apart: place, brand, trade words; forms dropped.

    The brand is what is left between the known words. It is never empty: of a name that
    consists of known words, the first one after the place stays as the brand.
    """
    body = _without_form(name)
    place, rest = _leading_place(body)
    brand, trades = _trailing_trades(rest)
    parts = [(place, Kind.PLACE)] if place else []
    if brand:
        parts.append((brand, Kind.BRAND))
    parts.extend(trades)
    return parts or [(name, Kind.BRAND)]


def _without_form(name: str) -> str:
    for form in lexicon().han_forms:
        if name.endswith(form) and len(name) > len(form):
            return name.removesuffix(form)
    return name


def _leading_place(name: str) -> tuple[str, str]:
    for place in lexicon().han_places:
        if name.startswith(place):
            rest = name.removeprefix(place)
            for ending in _PLACE_ENDINGS:
                if rest.startswith(ending) and len(rest) > len(ending) + 1:
                    rest = rest.removeprefix(ending)
                    break
            return place, rest
    return "", name


def _trailing_trades(name: str) -> tuple[str, list[tuple[str, Kind]]]:
    trades: list[tuple[str, Kind]] = []
    while word := _ending_word(name):
        name = name.removesuffix(word)
        trades.insert(0, (word, lexicon().han_words[word][0]))
    return name, trades


def _ending_word(name: str) -> str | None:
    fitting = (
        w for w in lexicon().han_words if name.endswith(w) and len(name) > len(w)
    )
    return max(fitting, key=len, default=None)


def latinise(word: str, kind: Kind) -> str:
    """Write one part of a Chinese name in Latin letters, as official English names do."""
    if not HAN.search(word):
        return word
    if kind is Kind.PLACE and word in lexicon().han_places:
        return lexicon().han_places[word]
    if word in lexicon().han_words:
        return lexicon().han_words[word][1]
    return _pinyin(word)


def _pinyin(word: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - loaded only where Chinese text occurs

    return "".join(lazy_pinyin(word, v_to_u=False)).casefold()
