"""Names: from a name as written to the words that tell firms apart."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NewType

from standsbehind.matching.folding import Folded, fold, fold_all
from standsbehind.matching.han import HAN, latinise, segment
from standsbehind.matching.lexicon import Kind, lexicon

__all__ = [
    "Folded",
    "Grade",
    "Name",
    "Variant",
    "Word",
    "fold",
    "fold_all",
    "read_name",
    "read_once",
]

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "_",
            "y",
            "_",
            "e",
            "yu",
            "ya",
            "i",
            "i",
            "ye",
            "g",
            "u",
        ],
        strict=True,
    )
)
_TO_LATIN = str.maketrans({k: v.replace("_", "") for k, v in _CYRILLIC.items()})
_HAS_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NOT_WORD = re.compile(r"[\W_]+")
_BOUNDARY = re.compile(
    r"(?<=[\u3400-\u9fff])(?=[^\u3400-\u9fff])|(?<=[^\u3400-\u9fff])(?=[\u3400-\u9fff])"
)


class Grade(StrEnum):
    """How a variant came out of the name as written; each step makes it weaker evidence."""

    WRITTEN = "as written"
    TRANSLATED = "translation"
    """Known words translated; no letter was sounded out."""
    TRANSLITERATED = "transliteration"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name and what kind of word it is."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Variant:
    """A name as a bag of words in one script."""

    words: tuple[Word, ...]
    """Without legal forms, unless the name is nothing else."""
    grade: Grade = Grade.WRITTEN

    @property
    def joined(self) -> str:
        """The words written together, for names whose spacing differs."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, folded, and as the variants it is compared in."""

    text: str
    folded: Folded
    variants: tuple[Variant, ...]


@lru_cache(maxsize=200_000)
def read_name(text: str) -> Name:
    """Read a name: its folded form and the variants in which it can be compared.

    What was read is remembered; `read_once` reads the same without that, for long lists.
    """
    return read_once(text)


def read_once(text: str) -> Name:
    """Read a name that will not be asked for again."""
    folded = fold(text)
    spaced = _BOUNDARY.sub(" ", folded)
    if HAN.search(spaced):
        native = Variant(_han_words(spaced))
        return Name(
            text, folded, (native, Variant(_gloss(native), grade=Grade.TRANSLITERATED))
        )
    native = Variant(_latin_words(spaced))
    if _HAS_CYRILLIC.search(spaced):
        words = tuple(Word(w.text.translate(_TO_LATIN), w.kind) for w in native.words)
        return Name(text, folded, (native, Variant(words, grade=Grade.TRANSLITERATED)))
    return Name(text, folded, (native,))


def _latin_words(text: str) -> tuple[Word, ...]:
    tokens = text.split()
    kept = [_word(t) for t in tokens[: _without_forms(tokens)]]
    telling = tuple(word for word in kept if word.kind is not Kind.FORM)
    if not any(word.kind is Kind.BRAND for word in telling):
        # A name made of common words alone is told by all of them.
        return telling or tuple(Word(t, Kind.BRAND) for t in tokens)
    return telling


def _word(token: str) -> Word:
    kind = kind_of(token)
    return Word(_singular(token) if kind is Kind.TRADE else token, kind)


def _singular(trade: str) -> str:
    """Bring `technologies` and `tech` to `technology`, `systems` to `system`."""
    if trade == "tech":
        return "technology"
    if trade.endswith("ies"):
        return trade.removesuffix("ies") + "y"
    return trade.removesuffix("s") if len(trade) > 4 else trade


def _without_forms(tokens: list[str]) -> int:
    """Return where the trailing legal forms begin; at least one word stays."""
    end = len(tokens)
    while end > 1 and _ends_as_form(tokens[end - 1]):
        end -= 1
    return end


def _ends_as_form(token: str) -> bool:
    return token in lexicon().forms_at_end or kind_of(token) is Kind.FORM


def kind_of(token: str) -> Kind:
    """Tell what kind of word a folded Latin word is; an unknown one is a brand."""
    return lexicon().kinds.get(token, Kind.BRAND)


def _han_words(text: str) -> tuple[Word, ...]:
    words: list[Word] = []
    for token in text.split():
        if HAN.search(token):
            words.extend(Word(part, kind) for part, kind in segment(token))
        elif kind_of(token) is not Kind.FORM:
            words.append(_word(token))
    return tuple(words) or (Word(text, Kind.BRAND),)


def _gloss(variant: Variant) -> tuple[Word, ...]:
    """Write Chinese words in Latin letters: known words translated, the brand in pinyin."""
    return tuple(
        Word(_singular(part) if word.kind is Kind.TRADE else part, word.kind)
        for word in variant.words
        for part in latinise(word.text, word.kind).split()
    )
