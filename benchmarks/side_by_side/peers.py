"""The others: nomenklatura in an environment of its own, rapidfuzz and DuckDB in ours."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process, utils

from side_by_side.machine import ROOT, pinned

__all__ = [
    "Entity",
    "Nomenklatura",
    "best_by_token_sort",
    "environment",
    "jaro_winkler",
    "nearest_entities",
    "nomenklatura",
    "prepared",
    "token_sort",
    "wratio",
]

HOME = ROOT / "build" / "peers"
PACKAGES = ("nomenklatura==4.17.4", "followthemoney==4.11.2", "pyicu==2.17")
WORKER = ROOT / "benchmarks" / "side_by_side" / "nomenklatura_worker.py"
CHUNK = 500
"""Queries whose scores against a whole list are held at once."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with names, as nomenklatura takes it."""

    id: str
    schema: str
    names: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Give the fields as the worker reads them."""
        return {"id": self.id, "schema": self.schema, "names": list(self.names)}


@dataclass(frozen=True)
class Nomenklatura:
    """A running worker; its first comparison has loaded all that it loads."""

    worker: subprocess.Popen[str]
    versions: dict[str, str]

    def score(
        self, algorithm: str, queries: Sequence[tuple[Entity, Sequence[Entity]]]
    ) -> tuple[list[list[float]], float]:
        """Score each query's candidates; return the scores and the seconds it took."""
        asked = [
            [query.to_json(), [candidate.to_json() for candidate in candidates]]
            for query, candidates in queries
        ]
        task = {"algorithm": algorithm, "queries": asked}
        assert self.worker.stdin is not None  # noqa: S101 - both are pipes
        assert self.worker.stdout is not None  # noqa: S101
        self.worker.stdin.write(json.dumps(task) + "\n")
        self.worker.stdin.flush()
        line = self.worker.stdout.readline()
        if not line:
            message = "nomenklatura's worker ended; its complaint stands above"
            raise SystemExit(message)
        answer = json.loads(line)
        return answer["scores"], answer["seconds"]


@contextmanager
def nomenklatura(core: int | None = None) -> Iterator[Nomenklatura]:
    """Start a warm worker, on one core if so told, and end it afterwards."""
    remedy = "pyicu needs a compiler and ICU (Debian: apt-get install -y pkg-config libicu-dev g++)"
    python = environment(HOME, PACKAGES, remedy)
    command = [python, str(WORKER)]
    with subprocess.Popen(
        command if core is None else pinned([core], *command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as worker:
        assert worker.stdout is not None  # noqa: S101 - it is a pipe
        running = Nomenklatura(worker, json.loads(worker.stdout.readline()))
        for schema, name in (("Company", "Acme Ltd."), ("Person", "Ivan Testov")):
            warm = Entity("warm", schema, (name,))
            for algorithm in ("logic-v1", "logic-v2"):
                running.score(algorithm, [(warm, [warm])])
        yield running
        assert worker.stdin is not None  # noqa: S101 - it is a pipe
        worker.stdin.close()


def environment(home: Path, packages: Sequence[str], remedy: str = "") -> str:
    """Make an environment with some packages where it is missing; return its Python."""
    python = home / "bin" / "python"
    ready = home / "made-from"
    if ready.exists() and ready.read_text() == "\n".join(packages):
        return str(python)
    print(f"making build/{home.name} (once) ...", file=sys.stderr)
    uv = str(ROOT / ".venv" / "bin" / "uv")
    made = [uv, "venv", "-q", "--clear", "-p", sys.executable, str(home)]
    subprocess.run(made, check=True)
    done = subprocess.run(
        [uv, "pip", "install", "-q", "--python", str(python), *packages],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"{done.stderr}\nbuild/{home.name} could not be filled. {remedy}; then run this again."
        raise SystemExit(message)
    ready.write_text("\n".join(packages))
    return str(python)


def token_sort(left: str, right: str) -> float:
    """Return rapidfuzz's token_sort_ratio of two names in small letters, from 0 to 1."""
    return fuzz.token_sort_ratio(left, right, processor=utils.default_process) / 100


def wratio(left: str, right: str) -> float:
    """Return rapidfuzz's WRatio of two names in small letters, from 0 to 1."""
    return fuzz.WRatio(left, right, processor=utils.default_process) / 100


def jaro_winkler(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return DuckDB's Jaro-Winkler similarity of pairs of names in small letters."""
    import duckdb  # noqa: PLC0415 - only here

    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT jaro_winkler_similarity(lower(l), lower(r)) FROM "
            "(SELECT unnest(?) l, unnest(?) r)",
            [[left for left, _ in pairs], [right for _, right in pairs]],
        ).fetchall()
    return [score for (score,) in rows]


def prepared(names: Sequence[str]) -> list[str]:
    """Bring names to the form in which token_sort_ratio of two is the ratio of both."""
    return [" ".join(sorted(utils.default_process(name).split())) for name in names]


def best_by_token_sort(
    queries: Sequence[str], names: Sequence[str], most: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """Give for each query the best names by token_sort_ratio, brute force, with their scores."""
    there = prepared(names)
    for start in range(0, len(queries), CHUNK):
        block = prepared(queries[start : start + CHUNK])
        scores = process.cdist(block, there, scorer=fuzz.ratio, dtype=np.float32)
        for row in scores:
            best = np.argpartition(-row, min(most, len(row) - 1))[:most]
            best = best[np.lexsort((best, -row[best]))]
            yield best, row[best] / 100


def nearest_entities(
    queries: Sequence[str], entities: Sequence[Entity], most: int
) -> Iterator[list[Entity]]:
    """Give for each query the entities whose best name is nearest by token_sort_ratio."""
    named = [(name, entity) for entity in entities for name in entity.names]
    # Ten times as many names: an entity may have many that are alike.
    found = best_by_token_sort(queries, [name for name, _ in named], 10 * most)
    for best, _ in found:
        near = {named[n][1].id: named[n][1] for n in best.tolist()}
        yield list(near.values())[:most]
