"""Search: many names asked for at once meet the names of a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import distinct, is_first, nested, under
from standsbehind.matching.candidates import Meetings, Pairs, Search
from standsbehind.matching.folding import fold_all
from standsbehind.matching.index import NameIndex, arrays_of, from_arrays, index_of
from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.names import Name, read_name
from standsbehind.matching.people import (
    WITHOUT_TWO,
    PersonSearch,
    PersonVocabulary,
    index_people,
)
from standsbehind.matching.persons import compare_persons, read_person
from standsbehind.matching.quick import read_quickly
from standsbehind.matching.quick_people import read_people_quickly
from standsbehind.matching.reading import (
    GRADES,
    GROUPS,
    TELLING_GROUPS,
    Reading,
    read_exactly,
)
from standsbehind.matching.score import (
    COST,
    MISSPELT,
    SHORTEST_MISSPELT,
    THRESHOLD,
    WITHOUT_BRAND,
    Comparison,
    compare,
)
from standsbehind.matching.split import Split, split_all
from standsbehind.matching.words import OTHER_SOUND, SOUNDED_OUT

__all__ = ["Found", "Listed", "compare_as", "list_names", "search", "search_read"]

OMISSION = np.array([COST[group].omission for group in GROUPS])
CONFLICT = np.array([COST[group].conflict for group in GROUPS])
WRITTEN = 0
"""The place of the grade of a name as written."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The names of a list with their indexes; the number of a name is its place."""

    names: Sequence[str]
    persons: NDArray[np.bool_]
    """Whether each name is that of a person; shape (names,)."""
    firms: NameIndex
    """The names of firms and of all else that is no person,"""
    people: NameIndex
    """and those of persons."""

    def is_person(self, number: int) -> bool:
        """Tell whether a name is that of a person."""
        return bool(self.persons[number])

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the indexes as arrays; `from_arrays` reads them back."""
        firms = nested("firms", arrays_of(self.firms))
        people = nested("people", arrays_of(self.people))
        return {"persons": self.persons, **firms, **people}

    @classmethod
    def from_arrays(
        cls, names: Sequence[str], arrays: Mapping[str, NDArray[Any]]
    ) -> "Listed":
        """Open a list from its names and arrays, which may be mapped from disk."""
        return cls(
            names,
            arrays["persons"],
            from_arrays(under("firms", arrays)),
            from_arrays(under("people", arrays), PersonVocabulary.from_arrays),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of names that score at least the threshold, as columns of one length.

    Sorted by the name asked for, then by score, best first, then by the listed name.
    """

    asked: NDArray[np.int32]
    listed: NDArray[np.int32]
    scores: NDArray[np.float64]


def list_names(names: Sequence[str], schemata: Sequence[str] | None = None) -> Listed:
    """Index the names of a list; `schemata` says of each what bears it, as in `Company`."""
    persons = np.array(
        [schema == "Person" for schema in schemata or [""] * len(names)], np.bool_
    )
    others, people = np.flatnonzero(~persons), np.flatnonzero(persons)
    firms = read_quickly([names[number] for number in others.tolist()])
    read = read_people_quickly([names[number] for number in people.tolist()])
    return Listed(
        names,
        persons,
        index_of(firms.numbered(others)),
        index_people(read.numbered(people)),
    )


def search(
    listed: Listed,
    asked: Sequence[str],
    threshold: float = THRESHOLD,
    limit: int | None = None,
) -> Found:
    """Find for each name asked for the listed names that score at least the threshold.

    With a limit, only that many of each, the best.
    """
    found: list[Found] = []
    split = split_all(fold_all(asked))
    if len(listed.firms.names):
        reading = read_quickly(asked, split)
        found.extend(_among_firms(listed, asked, reading, threshold))
    if len(listed.people.names):
        found.extend(_among_people(listed, asked, split, threshold))
    return _best(found, limit)


def search_read(
    listed: Listed,
    asked: Sequence[Name],
    threshold: float = THRESHOLD,
    limit: int | None = None,
) -> Found:
    """Find the names of firms among the list for names that were read before."""
    reading = read_exactly(asked)
    return _best(list(_among_firms(listed, asked, reading, threshold)), limit)


def _among_firms(
    listed: Listed, asked: Sequence[Name | str], reading: Reading, threshold: float
) -> Iterator[Found]:
    for piece in Search(reading, listed.firms, threshold).pieces():
        pairs = piece.pairs()
        scores = _scores(piece, pairs)
        here = piece.reading.name[pairs.asked]
        there = listed.firms.names[pairs.record]
        for place in np.flatnonzero(np.isnan(scores)).tolist():
            left = asked[here[place]]
            right = read_name(listed.names[there[place]])
            name = left if isinstance(left, Name) else read_name(left)
            scores[place] = compare(name, right).score
        kept = scores >= threshold
        yield Found(here[kept], there[kept], scores[kept])


def _among_people(
    listed: Listed, asked: Sequence[str], split: Split, threshold: float
) -> Iterator[Found]:
    are_asked = threshold > WITHOUT_TWO
    reading = read_people_quickly(asked, split, are_asked=are_asked)
    search = PersonSearch(reading, listed.people, threshold)
    for piece in search.pieces():
        pairs = piece.pairs()
        keys = piece.reading.name[pairs.asked].astype(np.int64) * len(listed.names)
        keys = distinct(keys + listed.people.names[pairs.record])
        here, there = keys // len(listed.names), keys % len(listed.names)
        scores = np.array(
            [
                compare_persons(
                    _read_person(asked[left]),
                    _read_person(listed.names[right]),
                    least=threshold,
                ).score
                for left, right in zip(here.tolist(), there.tolist(), strict=True)
            ],
            np.float64,
        )
        kept = scores >= threshold
        yield Found(
            here[kept].astype(np.int32), there[kept].astype(np.int32), scores[kept]
        )


