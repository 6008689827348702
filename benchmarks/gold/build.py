"""Build the gold set from official lists: dev.csv and test.csv.

.venv/bin/python benchmarks/gold/build.py --shared ../shared --out build/gold
"""

import argparse
import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.gold import HAND, read_pairs
from benchmarks.gold.entities import Entities, group
from benchmarks.gold.negatives import negatives
from benchmarks.gold.positives import Candidate, positives
from benchmarks.gold.records import TEST_ONLY, Record, read_records
from benchmarks.gold.words import LEGAL, TRADE, is_latin, key, read, words

SPLITS = ("dev", "test")
COLUMNS = ("left", "right", "schema", "is_match", "category", "source", "note")
QUOTA = {
    "legal-form": 100,
    "spelling": 100,
    "wording": 100,
    "short-name": 80,
    "transliteration": 50,
    "original-script": 25,
    "zh/en": 30,
    "ja/en": 15,
    "acronym": 20,
    "former-name": 20,
    "other-name": 15,
    "same-trade-other-brand": 140,
    "near-spelling": 130,
    "same-brand-other-trade": 90,
    "subsidiary/parent": 50,
    "same-brand-other-place": 40,
    "other-number": 30,
    "brand-missing": 40,
    "other-script-other-firm": 35,
}
"""Pairs of a category in each split, at most; set before any matcher was measured."""
PER_ENTITY = 2
SMALL_WORDS = 3
VAGUE = (
    "following",
    "successor",
    "subsidiar",
    "subordinate",
    "owned by",
    "address",
    "known as",
)
LOOSE = frozenset(
    {"star", "sun", "golden", "gold", "diamond", "first", "second", "new"}
)


def is_usable(record: Record) -> bool:
    """Tell whether a record is surely an organisation."""
    if record.is_surely_organisation:
        return True
    forms = {word for word in LEGAL if len(word) >= SMALL_WORDS}
    return bool(set(words(record.name)) & (forms | TRADE) - LOOSE)


def is_plain(candidate: Candidate) -> bool:
    """Tell whether both sides are plain names, and not sentences about names."""
    return all(
        2 < len(name) <= 110 and not any(word in name.lower() for word in VAGUE)
        for name in (candidate.left, candidate.right)
    )


def marks(name: str) -> set[str]:
    """Return what may not stand in both splits: the name's key and its brand words."""
    brand = {word for word in read(name).brand if len(word) >= SMALL_WORDS}
    return {key(name)} | {word for word in brand if is_latin(word)}


def pins(hand: Path, hard: Path) -> dict[str, str]:
    """Return the split of every brand and name that is settled by hand already."""
    pairs = [*read_pairs(hard, "dev"), *read_pairs(hand)]
    return {
        mark: pair.split
        for pair in pairs
        for name in (pair.left, pair.right)
        for mark in marks(name)
    }


def order(candidate: Candidate) -> bytes:
    """Shuffle, always the same way."""
    return hashlib.sha256(f"{candidate.left}|{candidate.right}".encode()).digest()


class Chosen:
    """Pairs taken so far: few of one entity, none twice, no brand in both splits."""

    def __init__(self, claimed: dict[str, str]) -> None:
        self._claimed = dict(claimed)
        self._taken: Counter[tuple[str, str]] = Counter()
        self._used: Counter[tuple[str, int]] = Counter()
        self._seen: set[frozenset[tuple[str, ...]]] = set()

    def take(self, pair: Candidate, split: str, entities: set[int]) -> bool:
        """Take a pair if there is room for it, and tell whether there was."""
        names = frozenset({words(pair.left), words(pair.right)})
        own = marks(pair.left) | marks(pair.right)
        if (
            names in self._seen
            or self._taken[split, pair.category] >= QUOTA[pair.category]
            or any(self._used[pair.category, one] >= PER_ENTITY for one in entities)
            or any(self._claimed.get(mark, split) != split for mark in own)
        ):
            return False
        self._seen.add(names)
        self._taken[split, pair.category] += 1
        self._used.update((pair.category, one) for one in entities)
        self._claimed.update(dict.fromkeys(own, split))
        return True


def choose(
    candidates: Iterable[Candidate], found: Entities, claimed: dict[str, str]
) -> Iterator[tuple[str, Candidate]]:
    """Yield pairs with their split, in a shuffled order, until each category is full."""
    chosen = Chosen(claimed)
    for pair in sorted(candidates, key=order):
        splits = {found.split[number] for number in pair.records}
        split = splits.pop()
        entities = {found.entity[number] for number in pair.records}
        is_one_sided = bool(split) and not splits
        if is_one_sided and is_plain(pair) and chosen.take(pair, split, entities):
            yield split, pair


def row(pair: Candidate, records: Sequence[Record]) -> dict[str, str]:
    """Lay out a pair, its sides in an order that tells nothing."""
    left, right = pair.left, pair.right
    if order(pair)[1] % 2:
        left, right = right, left
    sources = [records[number] for number in pair.records]
    flag = " (test-only)" if any(s.source in TEST_ONLY for s in sources) else ""
    return {
        "left": left,
        "right": right,
        "schema": "Company" if _is_company(left, right) else "Organization",
        "is_match": str(pair.is_match).lower(),
        "category": pair.category,
        "source": " ~ ".join(f"{s.source}#{s.id}" for s in sources) + flag,
        "note": pair.note,
    }


def _is_company(left: str, right: str) -> bool:
    return any(
        len(word) >= 2 and word not in {"of", "the", "and", "de", "al"}
        for name in (left, right)
        for word in read(name).legal
    )


def build(shared: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows of each split."""
    records = [r for r in read_records(shared / "data") if is_usable(r)]
    hard = shared / "data" / "match-truth" / "hard_pairs_dev.csv"
    settled = pins(HAND, hard)
    found = group(records, settled)
    same = [pair for n, record in enumerate(records) for pair in positives(n, record)]
    rows: dict[str, list[dict[str, str]]] = {split: [] for split in SPLITS}
    for split, pair in choose([*same, *negatives(found)], found, settled):
        rows[split].append(row(pair, records))
    return rows


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write the pairs of a split."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("build/gold"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for split, rows in build(given.shared).items():
        write(given.out / f"{split}.csv", rows)
        kinds = Counter((row["is_match"], row["category"]) for row in rows)
        print(f"{split}: {len(rows)} pairs")
        for (is_match, category), count in sorted(kinds.items()):
            print(f"  {is_match:5} {category:25} {count}")


if __name__ == "__main__":
    main()
