"""Run one operation again and again, each time killed or refused at another change on disk.

Started by the tests with the failing disk loaded ahead of the C library. Every run is a
forked child on a fresh copy of the data folder, so that a kill is a real kill. Prints one
JSON line per point: what was found afterwards.
"""

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb  # noqa: F401 - loaded once here, not in every child

from standsbehind.cases.judging import Bench, Word
from standsbehind.cli.asking_again import ask_again, ask_first
from standsbehind.cli.session import Session
from standsbehind.errors import BehindError
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.reader import Reader
from standsbehind.publishing.bundle import bundle
from standsbehind.publishing.feed import write_feed
from standsbehind.publishing.following import Refused, Taking, follow
from standsbehind.publishing.home import Home, timestamp
from standsbehind.publishing.subscriptions import Subscription
from standsbehind.publishing.update import pull_files
from standsbehind.publishing.verify import verify_home, verify_path
from standsbehind.publishing.watches import Watch, Watches
from standsbehind.resolution.judgements import Customer
from standsbehind.store import snapshot
from tests.faults.spread import spread

SHIM = ctypes.CDLL(None)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OLD = ["Acme", "Bolt"]
NEW = ["Acme", "Bolt", "Cargo"]


def write_list(path: Path, names: list[str]) -> Path:
    lines = [
        {"id": f"x-{n.lower()}", "schema": "Company", "properties": {"name": [n]}}
        for n in names
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def pulled(home: Home, names: list[str]) -> None:
    file = write_list(home.folder.parent / "list.ftm.json", names)
    pull_files(home, "tiny", [file], NOW, accept_shrink=True)


def pull(home: Home) -> None:
    pulled(home, NEW)


def publish(home: Home) -> None:
    home.publish()


def pull_and_publish(home: Home) -> None:
    pulled(home, NEW)
    home.publish()


def new_key(home: Home) -> None:
    home.keys.new("desk", "2026-11-24")
    home.sign_checkpoint()


def write_bundle(home: Home) -> None:
    bundle(home, ["x-acme"], home.folder / "evidence.zip", with_copies=True)


def offered(folder: Path, names: list[str]) -> None:
    """Offer the names as the next version of another house's feed."""
    theirs = Home(folder / "theirs" / "home")
    theirs.folder.mkdir(parents=True, exist_ok=True)
    pulled(theirs, names)
    write_feed(theirs, folder / "feed", ("tiny",))


def followed(home: Home) -> None:
    feed = Subscription("tiny", str(home.folder.parent / "feed" / "index.json"))
    outcome = follow(home, feed, NOW, Taking())
    if isinstance(outcome, Refused):
        raise BehindError(outcome.reason)


def watched(home: Home) -> None:
    session = Session(str(home.folder), progress=False)
    watches = Watches.of(home)
    with watches.writing():
        problems = ask_again(session, watches, "tiny").problems
    if problems:
        raise BehindError("; ".join(problems))


def watch_first(home: Home) -> None:
    session = Session(str(home.folder), progress=False)
    watch = Watch("tiny", "source", {"dataset": "tiny"})
    Watches.of(home).add(watch, ask_first(session, watch), None)


def judged(home: Home, name: str) -> None:
    served = snapshot.current(home.snapshots)
    assert served is not None
    reader = Reader(served)
    word = Word(Customer(name), "x-acme", "negative", "customer", "A", "no kin")
    one = Bench(reader, Lookup(reader), NOW).judgement(word)
    home.judgements.keep([one], timestamp(NOW))


def judge(home: Home) -> None:
    judged(home, "Acme Bakery")


OPERATIONS: dict[str, Callable[[Home], None]] = {
    "pull": pull,
    "publish": publish,
    "pull_and_publish": pull_and_publish,
    "new_key": new_key,
    "bundle": write_bundle,
    "follow": followed,
    "watch": watched,
    "judge": judge,
}


def prepared(folder: Path, operation: str) -> Home:
    """Lay a data folder out in which the old state serves and the operation has work."""
    home = Home(folder / "home")
    if operation == "follow":
        offered(folder, OLD)
        followed(home)
        offered(folder, NEW)
    else:
        pulled(home, OLD)
    home.keys.new("desk", "2026-11-23")
    home.publish()
    if operation == "judge":
        judged(home, "Acme Foods")
    if operation == "watch":
        watch_first(home)
    if operation in {"publish", "watch"}:
        pulled(home, NEW)
    if operation == "watch":
        home.publish()
    return home


def in_a_child(work: Callable[[], object]) -> tuple[int, object]:
    """Run work in a forked child; return its wait status and what it gave back as JSON."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        code = 0
        try:
            answer = work()
        except BehindError as error:
            code, answer = error.exit_code, str(error)
        except BaseException as error:  # noqa: BLE001 - told to the test as it is
            code, answer = 70, f"{type(error).__name__}: {error}"
        os.write(into, json.dumps(answer).encode())
        os._exit(code)
    os.close(into)
    with os.fdopen(out, "rb") as reader:
        told = reader.read()
    _, status = os.waitpid(child, 0)
    return status, json.loads(told) if told else None


def armed(home: Home, operation: str, at: int, error: int) -> int:
    SHIM.fault_arm(str(home.folder).encode(), ctypes.c_long(at), error)
    OPERATIONS[operation](home)
    return int(SHIM.fault_count())


def names_in(table: object) -> list[str]:
    rows = table.to_pylist()  # type: ignore[attr-defined]
    return sorted(
        row["value"]
        for row in rows
        if row["prop"] == "name" and row["source"] == "tiny"
    )


def state(home: Home) -> dict[str, object]:
    """Say what is on disk now: what the ledger holds, what is served, what is damaged."""
    served = snapshot.current(home.snapshots)
    failed = verify_home(home).failed
    file = home.folder / "evidence.zip"
    return {
        "ledger": names_in(home.ledger.live()),
        "served": names_in(served.table("claims")) if served else None,
        "damaged": list(served.damaged()) if served else [],
        "failed": [*failed, *(verify_path(file).failed if file.exists() else ())],
        "keys": len(home.keys.verifiers()),
        "alerts": alerts(home),
        "judged": len(home.judgements.read().kept),
    }


def alerts(home: Home) -> list[int]:
    """Count the changes in each alert that was made."""
    watches = Watches.of(home)
    return [len(alert["changes"]) for alert in watches.alerts(watches.names())]


def after_again(home: Home, operation: str) -> dict[str, object]:
    """Do it once more, undisturbed: what was left behind must not be in the way."""
    OPERATIONS[operation](home)
    home.publish()
    return state(home)


def strike(
    base: Home, work: Path, operation: str, at: int, error: int
) -> dict[str, object]:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(base.folder.parent, work)
    home = Home(work / base.folder.name)
    status, told = in_a_child(lambda: armed(home, operation, at, error))
    _, found = in_a_child(lambda: state(home))
    _, again = in_a_child(lambda: after_again(home, operation))
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
    return {"at": at, "exit": code, "told": told, "found": found, "again": again}


def main() -> None:
    operation, folder, error, wanted = sys.argv[1:]
    base = prepared(Path(folder) / "base", operation)
    work = Path(folder) / "work"
    shutil.copytree(base.folder.parent, work)
    _, points = in_a_child(
        lambda: armed(Home(work / base.folder.name), operation, 0, int(error))
    )
    assert isinstance(points, int), points
    sys.stdout.write(json.dumps({"points": points}) + "\n")
    for at in spread(points, int(wanted) or points):
        found = strike(base, work, operation, at, int(error))
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
