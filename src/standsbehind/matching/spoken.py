"""Spoken words: what the words of a name say, each by itself and beside the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from standsbehind.matching.han import PINYIN_FORMS, pinyin_words
from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.latin import transliterate
from standsbehind.matching.lexicon import Kind, lexicon
from standsbehind.matching.numerals import (
    BESIDE_NUMBERS,
    NUMBER_WORDS,
    as_number,
    is_number_sign,
    is_ordinal_ending,
)
from standsbehind.matching.scripts import Script, script_of

__all__ = [
    "Word",
    "cut_apart",
    "gives_context",
    "known_word",
    "known_words",
    "needs_context",
    "sounded_out",
    "spoken",
]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name and what kind of word it is."""

    text: str
    kind: Kind


@cache
def needs_context() -> frozenset[str]:
    """Give the words whose meaning depends on their neighbours: numbers, names of places."""
    return _phrase_starts() | NUMBER_WORDS


@cache
def gives_context() -> frozenset[str]:
    """Give these words and those that change what they mean."""
    places = frozenset(word for phrase in lexicon().phrases for word in phrase)
    return needs_context() | places | BESIDE_NUMBERS


def spoken(kept: Sequence[str]) -> Sequence[str]:
    """Write a place of several words as one word, and numbers in digits after a `#`.

    >>> spoken(("bank", "of", "hong", "kong", "iii"))
    ['bank', 'of', 'hong kong', '#3']
    """
    if not _phrase_starts().isdisjoint(kept):
        kept = list(_with_phrases(kept))
    return list(_counted(kept)) if _may_count(kept) else kept


@cache
def _phrase_starts() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in lexicon().phrases)


LONGEST_PHRASE = 4
"""Words of the longest place name that is looked for."""


def _with_phrases(tokens: Sequence[str]) -> Iterator[str]:
    """Write a place of several words as the one word that it is."""
    phrases, place = lexicon().phrases, 0
    while place < len(tokens):
        count = 1
        for longer in range(min(LONGEST_PHRASE, len(tokens) - place), 1, -1):
            if tuple(tokens[place : place + longer]) in phrases:
                count = longer
                break
        yield " ".join(tokens[place : place + count])
        place += count


def _may_count(tokens: Sequence[str]) -> bool:
    return not NUMBER_WORDS.isdisjoint(tokens) or any(t[0] <= "9" for t in tokens)


def _counted(tokens: Sequence[str]) -> Iterator[str]:
    for place, token in enumerate(tokens):
        if is_number_sign(tokens, place) or is_ordinal_ending(tokens, place):
            continue
        number = as_number(tokens, place)
        yield f"{_NUMBER}{number}" if number else token


_NUMBER = "#"
"""Stands before a number; no folded word holds this sign."""


@lru_cache(maxsize=MOST_KEPT)
def known_word(token: str) -> Word:
    """Tell what a spoken word is by itself; one without text says nothing."""
    if token[0] == _NUMBER:
        return Word(token[1:], Kind.NUMBER)
    return known_words().get(token) or Word(token, Kind.BRAND)


@cache
def known_words() -> dict[str, Word]:
    """Return what the lists know of words, and of Chinese ones written in pinyin.

    Words of one meaning have one text; words such as `and` have none.
    """
    lists = lexicon()
    known = {
        form: Word("", Kind.FORM) for form in PINYIN_FORMS if form not in lists.kinds
    }
    for token, (kind, english) in pinyin_words().items():
        known[token] = Word(lists.concepts.get(english, english), kind)
    for token, concept in lists.concepts.items():
        known[token] = Word(concept, lists.kinds[token])
    for phrase, (kind, concept) in lists.phrases.items():
        known[" ".join(phrase)] = Word(concept, kind)
    for token in lists.function_words:
        known[token] = Word("", lists.kinds[token])
    return known


_JOINED = {Script.HANGUL, Script.THAI}
"""Scripts in which a brand and its trade are one word."""
SHORTEST_PART = 2
"""Letters of a known word that is cut off."""


def cut_apart(token: str) -> list[str]:
    """Cut the known words off a word of a script that is written without spaces."""
    if token.isascii() or script_of(token) not in _JOINED or token in known_words():
        return [token]
    for cut in range(SHORTEST_PART, len(token) - 1):
        if token[cut:] in known_words():
            return [*cut_apart(token[:cut]), token[cut:]]
    for cut in range(len(token) - 1, SHORTEST_PART - 1, -1):
        if token[:cut] in known_words():
            return [token[:cut], *cut_apart(token[cut:])]
    return [token]


def sounded_out(word: Word) -> Iterator[Word]:
    """Write a word in Latin letters; it may then be one that the lists know."""
    latin = transliterate(word.text)
    if latin == word.text:
        yield word
        return
    for part in latin.split():
        known = known_word(part) if word.kind is Kind.BRAND else Word(part, word.kind)
        if known.text:
            yield known
