"""Time the HTTP API: start-up, one query, sixteen connections, a batch of a hundred, memory, wrk.

Run `python benchmarks/serving.py DATA` from the repository, where DATA is a data folder with the
lists that are to be searched (`behind pull`); without it, the built-in data. Prints one line per
figure, with the bound that it is held against.
"""

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from server import (
    HOST,
    PORT,
    ROOT,
    URL,
    Process,
    installed,
    memory_of,
    processor_of,
    served,
)
from vendors import vendor

ALONE, TOGETHER, EACH = 400, 16, 200
"""Requests of one connection; connections, and the requests of each."""
NAMES = 50_000
"""Made-up vendors that wrk asks about."""


def tell(
    figure: str, measured: float, bound: float, unit: str, *, least: bool = False
) -> None:
    """Print one figure with its bound."""
    is_within = measured >= bound if least else measured <= bound
    verdict = "within" if is_within else "OVER"
    print(f"{figure:<52} {measured:9.1f} {unit:<5} bound {bound:g} ({verdict})")


def asked(dice: random.Random, count: int = 1) -> bytes:
    """Write a request for so many made-up vendors."""
    queries = {
        f"q{n}": {"schema": "Company", "properties": {"name": [vendor(dice)]}}
        for n in range(count)
    }
    body = json.dumps({"queries": queries}).encode()
    head = f"POST /match/default HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def timed(dice: random.Random, requests: int, count: int = 1) -> list[float]:
    """Ask one request after the other on one connection; return the seconds of each."""
    reader, writer = await asyncio.open_connection(HOST, PORT, limit=1 << 26)
    seconds = []
    for _ in range(requests):
        request = asked(dice, count)
        started = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise RuntimeError(head.decode())
        await reader.readexactly(
            int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        )
        seconds.append(time.perf_counter() - started)
    writer.close()
    return seconds


def spread(seconds: list[float]) -> tuple[float, float]:
    """Return median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    return median(ordered) * 1e3, ordered[int(len(ordered) * 0.95)] * 1e3


def dice(seed: int) -> random.Random:
    """Return dice that fall the same way each time."""
    return random.Random(seed)  # noqa: S311 - test data


async def measure(process: Process) -> None:
    """Measure a server that is ready."""
    await timed(dice(0), 50)
    middle, most = spread(await timed(dice(1), ALONE))
    tell("/match, one query, one connection: p50", middle, 10, "ms")
    tell("/match, one query, one connection: p95", most, 30, "ms")
    before = memory_of(process)
    for _ in range(2):  # the first warms what many at once need
        started = time.perf_counter()
        each = (timed(dice(n), EACH) for n in range(TOGETHER))
        seconds = [one for found in await asyncio.gather(*each) for one in found]
        took = time.perf_counter() - started
    middle, most = spread(seconds)
    tell(
        f"/match, {TOGETHER} connections: requests/s",
        len(seconds) / took,
        300,
        "/s",
        least=True,
    )
    print(f"  of these p50 {middle:.1f} ms, p95 {most:.1f} ms")
    batch, _ = spread(await timed(dice(2), 20, 100))
    tell("/match, a batch of 100 queries: p50", batch, 100, "ms")
    print(f"memory {before:.0f} MiB before, {memory_of(process):.0f} MiB after")


def load(folder: Path) -> None:
    """Ask on sixteen connections with wrk, where it is installed."""
    if not shutil.which("wrk"):
        print("wrk is not installed (Debian: apt-get install wrk): not measured")
        return
    names, fall = folder / "names.txt", dice(3)
    names.write_text("".join(f"{vendor(fall)}\n" for _ in range(NAMES)), "utf-8")
    script = ROOT / "benchmarks" / "match.lua"
    command = ("wrk", "-t1", f"-c{TOGETHER}", "-d20s", "-s", script)
    said = subprocess.run(
        (*command, f"{URL}/match/default"),
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "NAMES": str(names)},
    ).stdout
    a_second, middle, most, failed = said.split("figures")[1].split()[:4]
    tell("/match, wrk: requests/s", float(a_second), 300, "/s", least=True)
    print(f"  of these p50 {middle} ms, p95 {most} ms; {failed} failed")


def main() -> None:
    """Measure over the folder named, or the built-in data."""
    behind = installed()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "data"
        subprocess.run(
            [behind, "--data", data, "doctor"], check=False, capture_output=True
        )
        print(f"load average {os.getloadavg()[0]:.1f}")
        starts = []
        for _ in range(3):
            with served(behind, data) as (process, seconds):
                starts.append((seconds, processor_of(process)))
        seconds, processor = map(median, zip(*starts, strict=True))
        tell("start-up until it answers (median of 3)", seconds, 3, "s")
        print(f"  of these {processor:.1f} s of processor")
        with served(behind, data) as (process, _):
            asyncio.run(measure(process))
            load(Path(folder))


if __name__ == "__main__":
    main()
