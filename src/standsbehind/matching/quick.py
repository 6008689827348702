"""Quick reading: a column of names becomes columns of words, without an object for each name."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import column, distinct
from standsbehind.matching.folding import fold_all
from standsbehind.matching.forms import has_form_written_on
from standsbehind.matching.lexicon import lexicon
from standsbehind.matching.names import (
    SHORTEST_INITIALS,
    Grade,
    needs_context,
    read_folded,
)
from standsbehind.matching.quick_chinese import read_chinese
from standsbehind.matching.reading import GRADE_OF, Columns, Reading, together
from standsbehind.matching.scripts import HAN, tokenise
from standsbehind.matching.split import Split, split_all
from standsbehind.matching.stripping import Kept, without_forms_all
from standsbehind.matching.told import Said, Sounds, Told

__all__ = ["read_quickly"]


def read_quickly(texts: Sequence[str], split: Split | None = None) -> Reading:
    """Read the names of firms: what `read_exactly` gives, in another order.

    `split` are the names folded and split, where they are at hand.

    A name without numbers and places of several words is read word by word, each distinct
    word once; a Chinese one, and one that holds those, as `read_once` reads it.
    """
    split = split or split_all(fold_all(texts))
    told = Told.of(split)
    kept = _saying(without_forms_all(split, _by_word(split)), told)
    record = np.repeat(np.arange(len(kept.names), dtype=np.int32), kept.counts)
    said = Said.of(told, kept.words, record)
    grades = np.full(len(kept.names), GRADE_OF[Grade.WRITTEN], np.uint8)
    written = told.reading(said, kept.names, grades)
    written = replace(written, **_initials(split, kept))
    sounded = _sounded(split, told, kept, said)
    rest = np.ones(len(texts), np.bool_)
    rest[kept.names] = False
    han = np.fromiter(
        (bool(HAN.search(t)) for t in split.ids), np.bool_, len(split.ids)
    )
    is_chinese = rest & split.any_of(han[split.word])
    names = np.flatnonzero(is_chinese).tolist()
    chinese, left = read_chinese(texts, split, told, names)
    others = Columns(words=told.texts)
    for number in (*left, *np.flatnonzero(rest & ~is_chinese).tolist()):
        others.add(number, read_folded(texts[number], split.folded[number]))
    return together(told.texts, (written, sounded, *chinese, others.reading()))


def _by_word(split: Split) -> NDArray[np.bool_]:
    """Mark the names of which each word can be told by itself, once the forms are gone."""
    unsure = split.marked(needs_context())
    for text in map(split.texts.__getitem__, _beyond_ascii(split)):
        many = HAN.search(text) or tokenise(text) != [text] or has_form_written_on(text)
        unsure[split.ids[text]] |= bool(many)
    return (split.counts > 0) & ~split.has_digit & ~split.any_of(unsure[split.word])


def _beyond_ascii(split: Split) -> list[int]:
    """Give the distinct words of the names that are not ASCII."""
    of = ~split.is_ascii[split.name]
    return np.flatnonzero(
        np.bincount(split.word[of], minlength=len(split.ids))
    ).tolist()


def _saying(kept: Kept, told: Told) -> Kept:
    """Leave out the names of which no word says anything."""
    owner = np.repeat(np.arange(len(kept.names)), kept.counts)
    said = told.text[kept.words] >= 0
    is_said = np.bincount(owner[said], minlength=len(kept.names)) > 0
    if is_said.all():
        return kept
    return Kept(kept.names[is_said], kept.counts[is_said], kept.words[is_said[owner]])


def _sounded(split: Split, told: Told, kept: Kept, said: Said) -> Reading:
    """Read the names of other scripts in Latin letters."""
    of = ~split.is_ascii[kept.names][said.record]
    spelt = np.flatnonzero(np.bincount(said.row[of], minlength=len(split.ids)))
    sounds = Sounds.of(told, split, spelt.tolist())
    is_other = np.zeros(len(kept.names), np.bool_)
    is_other[said.record[of][sounds.is_other[said.row[of]]]] = True
    chosen = is_other[said.record]
    found = sounds.spell(said.row[chosen], said.record[chosen])
    records = distinct(found.record.astype(np.int64))
    record = np.searchsorted(records, found.record).astype(np.int32)
    names = kept.names[records]
    grades = np.full(len(names), GRADE_OF[Grade.TRANSLITERATED], np.uint8)
    return sounds.told.reading(Said(found.row, record), names, grades)


def _initials(split: Split, kept: Kept) -> dict[str, Any]:
    """Give what `initials_of` gives, for many names at once."""
    long = split.is_ascii[kept.names] & (split.counts[kept.names] >= SHORTEST_INITIALS)
    chosen = np.flatnonzero(long)
    unsaid = split.marked(lexicon().function_words)
    whole = split.word[split.tokens_of(kept.names[chosen])]
    left = kept.words[np.repeat(long, kept.counts)]
    ways = zip(
        chosen.tolist(),
        _first_letters(split, unsaid, whole, split.counts[kept.names[chosen]]),
        _first_letters(split, unsaid, left, kept.counts[chosen]),
        strict=True,
    )
    initials: list[str] = []
    records: list[int] = []
    for record, *letters in ways:
        found = [t for t in dict.fromkeys(letters) if len(t) >= SHORTEST_INITIALS]
        initials += found
        records += [record] * len(found)
    return {"initials": initials, "initials_of": column(records, np.int32)}


def _first_letters(
    split: Split,
    unsaid: NDArray[np.bool_],
    words: NDArray[np.int32],
    counts: NDArray[np.int64],
) -> list[str]:
    """Write the first letters of the words of each name that are not marked, as one text."""
    told = ~unsaid[words]
    owner = np.repeat(np.arange(len(counts)), counts)[told]
    ends = np.cumsum(np.bincount(owner, minlength=len(counts))).tolist()
    texts = split.texts
    letters = "".join([texts[number][0] for number in words[told].tolist()])
    return [letters[start:end] for start, end in pairwise([0, *ends])]
