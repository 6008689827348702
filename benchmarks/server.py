"""A server to measure, installed as a user installs it: the package and the extra `web`, no more."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST, PORT = "127.0.0.1", int(os.environ.get("BENCH_PORT", "8765"))
URL = f"http://{HOST}:{PORT}"
LONGEST_START = 120
"""Seconds after which a server that does not answer has failed."""

Process = subprocess.Popen[bytes]


def installed() -> Path:
    """Return the command `behind` of an environment with the locked packages, made where missing."""
    folder = ROOT / "build" / "serving"
    sync = (ROOT / ".venv/bin/uv", "sync", "--quiet", "--frozen", "--no-dev")
    subprocess.run(
        (*sync, "--extra", "web", "--no-editable", "--reinstall-package=standsbehind"),
        check=True,
        cwd=ROOT,
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(folder)},
    )
    return folder / "bin" / "behind"


@contextmanager
def served(behind: Path, data: Path) -> Iterator[tuple[Process, float]]:
    """Serve a data folder; give the process and the seconds until it was ready."""
    if is_ready():
        raise RuntimeError(f"something else answers at {URL}: stop it first")
    started = time.perf_counter()
    command = (behind, "--data", data, "serve", "--port", str(PORT))
    with (ROOT / "build" / "serving" / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, stderr=said)
    try:
        while not is_ready():
            took = time.perf_counter() - started
            if process.poll() is not None or took > LONGEST_START:
                raise RuntimeError("the server did not start")
            time.sleep(0.01)
        yield process, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()


def is_ready() -> bool:
    """Whether the server answers."""
    command = ("curl", "-sf", "-o", os.devnull, f"{URL}/readyz")
    return subprocess.run(command, check=False).returncode == 0


def processor_of(process: Process) -> float:
    """Return the seconds of processor that a process took by now."""
    fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2]
    ticks = sum(map(int, fields.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(process: Process) -> float:
    """Return the MiB that a process holds, without those of the processes that it started."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
