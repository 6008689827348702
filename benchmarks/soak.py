"""Ask a server everything for half an hour, while newer snapshots take over, and watch its memory.

Run `python benchmarks/soak.py DATA [--minutes 30]` from the repository, where DATA is a data folder
with lists; it is copied, for the run publishes into it. Askers match names, search, read entities,
trace, screen files and open pages, each without a pause; every few minutes a list of our own changes
and is pulled. Prints a line a minute, and at the end whether memory still grew.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx

from server import URL, Process, installed, memory_of, served
from vendors import vendor

ASKERS = 8
LOOK_EVERY = 2.0
"""Seconds between two looks at the memory."""
MOST_GROWTH = 1.05
"""The median of the last third by that of the middle third: above it, memory grew."""

PAGES = (
    "/",
    "/search?q=dahua",
    "/entity/core-hikvision",
    "/trace?from=Amazon&to=core-pl-xinjiang",
    "/map",
    "/sources",
    "/standards",
    "/standards/parity",
    "/standards/neutrality",
    "/compare",
    "/search?q=dahua&lang=zh",
)
ANSWERS = (
    "/api/v1/entities/core-zhejiang-dahua",
    "/api/v1/entities/core-hikvision/statements",
    "/api/v1/trace?from=Amazon&to=core-pl-xinjiang&max_hops=3",
    "/api/v1/owners?entity=core-hikvision",
    "/api/v1/effects?entity=core-hikvision&role=exporter&in=us",
    "/api/v1/assess?entity=core-hikvision",
    "/entities/core-hikvision",
    "/entities/core-hikvision/adjacent",
    "/catalog",
    "/metrics",
)


@dataclass(slots=True)
class Told:
    """What was asked and what came of it."""

    asked: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Seconds since the start, and MiB."""
    snapshots: set[str] = field(default_factory=set)


Ask = Callable[[httpx.AsyncClient, random.Random], Awaitable[httpx.Response]]


def query(dice: random.Random) -> dict[str, object]:
    """Describe one made-up vendor."""
    return {"schema": "Company", "properties": {"name": [vendor(dice)]}}


async def match(api: httpx.AsyncClient, dice: random.Random) -> httpx.Response:
    """Match one vendor, or a batch."""
    queries = {f"q{n}": query(dice) for n in range(dice.choice((1, 1, 1, 20)))}
    return await api.post("/match/default", json={"queries": queries})


async def search(api: httpx.AsyncClient, dice: random.Random) -> httpx.Response:
    """Type what may be a name."""
    typed = vendor(dice)[: dice.randint(2, 12)]
    return await api.get("/search/default", params={"q": typed, "fuzzy": "true"})


async def reconcile(api: httpx.AsyncClient, dice: random.Random) -> httpx.Response:
    """Reconcile ten cells."""
    queries = {f"q{n}": {"query": vendor(dice)} for n in range(10)}
    return await api.post("/reconcile/default", data={"queries": json.dumps(queries)})


async def answer(api: httpx.AsyncClient, dice: random.Random) -> httpx.Response:
    """Ask for one of the answers with evidence."""
    return await api.get(dice.choice(ANSWERS))


async def page(api: httpx.AsyncClient, dice: random.Random) -> httpx.Response:
    """Open one of the pages."""
    return await api.get(dice.choice(PAGES), headers={"accept": "text/html"})


async def entity(api: httpx.AsyncClient, dice: random.Random) -> httpx.Response:
    """Open the page of any entity of the data, as a crawler does."""
    asked = {"q": vendor(dice)[:3], "limit": 50, "offset": dice.randrange(0, 2_000, 50)}
    found = (await api.get("/search/default", params=asked)).json()["results"]
    one = dice.choice(found)["id"] if found else "core-hikvision"
    return await api.get(f"/entity/{one}", headers={"accept": "text/html"})


async def screening(api: httpx.AsyncClient, dice: random.Random) -> httpx.Response:
    """Screen a file, fetch its result and delete both."""
    rows = "".join(f"{vendor(dice)},CN\n" for _ in range(300))
    sent = await api.post(
        "/api/v1/screenings", files={"file": ("vendors.csv", "Vendor,Country\n" + rows)}
    )
    if sent.status_code != 202:
        return sent
    job = sent.json()
    while job["state"] in {"waiting", "running"}:
        await asyncio.sleep(0.5)
        job = (await api.get(sent.headers["location"])).json()
    if job["state"] != "done":
        raise httpx.HTTPError(job.get("error", job["state"]))
    result = await api.get(job["links"]["result_jsonl"])
    await api.delete(sent.headers["location"])
    return result


