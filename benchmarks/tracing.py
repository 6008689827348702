"""Measure tracing: correctness against networkx, and speed beside networkit and rustworkx.

`.venv/bin/python benchmarks/tracing.py equal --graphs 10000` holds all paths, shortest
lengths and filters against networkx on random graphs.

`.venv/bin/python benchmarks/tracing.py speed --nodes 3000000 --edges 10000000` writes a
synthetic graph as a snapshot with the evidence of every link, and asks it. Every time
includes reading the evidence of what is answered. Both write benchmarks/results/.
"""

import argparse
import json
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from side_by_side.graph_peers import peers_timed
from side_by_side.graph_snapshot import write_snapshot
from side_by_side.graphs import SHAPES
from side_by_side.machine import CORES, ROOT, described, tell_machine
from standsbehind.graph.edges import build_edges
from standsbehind.graph.links import ALWAYS, NEVER, Links, day_number
from standsbehind.graph.reader import Reader
from standsbehind.model.edge import VOICES
from standsbehind.model.statement import Status
from standsbehind.store.snapshot import current
from standsbehind.tracing.budget import Budget
from standsbehind.tracing.filters import EVERY_LINK, Filter, voices_from
from standsbehind.tracing.hubs import Caps
from standsbehind.tracing.near import NearQuestion, nearby
from standsbehind.tracing.network import Network, Walker
from standsbehind.tracing.paths import Question, trace
from standsbehind.tracing.walks import Walks

RESULTS = ROOT / "benchmarks" / "results"
KINDS = (("Supply", "supplied"), ("Ownership", "owns"), ("UnknownLink", "ended"))
NO_CAP = Caps(every=10**9)
DAY = date(2015, 1, 1)
ASKED = Filter(
    types=frozenset({"Ownership", "Supply"}),
    as_of=DAY,
    statuses=voices_from(Status.REPORTED),
)
"""The filter of the filtered questions."""


def equal(graphs: int) -> dict[str, Any]:
    """Hold random graphs against networkx; raise AssertionError where one differs."""
    paths, longest = 0, 0
    for seed in range(graphs):
        dice = random.Random(seed)  # noqa: S311 - a repeatable draw
        nodes = dice.randint(2, 12)
        links = _drawn(dice, nodes, dice.randint(0, 3 * nodes))
        wanted = _filter(dice)
        hops, (source, target) = dice.randint(1, 8), dice.sample(range(nodes), 2)
        found = _ours(nodes, links, wanted, (source, target), hops)
        graph = _admitted(nodes, links, wanted)
        expected = sorted(
            map(tuple, nx.all_simple_paths(graph, source, target, cutoff=hops))
        )
        assert sorted(found) == expected, seed  # noqa: S101 - what this is for
        if found:
            shortest = nx.shortest_path_length(graph, source, target)
            assert len(found[0]) == shortest + 1, seed  # noqa: S101
            longest = max(longest, *map(len, found))
        paths += len(found)
    return {
        "graphs": graphs,
        "equal": graphs,
        "paths": paths,
        "longest_hops": longest - 1,
    }


def _drawn(dice: random.Random, nodes: int, count: int) -> Links:
    starts = [dice.choice([int(ALWAYS), dice.randint(0, 90)]) for _ in range(count)]
    ends = [dice.choice([int(NEVER), s + 10 if s >= 0 else 50]) for s in starts]
    origins = [dice.sample(range(4), dice.randint(1, 3)) for _ in range(count)]
    base = day_number(DAY) - 50
    return Links(
        source=np.array([dice.randrange(nodes) for _ in range(count)], np.int32),
        target=np.array([dice.randrange(nodes) for _ in range(count)], np.int32),
        kind=np.array([dice.randrange(len(KINDS)) for _ in range(count)], np.uint16),
        kinds=KINDS,
        start=np.array([s + base if s >= 0 else s for s in starts], np.int32),
        end=np.array([e + base if e < int(NEVER) else e for e in ends], np.int32),
        voice=np.array([dice.randrange(len(VOICES)) for _ in range(count)], np.uint8),
        origin_starts=np.cumsum([0, *map(len, origins)], dtype=np.int64),
        origins=np.array([o for of in origins for o in of], np.int32),
    )


