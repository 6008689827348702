"""The words that do not tell one firm from another: legal forms, trades, places."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from standsbehind.model.packaged import read_yaml

__all__ = ["Kind", "Lexicon", "lexicon"]


class Kind(StrEnum):
    """What a word of a name is; it decides how much the word counts."""

    BRAND = "brand"
    SECTOR = "sector"
    PLACE = "place"
    TRADE = "trade"
    COUNTRY = "country"
    FORM = "legal form"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known words by kind, Latin ones folded, Chinese ones simplified."""

    kinds: Mapping[str, Kind]
    forms_at_end: frozenset[str]
    han_forms: tuple[str, ...]
    """Longest first."""
    han_words: Mapping[str, tuple[Kind, str]]
    """Chinese trade and sector words with their usual English."""
    han_places: Mapping[str, str]


@cache
def lexicon() -> Lexicon:
    """Load the word lists that ship with the package."""
    text = (resources.files(__package__) / "lexicon.yml").read_text("utf-8")
    lists = read_yaml(text)
    places = {part for place in lists["places"].values() for part in place.split()}
    kinds = {
        **dict.fromkeys(lists["trade"]["latin"], Kind.TRADE),
        **dict.fromkeys(lists["sector"]["latin"], Kind.SECTOR),
        **dict.fromkeys(places, Kind.PLACE),
        **dict.fromkeys(lists["countries"], Kind.COUNTRY),
        **dict.fromkeys(lists["forms"]["anywhere"], Kind.FORM),
    }
    han_words = {word: (Kind.TRADE, en) for word, en in lists["trade"]["han"].items()}
    han_words |= {
        word: (Kind.SECTOR, en) for word, en in lists["sector"]["han"].items()
    }
    return Lexicon(
        kinds=kinds,
        forms_at_end=frozenset(lists["forms"]["at_end"]),
        han_forms=tuple(sorted(lists["forms"]["han"], key=len, reverse=True)),
        han_words=han_words,
        han_places=lists["places"],
    )
