"""Time the whole way as a user runs it: install, demo, start-up, reading lists, screening.

Run `python benchmarks/spine.py SHARED` from the repository, where SHARED is the folder of
official files. Prints one line per figure, with the bound that it is held against.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from vendors import write_vendors

ROOT = Path(__file__).resolve().parents[1]
BEHIND = ROOT / ".venv" / "bin" / "behind"
LISTS = {
    "us_ofac_sdn": [
        f"us-ofac-sdn/2021-07_{part}.csv"
        for part in ("sdn", "alt", "add", "sdn_comments")
    ],
    "un_sc_sanctions": ["un-sc/UN_consolidated.xml"],
    "us_ofac_cons": [
        f"us-ofac-cons/cons_{part}.csv" for part in ("prim", "alt", "add", "comments")
    ],
    "us_dhs_uflpa": ["us-uflpa/dhs-uflpa_2026-07-24.html"],
    "us_fcc_covered_list": ["us-fcc-covered/fcc-coveredlist_2026-07-24.html"],
}
ROWS = 50_000


def timed(
    *command: object, env: dict[str, str] | None = None, cwd: Path = ROOT
) -> float:
    """Run a command to its end and return the seconds it took."""
    started = time.perf_counter()
    subprocess.run(
        [str(part) for part in command],
        check=True,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
    )
    return time.perf_counter() - started


def peak_mib() -> float:
    """Return the largest memory that any command so far held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def tell(figure: str, measured: float, bound: float, unit: str) -> None:
    """Print one figure with its bound."""
    verdict = "within" if measured <= bound else "OVER"
    print(f"{figure:<58} {measured:8.2f} {unit:<4} bound {bound:g} ({verdict})")


def measure_start() -> None:
    """Compare `behind --help` with a Python that does nothing."""
    bare = median(timed(sys.executable, "-c", "pass") for _ in range(11))
    start = median(timed(BEHIND, "--help") for _ in range(11))
    tell("behind --help, times a bare Python (median of 11)", start / bare, 8, "x")


def measure_demo(folder: Path) -> None:
    """Clone, then run ./demo with an empty package cache, then again."""
    clone = folder / "clone"
    timed("git", "clone", "-q", ROOT, clone)
    cold = {"UV_CACHE_DIR": str(folder / "uv"), "PIP_NO_CACHE_DIR": "1"}
    tell(
        "./demo in a new clone, empty package cache",
        timed(clone / "demo", env=cold, cwd=clone),
        60,
        "s",
    )
    tell("./demo again", timed(clone / "demo", env=cold, cwd=clone), 5, "s")


def measure_lists(folder: Path, shared: Path) -> None:
    """Read the lists, publish, screen 50,000 rows."""
    env = {"BEHIND_DATA": str(folder / "data")}
    timed(BEHIND, "doctor", env=env)
    seconds = {
        source: timed(
            BEHIND, "pull", source, "--no-build", *files_of(shared, source), env=env
        )
        for source in LISTS
    }
    tell(
        "reading SDN and UN together",
        seconds["us_ofac_sdn"] + seconds["un_sc_sanctions"],
        30,
        "s",
    )
    tell(
        "reading consolidated, UFLPA and FCC", sum(list(seconds.values())[2:]), 30, "s"
    )
    tell("publishing the snapshot", timed(BEHIND, "build", env=env), 30, "s")
    vendors = folder / "vendors.csv"
    write_vendors(vendors, ROWS)
    screening = timed(
        BEHIND, "screen", vendors, "--out", folder / "answer.jsonl", env=env
    )
    tell(f"screening {ROWS} rows against all of them", screening, 120, "s")
    tell("largest memory of any command so far", peak_mib(), 2048, "MiB")


def files_of(shared: Path, source: str) -> list[object]:
    """Name the files of a source as `--file` options."""
    return [
        part for name in LISTS[source] for part in ("--file", shared / "data" / name)
    ]


if __name__ == "__main__":
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}"
    )
    with tempfile.TemporaryDirectory() as temporary:
        measure_start()
        measure_demo(Path(temporary))
        if len(sys.argv) > 1:
            measure_lists(Path(temporary), Path(sys.argv[1]).resolve())
