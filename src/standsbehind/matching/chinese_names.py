"""Chinese names: their parts, and the ways in which each part is said in Latin letters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from standsbehind.matching.cantonese import cantonese
from standsbehind.matching.consonants import is_foreign
from standsbehind.matching.folding import MAX_LENGTH, Folded
from standsbehind.matching.forms import without_forms
from standsbehind.matching.han import Part, segment
from standsbehind.matching.han_meanings import meaning_of
from standsbehind.matching.japanese import read_japanese
from standsbehind.matching.latin import transliterate
from standsbehind.matching.lexicon import Kind, lexicon
from standsbehind.matching.scripts import HAN
from standsbehind.matching.spoken import Word, known_word, known_words

__all__ = [
    "chinese_parts",
    "glossed",
    "glossed_but_foreign",
    "is_foreign_brand",
    "is_told_by_group",
    "looks_cantonese",
    "meant",
    "said_otherwise",
    "spelt_in_hong_kong",
]

_TELLING = frozenset({Kind.BRAND, Kind.NUMBER})
_HONG_KONG = frozenset({"香港", "澳门", "九龙"})


def chinese_parts(tokens: Sequence[str]) -> list[Part]:
    """Take a name apart that is written, or partly written, in Chinese characters."""
    parts: list[Part] = []
    for token in without_forms(tokens)[0]:
        if HAN.match(token):
            parts.extend(segment(token))
        elif (word := known_word(token)).text:
            latin = "" if token.isascii() else transliterate(token)
            parts.append(Part(word.text, word.kind, latin))
    return parts or [Part("".join(tokens), Kind.BRAND)]


def glossed(parts: Iterable[Part], folded: Folded) -> Iterator[Word]:
    """Write the parts in Latin letters: known words translated, the brand in pinyin."""
    for part in parts:
        if part.text.isascii():
            yield Word(part.text, part.kind)
            continue
        is_brand = part.kind is Kind.BRAND and not part.english
        japanese = read_japanese(part.text, folded) if is_brand else None
        if japanese:
            yield from map(known_word, japanese)
            continue
        yield from _translated(part)


def is_told_by_group(folded: Folded, parts: Iterable[Part]) -> bool:
    """Tell whether no brand tells the firm, so that 集团 counts: English says it then."""
    return "集团" in folded and not any(part.kind in _TELLING for part in parts)


def meant(part: Part) -> Part:
    """Give a brand the meaning of its words, where all are known: 红猫 is `red cat`."""
    if part.kind is not Kind.BRAND or part.english:
        return part
    meaning = meaning_of(part.text)
    return replace(part, english=" ".join(meaning)) if meaning else part


def is_foreign_brand(part: Part) -> bool:
    """Tell whether a brand sounds out a word of another language."""
    return part.kind is Kind.BRAND and not part.english and is_foreign(part.text)


def glossed_but_foreign(part: Part, folded: Folded) -> Iterator[Word]:
    """Gloss a part, but leave a brand that sounds out a word in its characters."""
    if is_foreign_brand(part):
        yield Word(part.text, part.kind)
    else:
        yield from glossed((part,), folded)


def _translated(part: Part) -> Iterator[Word]:
    """Write a known part by its meaning, word for word, and another one in pinyin."""
    whole = known_words().get(part.english)
    if whole:
        yield Word(whole.text or part.english, part.kind)
        return
    for word in part.latin.split():
        known = known_words().get(word) if part.english else None
        if known is None:
            yield Word(word, part.kind)
        elif known.text:
            yield Word(known.text, part.kind)


def said_otherwise(part: Part) -> Part:
    """Give a part its other usual English, where it has one: 研究院 is `academy` as well."""
    also = lexicon().han_alternates.get(part.text, ())
    said = _concepts(part.english)
    other = next((english for english in also if _concepts(english) != said), None)
    return replace(part, english=other) if other else part


def _concepts(english: str) -> list[str]:
    return [known_word(word).text for word in english.split()]


def looks_cantonese(text: str, folded: Folded, parts: Iterable[Part]) -> bool:
    """Tell whether a name is of Hong Kong or Macao, or in the characters used there."""
    if any(part.text in _HONG_KONG for part in parts):
        return True
    return any(letter not in folded for letter in HAN.findall(text[:MAX_LENGTH]))


def spelt_in_hong_kong(parts: Iterable[Part], folded: Folded) -> Iterator[Word]:
    """Write the parts in Latin letters as `glossed` does, a known brand as in Cantonese."""
    for part in parts:
        spelt = None
        if part.kind is Kind.BRAND and not part.english:
            spelt = cantonese(part.text)
        if spelt is None:
            yield from glossed((part,), folded)
        else:
            yield from (Word(syllable, part.kind) for syllable in spelt)