def _filter(dice: random.Random) -> Filter:
    if dice.random() < 0.5:
        return EVERY_LINK
    return Filter(
        types=dice.choice([frozenset(), frozenset({"Supply", "owns"})]),
        as_of=dice.choice([None, DAY]),
        statuses=dice.choice([frozenset(), voices_from(Status.REPORTED)]),
        min_origins=dice.choice([0, 0, 2]),
        direction=dice.choice(["any", "any", "out", "in"]),
    )


def _ours(
    nodes: int, links: Links, wanted: Filter, ends: tuple[int, int], hops: int
) -> list[tuple[int, ...]]:
    graph = build_edges(nodes, links.source, links.target)
    network = Network(graph, links, np.zeros(nodes, np.bool_))
    both = np.array(sorted(ends), np.int64)
    walker = Walker(network, wanted, both, Budget(600.0), NO_CAP)
    walks = Walks(walker, np.array([ends[0]]), np.array([ends[1]]))
    return [walk.nodes for n in range(1, hops + 1) for walk in walks.of_length(n)]


def _admitted(nodes: int, links: Links, wanted: Filter) -> nx.DiGraph:
    """Admit link by link, without a mask."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(nodes))
    day = day_number(DAY)
    for n in range(len(links)):
        kind = KINDS[links.kind[n]]
        passes = (
            (not wanted.types or bool(wanted.types & {*kind}))
            and (wanted.as_of is None or links.start[n] <= day < links.end[n])
            and (not wanted.statuses or VOICES[links.voice[n]] in wanted.statuses)
            and len(links.origins_of(n)) >= wanted.min_origins
        )
        ends = int(links.source[n]), int(links.target[n])
        if passes and wanted.direction != "in":
            graph.add_edge(*ends)
        if passes and wanted.direction != "out":
            graph.add_edge(*reversed(ends))
    return graph


def speed(asked: argparse.Namespace) -> dict[str, Any]:
    """Ask a snapshot of a synthetic graph; nothing is asked twice."""
    with _folder(asked.folder) as home:
        snapshot = current(home)
        if snapshot is None:
            drawn = SHAPES[asked.shape](asked.nodes, asked.edges)
            snapshot = write_snapshot(home, drawn)
            del drawn
        reader = Reader(snapshot)
        firms = np.unique(reader.links.source[: 20 * asked.queries * 100])
        dice = np.random.default_rng(asked.seed)
        dice.shuffle(firms)
        pool = iter(firms.tolist())
        found: dict[str, Any] = {
            "shape": asked.shape,
            "nodes": reader.graph.nodes,
            "links": len(reader.links),
        }
        found["first_question_ms"] = _first(reader, next(pool), next(pool))
        pairs = [(next(pool), next(pool)) for _ in range(asked.queries)]
        found["ours"] = _asked(reader, pool, pairs)
        if asked.peers:
            found["peers"] = _peers(reader, pairs, asked, found["ours"])
        return found


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    folder = kept or Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        if kept is None:
            shutil.rmtree(folder)


def _first(reader: Reader, source: int, target: int) -> float:
    """Time the first question, which opens the columns and marks who may be a hub."""
    began = time.process_time()
    trace(reader, Question([reader.ids[source]], [reader.ids[target]], shortest=True))
    return round((time.process_time() - began) * 1_000, 1)


def _asked(
    reader: Reader, pool: Iterator[int], pairs: Sequence[tuple[int, int]]
) -> dict[str, Any]:
    ids = reader.ids

    def ends(sources: int, targets: int) -> tuple[list[str], list[str]]:
        return (
            [ids[next(pool)] for _ in range(sources)],
            [ids[next(pool)] for _ in range(targets)],
        )

    def shortest(terms: Mapping[str, Any]) -> Iterator[Callable[[], Any]]:
        for a, b in pairs:
            question = Question(
                [ids[a]], [ids[b]], max_hops=12, limit=1, shortest=True, **terms
            )
            yield lambda question=question: trace(reader, question)

    def between(
        sets: tuple[int, int], hops: int, **terms: Any
    ) -> Iterator[Callable[[], Any]]:
        for _ in pairs:
            question = Question(*ends(*sets), max_hops=hops, **terms)
            yield lambda question=question: trace(reader, question)

    def around(hops: int) -> Iterator[Callable[[], Any]]:
        for _ in pairs:
            question = NearQuestion([ids[next(pool)]], hops=hops, limit=10)
            yield lambda question=question: nearby(reader, question)

    asked: dict[str, Iterator[Callable[[], Any]]] = {
        "shortest path": shortest({}),
        "shortest path, through hubs too": shortest({"caps": NO_CAP}),
        "shortest path, filtered": shortest({"wanted": ASKED}),
        "paths of up to 3 hops, the 10 best": between((1, 1), 3),
        "20-set to 5-set, up to 6 hops, the 10 best": between((20, 5), 6),
        "20-set to 5-set, filtered": between((20, 5), 6, wanted=ASKED),
        "all within 3 hops, 10 told": around(3),
    }
    return {name: _timed(calls) for name, calls in asked.items()}


def _timed(calls: Iterator[Callable[[], Any]]) -> dict[str, Any]:
    walls, works, answers = [], [], []
    for call in calls:
        wall, work = time.perf_counter(), time.process_time()
        answers.append(call())
        works.append(time.process_time() - work)
        walls.append(time.perf_counter() - wall)
    told = [
        getattr(answer, "paths", None) or getattr(answer, "found", ())
        for answer in answers
    ]
    states = [answer.completeness for answer in answers]
    return {
        "queries": len(answers),
        "cpu_ms": spread(works),
        "ms": spread(walls),
        "answers_with_a_find": sum(map(bool, told)),
        "told": round(float(np.mean([len(one) for one in told])), 1),
        "states": {state: states.count(state) for state in sorted(set(states))},
        "lengths": [
            len(one[0].hops) if one and hasattr(one[0], "entities") else 0
            for one in told
        ],
    }


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Give the median, the 95th of a hundred and the greatest, in ms."""
    at = np.percentile(np.array(seconds) * 1_000, [50, 95, 100]).round(2)
    return dict(zip(("p50", "p95", "max"), at.tolist(), strict=True))


