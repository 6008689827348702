"""How exact the ownership engine is, and how fast: random graphs against an oracle, and 10M edges.

`.venv/bin/python benchmarks/ownership.py exact --graphs 10000` holds interests against rational
arithmetic on the whole matrix. `lay FOLDER --edges 10000000` writes a graph, and `speed FOLDER`
times one root on it. Times are of the CPU.
"""

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from side_by_side.drawn_holdings import holdings_of
from side_by_side.graphs import power_law
from standsbehind.graph.holdings import (
    CAPITAL,
    WHOLE,
    Holding,
    Holdings,
    build_holdings,
)
from standsbehind.graph.links import ALWAYS, NEVER
from standsbehind.tracing import sweeping
from standsbehind.tracing.interest import interest_of
from standsbehind.tracing.stakes import gather, holdings_around

NODES = 7
Ends = tuple[int, int]
Shares = dict[Ends, int]
_Told = TypeVar("_Told")


def compared(graphs: int, seed: int, *, exact: bool) -> dict[str, int]:
    """Count the interests that an oracle puts outside of their bounds, and inexact ones."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    told = dict.fromkeys(("graphs", "compared", "outside", "other"), 0)
    for _ in range(graphs):
        true = _shares(rng)
        stated = {
            ends: _stated(rng, share, exact=exact) for ends, share in true.items()
        }
        root = rng.randrange(NODES)
        want = oracle({k: Fraction(v, WHOLE) for k, v in true.items()}, NODES, root)
        told["graphs"] += 1
        for node, lower, upper, swept in _found(stated, root):
            told["compared"] += 1
            told["outside"] += not lower <= want[node] <= upper
            told["outside"] += not swept[0] - 1e-9 <= want[node] <= swept[1] + 1e-9
            told["other"] += exact and lower != upper
    return told


def _shares(rng: random.Random) -> Shares:
    """Draw stakes between a few nodes, circles and own shares among them; none sum beyond 1."""
    drawn = {}
    for asset in range(NODES):
        left = WHOLE
        for owner in rng.sample(range(NODES), rng.randint(0, 4)):
            if owner == asset and rng.random() < 0.8:
                continue
            whole = [rng.randint(0, left), left, 0, min(left, WHOLE // 2)]
            drawn[owner, asset] = rng.choice(whole)
            left -= drawn[owner, asset]
    return drawn


def _stated(rng: random.Random, share: int, *, exact: bool) -> tuple[int, int]:
    draw = rng.random()
    if exact or draw < 0.4:
        return share, share
    if draw < 0.6:
        return 0, WHOLE
    return rng.randint(0, share), rng.randint(share, WHOLE)


def _found(stated: dict[Ends, tuple[int, int]], root: int) -> Iterator[Any]:
    if not stated:
        return
    always, never = int(ALWAYS), int(NEVER)
    rows = [
        Holding(owner, asset, CAPITAL, low, high, 0, always, never, number)
        for number, ((owner, asset), (low, high)) in enumerate(stated.items())
    ]
    table = np.asarray(rows, dtype=np.int64).T
    columns = dict(zip(Holding._fields, table, strict=True))
    holdings = build_holdings(NODES, columns)
    around = holdings_around(holdings, root, "assets", None)
    stakes = gather(holdings, around, "capital")
    if not len(stakes):
        return
    place = stakes.place(root)
    bounds, swept = interest_of(stakes, place), sweeping.interests_of(stakes, place)
    for turn, node in enumerate(stakes.nodes.tolist()):
        one = bounds[turn]
        yield node, one.lower, one.upper, (swept.lower[turn], swept.upper[turn])


def oracle(shares: dict[Ends, Fraction], nodes: int, root: int) -> list[Fraction]:
    """Solve x_j = s_rj + sum over i but r of x_i s_ij exactly, on one matrix at once.

    `shares` maps (owner, asset) to a fraction. What no chain from the root leads to has none.
    """
    others = sorted(_led_to(shares, root) - {root})
    rows = [
        [Fraction(j == i) - shares.get((i, j), 0) for i in others]
        + [Fraction(shares.get((root, j), 0))]
        for j in others
    ]
    for turn in range(len(others)):
        pivot = next(r for r in range(turn, len(rows)) if rows[r][turn])
        rows[turn], rows[pivot] = rows[pivot], rows[turn]
        rows[turn] = [value / rows[turn][turn] for value in rows[turn]]
        for place, row in enumerate(rows):
            if place != turn and row[turn]:
                factor = row[turn]
                both = zip(row, rows[turn], strict=True)
                rows[place] = [a - factor * b for a, b in both]
    found = {node: row[-1] for node, row in zip(others, rows, strict=True)}
    found[root] = Fraction(1)
    return [found.get(node, Fraction(0)) for node in range(nodes)]


def _led_to(shares: dict[Ends, Fraction], root: int) -> set[int]:
    there = {root}
    while True:
        more = {a for (o, a), share in shares.items() if share and o in there} - there
        if not more:
            return there
        there |= more


def synthetic(edges: int) -> Holdings:
    """Lay out the ownership, four links in ten, of a power-law graph of three nodes in ten links."""
    return holdings_of(power_law(edges * 3 // 10, edges))


def timed(holdings: Holdings, node: int) -> tuple[float, int]:
    """Work out all that one node holds; return seconds of CPU and how many it holds."""
    start = time.process_time()
    rows = holdings_around(holdings, node, "assets", None)
    stakes = gather(holdings, rows, "capital")
    place = stakes.place(node)
    if place is not None:
        is_small = len(stakes) <= 2_000
        found = interest_of(stakes, place) if is_small else None
        if found is None:
            sweeping.interests_of(stakes, place)
    return time.process_time() - start, len(stakes.nodes)


def laid_out(edges: int, folder: Path) -> None:
    """Write the columns of a graph as a snapshot holds them."""
    for name, array in synthetic(edges).arrays().items():
        np.save(folder / f"{name}.npy", array)


def speed(folder: Path, roots: int) -> dict[str, Any]:
    """Time random roots and those that hold most, on columns that are mapped from disk."""
    owners = np.diff(np.load(folder / "owner_starts.npy", mmap_mode="r"))
    drawn = np.random.default_rng(2).choice(np.flatnonzero(owners), roots).tolist()
    sizes = _apart(_held, folder, drawn)
    few = [root for root, held in zip(drawn, sizes, strict=True) if held < MANY]
    many = [root for root, held in zip(drawn, sizes, strict=True) if held >= MANY]
    most = np.argsort(owners)[-3:].tolist()
    return {
        "roots": roots,
        "held_p50": int(np.median(sizes)),
        "that hold few": _apart(_times, folder, few),
        "that hold many": _apart(_times, folder, many),
        "that hold most directly": _apart(_times, folder, most),
    }


MANY = 100_000
"""Stakes from which a root is one that holds many."""


def _apart(work: Callable[..., _Told], *asked: object) -> _Told:
    """Do work in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(work, *asked).result()


