"""Speed: cold distinct queries on one core, ours and the others turn by turn."""

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from side_by_side import peers
from side_by_side.lists import script_of
from side_by_side.machine import CORES, ROOT, pinned
from side_by_side.ours import PYTHON
from side_by_side.peers import Entity
from side_by_side.queries import list_of, mixed

__all__ = ["measure_speed", "run_worker", "tell_speed"]

WORKER = ROOT / "benchmarks" / "side_by_side" / "speed_worker.py"
CANDIDATES = 50
LOGIC_QUERIES = 40
"""Queries of one turn for the slow ones: different ones each turn."""
SAMPLES = {"token_sort": 500, "jaro_winkler": 200}
NAMES = {
    "ours": "behind: search(), final scores",
    "relational": "DuckDB relational plan, candidates only",
    "logic-v2": f"logic-v2, scoring of {CANDIDATES} candidates only",
    "logic-v2, one name": f"logic-v2, scoring of {CANDIDATES} candidates of one name each",
    "token_sort": "rapidfuzz cdist token_sort, all names",
    "jaro_winkler": "DuckDB jaro_winkler cross join, all names",
}


def measure_speed(data: Path, count: int, repeats: int) -> dict[str, Any]:
    """Time every method in each of the turns, on the same core."""
    entities = list_of(data)
    names = [name for entity in entities for name in entity.names]
    mix = mixed(data, names, count)
    core = CORES[-1]
    turns: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder, peers.nomenklatura(core) as nk:
        jobs = _Jobs(Path(folder), entities, mix.queries)
        for turn in range(repeats):
            taken = {
                method: run_worker(core, method, jobs.path(method, turn))
                for method in ("ours", "relational", *SAMPLES)
            }
            few = jobs.sample(turn, LOGIC_QUERIES)
            taken["logic-v2"] = _logic(nk, few, entities)
            taken["logic-v2, one name"] = _logic(nk, few, _one_name_each(entities))
            turns.append(taken)
    return {
        "peers": nk.versions,
        "list": {
            "names": len(names),
            "entities": len(entities),
            "scripts": _scripts(names),
        },
        "queries": {
            "distinct": len(set(mix.queries)),
            "kinds": mix.kinds,
            "scripts": mix.scripts,
        },
        "turns": turns,
    }


class _Jobs:
    """The work of each method as a file."""

    def __init__(
        self, folder: Path, entities: Sequence[Entity], queries: Sequence[str]
    ) -> None:
        self._folder = folder
        self._entities = entities
        self._queries = queries

    def sample(self, turn: int, size: int) -> list[str]:
        """Take a slice of the shuffled queries, another one each turn."""
        start = turn * size % len(self._queries)
        return list(self._queries[start : start + size])

    def path(self, method: str, turn: int) -> Path:
        queries = self._queries
        if method in SAMPLES:
            queries = self.sample(turn, SAMPLES[method])
        job = {
            "names": [name for e in self._entities for name in e.names],
            "schemata": [e.schema for e in self._entities for _ in e.names],
            "queries": queries,
        }
        path = self._folder / f"{method}.json"
        path.write_text(json.dumps(job), encoding="utf-8")
        return path


def run_worker(core: int, method: str, job: Path) -> dict[str, Any]:
    """Run one method on one core in a fresh process."""
    done = subprocess.run(
        pinned([core], PYTHON, WORKER, method, job),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    taken: dict[str, Any] = json.loads(done.stdout)
    return taken


def _logic(
    nk: peers.Nomenklatura, queries: Sequence[str], entities: Sequence[Entity]
) -> dict[str, Any]:
    tasks = list(_tasks(queries, entities))
    scores, seconds = nk.score("logic-v2", tasks)
    found = sum(max(row) >= 0.7 for row in scores)
    return {
        "queries": len(tasks),
        "seconds": seconds,
        "found": found,
        "pairs": sum(map(len, scores)),
    }


def _one_name_each(entities: Sequence[Entity]) -> list[Entity]:
    return [
        Entity(f"{e.id} {n}", e.schema, (name,))
        for e in entities
        for n, name in enumerate(e.names)
    ]


def _tasks(
    queries: Sequence[str], entities: Sequence[Entity]
) -> Iterator[tuple[Entity, list[Entity]]]:
    """Give each query its candidates; what that takes is not in the time."""
    brought = peers.nearest_entities(queries, entities, CANDIDATES)
    for query, candidates in zip(queries, brought, strict=True):
        schema = Counter(c.schema for c in candidates).most_common(1)[0][0]
        yield Entity("query", schema, (query,)), candidates


def _scripts(names: Sequence[str]) -> dict[str, int]:
    return dict(Counter(map(script_of, names)).most_common())


def tell_speed(result: Mapping[str, Any]) -> str:
    """Write the table in Markdown: medians of the turns, with least and most."""
    turns = result["turns"]
    ratios = [_rate(t["ours"]) / _rate(t["logic-v2"]) for t in turns]
    asked = result["queries"]
    lines = [
        f"List: {result['list']['names']:,} names of {result['list']['entities']:,} entities ({_mix(result['list']['scripts'])}).",
        f"Queries: {asked['distinct']:,} distinct ({_mix(asked['kinds'])}; by script: {_mix(asked['scripts'])}), each method in turn on one core, {len(turns)} turns.",
        "",
        "| method | queries a turn | queries/s: median (least to most) | index | queries with a find |",
        "|---|---|---|---|---|",
        *(_line(method, [turn[method] for turn in turns]) for method in NAMES),
        "",
        f"Ours by logic-v2 in the same turn: {median(ratios):,.0f} x ({min(ratios):,.0f} to {max(ratios):,.0f}).",
    ]
    return "\n".join(lines)


def _line(method: str, taken: Sequence[Mapping[str, Any]]) -> str:
    rates = [_rate(one) for one in taken]
    build = [one["build"] for one in taken if "build" in one]
    found = [one["found"] / one["queries"] for one in taken]
    cells = (
        NAMES[method],
        f"{taken[0]['queries']:,}",
        f"{_figure(median(rates))} ({_figure(min(rates))} to {_figure(max(rates))})",
        f"{median(build):.2f} s" if build else "-",
        f"{median(found):.1%}",
    )
    return f"| {' | '.join(cells)} |"


def _rate(one: Mapping[str, Any]) -> float:
    rate: float = one["queries"] / one["seconds"]
    return rate


def _figure(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 100 else f"{rate:.1f}"


def _mix(scripts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {script}" for script, count in scripts.items())
