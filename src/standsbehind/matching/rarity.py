"""How common a word is in names, so that `star` weighs less than a brand never seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["common_words", "commonness"]


@dataclass(frozen=True, slots=True)
class _Background:
    counts: Mapping[str, int]
    entities: int


def commonness(token: str) -> float:
    """Return the share of organisations whose name holds a folded Latin word.

    0.0 for a word that fewer than four of the nearly 35,000 organisations of the background
    bear. They come from public lists and registers: see `tools/write_rarity.py`.
    """
    background = _background()
    return background.counts.get(token, 0) / background.entities


def common_words() -> Mapping[str, int]:
    """Give the words of which `commonness` is more than 0, and how many organisations bear them."""
    return _background().counts


@cache
def _background() -> _Background:
    text = (resources.files(__package__) / "rarity.csv").read_text("utf-8")
    rows = [line.split(",") for line in text.splitlines()[1:]]
    counts = {word: int(count) for word, count in rows}
    return _Background(counts, counts.pop("*"))
