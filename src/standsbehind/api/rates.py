"""Rates: how often somebody may ask, as a bucket that fills again while they wait."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

__all__ = ["Bucket", "Rates"]

_MOST_HELD = 50_000
"""Askers that are remembered; of more, who asked longest ago is forgotten."""


class Bucket:
    """One rate: so many in a minute for each asker, and no more at once."""

    def __init__(
        self, per_minute: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, asker: str) -> int:
        """Take one; 0 if there was one, else the seconds until there is."""
        wait = self.wait(asker)
        if not wait:
            left, at = self._left[asker]
            self._left[asker] = (left - 1, at)
        return wait

    def wait(self, asker: str) -> int:
        """Say in how many seconds there is one to take; 0 for now."""
        now = self._clock()
        left, at = self._left.pop(asker, (self.per_minute, now))
        left = min(self.per_minute, left + (now - at) * self.per_minute / 60)
        self._left[asker] = (left, now)
        if len(self._left) > _MOST_HELD:
            self._left.popitem(last=False)
        if left >= 1:
            return 0
        return max(1, math.ceil((1 - left) * 60 / self.per_minute))


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one process of a server."""

    address: Bucket
    """Requests of one address, whoever asks."""
    caller: Bucket
    """Requests with one key, or of one person."""
    failures: Bucket
    """Wrong keys and passwords from one address."""
    names: Bucket
    """Wrong passwords for one name."""

    @classmethod
    def of(cls, per_address: int, per_caller: int, failures: int) -> "Rates":
        """Make the rates, each by the minute."""
        return cls(
            Bucket(per_address), Bucket(per_caller), Bucket(failures), Bucket(failures)
        )
