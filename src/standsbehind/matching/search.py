"""Search: many names asked for at once meet the names of a list."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.candidates import Meetings, Pairs, Search
from standsbehind.matching.index import NameIndex, index_of
from standsbehind.matching.names import Name, read_name, read_once
from standsbehind.matching.persons import compare_persons, read_person
from standsbehind.matching.reading import (
    GRADES,
    GROUPS,
    TELLING_GROUPS,
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
from standsbehind.matching.words import OTHER_SOUND, lengths

__all__ = ["Found", "Listed", "compare_as", "list_names", "search", "search_read"]

OMISSION = np.array([COST[group].omission for group in GROUPS])
CONFLICT = np.array([COST[group].conflict for group in GROUPS])
WRITTEN = 0
"""The place of the grade of a name as written."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The names of a list with their index; the number of a name is its place."""

    names: Sequence[str]
    index: NameIndex

    def is_person(self, number: int) -> bool:
        """Tell whether a name is that of a person."""
        return bool(self.index.persons[number])


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
    reading = read_exactly(map(read_once, names))
    return Listed(names, index_of(reading, persons))


def search(
    listed: Listed,
    asked: Sequence[str],
    threshold: float = THRESHOLD,
    limit: int | None = None,
) -> Found:
    """Find for each name asked for the listed names that score at least the threshold.

    With a limit, only that many of each, the best.
    """
    return search_read(listed, [read_once(text) for text in asked], threshold, limit)


def search_read(
    listed: Listed,
    asked: Sequence[Name],
    threshold: float = THRESHOLD,
    limit: int | None = None,
) -> Found:
    """Find the same for names that were read before."""
    reading = read_exactly(asked)
    found = Search(reading, listed.index, threshold)
    pairs = found.pairs()
    scores = _scores(found, pairs)
    for place in np.flatnonzero(np.isnan(scores)).tolist():
        here = asked[reading.name[pairs.asked[place]]]
        number = int(listed.index.names[pairs.record[place]])
        scores[place] = _compared(here, listed, number).score
    return _best(
        reading.name[pairs.asked],
        listed.index.names[pairs.record],
        scores,
        threshold,
        limit,
    )


def compare_as(left: str, right: str, *, is_person: bool) -> Comparison:
    """Compare two names as those of persons, or of anything else."""
    if is_person:
        return compare_persons(read_person(left), read_person(right))
    return compare(read_name(left), read_name(right))


def _compared(asked: Name, listed: Listed, number: int) -> Comparison:
    if listed.is_person(number):
        return compare_as(asked.text, listed.names[number], is_person=True)
    return compare(asked, read_name(listed.names[number]))


def _scores(search: Search, pairs: Pairs) -> NDArray[np.float64]:
    """Score the pairs as `compare` does; not a number where it has to be asked.

    Where each word meets at most one word, there is one alignment and the sums give it.
    """
    reading, index = search.reading, search.index
    met = search.meetings(pairs)
    met = met.only(~_is_too_short(search, met))
    count = len(pairs.asked)
    plain = ~pairs.is_joined & ~index.persons[index.names[pairs.record]]
    plain &= _is_one_to_one(met, count)
    plain &= (reading.grade[pairs.asked] == WRITTEN) | (
        index.grades[pairs.record] == WRITTEN
    )
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
    telling = reading.is_telling[met.token] | TELLING_GROUPS[index.groups[met.posting]]
    is_told = np.bincount(met.pair, telling, count) > 0
    is_told |= more.sum(axis=1) < 1e-6
    scores = np.where(is_told, scores, np.minimum(scores, WITHOUT_BRAND))
    grade = np.maximum(reading.grade[pairs.asked], index.grades[pairs.record])
    scores = np.round(np.round(scores, 4) * GRADES[grade], 4)
    return np.where(plain, scores, np.nan)


def _is_too_short(search: Search, met: Meetings) -> NDArray[np.bool_]:
    """Tell the meetings of words that are too short to be misspelt in a firm's name."""
    # Where the sounds differ the letters must be enough to tell a slip from another word.
    letters = lengths(search.reading.words)[search.reading.word[met.token]]
    there = search.index.lengths[search.index.words[met.posting]]
    short: NDArray[np.bool_] = np.minimum(letters, there) < SHORTEST_MISSPELT
    return short & (met.unlike > 0) & (met.unlike != np.float32(OTHER_SOUND))


def _is_one_to_one(met: Meetings, count: int) -> NDArray[np.bool_]:
    """Tell the pairs in which no word meets two."""
    plain = np.ones(count, np.bool_)
    for words in (met.token, met.posting):
        order = np.lexsort((words, met.pair))
        pair, place = met.pair[order], words[order]
        twice = (pair[1:] == pair[:-1]) & (place[1:] == place[:-1])
        plain[pair[1:][twice]] = False
    return plain


def _by_group(
    pair: NDArray[np.int64],
    group: NDArray[np.uint8],
    weight: NDArray[np.float64],
    count: int,
) -> NDArray[np.float64]:
    cells = pair * len(GROUPS) + group
    found = np.bincount(cells, weight, count * len(GROUPS)).astype(np.float64)
    return found.reshape(-1, len(GROUPS))


def _best(
    asked: NDArray[np.int32],
    listed: NDArray[np.int32],
    scores: NDArray[np.float64],
    threshold: float,
    limit: int | None,
) -> Found:
    """Keep the best of each pair of names, then the best of each name asked for."""
    kept = scores >= threshold
    asked, listed, scores = asked[kept], listed[kept], scores[kept]
    order = np.lexsort((-scores, listed, asked))
    asked, listed, scores = asked[order], listed[order], scores[order]
    first = np.ones(len(asked), np.bool_)
    first[1:] = (asked[1:] != asked[:-1]) | (listed[1:] != listed[:-1])
    asked, listed, scores = asked[first], listed[first], scores[first]
    order = np.lexsort((listed, -scores, asked))
    asked, listed, scores = asked[order], listed[order], scores[order]
    if limit is not None and len(asked):
        start = np.flatnonzero(np.concatenate(([True], asked[1:] != asked[:-1])))
        place = np.arange(len(asked)) - np.repeat(start, np.diff([*start, len(asked)]))
        kept = place < limit
        asked, listed, scores = asked[kept], listed[kept], scores[kept]
    return Found(asked, listed, scores)