_read_person = lru_cache(maxsize=MOST_KEPT)(read_person)


def compare_as(left: str, right: str, *, is_person: bool) -> Comparison:
    """Compare two names as those of persons, or of anything else."""
    if is_person:
        return compare_persons(_read_person(left), _read_person(right))
    return compare(read_name(left), read_name(right))


def _scores(search: Search, pairs: Pairs) -> NDArray[np.float64]:
    """Score the pairs as `compare` does; not a number where it has to be asked.

    Where each word meets at most one word, there is one alignment and the sums give it.
    """
    reading, index = search.reading, search.index
    met = search.meetings(pairs)
    count = len(pairs.asked)
    met = _without_lesser(met.only(~_is_too_short(search, met)))
    plain = ~pairs.is_joined & _is_one_to_one(met, count)
    here = reading.weight[met.token].astype(np.float64)
    there = index.weights[met.posting].astype(np.float64)
    mean = (here + there) / 2
    weight = np.bincount(met.pair, mean, count)
    cost = np.bincount(met.pair, MISSPELT * mean * met.unlike, count).astype(float)
    left = reading.sums[pairs.asked] - _by_group(
        met.pair, reading.group[met.token], here, count
    )
    right = index.sums[pairs.record] - _by_group(
        met.pair, index.groups[met.posting], there, count
    )
    less, more = np.minimum(left, right), np.maximum(left, right)
    less, more = np.where(less < 1e-6, 0, less), np.where(more < 1e-6, 0, more)
    cost += less @ CONFLICT + (more - less) @ OMISSION
    scores = weight / np.maximum(weight + cost, 1e-9)
    telling = reading.is_telling[met.token] & TELLING_GROUPS[index.groups[met.posting]]
    is_told = np.bincount(met.pair, telling, count) > 0
    is_told |= more.sum(axis=1) < 1e-6
    scores = np.where(is_told, scores, np.minimum(scores, WITHOUT_BRAND))
    grade = np.maximum(reading.grade[pairs.asked], index.grades[pairs.record])
    scores = np.round(np.round(scores, 4) * GRADES[grade], 4)
    written = (reading.grade[pairs.asked] == WRITTEN) | (
        index.grades[pairs.record] == WRITTEN
    )
    return np.where(written, np.where(plain, scores, np.nan), 0.0)


def _is_too_short(search: Search, met: Meetings) -> NDArray[np.bool_]:
    """Tell the meetings of words that are too short to be misspelt in a firm's name."""
    # Where the sounds differ the letters must be enough to tell a slip from another word.
    letters = search.reading.letters[search.reading.word[met.token]]
    there = search.index.lengths[search.index.words[met.posting]]
    short: NDArray[np.bool_] = np.minimum(letters, there) < SHORTEST_MISSPELT
    told: NDArray[np.bool_] = short & (met.unlike > 0)
    for by_sound in (OTHER_SOUND, SOUNDED_OUT):
        told &= met.unlike != np.float32(by_sound)
    return told


def _is_one_to_one(met: Meetings, count: int) -> NDArray[np.bool_]:
    """Tell the pairs in which no word meets two."""
    plain = np.ones(count, np.bool_)
    for words in (met.token, met.posting):
        keys = np.sort((met.pair << 32) | words)
        plain[(keys[1:] >> 32)[keys[1:] == keys[:-1]]] = False
    return plain


def _without_lesser(met: Meetings) -> Meetings:
    """Leave out the words alike to one that meets its equal: equal words meet first."""
    equal = met.unlike == 0
    if equal.all():
        return met
    lesser = np.zeros(len(equal), np.bool_)
    for words in (met.token, met.posting):
        keys = (met.pair << 32) | words
        taken = np.sort(keys[equal])
        place = np.minimum(np.searchsorted(taken, keys), len(taken) - 1)
        if len(taken):
            lesser |= ~equal & (taken[place] == keys)
    return met.only(~lesser)


def _by_group(
    pair: NDArray[np.int64],
    group: NDArray[np.uint8],
    weight: NDArray[np.float64],
    count: int,
) -> NDArray[np.float64]:
    cells = pair * len(GROUPS) + group
    found = np.bincount(cells, weight, count * len(GROUPS)).astype(np.float64)
    return found.reshape(-1, len(GROUPS))


def _best(found: Sequence[Found], limit: int | None) -> Found:
    """Keep the best of each pair of names, then the best of each name asked for."""
    none = np.empty(0, np.int32)
    asked = np.concatenate([none, *(part.asked for part in found)])
    listed = np.concatenate([none, *(part.listed for part in found)])
    scores = np.concatenate([np.empty(0), *(part.scores for part in found)])
    order = np.lexsort((-scores, listed, asked))
    asked, listed, scores = asked[order], listed[order], scores[order]
    first = is_first(asked, listed)
    asked, listed, scores = asked[first], listed[first], scores[first]
    order = np.lexsort((listed, -scores, asked))
    asked, listed, scores = asked[order], listed[order], scores[order]
    if limit is not None and len(asked):
        start = np.flatnonzero(is_first(asked))
        place = np.arange(len(asked)) - np.repeat(start, np.diff([*start, len(asked)]))
        kept = place < limit
        asked, listed, scores = asked[kept], listed[kept], scores[kept]
    return Found(asked, listed, scores)
