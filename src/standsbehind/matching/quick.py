"""Quick reading: a column of names becomes columns of words, without an object for each name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np

from standsbehind.matching.folding import Folded, fold_all
from standsbehind.matching.forms import Part, end_of_name, parts_of_forms
from standsbehind.matching.index import Words
from standsbehind.matching.names import (
    SHORTEST_ACRONYM,
    SHORTEST_INITIALS,
    initials_of,
    needs_context,
    read_folded,
    unsaid_words,
    without_acronym,
)
from standsbehind.matching.people import PartColumns
from standsbehind.matching.person_compounds import ALLAH, pieces
from standsbehind.matching.person_lexicon import person_lexicon
from standsbehind.matching.person_parts import are_plain, needs_care, read_person
from standsbehind.matching.reading import Columns, PlainColumns, Reading
from standsbehind.matching.scripts import HAN

__all__ = ["read_people_quickly", "read_quickly"]

_FORMS_OF_FIRMS = (
    "llc llp ltd ltda limited gmbh inc incorporated corp corporation company ooo oao zao pao "
    "pjsc ojsc cjsc jsc plc sarl srl pvt pte bhd kft eood ооо оао зао пао"
)
OF_FIRMS = frozenset(_FORMS_OF_FIRMS.split())
"""Legal forms that are no part of a person's name."""
LONGEST_HAN = 4
"""Characters of a person's name; a longer run is a firm's."""
_DIGIT = re.compile("[0-9]")


@cache
def _parts() -> Mapping[str, int]:
    care = dict.fromkeys(needs_context(), int(Part.CARE))
    return {word: int(part) for word, part in parts_of_forms().items()} | care


def read_quickly(
    texts: Sequence[str], folded_all: Sequence[Folded] | None = None
) -> Reading:
    """Read the names of firms: what `read_exactly` gives, in another order.

    `folded_all` are the names folded, where they are at hand.

    A Latin name without numbers, with nothing but legal forms at its end that need a
    second look, is read word by word; each other one as `read_once` reads it.
    """
    plain, others = PlainColumns(), Columns()
    parts, unsaid = _parts(), unsaid_words()
    for number, folded in enumerate(folded_all or fold_all(texts)):
        words = folded.split() if folded.isascii() else None
        end = _end(folded, words, parts) if words else None
        if words is None or end is None or unsaid.issuperset(words[:end]):
            others.add(number, read_folded(texts[number], folded))
            continue
        kept: Sequence[str] = words[:end]
        acronym = ""
        if end > SHORTEST_ACRONYM and len(kept[-1]) < end:
            kept, acronym = without_acronym(kept)
        plain.add(number, kept)
        if len(words) >= SHORTEST_INITIALS:
            plain.add_initials(initials_of(words, kept, acronym))
    return plain.followed_by(others)


def _end(folded: str, words: Sequence[str], parts: Mapping[str, int]) -> int | None:
    """Find where the legal forms begin; None where the name needs a second look."""
    if _DIGIT.search(folded):
        return None
    if parts.keys().isdisjoint(words):
        return len(words)
    return end_of_name([parts.get(word, 0) for word in words])


def read_people_quickly(
    texts: Sequence[str],
    folded_all: Sequence[Folded] | None = None,
    among: Words | None = None,
) -> Reading:
    """Read the names of persons: what `read_people` gives, in another order.

    `folded_all` are the names folded, where they are at hand.

    Where they are looked for among others, a Latin name that needs care is left out if
    none of its words is alike to any part there: it can meet none of them. And one with a
    legal form of firms is looked for by its words as they stand, without initials: `Ivan
    Testov LLC` still brings up the person.
    """
    columns, careful = PartColumns(), list[int]()
    folded_all = folded_all or fold_all(texts)
    for number, folded in enumerate(folded_all):
        tokens = folded.split()
        if among is not None and not OF_FIRMS.isdisjoint(tokens):
            tokens = [t for t in tokens if len(t) > 1 and t not in OF_FIRMS]
        elif among is not None and folded.isascii() and all(map(_is_a_part, tokens)):
            pass  # its marks may tell sides, but no other parts
        elif needs_care(texts[number]) or not are_plain(tokens):
            careful.append(number)
            continue
        columns.add(number, tokens)
    if among is not None:
        careful = [careful[place] for place in _may_meet(folded_all, careful, among)]
    for number in careful:
        columns.add_name(number, read_person(texts[number]))
    return columns.reading()


@lru_cache(maxsize=200_000)
def _is_a_part(token: str) -> bool:
    """Tell whether a word of a person's name is one part of it, whatever its neighbours are."""
    known = person_lexicon()
    unsure = (
        token in known.titles or token in known.letters_after or token in known.roles
    )
    unsure |= token in ALLAH or pieces(token) != (token,)
    return token.isalpha() and not unsure


def _may_meet(
    folded: Sequence[Folded], careful: Sequence[int], among: Words
) -> Iterator[int]:
    """Give the places of the names that may meet one of a vocabulary."""
    split = [folded[number].split() for number in careful]
    # One word may hold several parts, as `Abdelrazak` does.
    parts = [[p for token in of for p in (token, *pieces(token))] for of in split]
    words = list(dict.fromkeys(part for of in parts for part in of))
    sizes = np.diff(among.alike(words).starts)
    known = {word for word, size in zip(words, sizes, strict=True) if size}
    for place, tokens in enumerate(split):
        if any(len(token) > LONGEST_HAN and HAN.match(token) for token in tokens):
            continue
        is_latin = all(token.isascii() and len(token) > 1 for token in tokens)
        if not (is_latin and known.isdisjoint(parts[place])):
            yield place
