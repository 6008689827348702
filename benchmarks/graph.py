"""Measure the graph of a snapshot: building, opening, memory and the evidence of a path.

Run `.venv/bin/python benchmarks/graph.py --shape power-law --nodes 3000000 --edges 10000000`
from the repository. Each opening is a fresh process; "cold" is with the files dropped from
the page cache before, as far as the system does so on request.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from side_by_side.graph_snapshot import laid_out, tables_of, write_snapshot
from side_by_side.graphs import SHAPES, Drawn
from side_by_side.machine import ROOT, described, tell_machine
from standsbehind.engines import local, plans
from standsbehind.publishing.graph_arrays import ends_table, graph_parts
from standsbehind.store.snapshot import Snapshot, current

RESULTS = ROOT / "benchmarks" / "results"
WORKER = ROOT / "benchmarks" / "side_by_side" / "graph_worker.py"
OPENINGS = 5


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """Draw and write the graph, then open it in fresh processes."""
    drawn: Drawn = SHAPES[asked.shape](asked.nodes, asked.edges)
    with _folder(asked.folder) as home:
        begun = time.process_time()
        graph = laid_out(drawn, evidence=not asked.alone)
        laying = time.process_time() - begun
        held = current(home)
        snapshot = held or write_snapshot(
            home, drawn, evidence=not asked.alone, graph=graph
        )
        written = time.process_time() - begun - laying
        size = {"nodes": drawn.nodes, "links": len(drawn.links)}
        del drawn, graph
        built = _built(snapshot) if asked.build else None
        cold, warm = _openings(snapshot, asked)
        return {
            "shape": asked.shape,
            **size,
            "entities": snapshot.manifest["rows"]["entities"],
            "evidence": not asked.alone,
            "neighbours_laid_out_cpu_s": round(laying, 1),
            "snapshot_written_cpu_s": None if held else round(written, 1),
            "built_from_tables": built,
            "disk_mib": _disk(snapshot),
            "cold": cold,
            "warm": warm,
        }


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _built(held: Snapshot) -> dict[str, float]:
    """Time what publishing does for the graph, from the tables of claims and citations."""
    tables = tables_of(held)
    wall, work = time.perf_counter(), time.process_time()
    given = {"live": tables["claims"], "ends": ends_table()}
    tables["edges"] = local.run(plans.EDGES, given)
    graph_parts(tables)
    wall, work = time.perf_counter() - wall, time.process_time() - work
    claims = tables["claims"].num_rows
    return {"claims": claims, "s": round(wall, 1), "cpu_s": round(work, 1)}


def _openings(
    snapshot: Snapshot, asked: argparse.Namespace
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    cold = []
    for _ in range(2):
        _drop(snapshot)
        cold.append(_opened(snapshot, asked))
    warm = [_opened(snapshot, asked) for _ in range(OPENINGS)]
    return cold, warm


def _drop(snapshot: Snapshot) -> None:
    """Ask the system to forget the files that it keeps in memory."""
    os.sync()
    for path in snapshot.folder.iterdir():
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _opened(snapshot: Snapshot, asked: argparse.Namespace) -> dict[str, Any]:
    home = snapshot.folder.parent
    words = [sys.executable, WORKER, home, asked.paths, *(["alone"] * asked.alone)]
    run = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _disk(snapshot: Snapshot) -> dict[str, float]:
    sizes: dict[str, float] = {}
    for path in snapshot.folder.iterdir():
        group = path.stem.split("-")[0]
        sizes[group] = sizes.get(group, 0) + path.stat().st_size
    return {group: round(size / 2**20, 1) for group, size in sorted(sizes.items())}


def main() -> None:
    """Measure one size, print it, and keep it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=SHAPES, default="power-law")
    parser.add_argument("--nodes", type=int, default=900_000)
    parser.add_argument("--edges", type=int, default=3_000_000)
    parser.add_argument("--paths", type=int, default=300)
    parser.add_argument(
        "--alone", action="store_true", help="the graph without its evidence"
    )
    parser.add_argument(
        "--build", action="store_true", help="build the graph from its tables too"
    )
    parser.add_argument(
        "--folder", type=Path, help="keep the snapshot here, or take it from here"
    )
    parser.add_argument("--keep", type=Path, help="where the result is kept")
    asked = parser.parse_args()
    machine = described()
    result = measure(asked)
    machine["load_after"] = described()["load"]
    tell_machine(machine)
    print(json.dumps(result, indent=1))
    name = f"graph-{asked.shape}-{result['links'] / 1e6:.0f}m.json"
    path = asked.keep or RESULTS / name
    content = {"machine": machine, "result": result}
    path.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
