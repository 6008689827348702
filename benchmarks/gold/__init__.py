"""The gold set: organisation pairs with a known answer, split by entity into dev and test."""

import csv
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BUILT", "HAND", "NEEDS_KNOWLEDGE", "Pair", "load", "read_pairs"]

HAND = Path(__file__).with_name("hand.csv")
BUILT = Path(__file__).resolve().parents[2] / "build" / "gold"
NEEDS_KNOWLEDGE = frozenset({"former-name", "other-name", "rename", "zh/en-unlike"})
"""Categories whose positives mostly share neither word nor sound: one has to know them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, whether they name one organisation, and how we know."""

    left: str
    right: str
    schema: str
    is_match: bool
    category: str
    source: str = ""
    note: str = ""
    url: str = ""
    split: str = ""


def read_pairs(path: Path, split: str = "") -> list[Pair]:
    """Read a file of pairs; a row without a split of its own takes the given one."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_pair(row, split) for row in csv.DictReader(file)]


def _pair(row: dict[str, str], split: str) -> Pair:
    return Pair(
        row["left"],
        row["right"],
        row["schema"],
        row["is_match"] == "true",
        row["category"],
        row.get("source", ""),
        row["note"],
        row.get("url", ""),
        row.get("split") or split,
    )


def load(split: str, built: Path = BUILT) -> list[Pair]:
    """Return the pairs of a split ("dev" or "test"): built ones if built, then by hand."""
    file = built / f"{split}.csv"
    rows = read_pairs(file, split) if file.exists() else []
    return rows + [pair for pair in read_pairs(HAND) if pair.split == split]
