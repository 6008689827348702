"""Metrics: what the server did, in the text form that Prometheus reads."""

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

__all__ = ["Metrics"]

BOUNDS = (0.005, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Seconds: the upper bounds of the classes of duration."""


class Metrics:
    """Counts of one process since its start."""

    def __init__(self) -> None:
        self.began = time.time()
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.took: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self.seconds: dict[str, float] = defaultdict(float)
        self.queries = 0
        """Examples that were matched."""
        self.matches = 0

    def count(self, route: str, method: str, status: int, took: float) -> None:
        """Count one request."""
        self.requests[route, method, status] += 1
        self.took[route][bisect_left(BOUNDS, took)] += 1
        self.seconds[route] += took

    def text(self, gauges: Mapping[str, float]) -> str:
        """Write all, and the gauges of the moment by their full names with labels."""
        return "".join(f"{line}\n" for line in self._lines(gauges))

    def _lines(self, gauges: Mapping[str, float]) -> Iterator[str]:
        yield from _told("behind_requests_total", "counter", "Requests answered.")
        for (route, method, status), count in sorted(self.requests.items()):
            labels = _labels(route=route, method=method, status=str(status))
            yield f"behind_requests_total{labels} {count}"
        yield from self._durations()
        for name, helped, counted in (
            ("behind_queries_total", "Examples that were matched.", self.queries),
            ("behind_matches_total", "Entities that counted as a match.", self.matches),
        ):
            yield from _told(name, "counter", helped)
            yield f"{name} {counted}"
        for name, value in {**_of_process(self.began), **gauges}.items():
            yield from _told(name.partition("{")[0], "gauge")
            yield f"{name} {value}"

    def _durations(self) -> Iterator[str]:
        name = "behind_request_seconds"
        yield from _told(name, "histogram", "How long requests took.")
        for route, counts in sorted(self.took.items()):
            sums = _summed(counts)
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), sums, strict=True):
                yield f"{name}_bucket{_labels(route=route, le=bound)} {count}"
            yield f"{name}_sum{_labels(route=route)} {self.seconds[route]:.6f}"
            yield f"{name}_count{_labels(route=route)} {sum(counts)}"


def _told(name: str, kind: str, helped: str = "") -> Iterator[str]:
    if helped:
        yield f"# HELP {name} {helped}"
    yield f"# TYPE {name} {kind}"


def _summed(counts: Iterable[int]) -> Iterator[int]:
    total = 0
    for count in counts:
        total += count
        yield total


def _labels(**labels: str) -> str:
    written = (f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{','.join(written)}}}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _of_process(began: float) -> dict[str, float]:
    pages = (
        int(Path("/proc/self/statm").read_text("ascii").split()[1])
        if Path("/proc/self/statm").exists()
        else 0
    )
    return {
        "process_start_time_seconds": began,
        "process_resident_memory_bytes": pages * 4096,
    }
