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
    SHORTEST_ACRONYM,
    SHORTEST_INITIALS,
    Grade,
    read_folded,
)
from standsbehind.matching.patterns import read_alike
from standsbehind.matching.quick_chinese import read_chinese
from standsbehind.matching.reading import GRADE_OF, Columns, Reading, together
from standsbehind.matching.scripts import HAN, tokenise
from standsbehind.matching.split import Split, split_all
from standsbehind.matching.spoken import cut_apart, gives_context, needs_context, spoken
from standsbehind.matching.stripping import Kept, without_forms_all
from standsbehind.matching.told import Said, Sounds, Told

__all__ = ["read_quickly"]


def read_quickly(texts: Sequence[str], split: Split | None = None) -> Reading:
    """Read the names of firms: what `read_exactly` gives, in another order.

    `split` are the names folded and split, where they are at hand.

    Each distinct word is told once; a name is read only where its words are to be looked
    at together, and then each pattern of such words once.
    """
    split = split or split_all(fold_all(texts))
    kept = without_forms_all(split, _of_one_script(split))
    kept = kept.only(~_may_state_acronym(kept.split))
    words = _spoken(kept.split)
    told = Told.of(words, len(split.ids))
    # A name of which no word says anything, as `The Of`, is read for itself.
    is_said = words.any_of(told.text[words.word] >= 0)
    said = Said.of(told, words.word, words.name.astype(np.int32)).only(is_said)
    kept = kept.only(is_said)
    grades = np.full(len(kept.names), GRADE_OF[Grade.WRITTEN], np.uint8)
    written = told.reading(said, kept.names, grades)
    written = replace(written, **_initials(split, kept))
    parts = [written]
    if not split.is_ascii.all():
        parts.append(_sounded(split, told, kept, said))
    rest = np.ones(len(texts), np.bool_)
    rest[kept.names] = False
    is_chinese = rest & split.any_of(_is_han(split)[split.word])
    chinese, left = read_chinese(
        texts, split, told, np.flatnonzero(is_chinese).tolist()
    )
    others = Columns(words=told.texts)
    for number in (*left, *np.flatnonzero(rest & ~is_chinese).tolist()):
        others.add(number, read_folded(texts[number], split.folded[number]))
    return together(told.texts, (*parts, *chinese, others.reading()))


def _is_han(split: Split) -> NDArray[np.bool_]:
    return split.of_texts(lambda text: HAN.search(text) is not None)


def _of_one_script(split: Split) -> NDArray[np.bool_]:
    """Mark the names of which each word is of one script but Chinese, with no form cut off."""
    others = map(split.texts.__getitem__, _beyond_ascii(split))
    unsure = [
        text
        for text in others
        if HAN.search(text)
        or tokenise(text) != [text]
        or has_form_written_on(text)
        or cut_apart(text) != [text]
    ]
    return (split.counts > 0) & ~split.any_of(split.marked(set(unsure))[split.word])


def _may_state_acronym(kept: Split) -> NDArray[np.bool_]:
    """Mark the names of which the last word may be the initials of the others."""
    letters = np.fromiter(map(len, kept.ids), np.int64, len(kept.ids))
    first = np.fromiter((ord(text[0]) for text in kept.ids), np.uint32, len(kept.ids))
    long = np.flatnonzero(kept.counts > SHORTEST_ACRONYM)
    start, end = (kept.word[kept.starts[long]], kept.word[kept.starts[long + 1] - 1])
    size = letters[end]
    told = (size >= SHORTEST_ACRONYM) & (size < kept.counts[long])
    found = np.zeros(len(kept.counts), np.bool_)
    found[long] = told & (first[start] == first[end])
    return found


def _spoken(split: Split) -> Split:
    """Write what `spoken` makes of each name; its new words come after the others."""
    unsure = split.marked(needs_context())
    unsure |= split.of_texts(lambda text: text[0] <= "9")
    names = np.flatnonzero(split.any_of(unsure[split.word]))
    if not len(names):
        return split
    matter = (unsure | split.marked(gives_context()))[split.word]
    ids = dict(split.ids)
    words, counts = read_alike(split, names, matter, ids, spoken)
    kept = np.ones(len(split.word), np.bool_)
    kept[split.tokens_of(names)] = False
    name = np.concatenate((split.name[kept], np.repeat(names, counts)))
    order = np.argsort(name, kind="stable")
    word = np.concatenate((split.word[kept], words))[order]
    sizes = np.bincount(name, minlength=len(split.counts))
    return Split(ids, word, np.concatenate(([0], np.cumsum(sizes))))


def _beyond_ascii(split: Split) -> list[int]:
    """Give the distinct words of the names that are not ASCII."""
    of = ~split.is_ascii[split.name]
    return np.flatnonzero(
        np.bincount(split.word[of], minlength=len(split.ids))
    ).tolist()


def _sounded(split: Split, told: Told, kept: Kept, said: Said) -> Reading:
    """Read the names of other scripts in Latin letters."""
    of = ~split.is_ascii[kept.names][said.record]
    spelt = np.flatnonzero(np.bincount(said.row[of], minlength=len(told.text)))
    sounds = Sounds.of(told, spelt.tolist())
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
    long = split.counts[kept.names] >= SHORTEST_INITIALS
    chosen = np.flatnonzero(long)
    unsaid = split.marked(lexicon().function_words)
    whole = split.word[split.tokens_of(kept.names[chosen])]
    left = kept.split.word[np.repeat(long, kept.split.counts)]
    ways = zip(
        chosen.tolist(),
        _first_letters(split, unsaid, whole, split.counts[kept.names[chosen]]),
        _first_letters(split, unsaid, left, kept.split.counts[chosen]),
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
    firsts = np.fromiter(
        (ord(text[0]) for text in split.ids), np.uint32, len(split.ids)
    )
    letters = firsts[words[told]].tobytes().decode("utf-32-le", "surrogatepass")
    return [letters[start:end] for start, end in pairwise([0, *ends])]
