"""Which records are one organisation, and which may not stand in different splits."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.gold.records import Record
from benchmarks.gold.words import is_han, key, read


class Groups:
    """Sets of numbered things that are joined step by step."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        """Return the one that stands for the group of an item."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join_all(self, items: Iterable[int]) -> None:
        """Make one group of the groups of these items."""
        first, *others = sorted(items)
        for other in others:
            low, high = sorted((self.root(first), self.root(other)))
            self._parent[high] = low


@dataclass(frozen=True, slots=True)
class Entities:
    """Records with the number of their entity and the split of their component."""

    records: Sequence[Record]
    entity: Sequence[int]
    split: Sequence[str]
    brands: "Brands"

    def seen(self, word: str) -> int:
        """Count the records that have a word as a brand."""
        return self.brands.seen[word]


class Brands:
    """The most distinctive word of a name: the rarest in all records that is no trade word."""

    def __init__(self, names: Iterable[frozenset[str]]) -> None:
        self.seen = Counter(
            word
            for group in names
            for word in {word for name in group for word in read(name).brand}
        )

    def of(self, name: str) -> str:
        """Return the brand of a name, or nothing where it has only common words."""
        brand = read(name).brand
        long = [word for word in brand if len(word) >= 4 or is_han(word)] or brand
        return min(long, key=lambda word: (self.seen[word], word), default="")


def group(records: Sequence[Record], pins: dict[str, str]) -> Entities:
    """Join records into entities, and entities that share a brand into components.

    `pins` gives words and keys whose split is settled already, by pairs written by hand. A
    component that touches both splits is left out of either: its split is "".
    """
    brands = Brands(frozenset(record.names) for record in records)
    keys = [{key(name) for name in record.names} for record in records]
    entities, components = Groups(len(records)), Groups(len(records))
    holders: dict[str, list[int]] = defaultdict(list)
    marks: list[set[str]] = []
    for number, record in enumerate(records):
        words = {brands.of(name) for name in record.names} - {""}
        marks.append(keys[number] | words)
        for name_key in keys[number]:
            holders[f"= {name_key}"].append(number)
        for word in words:
            holders[word].append(number)
    for mark, numbers in holders.items():
        components.join_all(numbers)
        if mark.startswith("= "):
            entities.join_all(numbers)
    roots = [components.root(number) for number in range(len(records))]
    splits = _splits(records, roots, marks, pins)
    entity = [entities.root(number) for number in range(len(records))]
    return Entities(records, entity, [splits[root] for root in roots], brands)


def _splits(
    records: Sequence[Record],
    roots: Sequence[int],
    marks: Sequence[set[str]],
    pins: dict[str, str],
) -> dict[int, str]:
    pinned: dict[int, set[str]] = defaultdict(set)
    for root, own, record in zip(roots, marks, records, strict=True):
        brand_words = {word for name in record.names for word in read(name).brand}
        pinned[root] |= {pins[m] for m in own | brand_words if m in pins}
    splits = {}
    for root, wanted in pinned.items():
        if wanted:
            splits[root] = wanted.pop() if len(wanted) == 1 else ""
        else:
            first = min(key(records[n].name) for n, r in enumerate(roots) if r == root)
            splits[root] = half(first)
    return splits


def half(text: str) -> str:
    """Send a text to dev or test, always the same way."""
    return "dev" if hashlib.sha256(text.encode()).digest()[0] < 128 else "test"
