"""Filters: which links a search may walk, asked of the columns of a snapshot's links."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.links import Links, day_number
from standsbehind.model.edge import VOICES
from standsbehind.model.statement import Status

__all__ = ["EVERY_LINK", "Direction", "Filter", "Sieve", "count_origins", "voices_from"]

Direction = Literal["any", "out", "in"]
"""out: each hop from FROM to TO runs as its link does (the owner to what it owns);
in: each hop runs against it; any: either."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a link must be to be walked; by itself a filter admits every link."""

    types: frozenset[str] = frozenset()
    """Schemata or roles; empty: all."""
    as_of: date | None = None
    """The day on which it may hold."""
    statuses: frozenset[Status] = frozenset()
    """The voices in which it may be told; empty: all."""
    min_origins: int = 0
    """The least count of independent origins."""
    direction: Direction = "any"


EVERY_LINK = Filter()
"""The filter that admits every link."""


def voices_from(least: Status) -> frozenset[Status]:
    """Return a voice with all that are stronger."""
    return frozenset(VOICES[VOICES.index(least) :])


class Sieve:
    """A filter laid over the columns of links; it touches only the links it is asked about."""

    def __init__(self, wanted: Filter, links: Links) -> None:
        self._links = links
        self._kinds = _allowed(
            [bool(wanted.types & set(kind)) for kind in links.kinds], wanted.types
        )
        self._voices = _allowed(
            [voice in wanted.statuses for voice in VOICES], wanted.statuses
        )
        self._day = None if wanted.as_of is None else day_number(wanted.as_of)
        self._least = wanted.min_origins

    def passes(self, numbers: NDArray[Any]) -> NDArray[np.bool_]:
        """Tell which of the links pass; the same shape as `numbers`."""
        links = self._links
        kept = np.ones(len(numbers), np.bool_)
        if self._kinds is not None:
            kept &= self._kinds[links.kind[numbers]]
        if self._voices is not None:
            kept &= self._voices[links.voice[numbers]]
        if self._day is not None:
            kept &= (links.start[numbers] <= self._day) & (
                self._day < links.end[numbers]
            )
        if self._least > 1:
            kept &= count_origins(links, numbers) >= self._least
        return kept

    def backward(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """Return those of the links that end before they begin, where a day is asked about.

        Such a link holds on no day; what its source meant is not known.
        """
        if self._day is None:
            return numbers[:0]
        links = self._links
        is_backward: NDArray[np.bool_] = links.end[numbers] <= links.start[numbers]
        return numbers[is_backward]


def _allowed(each: list[bool], wanted: frozenset[Any]) -> NDArray[np.bool_] | None:
    return np.array(each, np.bool_) if wanted else None


def count_origins(links: Links, numbers: NDArray[Any]) -> NDArray[np.int64]:
    """Count the independent origins of some links."""
    starts = links.origin_starts
    counts: NDArray[np.int64] = starts[numbers + 1] - starts[numbers]
    return counts
