"""Names: from a name as written to the words that tell firms apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from standsbehind.matching.cantonese import cantonese
from standsbehind.matching.consonants import is_foreign
from standsbehind.matching.folding import (
    MAX_LENGTH,
    Folded,
    fold,
    fold_all,
    fold_number,
)
from standsbehind.matching.forms import without_forms
from standsbehind.matching.han import (
    PINYIN_FORMS,
    Part,
    pinyin_words,
    segment,
)
from standsbehind.matching.han_meanings import meaning_of
from standsbehind.matching.japanese import read_japanese
from standsbehind.matching.latin import transliterate
from standsbehind.matching.lexicon import Kind, lexicon
from standsbehind.matching.numerals import (
    BESIDE_NUMBERS,
    NUMBER_WORDS,
    as_number,
    is_number_sign,
    is_ordinal_ending,
)
from standsbehind.matching.scripts import HAN, Script, script_of, tokenise

__all__ = [
    "Folded",
    "Grade",
    "Name",
    "Variant",
    "Word",
    "chinese_parts",
    "cut_apart",
    "fold",
    "fold_all",
    "fold_number",
    "gives_context",
    "glossed",
    "glossed_but_foreign",
    "initials_of",
    "is_foreign_brand",
    "is_told_by_group",
    "known_word",
    "known_words",
    "looks_cantonese",
    "meant",
    "needs_context",
    "read_folded",
    "read_name",
    "read_once",
    "said_otherwise",
    "sounded_out",
    "spelt_in_hong_kong",
    "spoken",
    "without_acronym",
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
    """Without legal forms, unless the name is nothing else; a repeated word stands once."""
    grade: Grade = Grade.WRITTEN


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, folded, and as the variants it is compared in."""

    text: str
    folded: Folded
    variants: tuple[Variant, ...]
    initials: tuple[str, ...] = ()
    """The first letters of its words, with and without legal forms, where there are four."""


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
        kept, acronym = without_acronym(without_forms(tokens)[0])
        only = Variant(_words(kept))
        return Name(text, folded, (only,), initials_of(tokens, kept, acronym))
    if HAN.search(folded):
        return Name(text, folded, _han_variants(text, folded, tokens))
    kept, acronym = without_acronym(without_forms(tokens)[0])
    native = _words([part for token in kept for part in cut_apart(token)])
    sounded = _once(part for word in native for part in sounded_out(word))
    variants = [Variant(native)]
    if sounded and sounded != native:
        variants.append(Variant(sounded, Grade.TRANSLITERATED))
    return Name(text, folded, tuple(variants), initials_of(tokens, kept, acronym))


SHORTEST_INITIALS = 4
"""Fewer letters are the initials of too many names."""


SHORTEST_ACRONYM = 3
"""Letters of an acronym that a name states itself."""


def initials_of(
    tokens: Sequence[str], kept: Sequence[str], acronym: str = ""
) -> tuple[str, ...]:
    """Give the initials of a name, and the acronym that it states.

    `kept` are its words without legal forms and acronym.
    """
    if len(tokens) < SHORTEST_INITIALS:
        return ()
    whole = _initials(tokens)
    # Without a legal form the two are the same.
    short = whole if len(kept) == len(tokens) else _initials(kept)
    ways = (whole,) if short == whole else (whole, short)
    found = tuple([way for way in ways if len(way) >= SHORTEST_INITIALS])
    return (*found, acronym) if acronym and acronym not in found else found


def _initials(words: Sequence[str]) -> str:
    unsaid = lexicon().function_words
    return "".join([word[0] for word in words if word not in unsaid])


def without_acronym(kept: Sequence[str]) -> tuple[Sequence[str], str]:
    """Take off a last word that is the initials of the others, and give it.

    >>> without_acronym(("tehrik", "e", "taliban", "pakistan", "ttp"))
    (('tehrik', 'e', 'taliban', 'pakistan'), 'ttp')
    """
    last, others = (kept[-1], kept[:-1]) if kept else ("", ())
    if not SHORTEST_ACRONYM <= len(last) <= len(others) or last[0] != others[0][0]:
        return kept, ""
    every = "".join([word[0] for word in others])
    longer = _initials([word for word in others if len(word) > 1])
    is_own = last in {every, longer, _initials(others)}
    return (others, last) if is_own else (kept, "")


@cache
def needs_context() -> frozenset[str]:
    """Give the words whose meaning depends on their neighbours: numbers, names of places."""
    return _phrase_starts() | NUMBER_WORDS


@cache
def gives_context() -> frozenset[str]:
    """Give these words and those that change what they mean."""
    places = frozenset(word for phrase in lexicon().phrases for word in phrase)
    return needs_context() | places | BESIDE_NUMBERS


def _words(kept: Sequence[str]) -> tuple[Word, ...]:
    """Tell the words of a name of which the legal forms are gone."""
    words = map(known_word, spoken(kept))
    return _once(words) or _once(Word(token, Kind.BRAND) for token in kept)


def spoken(kept: Sequence[str]) -> Sequence[str]:
    """Write a place of several words as one word, and numbers in digits after a `#`.

    >>> spoken(("bank", "of", "hong", "kong", "iii"))
    ['bank', 'of', 'hong kong', '#3']
    """
    if not _phrase_starts().isdisjoint(kept):
        kept = list(_with_phrases(kept))
    return list(_counted(kept)) if _may_count(kept) else kept


def _once(words: Iterable[Word]) -> tuple[Word, ...]:
    """Leave out the words that say nothing, and those that were said before."""
    said: dict[str, Word] = {}
    for word in words:
        if word.text:
            said.setdefault(word.text, word)
    return tuple(said.values())


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


@lru_cache(maxsize=200_000)
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


_TELLING = frozenset({Kind.BRAND, Kind.NUMBER})
_HONG_KONG = frozenset({"香港", "澳门", "九龙"})


def _han_variants(text: str, folded: Folded, tokens: list[str]) -> tuple[Variant, ...]:
    parts = chinese_parts(tokens)
    native = Variant(_once(Word(part.text, part.kind) for part in parts))
    known = all(
        p.english or p.kind is not Kind.BRAND or p.text.isascii() for p in parts
    )
    grade = Grade.TRANSLATED if known else Grade.TRANSLITERATED
    variants = [native, Variant(_once(glossed(parts, folded)), grade)]
    other = [said_otherwise(part) for part in parts]
    if other != parts:
        variants.append(Variant(_once(glossed(other, folded)), grade))
    if is_told_by_group(folded, parts):
        whole = [*glossed(parts, folded), known_word("group")]
        variants.append(Variant(_once(whole), grade))
    by_meaning = [meant(part) for part in parts]
    if by_meaning != parts:
        said = _once(glossed(by_meaning, folded))
        variants.append(Variant(said, Grade.TRANSLATED))
    if any(map(is_foreign_brand, parts)):
        # The foreign word stays in its characters, in which it meets the one it sounds out.
        mixed = [p for part in parts for p in glossed_but_foreign(part, folded)]
        variants.append(Variant(_once(mixed), Grade.TRANSLITERATED))
    if looks_cantonese(text, folded, parts):
        spelt = _once(spelt_in_hong_kong(parts, folded))
        if spelt != variants[1].words:
            variants.append(Variant(spelt, Grade.TRANSLITERATED))
    return tuple(variants)


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
