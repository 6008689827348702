"""The common words of names: which kind each is, and which of them mean the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from standsbehind.matching.forms import Stand, forms, han_forms

__all__ = ["Kind", "Lexicon", "lexicon"]


class Kind(StrEnum):
    """What a word of a name is; it decides how much the word counts."""

    BRAND = "brand"
    SECTOR = "sector"
    """What a firm does, where this sets it apart from a namesake: bank, cotton, hotel."""
    PLACE = "place"
    TRADE = "trade"
    """What many firms of our subject do or are: technology, security, group, and, of."""
    COUNTRY = "country"
    FORM = "legal form"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known words by kind, Latin ones folded, Chinese ones simplified."""

    kinds: Mapping[str, Kind]
    """Single folded words of any script but Chinese; an unknown word is a brand."""
    concepts: Mapping[str, str]
    """A known word with the one English word for it: `tekhnologii` is `technology`."""
    phrases: Mapping[tuple[str, ...], tuple[Kind, str]]
    """Names of places that have several words, with their kind and their concept."""
    function_words: frozenset[str]
    """Words such as `and`, `de`, `al`, which are of kind TRADE and say nothing at all."""
    han_forms: tuple[str, ...]
    """Longest first. `forms.han_forms()` has their class."""
    han_words: Mapping[str, tuple[Kind, str]]
    """Chinese trade and sector words with their usual English, which may be several words."""
    han_alternates: Mapping[str, tuple[str, ...]]
    """Other English that is usual for a Chinese word: 研究院 is `academy` as well."""
    han_places: Mapping[str, str]
    """Places and countries with their usual English; `kinds` tells which."""


_KINDS = {kind.value: kind for kind in Kind} | {"function": Kind.TRADE}
_TRADES = frozenset({"trade", "sector", "function"})


@cache
def lexicon() -> Lexicon:
    """Load the word lists that ship with the package.

    They are written by `tools/write_lexicon.py` from the lists in `tools/lexicon`.
    """
    kinds: dict[str, Kind] = {}
    concepts: dict[str, str] = {}
    functions: list[str] = []
    for line in _lines("words.csv"):
        concept, kind, text = line.split(",")
        words = text.split()
        kinds |= dict.fromkeys(words, _KINDS[kind])
        concepts |= dict.fromkeys(words, concept)
        functions += words if kind == "function" else ()
    phrases = [word for word in kinds if "_" in word]
    han = [line.split(",") for line in _lines("words_han.csv")]
    return Lexicon(
        phrases={tuple(p.split("_")): (kinds.pop(p), concepts.pop(p)) for p in phrases},
        kinds=kinds | _forms_anywhere(),
        concepts=concepts,
        function_words=frozenset(functions),
        han_forms=tuple(han_forms()),
        han_words={w: (_KINDS[k], en) for w, k, en, _ in han if k in _TRADES},
        han_alternates={w: tuple(also.split("/")) for w, _, _, also in han if also},
        han_places={w: en for w, kind, en, _ in han if kind in {"place", "country"}},
    )


def _lines(file: str) -> list[str]:
    text = (resources.files(__package__) / file).read_text("utf-8")
    return text.splitlines()[1:]


def _forms_anywhere() -> dict[str, Kind]:
    anywhere = {Stand.ANYWHERE, Stand.INSIDE}
    known = forms().stands.items()
    return {f[0]: Kind.FORM for f, stand in known if len(f) == 1 and stand in anywhere}
