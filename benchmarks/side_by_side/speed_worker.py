"""Time one method in a fresh process: what is asked comes as JSON, the seconds go out as JSON."""

import csv
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

Job = dict[str, Any]
"""`names`, `schemata` and `queries`, lists of text; or `csv`, the path of a list."""


def timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """Do the work; return its result with wall and CPU seconds."""
    started, cpu = time.perf_counter(), time.process_time()
    result = work()
    seconds = time.perf_counter() - started
    return result, {"seconds": seconds, "cpu": time.process_time() - cpu}


def ours(job: Job) -> dict[str, Any]:
    """Index the list and ask all queries at once, at the working threshold.

    The one place that knows how the matcher is called.
    """
    started = time.perf_counter()
    from standsbehind.matching.search import list_names, search  # noqa: PLC0415

    loaded = time.perf_counter()
    listed = list_names(job["names"], job["schemata"])
    built = time.perf_counter()
    found, took = timed(lambda: search(listed, job["queries"]))
    return {
        "load": loaded - started,
        "build": built - loaded,
        **took,
        "pairs": len(found.scores),
        "found": len(set(found.asked.tolist())),
    }


def token_sort(job: Job) -> dict[str, Any]:
    """Score every query with every name, one row of scores at a time."""
    import numpy as np  # noqa: PLC0415
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    from side_by_side.peers import prepared  # noqa: PLC0415

    names = prepared(job["names"])

    def scored() -> int:
        rows = process.cdist(
            prepared(job["queries"]), names, scorer=fuzz.ratio, dtype=np.uint8
        )
        return int((rows.max(axis=1) >= 70).sum())

    found, took = timed(scored)
    return {**took, "found": found}


def jaro_winkler(job: Job) -> dict[str, Any]:
    """Cross join in DuckDB on one thread."""
    import duckdb  # noqa: PLC0415

    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(
            "CREATE TABLE names AS SELECT lower(unnest(?)) there", [job["names"]]
        )
        sql = """
          SELECT count(DISTINCT asked) FROM (SELECT lower(unnest(?)) asked), names
          WHERE jaro_winkler_similarity(asked, there) >= 0.7"""
        rows, took = timed(lambda: connection.execute(sql, [job["queries"]]).fetchall())
    return {**took, "found": rows[0][0]}


def relational(job: Job) -> dict[str, Any]:
    """Candidates by SQL alone."""
    from side_by_side.relational import run_plan  # noqa: PLC0415

    return run_plan(job["names"], job["queries"])


def index(job: Job) -> dict[str, Any]:
    """Index the names of the table at `csv`; reading it is not in the time."""
    from standsbehind.matching.search import list_names  # noqa: PLC0415

    with Path(job["csv"]).open(encoding="utf-8", newline="") as file:
        rows = [(row["name"], row["schema"]) for row in csv.DictReader(file)]
    names, schemata = [name for name, _ in rows], [schema for _, schema in rows]
    listed, took = timed(lambda: list_names(names, schemata))
    return {**took, "names": len(listed.names)}


METHODS: dict[str, Callable[[Job], dict[str, Any]]] = {
    "ours": ours,
    "token_sort": token_sort,
    "jaro_winkler": jaro_winkler,
    "relational": relational,
    "index": index,
}


def main(arguments: Sequence[str]) -> None:
    """Read the job, run the method, print what it took."""
    method, path = arguments
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    print(json.dumps({**METHODS[method](job), "queries": len(job.get("queries", ()))}))


if __name__ == "__main__":
    main(sys.argv[1:])
