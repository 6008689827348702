"""Names: from a name as written to the words that tell firms apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from standsbehind.matching.cantonese import cantonese
from standsbehind.matching.folding import MAX_LENGTH, Folded, fold, fold_all
from standsbehind.matching.han import (
    PINYIN_FORMS,
    Part,
    pinyin_words,
    segment,
    with_brand,
)
from standsbehind.matching.japanese import read_japanese
from standsbehind.matching.latin import transliterate
from standsbehind.matching.lexicon import Kind, lexicon
from standsbehind.matching.numerals import (
    NUMBER_WORDS,
    as_number,
    is_number_sign,
    is_ordinal_ending,
)
from standsbehind.matching.scripts import HAN, tokenise

__all__ = [
    "Folded",
    "Grade",
    "Name",
    "Variant",
    "Word",
    "fold",
    "fold_all",
    "read_folded",
    "read_name",
    "read_once",
]


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
    return read_folded(text, fold(text))


def read_folded(text: str, folded: Folded) -> Name:
    """Read a name that was folded before, as `fold_all` folds a column."""
    tokens = tokenise(folded)
    if folded.isascii():
        return Name(text, folded, (Variant(_words(tokens)),))
    if HAN.search(folded):
        return Name(text, folded, _han_variants(text, folded, tokens))
    native = _words(tokens)
    sounded = tuple(part for word in native for part in _sounded(word))
    variants = [Variant(native)]
    if sounded != native:
        variants.append(Variant(sounded, Grade.TRANSLITERATED))
    return Name(text, folded, tuple(variants))


def _words(tokens: Sequence[str]) -> tuple[Word, ...]:
    """Tell the words of a name; legal forms go, unless it is nothing else."""
    kept = tokens[: _without_forms(tokens)]
    if _may_count(kept):
        words = list(_counted(kept))
    else:
        words = [_word(token) for token in kept]
    telling = tuple([word for word in words if word.kind is not Kind.FORM])
    return telling or tuple(Word(token, Kind.BRAND) for token in tokens)


def _may_count(tokens: Sequence[str]) -> bool:
    return not NUMBER_WORDS.isdisjoint(tokens) or any(t[0] <= "9" for t in tokens)


def _counted(tokens: Sequence[str]) -> Iterator[Word]:
    for place, token in enumerate(tokens):
        if is_number_sign(tokens, place) or is_ordinal_ending(tokens, place):
            continue
        number = as_number(tokens, place)
        yield Word(number, Kind.NUMBER) if number else _word(token)


def _word(token: str) -> Word:
    return _known().get(token) or Word(token, Kind.BRAND)


@cache
def _known() -> dict[str, Word]:
    """Return what the lists know of Latin words, and of Chinese ones written in pinyin."""
    known = {
        token: Word(_singular(token) if kind is Kind.TRADE else token, kind)
        for token, kind in lexicon().kinds.items()
    }
    for token, (kind, english) in pinyin_words().items():
        known[token] = Word(_singular(english), kind)
    for form in PINYIN_FORMS:
        known.setdefault(form, Word(form, Kind.FORM))
    return known


def _singular(trade: str) -> str:
    """Bring `technologies` and `tech` to `technology`, `systems` to `system`."""
    if trade == "tech":
        return "technology"
    if trade.endswith("ies"):
        return trade.removesuffix("ies") + "y"
    return trade.removesuffix("s") if len(trade) > 4 else trade


def _without_forms(tokens: Sequence[str]) -> int:
    """Return where the trailing legal forms begin; at least one word stays."""
    end = len(tokens)
    while end > 1 and _ends_as_form(tokens[end - 1]):
        end -= 1
    return end


def _ends_as_form(token: str) -> bool:
    return token in lexicon().forms_at_end or kind_of(token) is Kind.FORM


def kind_of(token: str) -> Kind:
    """Tell what kind of word a folded Latin word is; an unknown one is a brand."""
    return _word(token).kind


def _sounded(word: Word) -> Iterator[Word]:
    """Write a word in Latin letters; it may then be one that the lists know."""
    latin = transliterate(word.text)
    if latin == word.text:
        yield word
        return
    for part in latin.split():
        yield _word(part) if word.kind is Kind.BRAND else Word(part, word.kind)


_HONG_KONG = frozenset({"香港", "澳门", "九龙"})


def _han_variants(text: str, folded: Folded, tokens: list[str]) -> tuple[Variant, ...]:
    parts = _parts(tokens)
    native = Variant(tuple(Word(part.text, part.kind) for part in parts))
    known = all(
        p.english or p.kind is not Kind.BRAND or p.text.isascii() for p in parts
    )
    grade = Grade.TRANSLATED if known else Grade.TRANSLITERATED
    variants = [native, Variant(tuple(_glossed(parts, folded)), grade)]
    if _looks_cantonese(text, folded, parts):
        spelt = tuple(_spelt_in_hong_kong(parts, folded))
        if spelt != variants[1].words:
            variants.append(Variant(spelt, Grade.TRANSLITERATED))
    return tuple(variants)


def _parts(tokens: list[str]) -> list[Part]:
    """Take a name apart that is written, or partly written, in Chinese characters."""
    parts: list[Part] = []
    for token in tokens:
        if HAN.match(token):
            parts.extend(segment(token))
        elif (word := _word(token)).kind is not Kind.FORM:
            latin = "" if token.isascii() else transliterate(token)
            parts.append(Part(word.text, word.kind, latin))
    if not any(part.kind is Kind.BRAND for part in parts):
        parts = with_brand(parts)
    return parts or [Part("".join(tokens), Kind.BRAND)]


def _glossed(parts: Iterable[Part], folded: Folded) -> Iterator[Word]:
    """Write the parts in Latin letters: known words translated, the brand in pinyin."""
    for part in parts:
        if part.text.isascii():
            yield Word(part.text, part.kind)
            continue
        is_brand = part.kind is Kind.BRAND and not part.english
        japanese = read_japanese(part.text, folded) if is_brand else None
        if japanese:
            yield from map(_word, japanese)
            continue
        for word in part.latin.replace("-", " ").split():
            yield Word(_singular(word) if part.kind is Kind.TRADE else word, part.kind)


def _looks_cantonese(text: str, folded: Folded, parts: Iterable[Part]) -> bool:
    """Tell whether a name is of Hong Kong or Macao, or in the characters used there."""
    if any(part.text in _HONG_KONG for part in parts):
        return True
    return any(letter not in folded for letter in HAN.findall(text[:MAX_LENGTH]))


def _spelt_in_hong_kong(parts: Iterable[Part], folded: Folded) -> Iterator[Word]:
    for part in parts:
        spelt = None
        if part.kind is Kind.BRAND and not part.english:
            spelt = cantonese(part.text)
        if spelt is None:
            yield from _glossed((part,), folded)
        else:
            yield from (Word(syllable, part.kind) for syllable in spelt)
