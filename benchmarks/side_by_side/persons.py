"""Persons: altered names of the UN list against OFAC's and the UN's persons."""

import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from side_by_side import ours, peers
from side_by_side.lists import ofac_and_un, read_csv
from side_by_side.peers import Entity

__all__ = ["Queries", "measure_persons", "measured", "tell_persons"]

THRESHOLD = 0.7
FLOOR = 0.5
"""Ours is asked for hits from here on, so that recall@5 is not cut at .7."""
CANDIDATES = 50
ALARMS = (0.0015, 0.005, 0.01)
Ranked = dict[str, float]
"""Scores by entity."""


@dataclass(frozen=True, slots=True)
class Queries:
    """Names to ask for, and of each the entities that it is; none for a negative."""

    names: tuple[str, ...]
    gold: tuple[frozenset[str], ...]


def measure_persons(data: Path, negatives: int, sample: int) -> dict[str, Any]:
    """Screen altered, unaltered and foreign names by every method."""
    entities = [e for e in ofac_and_un(data) if e.schema == "Person"]
    asked = _queries(data, entities, negatives)
    few = {kind: _few(queries, sample) for kind, queries in asked.items()}
    with tempfile.TemporaryDirectory() as folder, peers.nomenklatura() as nk:
        methods = {
            "behind": measured(asked, lambda q: _ours(q, entities, Path(folder))),
            "behind, the sample": measured(
                few, lambda q: _ours(q, entities, Path(folder))
            ),
            f"logic-v2 over {CANDIDATES} candidates, the sample": measured(
                few, lambda q: _logic(q, entities, nk)
            ),
            "rapidfuzz token_sort_ratio, all names": measured(
                asked, lambda q: _brute(q, entities)
            ),
        }
    return {
        "peers": nk.versions,
        "entities": len(entities),
        "names": sum(len(e.names) for e in entities),
        "through": "behind screen --against" if ours.writes_against() else "search()",
        "methods": methods,
    }


def _queries(
    data: Path, entities: Sequence[Entity], negatives: int
) -> dict[str, Queries]:
    folder = data / "match-persons"
    of: dict[str, set[str]] = {}
    for entity in entities:
        for name in entity.names if entity.id.startswith("un-") else ():
            of.setdefault(name.casefold(), set()).add(entity.id)
    names = {
        kind: [
            row["full_name"] for row in read_csv(folder / f"positives_un_{kind}.csv")
        ]
        for kind in ("treated", "untreated")
    }
    gold = [
        frozenset(of.get(name.strip().casefold(), ())) for name in names["untreated"]
    ]
    found = {
        kind: Queries(
            tuple(n for n, g in zip(told, gold, strict=True) if g),
            tuple(g for g in gold if g),
        )
        for kind, told in names.items()
    }
    foreign = [row["full_name"] for row in read_csv(folder / "negatives_us.csv")]
    if negatives < len(foreign):
        foreign = random.Random(5).sample(foreign, negatives)  # noqa: S311 - a sample
    none: tuple[frozenset[str], ...] = (frozenset(),) * len(foreign)
    return {**found, "negatives": Queries(tuple(foreign), none)}


def _few(queries: Queries, most: int) -> Queries:
    """Draw a sample; one draw for all methods."""
    places = range(len(queries.names))
    chosen = random.Random(6).sample(places, min(most, len(places)))  # noqa: S311
    return Queries(
        tuple(queries.names[n] for n in chosen), tuple(queries.gold[n] for n in chosen)
    )


