"""Several at once: writers take turns, and readers never meet a half-published snapshot."""

import subprocess
import sys
from threading import Event, Thread

from standsbehind.publishing.publish import publish
from standsbehind.store import snapshot
from tests.published import a_ledger, take_in
from tests.told import firm

WRITER = """
import sys
from pathlib import Path
from standsbehind.ledger.ledger import Ledger
from tests.published import take_in
from tests.told import firm
name = sys.argv[2]
for turn in range(5):
    take_in(Ledger(Path(sys.argv[1])), firm(f"{name}{turn}", name), dataset=f"{name}{turn}")
"""


def test_two_writers_take_turns_and_lose_nothing(tmp_path):
    ledger = a_ledger(tmp_path / "ledger", firm("x", "Acme"))
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(ledger.folder), name])
        for name in ("one", "two")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len(ledger.entries()) == 11
    assert not any(ledger.check_chain(ledger.entries()))


def test_readers_are_served_during_a_publication(tmp_path):
    ledger = a_ledger(tmp_path / "ledger", firm("x", "Acme"))
    home = tmp_path / "snapshots"
    publish(ledger, home)
    done, problems, reads = Event(), [], []

    def read():
        while not done.is_set():
            try:
                reads.append(snapshot.current(home).table("claims").num_rows)
            except Exception as error:  # noqa: BLE001 - any of them is a failed request
                problems.append(error)

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(6):
        take_in(ledger, firm(f"y{turn}", f"Bolt {turn}"), dataset=f"d{turn}")
        publish(ledger, home)
    done.set()
    for reader in readers:
        reader.join()
    assert problems == []
    assert set(reads) <= {2, 4, 6, 8, 10, 12, 14}
    assert len(set(reads)) > 1
