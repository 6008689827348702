"""Rates: how often somebody may ask, as a bucket that fills again while they wait."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from time import monotonic

__all__ = ["Bucket", "Rates", "block_of"]

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

    def give_back(self, asker: str) -> None:
        """Put back what was taken: it was no failure."""
        left, at = self._left.pop(asker, (self.per_minute, self._clock()))
        self._left[asker] = (min(self.per_minute, left + 1), at)

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


_BLOCK = 64
"""Bits of an IPv6 address that tell one subscriber from another; the rest are theirs to choose."""


def block_of(address: str) -> str:
    """Return who is behind an address, as far as rates are concerned."""
    try:
        at = ip_address(address)
    except ValueError:
        return address
    if not isinstance(at, IPv6Address):
        return str(at)
    if at.ipv4_mapped is not None:
        return str(at.ipv4_mapped)
    return str(ip_network((int(at), _BLOCK), strict=False))


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one process of a server."""

    address: Bucket
    """Requests of one address (of IPv6, of one block), whoever asks."""
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