def measured(asked: Mapping[str, Queries], rank: Any) -> dict[str, Any]:  # noqa: ANN401 - a function
    started = time.perf_counter()
    ranked = {kind: rank(queries.names) for kind, queries in asked.items()}
    seconds = time.perf_counter() - started
    alarms = sorted((_top(hits) for hits in ranked["negatives"]), reverse=True)
    count = len(alarms)
    measures: dict[str, Any] = {
        "negatives": count,
        "false_positives_at_threshold": sum(score >= THRESHOLD for score in alarms),
        "seconds": round(seconds, 2),
    }
    for kind in ("treated", "untreated"):
        pairs = list(zip(ranked[kind], asked[kind].gold, strict=True))
        best = [
            max((hits.get(g, 0.0) for g in gold), default=0.0) for hits, gold in pairs
        ]
        measures[kind] = {
            "queries": len(pairs),
            "recall_at_5": _share(_among(hits, gold, 5) for hits, gold in pairs),
            "recall_at_threshold": _share(score >= THRESHOLD for score in best),
            "recall_at_alarms": {
                str(rate): _share(score > _limit(alarms, rate) for score in best)
                for rate in ALARMS
            },
        }
    return measures


def _top(hits: Ranked) -> float:
    return max(hits.values(), default=0.0)


def _limit(alarms: Sequence[float], rate: float) -> float:
    """Return the score that just so many negatives exceed."""
    allowed = int(rate * len(alarms))
    return alarms[allowed] if allowed < len(alarms) else 0.0


def _among(hits: Ranked, gold: frozenset[str], most: int) -> bool:
    first = sorted(hits, key=lambda entity: (-hits[entity], entity))[:most]
    return not gold.isdisjoint(first)


def _share(found: Any) -> float:  # noqa: ANN401 - any iterable of truth
    answers = list(found)
    return round(sum(answers) / len(answers), 4)


def _ours(
    queries: Sequence[str], entities: Sequence[Entity], folder: Path
) -> list[Ranked]:
    return ours.screen_against(queries, entities, FLOOR, folder)


def _brute(queries: Sequence[str], entities: Sequence[Entity]) -> list[Ranked]:
    named = [(name, entity.id) for entity in entities for name in entity.names]
    names = [name for name, _ in named]
    ranked: list[Ranked] = []
    for best, scores in peers.best_by_token_sort(queries, names, CANDIDATES):
        hits: Ranked = {}
        for number, score in zip(best.tolist(), scores.tolist(), strict=True):
            hits.setdefault(named[number][1], score)
        ranked.append(hits)
    return ranked


def _logic(
    queries: Sequence[str], entities: Sequence[Entity], nk: peers.Nomenklatura
) -> list[Ranked]:
    brought = peers.nearest_entities(queries, entities, CANDIDATES)
    tasks = [
        (Entity("query", "Person", (query,)), candidates)
        for query, candidates in zip(queries, brought, strict=True)
    ]
    scores, _ = nk.score("logic-v2", tasks)
    return [
        {c.id: score for c, score in zip(candidates, row, strict=True)}
        for (_, candidates), row in zip(tasks, scores, strict=True)
    ]


def tell_persons(result: Mapping[str, Any]) -> str:
    """Write the table in Markdown."""
    size = f"{result['names']:,} names of {result['entities']:,} entities"
    lines = [
        f"List: persons of OFAC SDN and consolidated and of the UN, {size}. Ours through `{result['through']}`.",
        "",
        "| method | queries | recall@5 altered / unaltered | altered: recall at .7 | false positives at .7 | altered: recall at .15 % / .5 % / 1 % false positives | s |",
        "|---|---|---|---|---|---|---|",
    ]
    for method, m in result["methods"].items():
        treated, count = m["treated"], m["negatives"]
        wrong = m["false_positives_at_threshold"]
        at = " / ".join(
            f"{recall:.3f}" for recall in treated["recall_at_alarms"].values()
        )
        cells = (
            method,
            f"{treated['queries']} + {count:,} negatives",
            f"{treated['recall_at_5']:.4f} / {m['untreated']['recall_at_5']:.4f}",
            f"{treated['recall_at_threshold']:.4f}",
            f"{wrong} of {count:,} ({wrong / count:.2%})",
            at,
            f"{m['seconds']:.1f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