ASKED: tuple[tuple[Ask, int], ...] = (
    (match, 60),
    (search, 12),
    (reconcile, 6),
    (answer, 12),
    (page, 6),
    (entity, 6),
    (screening, 1),
)


async def ask(told: Told, until: float, seed: int) -> None:
    """Ask one thing after the other."""
    dice = random.Random(seed)  # noqa: S311 - test data
    kinds, weights = zip(*ASKED, strict=True)
    async with httpx.AsyncClient(base_url=URL, timeout=120) as api:
        while time.monotonic() < until:
            kind = dice.choices(kinds, weights)[0]
            began = time.monotonic()
            try:
                said = await kind(api, dice)
            except httpx.HTTPError as error:
                took = time.monotonic() - began
                told.failed[
                    f"{kind.__name__}: {error!r} after {took:.0f} s, from {error.__cause__!r}"
                ] += 1
                continue
            told.asked[kind.__name__] += 1
            if said.status_code != 200:
                told.failed[f"{kind.__name__}: {said.status_code}"] += 1
            told.snapshots.add(said.headers.get("x-snapshot", ""))


async def publish(
    told: Told, behind: Path, data: Path, until: float, every: float
) -> None:
    """Pull a list of our own that has one firm more each time, so that a new snapshot takes over."""
    listed = data.parent / "our-list.json"
    turn = 0
    while time.monotonic() + every < until:
        await asyncio.sleep(every)
        turn += 1
        with listed.open("a", encoding="utf-8") as file:
            firm = {"name": [f"Soak Optics {turn} Ltd"], "country": ["cn"]}
            entry = {"id": f"ours-{turn}", "schema": "Company", "properties": firm}
            file.write(json.dumps(entry) + "\n")
        command = (behind, "--data", data, "pull", "ours", "--file", listed)
        pulled = await asyncio.create_subprocess_exec(
            *command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        _, said = await pulled.communicate()
        if pulled.returncode:
            told.failed[f"pull: {said.decode().strip()}"] += 1


async def watch(told: Told, process: Process, until: float) -> None:
    """Look at the memory, and tell it once a minute."""
    started = time.monotonic()
    minute = 0
    while (now := time.monotonic()) < until:
        told.memory.append((now - started, memory_of(process)))
        if now - started >= 60 * (minute + 1):
            minute += 1
            print(
                f"{minute:3} min  {told.memory[-1][1]:5.0f} MiB  {told.asked.total():7} answers  "
                f"{told.failed.total()} failed {dict(told.failed)} {len(told.snapshots)} snapshots",
                flush=True,
            )
        await asyncio.sleep(LOOK_EVERY)


def verdict(memory: list[tuple[float, float]]) -> tuple[float, float, bool]:
    """Return the medians of the middle and the last third in MiB, and whether memory grew."""
    third = len(memory) // 3
    middle = median(held for _, held in memory[third : 2 * third])
    last = median(held for _, held in memory[2 * third :])
    return middle, last, last > middle * MOST_GROWTH


async def soak(behind: Path, data: Path, process: Process, minutes: float) -> Told:
    """Ask, publish and watch, until the time is over."""
    told = Told()
    until = time.monotonic() + minutes * 60
    await asyncio.gather(
        watch(told, process, until),
        publish(told, behind, data, until, minutes * 60 / 12),
        *(ask(told, until, seed) for seed in range(ASKERS)),
    )
    return told


def main() -> int:
    """Soak over a copy of the folder named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--minutes", type=float, default=30)
    asked = parser.parse_args()
    behind = installed()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(asked.data, data)
        print(f"load average {os.getloadavg()[0]:.1f}")
        with served(behind, data) as (process, _):
            told = asyncio.run(soak(behind, data, process, asked.minutes))
    middle, last, is_grown = verdict(told.memory)
    print(f"answers {told.asked.total()}: {dict(told.asked)}")
    print(f"failed {told.failed.total()}: {dict(told.failed)}")
    print(f"snapshots {len(told.snapshots)}; load average {os.getloadavg()[0]:.1f}")
    print(
        f"memory at the start {told.memory[0][1]:.0f} MiB, median of the middle third {middle:.0f} MiB, of the last {last:.0f} MiB"
    )
    print("memory GREW" if is_grown else "memory did not grow")
    return int(is_grown or bool(told.failed))


if __name__ == "__main__":
    raise SystemExit(main())
