"""Let processes write to one docket at once, or be killed while they write, and say what they were told.

Started by the tests, for each question once: the processes are forked children, so that a
kill is a real kill and a start costs little. Prints one JSON document.
"""

import ctypes
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from pathlib import Path

from standsbehind.errors import UsageError
from standsbehind.store.docket import Docket
from tests.casework import START, add, decide
from tests.faults.spread import spread


def say(stream, word):
    stream.write(f"{word}\n")
    stream.flush()


@contextmanager
def forked(work):
    """Run work in a child, and give its id and the stream on which it says things."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        try:
            with os.fdopen(into, "w") as said:
                work(lambda word: say(said, word))
        except BaseException:  # noqa: BLE001 - a child never goes on as its parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as stream:
        yield child, stream
    os.waitpid(child, 0)


def write_acts(address, case, count, tell):
    """Add evidence, opening the docket anew for each, as each command does."""
    for _ in range(count):
        (act,) = Docket.at(address).add(case, [add()], START)
        tell(act.number)


def state(address, case):
    """Say what is on record now, and that one more act is taken."""
    docket = Docket.at(address)
    bad = [line for line in docket.problems() if line]
    held = len(docket.case(case).acts)
    (act,) = docket.add(case, [add()], START)
    return {"held": held, "bad": bad, "next": act.number}


def strike(address, case, wanted):
    """Kill a writer at one change on disk after the other, each time on a fresh copy."""
    shim = ctypes.CDLL(None)
    base = address.parent
    work = base.with_name("work")

    def armed(at, tell):
        shim.fault_arm(str(work).encode(), ctypes.c_long(at), 0)
        write_acts(work / address.name, case, 2, tell)
        tell(shim.fault_count())

    def struck(at):
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(base, work)
        with forked(lambda tell: armed(at, tell)) as (_, stream):
            told = [int(word) for word in stream]
        return {"told": told, **state(work / address.name, case)}

    changes = struck(0)["told"][-1]
    points = spread(changes, int(wanted) or changes)
    return {"changes": changes, "found": [struck(at) for at in points]}


def kill(address, case, seed):
    """Kill a writer some moments after it was told something, three times."""
    chance = random.Random(int(seed))
    found = []
    for _ in range(3):
        with forked(lambda tell: write_acts(address, case, 1_000, tell)) as (pid, said):
            told = [int(said.readline()) for _ in range(chance.randrange(1, 4))]
            time.sleep(chance.random() * 0.02)
            os.kill(pid, signal.SIGKILL)
            told += [int(word) for word in said]
        found.append({"told": told, **state(address, case)})
    return {"found": found}


def race(address, cases):
    """In each case let three people who read the same decide the same, at once."""
    return [raced(address, case, ("Dora", "Egon", "Otto")) for case in cases.split(",")]


def raced(address, case, people):
    gate, opened = os.pipe()

    def decided(by, tell):
        os.close(opened)
        docket = Docket.at(address)
        seen = len(docket.case(case).acts)
        tell("ready")
        os.read(gate, 1)  # ends when nobody holds the other side any more
        try:
            docket.add(case, [decide(2, by=by)], START, seen=seen)
        except UsageError as error:
            tell(error)
        else:
            tell("decided")

    with together([lambda tell, by=by: decided(by, tell) for by in people]) as streams:
        assert [stream.readline() for stream in streams] == ["ready\n"] * len(people)
        os.close(opened)
        told = [stream.read().strip() for stream in streams]
    return dict(zip(people, told, strict=True))


def many(address, case, writers, each):
    """Let many add evidence at once."""
    work = [lambda tell: write_acts(address, case, int(each), tell)] * int(writers)
    with together(work) as streams:
        return sorted(int(word) for stream in streams for word in stream)


def first(address, case, count):
    """Let many open a docket that is not there yet."""
    del case
    work = [lambda tell: tell(len(Docket.at(address).people().roles))] * int(count)
    with together(work) as streams:
        return [stream.read().strip() for stream in streams]


@contextmanager
def together(works):
    """Run works in children at the same time, and give the streams on which they speak."""
    if not works:
        yield []
        return
    with forked(works[0]) as (_, stream), together(works[1:]) as others:
        yield [stream, *others]


def write(address, case):
    """Add evidence until the end, and say each at once."""
    write_acts(address, case, 1_000, lambda word: say(sys.stdout, word))


def main():
    task, address, case, *more = sys.argv[1:]
    where = address if "://" in address else Path(address)
    tasks = (strike, kill, race, many, first, write)
    (run,) = (one for one in tasks if one.__name__ == task)
    sys.stdout.write(json.dumps(run(where, case, *more)))


if __name__ == "__main__":
    main()
