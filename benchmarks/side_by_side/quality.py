"""Quality: every method on every labelled set, in one table."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from side_by_side import ours, peers
from side_by_side.measures import Counts, auc, best_threshold, counts, recall_at
from side_by_side.pairs import DEV_OF, Pair, read_sets
from side_by_side.peers import Entity

__all__ = ["METHODS", "measure_quality", "tell_quality", "wrong_ones"]

METHODS = (
    "behind",
    "logic-v2",
    "logic-v1",
    "rapidfuzz WRatio",
    "rapidfuzz token_sort_ratio",
    "DuckDB jaro_winkler",
)
THRESHOLD = 0.7


def measure_quality(data: Path) -> dict[str, Any]:
    """Score every set with every method; return the measures by set and method."""
    sets = read_sets(data)
    with tempfile.TemporaryDirectory() as folder, peers.nomenklatura() as nk:
        scores = {
            name: _scored(pairs, nk, Path(folder)) for name, pairs in sets.items()
        }
    return {
        "peers": nk.versions,
        "sets": {
            name: {
                "pairs": len(pairs),
                "matches": sum(pair.is_match for pair in pairs),
                "methods": {
                    method: _measures(sets, scores, name, method) for method in METHODS
                },
                "categories": _by_category(pairs, scores[name]["behind"]),
            }
            for name, pairs in sets.items()
            if name != "dangerous"
        },
        "dangerous": [
            {
                "left": pair.left,
                "right": pair.right,
                "scores": {m: round(scores["dangerous"][m][n], 4) for m in METHODS},
            }
            for n, pair in enumerate(sets["dangerous"])
        ],
    }


def wrong_ones(data: Path, name: str) -> tuple[list[tuple[float, Pair]], Counts]:
    """Give the pairs of a development set that ours gets wrong, and what ours gets right.

    A test set is not shown.
    """
    pairs = read_sets(data).get(name, [])
    if "dev" not in name or not pairs:
        message = f"{name}: no development set of this name is there"
        raise SystemExit(message)
    with tempfile.TemporaryDirectory() as folder:
        asked = ((p.left, p.right, p.schema) for p in pairs)
        scores = ours.compare_pairs(asked, Path(folder))
    wrong = [
        (score, pair)
        for score, pair in zip(scores, pairs, strict=True)
        if (score >= THRESHOLD) != pair.is_match
    ]
    return wrong, counts([pair.is_match for pair in pairs], scores, THRESHOLD)


def _scored(
    pairs: Sequence[Pair], nk: peers.Nomenklatura, folder: Path
) -> dict[str, list[float]]:
    names = [(pair.left, pair.right) for pair in pairs]
    asked = [
        (
            Entity(f"left-{n}", pair.schema, (pair.left,)),
            [Entity(f"right-{n}", pair.schema, (pair.right,))],
        )
        for n, pair in enumerate(pairs)
    ]
    by_logic = {
        version: [row[0] for row in nk.score(version, asked)[0]]
        for version in ("logic-v2", "logic-v1")
    }
    behind = ours.compare_pairs(((p.left, p.right, p.schema) for p in pairs), folder)
    return {
        "behind": behind,
        **by_logic,
        "rapidfuzz WRatio": [peers.wratio(*pair) for pair in names],
        "rapidfuzz token_sort_ratio": [peers.token_sort(*pair) for pair in names],
        "DuckDB jaro_winkler": peers.jaro_winkler(names),
    }


def _measures(
    sets: Mapping[str, Sequence[Pair]],
    scores: Mapping[str, Mapping[str, Sequence[float]]],
    name: str,
    method: str,
) -> dict[str, float | int | None]:
    labels = [pair.is_match for pair in sets[name]]
    here = scores[name][method]
    dev = DEV_OF.get(name, name)
    dev = dev if dev in sets else name
    best = best_threshold([p.is_match for p in sets[dev]], scores[dev][method])
    at, at_best = counts(labels, here, THRESHOLD), counts(labels, here, best)
    return {
        "precision": round(at.precision, 4),
        "recall": round(at.recall, 4),
        "f1": round(at.f1, 4),
        "false_positives": at.false_positives,
        "best_threshold_on_dev": round(best, 4),
        "f1_at_best": round(at_best.f1, 4),
        "auc": _rounded(auc(labels, here)),
        "recall_at_0_alarms": _rounded(recall_at(labels, here, 0)),
        "recall_at_1_alarm": _rounded(recall_at(labels, here, 1)),
        "recall_at_2_alarms": _rounded(recall_at(labels, here, 2)),
        "recall_at_1_percent": _rounded(
            recall_at(labels, here, labels.count(False) // 100)
        ),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _by_category(
    pairs: Sequence[Pair], scores: Sequence[float]
) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for pair, score in zip(pairs, scores, strict=True):
        key = f"{'match' if pair.is_match else 'no match'}: {pair.category}"
        row = found.setdefault(key, {"right": 0, "pairs": 0})
        row["pairs"] += 1
        row["right"] += (score >= THRESHOLD) == pair.is_match
    return dict(sorted(found.items()))


def tell_quality(result: Mapping[str, Any]) -> str:
    """Write the tables in Markdown."""
    lines: list[str] = []
    for name, one in result["sets"].items():
        dev = DEV_OF.get(name)
        chosen = f"chosen on {dev}" if dev else "chosen on this very set"
        lines += [
            f"**{name}**: {one['pairs']} pairs, {one['matches']} of them matches; best threshold {chosen}",
            "",
            "| method | P at .7 | R at .7 | F1 at .7 | F1 at best threshold | AUC | recall at 0 / 1 / 2 / 1 % false positives |",
            "|---|---|---|---|---|---|---|",
            *(_line(method, m) for method, m in one["methods"].items()),
            "",
        ]
    lines += [
        "**The dangerous three** (no match: the distinctive word is missing)",
        "",
        f"| pair | {' | '.join(METHODS)} |",
        f"|---|{'---|' * len(METHODS)}",
        *(_dangerous(row) for row in result["dangerous"]),
        "",
        *_category_table(result["sets"]),
    ]
    return "\n".join(lines)


def _category_table(sets: Mapping[str, Any]) -> list[str]:
    """Write a row for each category and a column for each set; sets within another are left out."""
    names = [n for n in sets if not _is_within(n, sets)]
    found = sorted({c for n in names for c in sets[n]["categories"]})
    return [
        "**Ours by category** (right / pairs at .7)",
        "",
        f"| category | {' | '.join(names)} |",
        f"|---|{'---|' * len(names)}",
        *(
            f"| {category} | {' | '.join(_right(sets[n], category) for n in names)} |"
            for category in found
        ),
    ]


def _is_within(name: str, sets: Mapping[str, Any]) -> bool:
    kind, _, split = name.partition(" ")
    return kind in {"gold", "hand"} and f"gold all {split}" in sets


def _right(one: Mapping[str, Any], category: str) -> str:
    row = one["categories"].get(category)
    return f"{row['right']}/{row['pairs']}" if row else ""


def _line(method: str, m: Mapping[str, Any]) -> str:
    recalls = " / ".join(
        _three(m[f"recall_at_{n}"])
        for n in ("0_alarms", "1_alarm", "2_alarms", "1_percent")
    )
    best = f"{_three(m['f1_at_best'])} (at {m['best_threshold_on_dev']:.2f})"
    cells = (
        method,
        _three(m["precision"]),
        _three(m["recall"]),
        _three(m["f1"]),
        best,
        _three(m["auc"]),
        recalls,
    )
    return f"| {' | '.join(cells)} |"


def _three(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _dangerous(row: Mapping[str, Any]) -> str:
    scores = " | ".join(f"{score:.2f}" for score in row["scores"].values())
    return f"| {row['left']} ~ {row['right']} | {scores} |"