def _opened(folder: Path) -> Holdings:
    paths = folder.glob("*.npy")
    arrays = {p.stem: np.asarray(np.load(p, mmap_mode="r")) for p in paths}
    return Holdings.from_arrays(arrays)


def _held(folder: Path, roots: list[int]) -> list[int]:
    holdings = _opened(folder)
    return [len(holdings_around(holdings, root, "assets", None)) for root in roots]


def _times(folder: Path, roots: list[int]) -> dict[str, Any]:
    holdings = _opened(folder)
    times = [timed(holdings, root)[0] * 1_000 for root in roots]
    told = dict(re.findall(r"(\w+):\s+(\d+) kB", Path("/proc/self/status").read_text()))
    p50, p95 = np.percentile(times, [50, 95]).round(2).tolist()
    return {
        "roots": len(roots),
        "cpu_ms": {"p50": p50, "p95": p95, "max": round(max(times), 2)},
        "peak_mib": int(told["VmHWM"]) >> 10,
        "of_it_mapped_mib": int(told["RssFile"]) >> 10,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    exact = verbs.add_parser("exact")
    exact.add_argument("--graphs", type=int, default=10_000)
    lay = verbs.add_parser("lay")
    lay.add_argument("folder", type=Path)
    lay.add_argument("--edges", type=int, default=10_000_000)
    fast = verbs.add_parser("speed")
    fast.add_argument("folder", type=Path)
    fast.add_argument("--roots", type=int, default=200)
    asked = parser.parse_args()
    if asked.verb == "exact":
        told = {
            "exact": compared(asked.graphs, 1, exact=True),
            "ranged": compared(asked.graphs, 2, exact=False),
        }
    elif asked.verb == "lay":
        asked.folder.mkdir(parents=True, exist_ok=True)
        laid_out(asked.edges, asked.folder)
        return
    else:
        told = speed(asked.folder, asked.roots)
    json.dump(told, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
