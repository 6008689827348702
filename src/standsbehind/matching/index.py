"""Index: listed names by their words, as arrays that a snapshot can map from disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.reading import TELLING_GROUPS, Reading
from standsbehind.matching.words import Vocabulary, hashes_of, lengths, sums_of

__all__ = ["NameIndex", "arrays_of", "bits_of", "from_arrays", "index_of"]


@dataclass(frozen=True)
class NameIndex:
    """Listed names by their words. A record is one variant of a name.

    All arrays are plain NumPy, so that a snapshot can map them from disk.
    """

    vocabulary: Vocabulary
    starts: NDArray[np.int64]
    """`records[starts[w]:starts[w + 1]]` hold word w, ascending; shape (words + 1,)."""
    records: NDArray[np.int32]
    weights: NDArray[np.float32]
    """What the word counts in the record; same shape."""
    groups: NDArray[np.uint8]
    """What kind of word it is there, a place in `reading.GROUPS`; same shape."""
    names: NDArray[np.int32]
    """The name of each record; shape (records,)."""
    sums: NDArray[np.float32]
    """The weight of each group of words in each record; shape (records, groups)."""
    grades: NDArray[np.uint8]
    """How each record was made of its name, a place in `Grade`; shape (records,)."""
    signatures: NDArray[np.uint64]
    """A bit for each word of the record: a word that it lacks is told in one look."""
    persons: NDArray[np.bool_]
    """Whether each name is that of a person; shape (names,)."""
    initials: NDArray[np.bool_]
    """Whether the record holds a letter that may stand for a word."""
    word_hashes: NDArray[np.uint64]
    """The hash of each word, sorted,"""
    word_order: NDArray[np.int32]
    """and the words in that order."""
    join_hashes: NDArray[np.uint64]
    """The hash of each run of words written together, sorted,"""
    join_records: NDArray[np.int32]
    join_weights: NDArray[np.float32]

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """Word and record of each posting in one sorted number."""
        return self.words.astype(np.int64) * len(self.names) + self.records

    @cached_property
    def words(self) -> NDArray[np.int32]:
        """The word of each posting."""
        count = len(self.starts) - 1
        return np.repeat(np.arange(count, dtype=np.int32), np.diff(self.starts))

    @cached_property
    def telling(self) -> NDArray[np.float32]:
        """The weight of the telling words of each record."""
        found: NDArray[np.float32] = self.sums[:, TELLING_GROUPS].sum(axis=1)
        return found

    @cached_property
    def other(self) -> NDArray[np.float32]:
        """The weight of its other words."""
        found: NDArray[np.float32] = self.sums[:, ~TELLING_GROUPS].sum(axis=1)
        return found

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """The letters of each word."""
        return lengths(self.vocabulary.words)

    @cached_property
    def holds_persons(self) -> bool:
        """Whether any of the names is a person's."""
        return bool(self.persons.any())

    @cached_property
    def holds_others(self) -> bool:
        """Whether any of the names is not a person's."""
        return not bool(self.persons.all())


_TABLES = (
    "starts", "records", "weights", "groups", "names", "sums", "grades", "signatures",
    "persons", "initials", "word_hashes", "word_order", "join_hashes", "join_records", "join_weights",
)  # fmt: skip


def arrays_of(index: NameIndex) -> dict[str, NDArray[np.generic]]:
    """Give an index as arrays; `from_arrays` reads them back."""
    text = "\n".join(index.vocabulary.words).encode("utf-8", "surrogatepass")
    return {
        "words": np.frombuffer(text, np.uint8),
        "hashes": index.vocabulary.hashes,
        "hash_starts": index.vocabulary.starts,
        "behind": index.vocabulary.behind,
        "sounds": index.vocabulary.sounds,
        **{name: getattr(index, name) for name in _TABLES},
    }


def from_arrays(arrays: Mapping[str, NDArray[np.generic]]) -> NameIndex:
    """Open an index from its arrays, which may be mapped from disk."""
    text = arrays["words"].tobytes().decode("utf-8", "surrogatepass")
    vocabulary = Vocabulary(
        words=text.split("\n") if text else [],
        hashes=arrays["hashes"],  # type: ignore[arg-type]
        starts=arrays["hash_starts"],  # type: ignore[arg-type]
        behind=arrays["behind"],  # type: ignore[arg-type]
        sounds=arrays["sounds"],  # type: ignore[arg-type]
    )
    return NameIndex(vocabulary, **{name: arrays[name] for name in _TABLES})  # type: ignore[arg-type]


def index_of(reading: Reading, persons: NDArray[np.bool_]) -> NameIndex:
    """Index listed names; `persons` says of each name whether it is a person's."""
    order = np.lexsort((reading.record, reading.word))
    counts = np.bincount(reading.word, minlength=len(reading.words))
    hashes = hashes_of(sums_of(reading.words), lengths(reading.words))
    by_hash = np.argsort(hashes)
    joins = reading.joins()
    by_join = np.argsort(joins.hashes, kind="stable")
    single = lengths(reading.words) == 1
    return NameIndex(
        vocabulary=Vocabulary.of(reading.words),
        starts=np.concatenate(([0], np.cumsum(counts))),
        records=reading.record[order],
        weights=reading.weight[order],
        groups=reading.group[order],
        names=reading.name,
        sums=reading.sums,
        grades=reading.grade,
        signatures=_signatures(reading),
        persons=persons,
        initials=_any(single[reading.word], reading),
        word_hashes=hashes[by_hash],
        word_order=by_hash.astype(np.int32),
        join_hashes=joins.hashes[by_join],
        join_records=joins.records[by_join],
        join_weights=joins.weights[by_join],
    )


def bits_of(words: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Give each word one bit of 64, for the signatures."""
    spread = words.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return np.uint64(1) << (spread >> np.uint64(58))


def _signatures(reading: Reading) -> NDArray[np.uint64]:
    found = np.zeros(len(reading.name), np.uint64)
    np.bitwise_or.at(found, reading.record, bits_of(reading.word))
    return found


def _any(flags: NDArray[np.bool_], reading: Reading) -> NDArray[np.bool_]:
    return np.bincount(reading.record, flags, minlength=len(reading.name)) > 0