def _peers(
    reader: Reader,
    pairs: Sequence[tuple[int, int]],
    asked: argparse.Namespace,
    ours: Mapping[str, Any],
) -> dict[str, Any]:
    """Ask the others the same pairs; their lengths are those of ours through hubs too."""
    few = pairs[: asked.dijkstra]
    questions = {
        "networkit shortest": pairs,
        "rustworkx shortest": few,
    }
    firms = int(max(reader.links.source.max(), reader.links.target.max())) + 1
    with tempfile.TemporaryDirectory() as folder:
        found = peers_timed(Path(folder), firms, reader.links, questions, CORES[-1])
    lengths = ours["shortest path, through hubs too"]["lengths"]
    told: dict[str, Any] = {}
    for peer, said in found.items():
        told[peer] = {"version": said["version"], "laid_out_s": said["laid_out_s"]}
        answers, times = said["shortest"]["answers"], said["shortest"]["cpu_ms"]
        spent = spread([ms / 1_000 for ms in times])
        told[peer]["shortest"] = {"queries": len(times), "cpu_ms": spent}
        same = sum(a == b for a, b in zip(answers, lengths, strict=False))
        told[peer]["same_lengths"] = f"{same} of {len(answers)}"
    return told


def main() -> None:
    """Measure, print, and keep what was measured."""
    asked = _arguments()
    if asked.what == "equal":
        found = equal(asked.graphs)
    else:
        found = speed(asked)
        for one in found["ours"].values():
            del one["lengths"]
    machine = described({"networkx": metadata.version("networkx")})
    tell_machine(machine)
    print(json.dumps(found, indent=1))
    out = asked.out or RESULTS / f"tracing-{asked.what}.json"
    out.write_text(json.dumps({"machine": machine, **found}, indent=1) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("what", choices=["equal", "speed"])
    parser.add_argument("--graphs", type=int, default=10_000)
    parser.add_argument("--shape", choices=SHAPES, default="power-law")
    parser.add_argument("--nodes", type=int, default=3_000_000)
    parser.add_argument("--edges", type=int, default=10_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--dijkstra", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    parser.add_argument("--folder", type=Path, help="keep, or use, a snapshot there")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
