"""Links: what is said of every edge of a snapshot, as columns, so that a filter is one comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.model.dates import Interval, earliest, latest

__all__ = ["ALWAYS", "NEVER", "Links", "day_number", "days_of"]

_EPOCH = date(1970, 1, 1)
ALWAYS = np.iinfo(np.int32).min
"""The start of what has no stated start."""
NEVER = np.iinfo(np.int32).max
"""The end of what has no stated end."""


@dataclass(frozen=True, slots=True)
class Links:
    """The m edges of a snapshot; the number of an edge is its place in each column.

    An edge with several values at an end stands here once for each pair of ends.
    """

    source: NDArray[np.int32]
    """Shape (m,): the node that acts."""
    target: NDArray[np.int32]
    """Shape (m,): the node that is acted upon."""
    kind: NDArray[np.uint16]
    """Shape (m,): the place of its schema and role in `kinds`; wider where there are more."""
    kinds: Sequence[tuple[str, str]]
    """Schema and role, as in `("Ownership", "owns")`."""
    start: NDArray[np.int32]
    """Shape (m,): the first day on which it may hold, in days since 1970-01-01."""
    end: NDArray[np.int32]
    """Shape (m,): the first day on which it cannot hold any more."""
    voice: NDArray[np.uint8]
    """Shape (m,): the place of its strongest voice in `model.edge.VOICES`."""
    origin_starts: NDArray[np.int64]
    """Shape (m + 1,): where the origins of each edge begin in `origins`."""
    origins: NDArray[np.int32]
    """The independent origins of each edge, as numbers that stand for origin groups."""

    def __len__(self) -> int:
        """Count the edges."""
        return len(self.source)

    def origins_of(self, number: int) -> NDArray[np.int32]:
        """Return the independent origins of an edge."""
        return self.origins[self.origin_starts[number] : self.origin_starts[number + 1]]

    @property
    def origin_counts(self) -> NDArray[np.int64]:
        """Count the independent origins of each edge; shape (m,)."""
        return np.diff(self.origin_starts)

    def holds_on(self, day: date) -> NDArray[np.bool_]:
        """Tell which edges may hold on a day; shape (m,)."""
        number = day_number(day)
        return (self.start <= number) & (number < self.end)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the columns as arrays; `from_arrays` reads them back with the kinds."""
        return {
            "source": self.source,
            "target": self.target,
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "voice": self.voice,
            "origin_starts": self.origin_starts,
            "origins": self.origins,
        }

    @classmethod
    def from_arrays(
        cls, arrays: Mapping[str, NDArray[Any]], kinds: Sequence[tuple[str, str]]
    ) -> "Links":
        """Open the columns, which may be mapped from disk."""
        return cls(kinds=kinds, **arrays)


def day_number(day: date) -> int:
    """Count the days from 1970-01-01 to a day."""
    return (day - _EPOCH).days


def days_of(interval: Interval) -> tuple[int, int]:
    """Return the first day on which a span may hold and the first on which it cannot any more.

    Partial dates are read in the widest way, as `Interval.holds_on` reads them.
    """
    start, end = interval.start, interval.end
    first = int(ALWAYS) if start is None else day_number(earliest(start))
    if end is None:
        return first, int(NEVER)
    is_day = len(end) == len("2020-04-29")
    # Counted in numbers: the day after 9999-12-31 is no date.
    return first, day_number(earliest(end)) if is_day else day_number(latest(end)) + 1
