"""Ours, as a user runs it: the command, in a process of its own."""

import csv
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from side_by_side.machine import ROOT
from side_by_side.peers import Entity

__all__ = [
    "BEHIND",
    "compare_pairs",
    "hits_of",
    "lines_of",
    "screen_against",
    "writes_against",
]

BEHIND = ROOT / ".venv" / "bin" / "behind"
PYTHON = ROOT / ".venv" / "bin" / "python"


def compare_pairs(pairs: Iterable[tuple[str, str, str]], folder: Path) -> list[float]:
    """Score pairs of (left, right, schema) by `behind compare --pairs`."""
    asked, answered = folder / "pairs.csv", folder / "scores.csv"
    _write(asked, ("left", "right", "schema"), pairs)
    _behind(folder, "compare", "--pairs", asked, "--out", answered)
    with answered.open(encoding="utf-8", newline="") as file:
        return [float(row["score"]) for row in csv.DictReader(file)]


@cache
def writes_against() -> bool:
    """Tell whether `behind screen` takes a user's own list."""
    done = subprocess.run(
        [str(BEHIND), "screen", "--help"], capture_output=True, text=True, check=True
    )
    return "--against" in done.stdout


def screen_against(
    queries: Sequence[str], entities: Sequence[Entity], threshold: float, folder: Path
) -> list[dict[str, float]]:
    """Screen names against a list; return each query's hits as scores by entity."""
    if not writes_against():
        return _searched(queries, entities, threshold)
    asked, listed, out = (folder / n for n in ("rows.csv", "list.csv", "hits.jsonl"))
    _write(asked, ("name",), ((query,) for query in queries))
    names = ((e.id, name, e.schema) for e in entities for name in e.names)
    _write(listed, ("id", "name", "schema"), names)
    options = ("--threshold", threshold, "--format", "jsonl", "--out", out)
    _behind(folder, "screen", asked, "--against", listed, *options)
    return [hits_of(answer) for answer in lines_of(out)]


def hits_of(answer: dict[str, Any]) -> dict[str, float]:
    """Read the hits of one line of `--format jsonl`: the best score of each entity.

    A row that was skipped has none.
    """
    best: dict[str, float] = {}
    for hit in answer.get("hits", ()):
        entity = hit["entity"]["id"]
        best[entity] = max(hit["score"], best.get(entity, 0.0))
    return best


def _searched(
    queries: Sequence[str], entities: Sequence[Entity], threshold: float
) -> list[dict[str, float]]:
    """Ask the matcher itself, until the command takes a list."""
    from standsbehind.matching.search import list_names, search  # noqa: PLC0415

    named = [(name, e.id, e.schema) for e in entities for name in e.names]
    listed = list_names([n for n, _, _ in named], [schema for _, _, schema in named])
    found = search(listed, queries, threshold)
    hits: list[dict[str, float]] = [{} for _ in queries]
    for asked, number, score in zip(
        found.asked.tolist(), found.listed.tolist(), found.scores.tolist(), strict=True
    ):
        entity = named[number][1]
        hits[asked][entity] = max(score, hits[asked].get(entity, 0.0))
    return hits


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _behind(folder: Path, *arguments: object) -> None:
    environment = {**os.environ, "BEHIND_DATA": str(folder / "data")}
    command = [str(BEHIND), *map(str, arguments)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"{' '.join(command[:2])} ended with {done.returncode}: {done.stderr}"
        raise SystemExit(message)


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """Read an answer line by line, without holding it whole."""
    with path.open("rb") as file:
        yield from map(orjson.loads, file)
