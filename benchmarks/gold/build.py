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

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from entities import Entities, group
from gold import HAND, read_pairs
from negatives import negatives
from positives import Candidate, positives
from records import TEST_ONLY, Record, read_records
from words import LEGAL, TRADE, key, read, words

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
VAGUE = ("following", "successor", "subsidiar", "subordinate", "owned by", "address")
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


def pins(hand: Path, hard: Path) -> dict[str, str]:
    """Return the split of every brand and name that is settled by hand already."""
    settled: dict[str, str] = {}
    for pair in [*read_pairs(hard, "dev"), *read_pairs(hand)]:
        for name in (pair.left, pair.right):
            for mark in (key(name), *read(name).brand):
                if settled.setdefault(mark, pair.split) != pair.split:
                    settled.pop(mark)
    return settled


def order(candidate: Candidate) -> bytes:
    """Shuffle, always the same way."""
    return hashlib.sha256(f"{candidate.left}|{candidate.right}".encode()).digest()


def choose(
    candidates: Iterable[Candidate], found: Entities
) -> Iterator[tuple[str, Candidate]]:
    """Yield pairs with their split until each category is full, few of one entity."""
    taken: Counter[tuple[str, str]] = Counter()
    used: Counter[tuple[str, int]] = Counter()
    seen: set[frozenset[str]] = set()
    for pair in sorted(candidates, key=order):
        splits = {found.split[number] for number in pair.records}
        split = splits.pop()
        entities = {(pair.category, found.entity[number]) for number in pair.records}
        names = frozenset({key(pair.left), pair.left, key(pair.right), pair.right})
        if splits or not split or names in seen or not is_plain(pair):
            continue
        if taken[split, pair.category] >= QUOTA[pair.category]:
            continue
        if any(used[entity] >= PER_ENTITY for entity in entities):
            continue
        taken[split, pair.category] += 1
        used.update(entities)
        seen.add(names)
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
    found = group(records, pins(HAND, hard))
    same = [
        p for number, record in enumerate(records) for p in positives(number, record)
    ]
    rows: dict[str, list[dict[str, str]]] = {split: [] for split in SPLITS}
    for split, pair in choose([*same, *negatives(found)], found):
        rows[split].append(row(pair, records))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("build/gold"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for split, rows in build(given.shared).items():
        with (given.out / f"{split}.csv").open(
            "w", encoding="utf-8", newline=""
        ) as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        kinds = Counter((row["is_match"], row["category"]) for row in rows)
        print(f"{split}: {len(rows)} pairs")
        for (is_match, category), count in sorted(kinds.items()):
            print(f"  {is_match:5} {category:25} {count}")


if __name__ == "__main__":
    main()
