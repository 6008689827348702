"""Candidates: the few listed names that can reach the threshold, for many names at once."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from standsbehind.matching.arrays import (
    in_order,
    is_first,
    ranges,
    spans,
    sum_before,
)
from standsbehind.matching.index import NameIndex, bits_of
from standsbehind.matching.letter_sums import hashes_of
from standsbehind.matching.lexicon import Kind
from standsbehind.matching.reading import TELLING_GROUPS, Reading
from standsbehind.matching.score import COST, WITHOUT_BRAND
from standsbehind.matching.words import Alike

__all__ = ["Meetings", "Pairs", "Search"]

OMITTED = COST[Kind.BRAND].omission
CONFLICT = COST[Kind.BRAND].conflict
OMITTED_LEAST = min(cost.omission for cost in COST.values() if cost.omission)
PIECE = 200_000
"""Pairs that are looked at together; they fit the cache."""
SLACK = 1e-3
"""Sums are kept in single precision, scores in four digits."""


@dataclass(slots=True)
class Pairs:
    """Records of both sides with what of each has met so far; columns of one length."""

    asked: NDArray[np.int64]
    record: NDArray[np.int64]
    telling: NDArray[np.float32]
    """The weight of telling words of the listed record that met,"""
    other: NDArray[np.float32]
    """of its other words,"""
    telling_asked: NDArray[np.float32]
    """of telling words of the name asked for,"""
    other_asked: NDArray[np.float32]
    """of its other words."""
    is_joined: NDArray[np.bool_]
    """Whether words meet that are written together."""

    def only(self, kept: NDArray[np.bool_]) -> "Pairs":
        """Keep some of the pairs."""
        return Pairs(*(getattr(self, field.name)[kept] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Meetings:
    """Words that meet: a token of the name asked for and a posting of the record of a pair."""

    pair: NDArray[np.int64]
    token: NDArray[np.int64]
    posting: NDArray[np.int64]
    unlike: NDArray[np.float32]
    """The share of letters that differ."""

    def only(self, kept: NDArray[np.bool_]) -> "Meetings":
        """Keep some of the meetings."""
        return Meetings(*(getattr(self, field.name)[kept] for field in fields(self)))


@dataclass(frozen=True)
class Search:
    """One search of many names in one index.

    1. The rarest words of each name, without which it cannot reach the threshold, bring
       up the records that hold them or a word alike (the prefix filter of set joins).
    2. A record that cannot hold the other words is dropped by its signature.
    3. What is left is looked up word by word, and dropped where its best score is too low.
    """

    reading: Reading
    index: NameIndex
    threshold: float

    def pairs(self) -> Pairs:
        """Find the pairs that can score the threshold; none that does is left out."""
        return self._promising(self._brought_up())

    def pieces(self) -> Iterator[Self]:
        """Part the search into some that each fit the cache of a processor."""
        brought = self.brought()
        sums = np.bincount(self.reading.record, brought, len(self.reading.name))
        piece_of = np.cumsum(sums) // PIECE
        cuts = np.flatnonzero(np.diff(piece_of)) + 1
        for reading in self.reading.pieces(cuts.tolist()):
            piece = type(self)(reading, self.index, self.threshold)
            # What is known of the distinct words holds for each piece.
            shared = ("alike", "posted", "_hoped", "_masks")
            piece.__dict__.update({name: getattr(self, name) for name in shared})
            yield piece

    @cached_property
    def alike(self) -> Alike:
        """The listed words alike to each word asked for."""
        return self.index.vocabulary.alike(self.reading.words)

    @cached_property
    def posted(self) -> NDArray[np.int64]:
        """How many records hold a word alike to each word asked for."""
        return self._sums_of_alike(np.diff(self.index.starts))

    def _sums_of_alike(self, counts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add up what is counted of each listed word over those alike to each word asked for."""
        sums = np.concatenate(([0], np.cumsum(counts[self.alike.found])))
        return sums[self.alike.starts[1:]] - sums[self.alike.starts[:-1]]

    @cached_property
    def _generates(self) -> NDArray[np.bool_]:
        """Mark the tokens that must bring up records."""
        return self.needed() & (self.posted[self.reading.word] > 0)

    def needed(self) -> NDArray[np.bool_]:
        """Mark the rarest telling words until the others could not reach the threshold."""
        reading = self.reading
        if self.threshold <= WITHOUT_BRAND:
            return np.ones(len(reading.word), np.bool_)
        posted = self.posted[reading.word]
        order = np.lexsort((posted, ~reading.is_telling, reading.record))
        record = reading.record[order]
        before = sum_before(
            np.where(reading.is_telling, reading.weight, 0)[order], record
        )
        rest = reading.telling[record] - before + reading.other[record]
        reach = (1 - self.threshold) / self.threshold
        marked = np.zeros(len(reading.word), np.bool_)
        marked[order] = rest * reach + SLACK >= OMITTED * before
        # A name of common words alone is told by all of them: any one brings it up.
        rarest = np.zeros(len(reading.word), np.bool_)
        rarest[order] = is_first(record)
        untold = rarest & (reading.telling[reading.record] == 0)
        needed: NDArray[np.bool_] = (marked & reading.is_telling) | untold
        return needed

    @property
    def settled(self) -> NDArray[np.bool_]:
        """The tokens that have brought up all records that hold them."""
        return self._generates

    def brought(self) -> NDArray[np.int64]:
        """How many records each token brings up."""
        return np.where(self._generates, self.posted[self.reading.word], 0)

    def _brought_up(self) -> Pairs:
        return self._summed(*self.met_first())

    def met_first(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the tokens that bring up records, each with the postings that it meets."""
        return self.postings(np.flatnonzero(self._generates), self.index.starts)

    def postings(
        self, tokens: NDArray[np.int64], starts: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the postings of all words alike to tokens, where those of word w begin at `starts[w]`."""
        at, counts = spans(self.alike.starts, self.reading.word[tokens])
        posting, sizes = spans(starts, self.alike.found[at])
        return np.repeat(np.repeat(tokens, counts), sizes), posting

    def _summed(
        self,
        token: NDArray[np.int64],
        posting: NDArray[np.int64],
    ) -> Pairs:
        """Bring the meetings of each pair of records together, also of joined words."""
        index, reading = self.index, self.reading
        joined_asked, joined_record, weight_asked, weight_listed = self._joined()
        count = len(joined_asked)
        none = np.zeros(count, np.float32)
        here, there = reading.weight[token], index.weights[posting]
        told, told_there = (
            reading.is_telling[token],
            TELLING_GROUPS[index.groups[posting]],
        )
        keys = reading.record[token].astype(np.int64) * len(index.names)
        keys += index.records[posting]
        keys = np.concatenate((keys, joined_asked * len(index.names) + joined_record))
        keys, order = in_order(keys)
        first = np.flatnonzero(is_first(keys))
        joined = np.repeat([False, True], [len(token), count])[order]

        def summed(*parts: NDArray[np.float32]) -> NDArray[np.float32]:
            column = np.concatenate(parts)[order]
            return np.add.reduceat(column, first) if len(first) else column

        return Pairs(
            keys[first] // len(index.names),
            keys[first] % len(index.names),
            summed(np.where(told_there, there, 0), weight_listed),
            summed(np.where(told_there, 0, there), none),
            summed(np.where(told, here, 0), weight_asked),
            summed(np.where(told, 0, here), none),
            np.logical_or.reduceat(joined, first) if len(first) else joined,
        )

    def _joined(
        self,
    ) -> tuple[
        NDArray[np.int64], NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]
    ]:
        """Meet words with runs written together, either way round: records and weights."""
        index, reading = self.index, self.reading
        joins = reading.joins()
        hashes = hashes_of(reading.letter_sums, reading.letters)
        word, place = _meet(hashes, index.join_hashes)
        by_word = np.argsort(reading.word, kind="stable")
        starts = np.searchsorted(
            reading.word[by_word], np.arange(len(reading.words) + 1)
        )
        at, counts = spans(starts, word)
        token, place = by_word[at], np.repeat(place, counts)
        run, at = _meet(joins.hashes, index.word_hashes)
        posting, sizes = spans(index.starts, index.word_order[at])
        run = np.repeat(run, sizes)
        return (
            np.concatenate((reading.record[token], joins.records[run])).astype(
                np.int64
            ),
            np.concatenate((index.join_records[place], index.records[posting])),
            np.concatenate((reading.weight[token], joins.weights[run])),
            np.concatenate((index.join_weights[place], index.weights[posting])),
        )

    def _promising(self, pairs: Pairs) -> Pairs:
        """Add what the other words can add, and drop what stays too low."""
        pair, token = self._may_hold(pairs.record, *self._rest(pairs))
        weight = np.maximum(
            self.reading.weight[token], self._hoped[self.reading.word[token]]
        )
        hope = np.bincount(pair, weight, len(pairs.asked))
        kept = self.most(pairs, hope.astype(np.float32)) >= self.threshold - SLACK
        still = kept[pair]
        number = np.cumsum(kept) - 1
        pair, token = number[pair[still]], token[still]
        pairs = pairs.only(kept)
        self._look_up(pairs, pair, token)
        return pairs.only(self.most(pairs) >= self.threshold - SLACK)

    def _rest(self, pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give for each pair the tokens that have not brought up records."""
        reading = self.reading
        rest = ~self.settled & (self.posted[reading.word] > 0)
        return self._tokens(pairs.asked, np.flatnonzero(rest))

    def _tokens(
        self, asked: NDArray[np.int64], tokens: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give those of the tokens that each record asked for holds: pairs of places."""
        record = self.reading.record[tokens]
        starts = np.searchsorted(record, np.arange(len(self.reading.name) + 1))
        at, counts = spans(starts, asked)
        return np.repeat(np.arange(len(asked)), counts), tokens[at]

    @cached_property
    def _hoped(self) -> NDArray[np.float32]:
        """The most that a word alike to each word asked for counts on the list."""
        hoped = np.zeros(len(self.reading.words), np.float32)
        some = np.flatnonzero(np.diff(self.alike.starts))
        if len(some):
            heaviest = self.index.heaviest[self.alike.found]
            hoped[some] = np.maximum.reduceat(heaviest, self.alike.starts[some])
        return hoped

    @cached_property
    def _masks(self) -> NDArray[np.uint64]:
        """The bits of the words alike to each word asked for."""
        masks = np.zeros(len(self.reading.words), np.uint64)
        some = np.flatnonzero(np.diff(self.alike.starts))
        if len(some):
            bits = bits_of(self.alike.found)
            masks[some] = np.bitwise_or.reduceat(bits, self.alike.starts[some])
        return masks

    def _look_up(
        self, pairs: Pairs, pair: NDArray[np.int64], token: NDArray[np.int64]
    ) -> None:
        """Look up in the postings whether the records hold the other words, and add them."""
        index, reading = self.index, self.reading
        met = self._met(pairs.record, pair, token)
        pair, here, there = (
            met.pair,
            reading.weight[met.token],
            index.weights[met.posting],
        )
        told = reading.is_telling[met.token]
        told_there = TELLING_GROUPS[index.groups[met.posting]]
        count = len(pairs.asked)
        for column, values in (
            (pairs.telling, np.where(told_there, there, 0)),
            (pairs.other, np.where(told_there, 0, there)),
            (pairs.telling_asked, np.where(told, here, 0)),
            (pairs.other_asked, np.where(told, 0, here)),
        ):
            np.add(
                column, np.bincount(pair, values, count), out=column, casting="unsafe"
            )

    def meetings(self, pairs: Pairs) -> Meetings:
        """Find all words that meet in the pairs, except those written together."""
        tokens = np.flatnonzero(self.posted[self.reading.word] > 0)
        pair, token = self._tokens(pairs.asked, tokens)
        return self._met(pairs.record, *self._may_hold(pairs.record, pair, token))

    def _may_hold(
        self,
        record: NDArray[np.int64],
        pair: NDArray[np.int64],
        token: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Leave out the tokens that by its signature the record of a pair cannot hold."""
        mask = self._masks[self.reading.word[token]]
        may = (self.index.signatures[record[pair]] & mask) != 0
        return pair[may], token[may]

    def _met(
        self,
        record: NDArray[np.int64],
        pair: NDArray[np.int64],
        token: NDArray[np.int64],
    ) -> Meetings:
        index = self.index
        at, counts = spans(self.alike.starts, self.reading.word[token])
        pair, token = np.repeat(pair, counts), np.repeat(token, counts)
        keys = self.alike.found[at].astype(np.int64) * len(index.names) + record[pair]
        if not len(index.places):
            at = at[:0]
        posting = np.minimum(np.searchsorted(index.places, keys), len(index.places) - 1)
        met = index.places[posting] == keys
        return Meetings(pair[met], token[met], posting[met], self.alike.unlike[at[met]])

    def most(
        self, pairs: Pairs, hope: NDArray[np.float32] | float = 0.0
    ) -> NDArray[np.float32]:
        """Return the most that each pair can score, if words of weight `hope` meet too."""
        index, reading = self.index, self.reading
        missing = np.maximum(index.telling[pairs.record] - pairs.telling - hope, 0)
        missing_asked = np.maximum(
            reading.telling[pairs.asked] - pairs.telling_asked - hope, 0
        )
        less = np.minimum(missing, missing_asked)
        more = np.maximum(missing, missing_asked)
        common = index.other[pairs.record] - pairs.other - hope
        common -= reading.other[pairs.asked]
        cost = CONFLICT * less + OMITTED * (more - less)
        cost += OMITTED_LEAST * np.maximum(common, 0)
        met = np.maximum(
            pairs.telling + pairs.other, pairs.telling_asked + pairs.other_asked
        )
        met = met + hope
        most = met / np.maximum(met + cost, 1e-9)
        # Whether words written together tell a name is left to the score itself.
        is_told = self._are_told(pairs, hope) | pairs.is_joined
        most = np.where(is_told, most, WITHOUT_BRAND)
        return most.astype(np.float32)

    def _are_told(
        self, pairs: Pairs, hope: NDArray[np.float32] | float
    ) -> NDArray[np.bool_]:
        """Tell the pairs in which a telling word may meet, or all words where there is none."""
        index, reading = self.index, self.reading
        missing = index.telling[pairs.record] + index.other[pairs.record]
        missing = missing - pairs.telling - pairs.other
        missing_asked = reading.telling[pairs.asked] + reading.other[pairs.asked]
        missing_asked = missing_asked - pairs.telling_asked - pairs.other_asked
        all_met = np.maximum(missing, missing_asked) <= hope + SLACK
        told = np.minimum(pairs.telling, pairs.telling_asked) + hope > 0
        told &= (
            np.minimum(index.telling[pairs.record], reading.telling[pairs.asked]) > 0
        )
        are_told: NDArray[np.bool_] = told | all_met
        return are_told


def _meet(
    hashes: NDArray[np.uint64], table: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the pairs of places at which the hashes and a sorted table are equal."""
    start = np.searchsorted(table, hashes, side="left")
    inside = np.flatnonzero(start < len(table))
    hit = inside[table[start[inside]] == hashes[inside]]
    counts = np.searchsorted(table, hashes[hit], side="right") - start[hit]
    return np.repeat(hit, counts), ranges(start[hit], counts)
