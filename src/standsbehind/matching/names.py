"""Names: from a name as written to the words that tell firms apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from standsbehind.matching.chinese_names import (
    chinese_parts,
    glossed,
    glossed_but_foreign,
    is_foreign_brand,
    is_told_by_group,
    looks_cantonese,
    meant,
    said_otherwise,
    spelt_in_hong_kong,
)
from standsbehind.matching.folding import (
    Folded,
    fold,
    fold_all,
    fold_number,
)
from standsbehind.matching.forms import without_forms
from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.lexicon import Kind, lexicon
from standsbehind.matching.scripts import HAN, tokenise
from standsbehind.matching.spoken import (
    Word,
    cut_apart,
    known_word,
    sounded_out,
    spoken,
)

__all__ = [
    "Folded",
    "Grade",
    "Name",
    "Variant",
    "fold",
    "fold_all",
    "fold_number",
    "initials_of",
    "read_folded",
    "read_name",
    "read_once",
    "without_acronym",
]


class Grade(StrEnum):
    """How a variant came out of the name as written; each step makes it weaker evidence."""

    WRITTEN = "as written"
    TRANSLATED = "translation"
    """Known words translated; no letter was sounded out."""
    TRANSLITERATED = "transliteration"


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


@lru_cache(maxsize=MOST_KEPT)
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


def _words(kept: Sequence[str]) -> tuple[Word, ...]:
    """Tell the words of a name of which the legal forms are gone."""
    words = map(known_word, spoken(kept))
    return _once(words) or _once(Word(token, Kind.BRAND) for token in kept)


def _once(words: Iterable[Word]) -> tuple[Word, ...]:
    """Leave out the words that say nothing, and those that were said before."""
    said: dict[str, Word] = {}
    for word in words:
        if word.text:
            said.setdefault(word.text, word)
    return tuple(said.values())


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
