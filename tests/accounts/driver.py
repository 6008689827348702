"""Let processes change the accounts of one database at once, and say what they were told.

Started by the tests; the processes are forked children. Prints one JSON document.
"""

import json
import os
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from standsbehind.errors import UsageError
from standsbehind.model.audited import Deed
from standsbehind.store.accounts import Accounts
from tests.faults.docket_driver import together


def now():
    return datetime.now(tz=UTC)


def write_on(address, who, each, tell):
    """Put deeds on record, a part of them with a change of a user."""
    accounts = Accounts.at(address)
    for place in range(each):
        if place % 4:
            accounts.audit.add(Deed(who, "session", "", f"GET /{place}"), now())
        else:
            accounts.add(f"user{place}", "reader", who, now())
    tell(each)


def logs(address, writers, each):
    """Let many write to the log."""
    works = [partial(write_on, address, f"w{one}", each) for one in range(writers)]
    with together(works) as streams:
        return sum(int(stream.read()) for stream in streams)


def raced(works):
    """Let works wait for each other, and then begin at once."""
    gate, opened = os.pipe()

    def one(work, tell):
        os.close(opened)
        tell("ready")
        os.read(gate, 1)  # ends when nobody holds the other side any more
        try:
            tell(f"done {work() or ''}".strip())
        except UsageError as error:
            tell(error)

    with together([partial(one, work) for work in works]) as streams:
        assert [stream.readline() for stream in streams] == ["ready\n"] * len(works)
        os.close(opened)
        return [stream.read().strip() for stream in streams]


def same_user(address, rounds):
    """Let four add one user at once, in several rounds."""

    def added(name, role):
        Accounts.at(address).add(name, role, "root", now())

    roles = ("reader", "screener", "reviewer", "admin")
    return [
        raced([partial(added, f"one{place}", role) for role in roles])
        for place in range(rounds)
    ]


def leaving(address, rounds):
    """Let one disable a user while others make keys and log in; say what was given out."""
    accounts = Accounts.at(address)
    told = []
    for place in range(rounds):
        name = f"leaver{place}"
        accounts.add(name, "reader", "root", now())

        def keyed(name=name):
            return Accounts.at(address).new_key(name, ["read"], 1, "r", now()).secret

        def entered(name=name):
            return Accounts.at(address).begin_session(name, now())

        def shut(name=name):
            Accounts.at(address).disable(name, "root", now())

        said = raced([keyed, shut, entered])
        accounts.add(name, "reader", "root", now())  # back again
        told.append([one.removeprefix("done").strip() for one in said])
    return told


def main():
    task, address, *numbers = sys.argv[1:]
    where = address if "://" in address else Path(address)
    (run,) = (one for one in (logs, same_user, leaving) if one.__name__ == task)
    sys.stdout.write(json.dumps(run(where, *map(int, numbers))))


if __name__ == "__main__":
    main()
