"""The machine: what a figure was measured on, and a process pinned to a core."""

import os
import platform
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

__all__ = ["CORES", "described", "pinned", "tell_machine"]

ROOT = Path(__file__).resolve().parents[2]
CORES = (
    sorted(os.sched_getaffinity(0))
    if hasattr(os, "sched_getaffinity")
    else list(range(os.cpu_count() or 1))
)
"""The cores that this process may run on."""
OURS = ("standsbehind", "rapidfuzz", "duckdb", "numpy")


def described(peers: dict[str, str] | None = None) -> dict[str, object]:
    """Describe machine, load, versions and command, to stand beside the figures."""
    return {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": " ".join(["python", _command(), *sys.argv[1:]]),
        "cpu": _cpu(),
        "cores": len(CORES),
        "memory_gib": round(_memory_gib(), 1),
        "load": [round(load, 1) for load in os.getloadavg()],
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "versions": {name: metadata.version(name) for name in OURS} | (peers or {}),
    }


def _command() -> str:
    path = Path(sys.argv[0]).resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def tell_machine(machine: dict[str, object]) -> None:
    """Print what `described` says, one line each."""
    for key, value in machine.items():
        text = value
        if isinstance(value, dict):
            text = ", ".join(f"{name} {version}" for name, version in value.items())
        print(f"{key:<12} {text}")


def pinned(cores: Sequence[int], *command: object) -> list[str]:
    """Put a command on these cores alone, where the machine can."""
    words = [str(word) for word in command]
    if shutil.which("taskset") is None:
        return words
    return ["taskset", "-c", ",".join(map(str, cores)), *words]
