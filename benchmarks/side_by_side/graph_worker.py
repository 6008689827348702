"""A worker that opens a snapshot in a process of its own, and says what that took.

Run as `graph_worker.py HOME PATHS`, or with a third word `alone` where the snapshot holds
no evidence; prints one JSON document.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from standsbehind.graph.reader import Reader
from standsbehind.store.snapshot import current

HOPS = 6


def resident() -> Counter[str]:
    """Add up the resident memory of this process, in MiB: of each mapped file's group, and the rest."""
    found: Counter[str] = Counter()
    group = ""
    for line in Path("/proc/self/smaps").read_text().splitlines():
        first, *rest = line.split()
        if not first.endswith(":"):
            name = Path(rest[-1]).name if len(rest) > 4 else ""
            group = name.split("-")[0] if name.endswith((".npy", ".arrow")) else "other"
        elif first == "Rss:":
            found[group] += int(rest[0])
    return Counter({name: round(kib / 1024, 1) for name, kib in found.items()})


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Give the median, the 95th of a hundred and the greatest, in ms."""
    at = np.percentile(np.array(seconds) * 1_000, [50, 95, 100]).round(3)
    return dict(zip(("p50", "p95", "max"), at.tolist(), strict=True))


def timed(calls: Sequence[Callable[[], object]]) -> dict[str, dict[str, float]]:
    """Time each of some calls by the clock on the wall, and by the work of this process."""
    walls, works = [], []
    for call in calls:
        wall, work = time.perf_counter(), time.process_time()
        call()
        works.append(time.process_time() - work)
        walls.append(time.perf_counter() - wall)
    return {"ms": spread(walls), "cpu_ms": spread(works)}


def opened(home: Path) -> tuple[Reader, dict[str, float]]:
    """Open everything that a search needs, and one more for its evidence."""
    started = time.perf_counter(), time.process_time()
    snapshot = current(home)
    if snapshot is None:
        raise SystemExit(f"{home}: holds no snapshot")
    reader = Reader(snapshot)
    reader.graph.links(0)
    reader.links.holds_on  # noqa: B018 - opened on first use
    reader.ids[0], reader.schema_codes[0], reader.designated[0]
    reader.edge_nodes  # noqa: B018
    if (snapshot.folder / "claims.arrow").is_file():
        reader.stated  # noqa: B018
    wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
    return reader, {"ms": round(wall * 1_000, 2), "cpu_ms": round(cpu * 1_000, 2)}


def walk(reader: Reader, dice: np.random.Generator) -> list[int]:
    """Walk up to six hops from a firm; return the numbers of all links of each hop."""
    graph = reader.graph
    node = int(reader.links.source[dice.integers(len(reader.links))])
    numbers: list[int] = []
    for _ in range(HOPS):
        others, links = graph.links(node)
        step = int(others[dice.integers(len(others))])
        numbers += links[others == step].tolist()
        node = step
    return numbers


def main(home: Path, paths: int, *, evidence: bool) -> dict[str, object]:
    """Open, look up, and touch everything; return what each took."""
    before = resident()
    reader, opening = opened(home)
    after = resident()
    dice = np.random.default_rng(int(time.time_ns()) % 2**32)
    firms = [reader.ids[n] for n in dice.integers(0, len(reader.ids), paths).tolist()]
    fresh = Reader(reader.snapshot)
    found: dict[str, object] = {
        "open": opening,
        "id_to_node": timed([lambda key=key: fresh.numbers[key] for key in firms]),
    }
    if evidence:
        walks = [walk(reader, dice) for _ in range(paths)]
        found["links_of_a_path"] = float(np.mean([len(set(w)) for w in walks]))
        found["evidence"] = timed([lambda w=w: fresh.edges_at(w) for w in walks])
    looked = resident()
    for group in (reader.graph.arrays(), reader.links.arrays()):
        for array in group.values():
            array.max(initial=0)
    touched = resident()
    found["resident_mib"] = {
        "before": sum(before.values()),
        "open": sum(after.values()) - sum(before.values()),
        "after_lookups": dict(looked),
        "all_columns_touched": dict(touched),
    }
    return found


if __name__ == "__main__":
    found = main(
        Path(sys.argv[1]), int(sys.argv[2]), evidence=sys.argv[3:] != ["alone"]
    )
    print(json.dumps(found))
