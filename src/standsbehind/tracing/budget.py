"""A budget: how much one search may look at, so that every question has an answer in time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["MOST_LINKS", "MOST_WALKS", "Budget"]

MOST_LINKS = 60_000_000
"""Links that one search looks at."""
MOST_WALKS = 1_000_000
"""Beginnings of paths that one search looks at."""


@dataclass(slots=True)
class Budget:
    """What is left of a search's links, walks and seconds.

    The counts stop a search at the same place on every machine; the seconds do not, and
    stand behind them for the machine that is slower than expected.
    """

    seconds: float
    clock: Callable[[], float] = time.monotonic
    links: int = MOST_LINKS
    walks: int = MOST_WALKS
    spent: str = ""
    """Why it is spent; empty while it is not."""
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self.clock()

    def looks_at(self, links: int) -> bool:
        """Take links from the budget; False where it is spent."""
        self.links -= links
        if self.links < 0:
            self.spent = f"the search looked at more than {MOST_LINKS:,} links"
        return self._in_time()

    def walks_on(self, ways: int) -> bool:
        """Take beginnings of paths from the budget; False where it is spent."""
        self.walks -= ways
        if self.walks < 0:
            self.spent = (
                f"the search looked at more than {MOST_WALKS:,} beginnings of paths"
            )
        return self._in_time()

    def _in_time(self) -> bool:
        if not self.spent and self.clock() - self._began > self.seconds:
            self.spent = f"the search took longer than {self.seconds:g} s; --time-limit gives it more"
        return not self.spent
