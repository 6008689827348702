"""Brand words: which brand in one script is which in another, as an entity's own names tell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from standsbehind.matching.aliases import Equivalent, Stated
from standsbehind.matching.han import latinise
from standsbehind.matching.lexicon import Kind
from standsbehind.matching.names import Grade, Name, fold, read_once
from standsbehind.matching.scripts import HAN
from standsbehind.matching.spoken import Word

__all__ = ["MOST_OTHERS", "brand_words"]

MOST_OTHERS = 3
"""A brand that firms of more than three other telling words bear is a common word."""
MOST_CALLED = 3
"""Brands in Latin letters for one in another script; who goes by more has no one brand."""
SHORTEST_HAN = 2
SHORTEST = 4
"""Letters of a brand in Latin or Cyrillic script; shorter ones are chance."""
FORMER = "previousName"
LONGEST = 3
"""Words of a brand; what is longer is not a brand."""


def brand_words(
    names: Mapping[str, Sequence[Stated]], others: Iterable[tuple[str, str]]
) -> list[Equivalent]:
    """Derive the equivalences of brand words from the names of entities.

    `names` are those of each entity that may give one; `others` are all names of the data
    with their entities, by which a common word is known.
    """
    found = sorted({e for stated in names.values() for e in _of_entity(stated)})
    common = _common(found, others)
    return [e for e in found if not {e.word, e.other} & common]


def _of_entity(stated: Sequence[Stated]) -> Iterator[Equivalent]:
    former = [row for row in stated if row.prop == FORMER]
    old = {brand for row in former for brand in _all_brands(row)}
    current = [row for row in stated if row.prop != FORMER]
    # A firm that took a new brand may still be called by the old one.
    fresh = [row for row in current if old.isdisjoint(_all_brands(row))]
    yield from _of_one_time(former)
    yield from _of_one_time(fresh or current)


def _all_brands(row: Stated) -> frozenset[str]:
    words = _words(read_once(row.value))
    return frozenset(word.text for word in words if word.kind is Kind.BRAND)


def _of_one_time(stated: Sequence[Stated]) -> Iterator[Equivalent]:
    """Pair the names that stood side by side: a former name says nothing of a later one."""
    foreign = [row for row in stated if not fold(row.value).isascii()]
    latin = [row for row in stated if fold(row.value).isascii()]
    if not foreign or not latin:
        return
    read = {row.value: read_once(row.value) for row in (*foreign, *latin)}
    told: dict[tuple[str, str], tuple[Stated, Stated]] = {}
    for a, b in product(sorted(foreign), sorted(latin)):
        brands = _brands(read[a.value], read[b.value])
        if brands is not None:
            told.setdefault(brands, (a, b))
    if len({word for word, _ in told}) > 1 or len(told) > MOST_CALLED:
        return  # which of the brands is which is not said
    for (word, other), pair in told.items():
        yield Equivalent(word, other, pair[0].entity, pair)


def _brands(foreign: Name, latin: Name) -> tuple[str, str] | None:
    """Return the brands of two names of one entity, if one and no more is left on each side."""
    native, there = _words(foreign), _words(latin)
    spelt = {w.text for v in foreign.variants for w in v.words}
    left = [word for word in there if word.text not in spelt]
    brand = _one_run(left, there)
    ours = _one_run([word for word in native if _is_unsaid(word, there)], native)
    if brand is None or ours is None or not _is_telling(ours, brand):
        return None
    if not HAN.search(ours) and len(left) > len(brand.split()):
        return (
            None  # the other trade words may hide in the foreign one: only Han is cut
        )
    return ours, brand


def _words(name: Name) -> tuple[Word, ...]:
    return next(v.words for v in name.variants if v.grade is Grade.WRITTEN)


def _is_unsaid(word: Word, latin: Sequence[Word]) -> bool:
    """Whether no word of the Latin name says what a word of the foreign name says."""
    spelt = latinise(word.text) if HAN.search(word.text) else word.text
    joined = "".join(w.text for w in latin)
    return not (set(spelt.split()) <= {w.text for w in latin} or spelt in joined)


def _one_run(left: Sequence[Word], words: Sequence[Word]) -> str | None:
    """Return the one brand among the words that are left over, if it stands together."""
    if any(word.kind is Kind.SECTOR for word in left):
        return None
    brand = [word.text for word in left if word.kind is Kind.BRAND]
    if not 1 <= len(brand) <= LONGEST:
        return None
    texts = [word.text for word in words]
    start = texts.index(brand[0])
    if texts[start : start + len(brand)] != brand:
        return None
    return " ".join(brand)


def _is_telling(foreign: str, latin: str) -> bool:
    if not latin.isascii() or any(c.isdigit() for c in foreign + latin):
        return False
    least = SHORTEST_HAN if HAN.search(foreign) else SHORTEST
    return len(foreign.replace(" ", "")) >= least and len(latin) >= SHORTEST


def _common(
    found: Sequence[Equivalent], others: Iterable[tuple[str, str]]
) -> frozenset[str]:
    """Name the words that firms without the other word bear beside other telling words."""
    kin: dict[str, set[str]] = {}
    for row in found:
        for word in (row.word, row.other):
            kin.setdefault(word, set()).add(row.entity)
    if not kin:
        return frozenset()
    any_of = re.compile("|".join(re.escape(w) for w in sorted(kin, key=len)))
    beside: dict[str, set[frozenset[str]]] = {}
    for entity, text in others:
        folded = fold(text)
        if any_of.search(folded):
            for word, rest in _borne(folded, kin, entity):
                beside.setdefault(word, set()).add(rest)
    return frozenset(w for w, rests in beside.items() if len(rests) > MOST_OTHERS)


def _borne(
    folded: str, kin: Mapping[str, set[str]], entity: str
) -> Iterator[tuple[str, frozenset[str]]]:
    """Find the brands that a name bears, each with the other telling words of the name."""
    telling = [
        word.text
        for word in _words(read_once(folded))
        if word.kind in {Kind.BRAND, Kind.SECTOR}
    ]
    for start in range(len(telling)):
        for end in range(start + 1, min(start + LONGEST, len(telling)) + 1):
            word = " ".join(telling[start:end])
            rest = frozenset((*telling[:start], *telling[end:]))
            if rest and entity not in kin.get(word, {entity}):
                yield word, rest
