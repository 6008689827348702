"""The evidence cut: the fewest origins which, if they were wrong, would leave no path standing.

A link breaks when all its independent origins are wrong, a hop when all links between its two
entities break, a path when one of its hops does. Finding the fewest is a hitting-set problem;
it is solved by branch and bound (each way to break a path that still stands, against a count
of paths that share no origin) on as few of the paths as decide it, and the answer says
whether the search was finished.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

__all__ = ["Breaking", "fewest_origins"]

Origins = frozenset[str]

MOST_TRIES = 20_000
"""Sets tried; after that the answer is the best that was found, and not proven."""


@dataclass(frozen=True, slots=True)
class Breaking:
    """A set of origins that breaks every path."""

    origins: tuple[str, ...]
    proven: bool
    """Whether it was proven that no smaller set does."""
    alone: tuple[str, ...] = ()
    """All origins each of which breaks every path by itself; none where that takes more."""


def fewest_origins(
    paths: Iterable[Sequence[Origins]], most_tries: int = MOST_TRIES
) -> Breaking:
    """Find the fewest origins that break every path.

    A path is given by its hops, a hop by the origins of all its links: it breaks when all of
    them are wrong. Of several smallest sets the same one is found every time. After
    `most_tries` sets the search stops with the best that was found.
    """
    every = sorted({_ways(hops) for hops in paths}, key=_order)
    tries = most_tries
    core: list[frozenset[Origins]] = []
    while True:
        # What breaks a few of the paths in the smallest way and happens to break all is the
        # smallest for all: most paths need never be looked at again.
        search = _Search(core, tries, best=_greedy(core))
        search.branch(frozenset())
        tries -= search.tries
        standing = next((p for p in every if not _breaks(p, search.best)), None)
        if standing is None or search.stopped:
            break
        core.append(standing)
    best = search.best
    for path in every:
        if not _breaks(path, best):
            best |= min(path, key=lambda way: (len(way - best), sorted(way)))
    alone = [o for o in _origins(every[:1]) if all(_breaks(p, {o}) for p in every)]
    return Breaking(tuple(sorted(best)), not search.stopped, tuple(alone))


def _ways(hops: Sequence[Origins]) -> frozenset[Origins]:
    """Return the ways to break a path, without those that break more than is needed."""
    return frozenset(h for h in hops if not any(other < h for other in hops))


def _order(ways: frozenset[Origins]) -> tuple[int, list[list[str]]]:
    return len(ways), sorted(map(sorted, ways))


def _greedy(paths: Sequence[frozenset[Origins]]) -> Origins:
    """Break path after path by the way that breaks most for each origin added."""
    chosen: set[str] = set()
    left = list(paths)
    while left:
        ways = sorted({way for path in left for way in path}, key=sorted)
        worth = [_worth(way, chosen, left) for way in ways]
        chosen |= ways[worth.index(max(worth))]
        left = [path for path in left if not _breaks(path, chosen)]
    return frozenset(chosen)


def _worth(way: Origins, chosen: Set[str], left: Sequence[frozenset[Origins]]) -> float:
    broken = sum(_breaks(path, chosen | way) for path in left)
    return broken / len(way - chosen)


def _breaks(path: frozenset[Origins], wrong: Set[str]) -> bool:
    return any(way <= wrong for way in path)


def _origins(paths: Iterable[frozenset[Origins]]) -> list[str]:
    return sorted({origin for path in paths for way in path for origin in way})


@dataclass(slots=True)
class _Search:
    paths: list[frozenset[Origins]]
    most_tries: int
    best: Origins
    stopped: bool = False
    tries: int = 0
    seen: set[Origins] = field(default_factory=set)

    def branch(self, chosen: Origins) -> None:
        """Try each way to break a path that still stands; keep the smallest set found."""
        if chosen in self.seen:
            return
        if self.tries == self.most_tries:
            self.stopped = True
            return
        self.tries += 1
        self.seen.add(chosen)
        left = [path for path in self.paths if not _breaks(path, chosen)]
        if not left:
            if len(chosen) < len(self.best):
                self.best = chosen
            return
        if len(chosen) + _at_least(left, chosen) >= len(self.best):
            return
        first = min(left, key=len)
        for way in sorted(first, key=lambda w: (len(w - chosen), sorted(w))):
            self.branch(chosen | way)


def _at_least(left: Sequence[frozenset[Origins]], chosen: Origins) -> int:
    """Count origins that are needed in any case: paths without a common origin need their own."""
    taken: set[str] = set()
    needed = 0
    for path in left:
        concerned = frozenset().union(*path) - chosen
        if taken.isdisjoint(concerned):
            taken |= concerned
            needed += min(len(way - chosen) for way in path)
    return needed
