"""Labelled pairs: the sets on which quality is measured."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from side_by_side.lists import read_csv
from side_by_side.machine import ROOT

__all__ = ["DANGEROUS", "DEV_OF", "Pair", "read_sets"]

BUILT = ROOT / "build" / "gold"
BY_HAND = ROOT / "benchmarks" / "gold" / "hand.csv"
DEV_OF = {
    "gold test": "gold dev",
    "hand test": "hand dev",
    "gold all test": "gold all dev",
}
"""The set on which a best threshold for another is chosen; a set not named chooses its own."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are one entity's."""

    left: str
    right: str
    schema: str
    is_match: bool
    category: str


DANGEROUS = tuple(
    Pair(left, right, "Company", is_match=False, category="distinctive word missing")
    for left, right in (
        (
            "Hangzhou Digital Technology",
            "Hangzhou Hikvision Digital Technology Co., Ltd.",
        ),
        (
            "Beijing Technology Development",
            "Beijing SenseTime Technology Development Co., Ltd.",
        ),
        ("Zhejiang Technology Co.", "Zhejiang Dahua Technology Co., Ltd."),
    )
)
"""A trade and a place against a legal name that has a brand besides: never the same firm."""


def read_sets(data: Path) -> dict[str, list[Pair]]:
    """Read every set that is there; a stand-in where our own gold set is not built."""
    sets: dict[str, list[Pair]] = {}
    hand = read_csv(BY_HAND) if BY_HAND.exists() else []
    for split in ("dev", "test"):
        built = BUILT / f"{split}.csv"
        if built.exists():
            sets[f"gold {split}"] = _pairs(read_csv(built))
        own = _pairs(row for row in hand if row["split"] == split)
        if own:
            sets[f"hand {split}"] = own
        if built.exists() and own:
            both = {(p.left, p.right): p for p in (*sets[f"gold {split}"], *own)}
            sets[f"gold all {split}"] = list(both.values())
    if not sets:
        sets["stand-in"] = _stand_in(data)
    hard = data / "match-truth" / "hard_pairs_dev.csv"
    sets["hard dev"] = _pairs(read_csv(hard))
    sets["dangerous"] = list(DANGEROUS)
    return sets


def _pairs(rows: Iterable[Mapping[str, str]]) -> list[Pair]:
    return [
        Pair(
            row["left"],
            row["right"],
            row["schema"] or "Organization",
            is_match=row["is_match"].strip().casefold() in {"true", "1", "yes"},
            category=row["category"],
        )
        for row in rows
    ]


def _stand_in(data: Path, most: int = 600) -> list[Pair]:
    """Make do without the gold set: official aliases, and names of others at random."""
    dice = random.Random(4)  # noqa: S311 - test data
    rows = read_csv(data / "match-truth" / "official_alias_pairs.csv")
    chosen = dice.sample(rows, most)
    others = dice.sample(rows, most)
    return [
        *(
            Pair(
                r["name"],
                r["alias"],
                "Organization",
                is_match=True,
                category=r["source"],
            )
            for r in chosen
        ),
        *(
            Pair(
                r["name"],
                o["alias"],
                "Organization",
                is_match=False,
                category="at random",
            )
            for r, o in zip(chosen, others, strict=True)
            if r["name"] != o["name"]
        ),
    ]
