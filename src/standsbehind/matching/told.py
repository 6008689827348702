"""Telling: what each distinct word of many names says, as columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import column, in_order, is_first, spans
from standsbehind.matching.lexicon import Kind
from standsbehind.matching.rarity import common_words
from standsbehind.matching.reading import GROUP_OF, Reading
from standsbehind.matching.score import weigh
from standsbehind.matching.split import Split
from standsbehind.matching.spoken import Word, known_word, known_words, sounded_out

__all__ = ["Said", "Sounds", "Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """What words say by themselves, a row for each."""

    ids: Mapping[str, int]
    """The words of the first rows."""
    texts: dict[str, int]
    """What rows say, numbered; others may be added."""
    text: NDArray[np.int32]
    """What each row says; -1 where it says nothing."""
    weight: NDArray[np.float32]
    group: NDArray[np.uint8]
    """A place in `reading.GROUPS`."""

    @classmethod
    def of(cls, split: Split, count: int) -> "Told":
        """Tell the words of a column. Most of the first `count` are brands that nobody else bears."""
        ids = split.ids
        texts = dict(ids)
        text = np.arange(len(ids), dtype=np.int32)
        weight = np.ones(len(ids), np.float32)
        group = np.full(len(ids), GROUP_OF[Kind.BRAND], np.uint8)
        known = split.common(known_words(), common_words())
        told = known.union(islice(ids, count, None))
        # In the order of the words: that of a set differs from one process to the next.
        for token in sorted(told, key=ids.__getitem__):
            row, word = ids[token], known_word(token)
            text[row] = texts.setdefault(word.text, len(texts)) if word.text else -1
            weight[row], group[row] = weigh(word), GROUP_OF[word.kind]
        return cls(ids, texts, text, weight, group)

    def reading(
        self, said: "Said", names: NDArray[np.int64], grades: NDArray[np.uint8]
    ) -> Reading:
        """Put what the records of some names say into columns; the words stay in `texts`."""
        return Reading(
            words=(),
            word=self.text[said.row],
            record=said.record,
            weight=self.weight[said.row],
            group=self.group[said.row],
            name=names.astype(np.int32),
            grade=grades,
        )

    def with_words(self, words: Sequence[Word]) -> "Told":
        """Add a row for each of some words."""
        texts = self.texts
        more = [texts.setdefault(word.text, len(texts)) for word in words]
        groups = [GROUP_OF[word.kind] for word in words]
        return Told(
            self.ids,
            texts,
            np.concatenate((self.text, column(more, np.int32))),
            np.concatenate((self.weight, column(list(map(weigh, words)), np.float32))),
            np.concatenate((self.group, column(groups, np.uint8))),
        )


@dataclass(frozen=True, slots=True)
class Sounds:
    """Words of other scripts as they are written in Latin letters."""

    told: Told
    """The words, with rows for their spellings."""
    starts: NDArray[np.int64]
    """`rows[starts[w]:starts[w + 1]]` spell word w of the split column; shape (words + 1,)."""
    rows: NDArray[np.int32]
    is_other: NDArray[np.bool_]
    """Whether each word is spelt otherwise than it is written."""

    @classmethod
    def of(cls, told: Told, words: Iterable[int]) -> "Sounds":
        """Spell some words, whose numbers ascend."""
        count, texts = len(told.ids), list(told.ids)
        sizes = np.zeros(count, np.int64)
        is_other = np.zeros(count, np.bool_)
        rows: list[int] = []
        added: dict[Word, int] = {}
        for number in words:
            word = known_word(texts[number])
            spelt = list(sounded_out(word)) if word.text else []
            is_other[number] = spelt != [word] and bool(word.text)
            sizes[number] = len(spelt)
            if is_other[number]:
                rows.extend(count + added.setdefault(w, len(added)) for w in spelt)
            else:
                rows.extend([number] * len(spelt))
        return cls(
            told.with_words(list(added)),
            np.concatenate(([0], np.cumsum(sizes))),
            column(rows, np.int32),
            is_other,
        )

    def spell(self, rows: NDArray[np.int32], record: NDArray[np.int32]) -> "Said":
        """Write records in Latin letters, of which each word is spelt here."""
        at, counts = spans(self.starts, rows)
        return Said.of(self.told, self.rows[at], np.repeat(record, counts))


@dataclass(frozen=True, slots=True)
class Said:
    """What records say, each word once: columns of one length."""

    row: NDArray[np.int32]
    record: NDArray[np.int32]

    @classmethod
    def of(
        cls, told: Told, row: NDArray[np.int32], record: NDArray[np.int32]
    ) -> "Said":
        """Leave out the words that say nothing, and those that were said before."""
        text = told.text[row]
        keys, order = in_order((record.astype(np.int64) << 32) | (text & 0x7FFFFFFF))
        first = np.empty(len(keys), np.bool_)
        first[order] = is_first(keys)
        first &= text >= 0
        return cls(row[first], record[first])

    def only(self, chosen: NDArray[np.bool_]) -> "Said":
        """Keep some of the records, and number them anew."""
        kept = chosen[self.record]
        numbers = (np.cumsum(chosen) - 1).astype(np.int32)
        return Said(self.row[kept], numbers[self.record[kept]])
