"""Quick reading of persons' names: a column of names becomes columns of their parts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import column
from standsbehind.matching.folding import Folded, fold_all
from standsbehind.matching.patterns import read_alike
from standsbehind.matching.people import PartColumns, written_as_one
from standsbehind.matching.person_compounds import ALLAH, compounds, may_be_article
from standsbehind.matching.person_han import HAS_HAN, in_pinyin
from standsbehind.matching.person_lexicon import person_lexicon
from standsbehind.matching.person_parts import (
    are_plain,
    by_capitals,
    have_no_others,
    in_latin_letters,
    is_in_one_piece,
    needs_care,
    read_person,
)
from standsbehind.matching.person_roles import MAX_PARTS, SIGN, found_by
from standsbehind.matching.persons import WEIGHT
from standsbehind.matching.reading import Reading, together
from standsbehind.matching.scripts import HAN
from standsbehind.matching.split import Split, split_all

__all__ = ["read_people_quickly"]

_FORMS_OF_FIRMS = (
    "llc llp ltd ltda limited gmbh inc incorporated corp corporation company ooo oao zao pao "
    "pjsc ojsc cjsc jsc plc sarl srl pvt pte bhd kft eood ооо оао зао пао"
)
OF_FIRMS = frozenset(_FORMS_OF_FIRMS.split())
"""Legal forms that are no part of a person's name."""
LONGEST_HAN = 4
"""Characters of a person's name; a longer run is a firm's."""
_SMALL = {sign: WEIGHT[role] for role, sign in SIGN.items()}
LONGEST = 300
"""Characters of a name that is read quickly."""
_LATIN = re.compile("[A-Za-z]{2}")
_STOPS = re.compile(r"[\d./]|[A-Z][^a-z ]*[A-Z]")
"""What may be dropped or part words, and capitals that may be a family name or initials."""


def read_people_quickly(
    texts: Sequence[str], split: Split | None = None, *, are_asked: bool = False
) -> Reading:
    """Read the names of persons: what `read_people` gives, in another order.

    `split` are the names folded and split, where they are at hand.

    Names that are asked for may be those of firms as well. One with a legal form of firms
    is looked for by its words as they stand, without initials: `Ivan Testov LLC` still
    brings up the person. A run of Chinese characters that is too long for a person is not.
    """
    split = split or split_all(fold_all(texts))
    kept = np.ones(len(split.word), np.bool_)
    light = np.zeros(len(texts), np.float32)
    if are_asked:
        as_written = split.is_ascii & ~split.any_of(~_are_parts(split)[split.word])
        is_firm = split.any_of(split.marked(OF_FIRMS)[split.word])
        kept = ~(is_firm[split.name] & _says_firm(split)[split.word])
        unsure = _may_have_others(texts, split, np.flatnonzero(as_written))
        light[[*unsure, *np.flatnonzero(is_firm)]] = np.nan
        as_written |= is_firm
        others = ~as_written & ~split.any_of(_is_long_han(split)[split.word])
    else:
        as_written = _are_plain(texts, split)
        others = ~as_written
    written = np.flatnonzero(as_written)
    kept &= as_written[split.name]
    sizes = np.bincount(split.name[kept], minlength=len(texts))[written]
    ids = dict(split.ids)
    plain = _reading(written, split.word[kept], sizes, light[written])
    columns = PartColumns(words=ids)
    left = list(_not_chinese(texts, split, np.flatnonzero(others).tolist(), columns))
    careful, left = _careful(texts, split, left, ids)
    for number in left:
        columns.add_name(number, read_person(texts[number]))
    return written_as_one(together(ids, (plain, careful, columns.reading())))


def _reading(
    names: NDArray[np.int64],
    words: NDArray[np.int32],
    counts: NDArray[np.int64],
    light: NDArray[np.float32],
) -> Reading:
    """Put the parts of names into columns; each part counts one, and small words `light`."""
    return Reading(
        words=(),
        word=words,
        record=np.repeat(np.arange(len(names), dtype=np.int32), counts),
        weight=np.ones(len(words), np.float32),
        group=np.zeros(len(words), np.uint8),
        name=names.astype(np.int32),
        grade=np.zeros(len(names), np.uint8),
        light=light,
    )


def _may_have_others(
    texts: Sequence[str],
    split: Split,
    names: NDArray[np.int64],
) -> list[int]:
    """Give the names, read as they stand, that may have other parts than their words."""
    return [
        number
        for number in names.tolist()
        if not have_no_others(texts[number], split.folded[number].split())
    ]


def _are_parts(split: Split) -> NDArray[np.bool_]:
    """Tell the words that are one part of a name each, whatever their neighbours are."""
    known = person_lexicon()
    are_letters = split.of_texts(str.isalpha)
    unsure = split.marked(known.titles, known.letters_after, known.roles)
    unsure |= split.marked(ALLAH, set(compounds(split.ids)))
    return are_letters & ~unsure


