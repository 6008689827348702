"""Memory: what a command and all its children hold while they run."""

import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Run", "watched"]

EVERY = 0.5
"""Seconds between two looks."""
SHORT = 0.05
"""Seconds between the first looks, so that a short run is seen at all."""


@dataclass(frozen=True, slots=True)
class Run:
    """A command that has run: its wall time, and what its processes held in between."""

    seconds: float
    at: tuple[float, ...]
    """Seconds since the start of each look."""
    resident: tuple[float, ...]
    """MiB, the sum over the processes; what they share counts once for each."""
    proportional: tuple[float, ...]
    """MiB, the sum over the processes; what they share counts once in all."""

    @property
    def peak(self) -> float:
        """The largest sum of resident memory in MiB."""
        return max(self.resident, default=0.0)

    @property
    def peak_proportional(self) -> float:
        """The largest sum of proportional memory in MiB."""
        return max(self.proportional, default=0.0)

    def at_share(self, share: float) -> float:
        """Return the proportional memory in MiB when this share of the time had passed."""
        wanted = share * self.seconds
        held = [
            m for t, m in zip(self.at, self.proportional, strict=True) if t <= wanted
        ]
        return held[-1] if held else 0.0


def watched(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a command to its end and look at its memory meanwhile."""
    looks: list[tuple[float, float, float]] = []
    started = time.perf_counter()
    # A file, not a pipe: nobody reads while the command runs, and a full pipe would stop it.
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=told
        ) as process,
    ):
        while process.poll() is None:
            held = _held(process.pid)
            looks.append((time.perf_counter() - started, *held))
            try:
                process.wait(EVERY if len(looks) > 20 else SHORT)
            except subprocess.TimeoutExpired:
                continue
        seconds = time.perf_counter() - started
        told.seek(0)
        complaint = told.read().decode(errors="replace")
    if process.returncode:
        message = f"{' '.join(command)} ended with {process.returncode}: {complaint}"
        raise SystemExit(message)
    at, resident, proportional = zip(*looks, strict=True) if looks else ((), (), ())
    return Run(seconds, at, resident, proportional)


def _held(pid: int) -> tuple[float, float]:
    """Add up the resident and the proportional memory of a process and its children, in MiB."""
    resident = proportional = 0.0
    for member in _tree(pid):
        rollup = Path(f"/proc/{member}/smaps_rollup")
        try:
            lines = rollup.read_text().splitlines()
        except OSError:  # it ended meanwhile
            continue
        sizes = {line.split()[0]: line.split()[1] for line in lines[1:]}
        resident += int(sizes.get("Rss:", 0)) / 1024
        proportional += int(sizes.get("Pss:", 0)) / 1024
    return resident, proportional


def _tree(pid: int) -> list[int]:
    found, here = [pid], [pid]
    while here:
        here = [child for parent in here for child in _children(parent)]
        found += here
    return found


def _children(pid: int) -> list[int]:
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children += map(int, task.read_text().split())
        except OSError:
            continue
    return children
