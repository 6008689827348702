"""Labelled pairs: the sets on which quality is measured."""

from pathlib import Path

from gold import BUILT, HAND, Pair, read_pairs

__all__ = ["DANGEROUS", "DEV_OF", "Pair", "read_sets"]

DEV_OF = {
    "gold test": "gold dev",
    "hand test": "hand dev",
    "gold all test": "gold all dev",
}
"""The set on which a best threshold for another is chosen; a set not named chooses its own."""


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
    """Read our own gold set, as far as it is built, and the hard pairs."""
    sets: dict[str, list[Pair]] = {}
    by_hand = read_pairs(HAND)
    for split in ("dev", "test"):
        own = [pair for pair in by_hand if pair.split == split]
        built = BUILT / f"{split}.csv"
        if built.exists():
            sets[f"gold {split}"] = read_pairs(built, split)
        sets[f"hand {split}"] = own
        if built.exists():
            both = {(p.left, p.right): p for p in (*sets[f"gold {split}"], *own)}
            sets[f"gold all {split}"] = list(both.values())
    sets["hard dev"] = read_pairs(data / "match-truth" / "hard_pairs_dev.csv", "dev")
    sets["dangerous"] = list(DANGEROUS)
    return sets