def _says_firm(split: Split) -> NDArray[np.bool_]:
    """Mark the legal forms, and the letters that are not looked for beside them."""
    letters = np.fromiter(map(len, split.ids), np.int64, len(split.ids)) < 2
    return letters | split.marked(OF_FIRMS)


def _is_long_han(split: Split) -> NDArray[np.bool_]:
    return split.of_texts(lambda t: len(t) > LONGEST_HAN and HAN.match(t) is not None)


def _are_plain(texts: Sequence[str], split: Split) -> NDArray[np.bool_]:
    """Tell the names that are Latin words in one order, each a name in any place."""
    plain = split.of_texts(lambda text: are_plain((text,)))
    found = (split.counts > 0) & (split.counts <= MAX_PARTS)
    found &= ~split.any_of(~plain[split.word])
    for number in np.flatnonzero(found).tolist():
        found[number] = not needs_care(texts[number])
    return found


def _not_chinese(
    texts: Sequence[str], split: Split, names: Iterable[int], columns: PartColumns
) -> Iterator[int]:
    """Add the names in Chinese characters alone; give the others."""
    for number in names:
        text, folded = texts[number], split.folded[number]
        alone = len(text) <= LONGEST and not _LATIN.search(text)
        if folded.isascii() or not (alone and HAS_HAN.search(text)):
            yield number
            continue
        words = [word for word in folded.split() if HAS_HAN.search(word)]
        columns.add(number, in_pinyin(words)[:MAX_PARTS])


def _careful(
    texts: Sequence[str], split: Split, names: Iterable[int], ids: dict[str, int]
) -> tuple[Reading, list[int]]:
    """Read the names that are in one piece, each pattern once; give the others by number.

    `ids` numbers the words; others are added.
    """
    lines, marked = list[Folded](), list[int]()
    unmarked = list[int]()
    for number in names:
        line = _in_one_order(texts[number], split.folded[number])
        if line is None:
            marked.append(number)
        elif line:  # a name without words has no parts
            unmarked.append(number)
            lines.append(line)
    found = split_all(lines)
    with_allah = found.any_of(found.marked(ALLAH)[found.word])
    numbers = column(unmarked, np.int64)
    chosen = np.flatnonzero(~with_allah)
    own = dict(found.ids)
    words, counts = read_alike(found, chosen, _matter(found), own, found_by)
    reading = _with_small(numbers[chosen], words, counts, list(own), ids)
    return reading, [*marked, *numbers[with_allah].tolist()]


def _with_small(
    names: NDArray[np.int64],
    words: NDArray[np.int32],
    counts: NDArray[np.int64],
    texts: Sequence[str],
    ids: dict[str, int],
) -> Reading:
    """Put the parts of names into columns, their small words apart."""
    weights = column([_SMALL.get(text[0], 0.0) for text in texts], np.float32)
    is_small = weights[words] > 0
    name = np.repeat(np.arange(len(names)), counts)
    light = np.bincount(name, weights[words], len(names)).astype(np.float32)
    of = [-1 if text[0] in _SMALL else ids.setdefault(text, len(ids)) for text in texts]
    large = column(of, np.int32)[words[~is_small]]
    sizes = np.bincount(name[~is_small], minlength=len(names))
    ends = np.cumsum(counts)
    have_small = np.flatnonzero(light > 0)
    full = [
        [
            text[1:] if text[0] in _SMALL else text
            for text in map(texts.__getitem__, words[ends[n] - counts[n] : ends[n]])
        ]
        for n in have_small.tolist()
    ]
    reading = _reading(names, large, sizes, light)
    return replace(reading, full=full, full_of=have_small.astype(np.int32))


def _in_one_order(text: str, folded: Folded) -> Folded | None:
    """Write a name in Latin letters, given name first; None where it is not in one piece."""
    if len(text) > LONGEST or HAS_HAN.search(text) or not is_in_one_piece(text):
        return None
    if text.isascii() and not _STOPS.search(text):
        return folded
    if not needs_care(text):
        return folded if folded.isascii() else None
    if not (_STOPS.search(text) or any(map(str.isupper, text.split()))):
        return Folded(in_latin_letters(folded))
    return Folded(" ".join([token for token, _ in by_capitals(text)]))


def _matter(split: Split) -> NDArray[np.bool_]:
    """Mark the tokens that may be more or less than one part of a name, and letters."""
    known = person_lexicon()
    words = split.marked(known.titles, known.letters_after, known.roles)
    words |= split.marked(known.one_form, set(compounds(split.ids)))
    words |= np.fromiter(map(len, split.ids), np.int64, len(split.ids)) == 1
    articles = split.of_texts(may_be_article)
    matter = (words | articles)[split.word]
    # Which article it is depends on the first letter of the word after it.
    matter[1:] |= articles[split.word[:-1]]
    return matter
