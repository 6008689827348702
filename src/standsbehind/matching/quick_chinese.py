"""Quick reading of Chinese names: each distinct part of them once."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import column, spans
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
from standsbehind.matching.folding import Folded
from standsbehind.matching.han import Part
from standsbehind.matching.japanese import is_japanese
from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.lexicon import Kind
from standsbehind.matching.names import Grade
from standsbehind.matching.reading import GRADE_OF, Reading
from standsbehind.matching.scripts import tokenise
from standsbehind.matching.split import Split
from standsbehind.matching.spoken import Word
from standsbehind.matching.told import Said, Told

__all__ = ["read_chinese"]

_OF_CHINA = Folded("")


def read_chinese(
    texts: Sequence[str], split: Split, told: Told, names: Sequence[int]
) -> tuple[list[Reading], list[int]]:
    """Read names in Chinese characters as `read_folded` does; give the others by number.

    The others are those with a legal form of Japan, where a part may be read otherwise, and
    those in which the word for a group counts.
    """
    if not names:
        return [], []
    parted, others = _parted(texts, split, names)
    rows: dict[Word, int] = {}
    cantonese = set(parted.part[parted.is_cantonese[parted.record]].tolist())
    every_part = range(len(parted.parts))
    spellings = [
        _Spelling.of(parted.parts, way, of, rows)
        for way, of in zip(_WAYS, (*[every_part] * 5, cantonese), strict=True)
    ]
    first = len(told.text)
    told = told.with_words(list(rows))
    said = [spelling.said(told, first, parted) for spelling in spellings]
    every = np.ones(len(parted.names), np.bool_)
    has_other = parted.any_of(lambda part: said_otherwise(part) != part)
    has_meaning = parted.any_of(lambda part: meant(part) != part)
    is_spelt = parted.is_cantonese & _differ(said[1], said[-1], len(every))
    written, translated, sounded = (np.uint8(GRADE_OF[grade]) for grade in _GRADES)
    by_gloss = np.where(parted.any_of(_is_sounded), sounded, translated)
    chosen = (
        (every, np.full(len(every), written)),
        (every, by_gloss),
        (has_other, by_gloss),
        (has_meaning, np.full(len(every), translated)),
        (parted.any_of(is_foreign_brand), np.full(len(every), sounded)),
        (is_spelt, np.full(len(every), sounded)),
    )
    return [
        told.reading(one.only(of), parted.names[of], grades[of])
        for one, (of, grades) in zip(said, chosen, strict=True)
    ], others


def _native(part: Part) -> Iterable[Word]:
    return (Word(part.text, part.kind),)


@lru_cache(maxsize=MOST_KEPT)
def _gloss(part: Part) -> tuple[Word, ...]:
    return tuple(glossed((part,), _OF_CHINA))


def _otherwise(part: Part) -> Iterable[Word]:
    return _gloss(said_otherwise(part))


def _by_meaning(part: Part) -> Iterable[Word]:
    return _gloss(meant(part))


def _but_foreign(part: Part) -> Iterable[Word]:
    return glossed_but_foreign(part, _OF_CHINA)


def _in_hong_kong(part: Part) -> Iterable[Word]:
    return spelt_in_hong_kong((part,), _OF_CHINA)


_WAYS: tuple[Callable[[Part], Iterable[Word]], ...] = (
    _native,
    _gloss,
    _otherwise,
    _by_meaning,
    _but_foreign,
    _in_hong_kong,
)
_GRADES = (Grade.WRITTEN, Grade.TRANSLATED, Grade.TRANSLITERATED)


def _is_sounded(part: Part) -> bool:
    return part.kind is Kind.BRAND and not (part.english or part.text.isascii())


@dataclass(frozen=True, slots=True)
class _Parted:
    """Names by their parts, of which the distinct ones are numbered."""

    parts: Sequence[Part]
    names: NDArray[np.int64]
    part: NDArray[np.int64]
    """The parts of the first name, of the second ...; shape (tokens,)."""
    record: NDArray[np.int32]
    """The place in `names` that each belongs to; same shape."""
    is_cantonese: NDArray[np.bool_]
    """Whether each name may be spelt as in Hong Kong; shape (names,)."""

    def any_of(self, marks: Callable[[Part], bool]) -> NDArray[np.bool_]:
        """Tell of each name whether it has such a part."""
        marked = np.fromiter(map(marks, self.parts), np.bool_, len(self.parts))
        records = self.record[marked[self.part]]
        found: NDArray[np.bool_] = np.bincount(records, minlength=len(self.names)) > 0
        return found


def _parted(
    texts: Sequence[str], split: Split, names: Iterable[int]
) -> tuple[_Parted, list[int]]:
    """Take names apart; give those that are to be read whole by number."""
    numbers: dict[Part, int] = {}
    part, counts = list[int](), list[int]()
    chosen, others, cantonese = list[int](), list[int](), list[bool]()
    for name in names:
        folded = split.folded[name]
        parts = chinese_parts(tokenise(folded))
        if is_japanese(folded) or is_told_by_group(folded, parts):
            others.append(name)
            continue
        chosen.append(name)
        cantonese.append(looks_cantonese(texts[name], folded, parts))
        counts.append(len(parts))
        part += [numbers.setdefault(one, len(numbers)) for one in parts]
    return _Parted(
        list(numbers),
        column(chosen, np.int64),
        column(part, np.int64),
        np.repeat(np.arange(len(chosen), dtype=np.int32), counts),
        np.array(cantonese, np.bool_),
    ), others


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write parts."""

    starts: NDArray[np.int64]
    """`rows[starts[p]:starts[p + 1]]` are the words for part p."""
    rows: NDArray[np.int32]

    @classmethod
    def of(
        cls,
        parts: Sequence[Part],
        way: Callable[[Part], Iterable[Word]],
        of: Container[int],
        rows: dict[Word, int],
    ) -> "_Spelling":
        """Write those of some places in some way; `rows` numbers the words, others are added."""
        found: list[int] = []
        ends = [0]
        for place, part in enumerate(parts):
            if place in of:
                found += [rows.setdefault(word, len(rows)) for word in way(part)]
            ends.append(len(found))
        return cls(column(ends, np.int64), column(found, np.int32))

    def said(self, told: Told, first: int, parted: _Parted) -> Said:
        """Write names in this way; the words stand in `told` from row `first` on."""
        at, counts = spans(self.starts, parted.part)
        record = np.repeat(parted.record, counts)
        return Said.of(told, self.rows[at] + np.int32(first), record)


def _differ(left: Said, right: Said, count: int) -> NDArray[np.bool_]:
    """Tell of each record whether the two say other words, or in another order."""
    here = np.bincount(left.record, minlength=count)
    differ: NDArray[np.bool_] = here != np.bincount(right.record, minlength=count)
    left_rows = left.row[~differ[left.record]]
    right_same = ~differ[right.record]
    unlike = left_rows != right.row[right_same]
    differ[right.record[right_same][unlike]] = True
    return differ
