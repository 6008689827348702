"""Time the pages as a reader meets them: first paint of each, a large trace, a large upload.

Run `python benchmarks/pages.py DATA` from the repository, where DATA is a data folder with the
lists that are to be read (`behind pull`); without it, the built-in data. Asks Debian's Chromium,
without WebGL. Prints one line per figure, with the bound that it is held against. An upload of
invented rows is screened in DATA, and deleted. After DATA parts may be named: pages, trace, upload.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Error, Page, sync_playwright

from server import URL, installed, processor_of, served
from serving import tell
from standsbehind.graph.reader import Reader
from standsbehind.store import snapshot
from vendors import write_vendors

FIRST_PAINT, INTERACTIVE = 1_000, 1_500
"""Milliseconds that are allowed."""
ROWS = 10_000
CHAINS, LINKS = 83, 7
"""Chains between two invented firms: 83 times 6 firms and the two ends are 500 entities."""

_PAINTED = """
new Promise(told => new PerformanceObserver(seen => {
    const first = seen.getEntriesByName("first-contentful-paint")[0];
    if (first) told(first.startTime);
}).observe({type: "paint", buffered: true}))
"""
_READY = """async () => {
  const began = performance.now();
  document.getElementById("explore").click();
  const figure = document.getElementById("picture");
  while (!figure.dataset.ready) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return [performance.now() - began, performance.now()];
}"""


def pages_of(data: Path) -> dict[str, str]:
    """Name the pages that are timed, with the address of each."""
    largest = most_linked(data)
    return {
        "home": "/",
        "search with facets": "/search?q=technology&countries=cn",
        "search, nothing found": "/search?q=zzqxv",
        "the entity with most links": f"/entity/{largest}",
        "an entity of the built-in data": "/entity/core-zhejiang-dahua",
        "trace, the form": "/trace",
        "trace, found": "/trace?from=core-lorex&to=core-pl-xinjiang&max_hops=4",
        "map": "/map",
        "screening, the form": "/screening",
        "standards": "/standards",
        "standards, one class": "/standards?class=C1",
        "parity": "/standards/parity",
        "neutrality": "/standards/neutrality",
        "cases": "/cases",
        "sources": "/sources",
        "compare": "/compare",
        "an error": "/nowhere",
    }


def most_linked(data: Path) -> str:
    """Find the entity with most links."""
    found = snapshot.current(data / "snapshots")
    if found is None:
        raise SystemExit(f"{data}: no snapshot")
    reader = Reader(found)
    counts = (len(reader.graph.links(n)[1]) for n in range(len(reader.ids)))
    return reader.ids[max(enumerate(counts), key=lambda one: one[1])[0]]


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """Open a window that keeps nothing of an earlier one."""
    context = browser.new_context(viewport={"width": 1280, "height": 844})
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def painted(window: Page, path: str) -> float:
    """Load a page; return the milliseconds until its first content is on the screen."""
    window.goto(URL + path)
    return float(window.evaluate(_PAINTED))


def time_pages(browser: Browser, behind: Path, data: Path) -> None:
    """Time each page as the first thing that a server is asked for, and again."""
    for name, path in pages_of(data).items():
        with served(behind, data) as (process, _), opened(browser) as window:
            used = [processor_of(process)]
            cold = painted(window, path)
            used.append(processor_of(process))
            warm = median(painted(window, path) for _ in range(3))
            used.append(processor_of(process))
        tell(f"first paint, cold: {name}", cold, FIRST_PAINT, "ms")
        tell(f"first paint, warm: {name}", warm, FIRST_PAINT, "ms")
        spent = (used[1] - used[0], (used[2] - used[1]) / 3)
        print(
            f"  processor of the server: {spent[0]:.2f} s cold, {spent[1]:.2f} s warm"
        )


def chains() -> Iterator[dict[str, object]]:
    """Invent firms in chains from one end to the other, as FollowTheMoney."""

    def firm(key: str) -> dict[str, object]:
        return {"id": key, "schema": "Company", "properties": {"name": [f"Firm {key}"]}}

    yield firm("first")
    yield firm("last")
    for chain in range(CHAINS):
        inner = [f"c{chain}-{place}" for place in range(LINKS - 1)]
        yield from map(firm, inner)
        way = ["first", *inner, "last"]
        for owner, asset in pairwise(way):
            ends = {"owner": [owner], "asset": [asset]}
            key = f"{owner}-owns-{asset}"
            yield {"id": key, "schema": "Ownership", "properties": ends}


def time_trace(browser: Browser, behind: Path, folder: Path) -> None:
    """Time the canvas of a trace that leads over 500 entities."""
    data, file = folder / "traced", folder / "chains.ftm.json"
    file.write_text("".join(json.dumps(one) + "\n" for one in chains()), "utf-8")
    command = (behind, "--data", data, "pull", "chains", "--file", file)
    subprocess.run(command, check=True, capture_output=True)
    path = f"/trace?from=Firm+first&to=Firm+last&max_hops={LINKS}&limit={CHAINS + 1}"
    with served(behind, data):
        paints, drawn, both, nodes = [], [], [], 0
        for _ in range(3):
            with opened(browser) as window:
                paints.append(painted(window, path))
                took, since = window.evaluate(_READY)
                drawn.append(took)
                both.append(since)
                graph = window.locator("#picture").get_attribute("data-graph") or "{}"
                nodes = len(json.loads(graph)["nodes"])
    what = f"trace over {nodes} entities"
    tell(f"{what}: first paint, median of 3", median(paints), FIRST_PAINT, "ms")
    tell(f"{what}: asked for to moving", median(drawn), INTERACTIVE, "ms")
    tell(f"{what}: from the address on", median(both), INTERACTIVE, "ms")


def time_upload(browser: Browser, behind: Path, data: Path, folder: Path) -> None:
    """Screen many rows as the form does, and watch the count move."""
    file = folder / "vendors.csv"
    write_vendors(file, ROWS)
    with served(behind, data), opened(browser) as window:
        window.goto(f"{URL}/screening")
        window.set_input_files("#file", file)
        began = time.perf_counter()
        window.click("#sending button")
        window.wait_for_selector("form.terms")
        tell(f"{ROWS:,} rows: sent to columns", time.perf_counter() - began, 5, "s")
        began = time.perf_counter()
        window.click("form.terms > button")
        window.wait_for_selector("#progress")
        moves = moves_of(window, began)
        tell(f"{ROWS:,} rows: asked to first count", moves[0], 5, "s")
        tell(f"{ROWS:,} rows: asked to result", time.perf_counter() - began, 60, "s")
        tell(f"{ROWS:,} rows: moves of the count", len(moves), 3, "", least=True)
        window.click("form.away button")


def moves_of(window: Page, began: float) -> list[float]:
    """Say when the count moved, in seconds, until the result is there."""
    moves: dict[str, float] = {}
    while not window.locator("dl.counts").count():
        said = ""
        with suppress(Error):  # the page may just be giving way to the result
            said = window.evaluate("document.getElementById('said')?.textContent ?? ''")
        if re.search(r"[1-9][\d,.]*\s*(/|of)\s*\d", said):
            moves.setdefault(said, time.perf_counter() - began)
        time.sleep(0.05)
    return list(moves.values()) or [time.perf_counter() - began]


def main() -> None:
    """Measure over the folder named, or the built-in data."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("no Chromium on this machine")
    flags = ["--no-sandbox", "--disable-3d-apis"]
    parts = sys.argv[2:] or ["pages", "trace", "upload"]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        data = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "data"
        behind = installed()
        ready = (behind, "--data", data, "doctor")
        subprocess.run(ready, check=False, capture_output=True)
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        print(f"load average {os.getloadavg()[0]:.1f}")
        if "pages" in parts:
            time_pages(browser, behind, data)
        if "trace" in parts:
            time_trace(browser, behind, folder)
        if "upload" in parts:
            time_upload(browser, behind, data, folder)
        print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
