"""Scale: a million rows against a list of a million names, as a user screens them."""

import csv
import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from side_by_side import ours
from side_by_side.machine import CORES, pinned
from side_by_side.memory import Run, watched
from side_by_side.speed import run_worker
from side_by_side.synthetic import Maker, write_list, write_rows

__all__ = ["measure_scale", "tell_scale"]

SHARES = (0.25, 0.5, 0.75, 1.0)


def measure_scale(data: Path, rows: int, names: int) -> dict[str, Any]:
    """Write list and rows, screen them on two cores, and hold the answer against the truth."""
    if not ours.writes_against():
        message = "behind screen takes no --against yet"
        raise SystemExit(message)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        written = _write(data, folder, rows, names)
        one = _screen(folder, "one.csv", folder / "one.jsonl")
        out = folder / "answer.jsonl"
        run = _screen(folder, "rows.csv", out)
        return {
            "rows": rows,
            "names": names,
            "cores": len(CORES[:2]),
            "writing_seconds": round(written, 1),
            "index_seconds": round(_index(folder), 2),
            "one_row": {"seconds": round(one.seconds, 2), "peak_mib": round(one.peak)},
            "run": _told(run),
            "answer_mib": round(out.stat().st_size / 2**20),
            **_held_against_truth(folder, out),
        }


def _write(data: Path, folder: Path, rows: int, names: int) -> float:
    started = time.perf_counter()
    maker = Maker.from_lists(data)
    write_list(maker, folder / "list.csv", names)
    write_rows(maker, folder, rows, names)
    (folder / "one.csv").write_text("vendor_id,name\nR0,Testov Imaginary Works\n")
    return time.perf_counter() - started


def _index(folder: Path) -> float:
    """Index the list alone, on one core."""
    job = folder / "index.json"
    job.write_text(json.dumps({"csv": str(folder / "list.csv")}))
    seconds: float = run_worker(CORES[-1], "index", job)["seconds"]
    return seconds


def _screen(folder: Path, asked: str, out: Path) -> Run:
    command = pinned(
        CORES[:2],
        *(ours.BEHIND, "screen", folder / asked, "--against", folder / "list.csv"),
        *("--format", "jsonl", "--out", out),
    )
    return watched(command, {**os.environ, "BEHIND_DATA": str(folder / "data")})


def _told(run: Run) -> dict[str, Any]:
    return {
        "seconds": round(run.seconds, 1),
        "peak_mib": round(run.peak),
        "peak_proportional_mib": round(run.peak_proportional),
        "mib_over_time": {str(share): round(run.at_share(share)) for share in SHARES},
    }


def _held_against_truth(folder: Path, out: Path) -> dict[str, Any]:
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = {
            int(row["row"]): (row["listed"], row["kind"])
            for row in csv.DictReader(file)
        }
    kinds: dict[str, dict[str, int]] = {}
    answers = hits = others_hit = 0
    for number, answer in enumerate(ours.lines_of(out)):
        found = ours.hits_of(answer)
        answers += 1
        hits += len(found)
        if number not in truth:
            others_hit += bool(found)
            continue
        listed, kind = truth[number]
        row = kinds.setdefault(kind, {"rows": 0, "found": 0})
        row["rows"] += 1
        row["found"] += listed in found
    return {
        "answers": answers,
        "hits": hits,
        "planted": sum(row["rows"] for row in kinds.values()),
        "planted_found": sum(row["found"] for row in kinds.values()),
        "others_hit": others_hit,
        "kinds": dict(sorted(kinds.items())),
    }


def tell_scale(result: Mapping[str, Any]) -> str:
    """Write the tables in Markdown."""
    run, one = result["run"], result["one_row"]
    others = result["rows"] - result["planted"]
    over_time = " / ".join(f"{mib:,}" for mib in run["mib_over_time"].values())
    lines = [
        "| figure | measured |",
        "|---|---|",
        f"| {result['rows']:,} rows against {result['names']:,} names, {result['cores']} cores | {run['seconds']:,.1f} s |",
        f"| peak memory of all processes: shared pages once for each / once in all | {run['peak_mib']:,} / {run['peak_proportional_mib']:,} MiB |",
        f"| memory (shared pages once) at 25 / 50 / 75 / 100 % of the time | {over_time} MiB |",
        f"| indexing {result['names']:,} names, one core | {result['index_seconds']:.1f} s |",
        f"| one row against the same list: start, reading, index, answer | {one['seconds']:.1f} s, {one['peak_mib']:,} MiB |",
        f"| answers / hits / size | {result['answers']:,} / {result['hits']:,} / {result['answer_mib']:,} MiB |",
        f"| planted variants found | {result['planted_found']:,} of {result['planted']:,} ({_share(result['planted_found'], result['planted'])}) |",
        f"| other rows with a hit | {result['others_hit']:,} of {others:,} ({_share(result['others_hit'], others)}) |",
        "",
        "| planted variant | found |",
        "|---|---|",
    ]
    for kind, row in result["kinds"].items():
        share = _share(row["found"], row["rows"])
        lines.append(f"| {kind} | {row['found']:,} of {row['rows']:,} ({share}) |")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
