"""Groups: things that are joined two by two, and the sets that come of it (union-find)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = ["Groups"]


@dataclass(slots=True)
class Groups:
    """Sets that grow together; what was never joined is a set of its own."""

    above: dict[str, str] = field(default_factory=dict)

    def of(self, item: str) -> str:
        """Return what stands for the set of an item."""
        path = []
        while (above := self.above.get(item, item)) != item:
            path.append(item)
            item = above
        for below in path:
            self.above[below] = item
        return item

    def join(self, left: str, right: str) -> None:
        """Make two sets one; the lesser item stands for it."""
        low, high = sorted((self.of(left), self.of(right)))
        self.above[high] = low

    def sets(self, items: Iterable[str]) -> Iterator[list[str]]:
        """Give the sets of more than one item, each in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for item in sorted(items):
            found[self.of(item)].append(item)
        return (one for one in found.values() if len(one) > 1)
