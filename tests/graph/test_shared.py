"""Several processes read one snapshot while another publishes: each keeps what it opened."""

import subprocess
import sys

from standsbehind.publishing.publish import publish
from standsbehind.store.snapshot import current
from tests.published import a_ledger, take_in
from tests.told import firm, link

READER = """
import sys
from pathlib import Path
from standsbehind.graph.reader import Reader
from standsbehind.store.snapshot import current
reader = Reader(current(Path(sys.argv[1])))
links = reader.links
print(reader.snapshot.id, flush=True)
for line in sys.stdin:  # a question: the number of an edge
    (edge,) = reader.edges_at([int(line)]).values()
    print(edge.source, edge.target, len(links), len(edge.citations), flush=True)
"""


def opened(home):
    """Start a process that opens the current snapshot and answers from it."""
    return subprocess.Popen(
        [sys.executable, "-c", READER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def asked(reader, number):
    reader.stdin.write(f"{number}\n")
    reader.stdin.flush()
    return reader.stdout.readline().strip()


def test_two_processes_read_one_snapshot_while_a_third_publishes(tmp_path):
    home = tmp_path / "snapshots"
    ledger = a_ledger(
        tmp_path / "ledger", firm("x", "Acme"), firm("y", "Bolt"), link("e", "x", "y")
    )
    before = publish(ledger, home)
    readers = [opened(home) for _ in range(2)]
    assert {reader.stdout.readline().strip() for reader in readers} == {before.id}
    for turn in range(3):
        more = firm(f"a{turn}", "Cog") + link(f"d{turn}", f"a{turn}", "x")
        take_in(ledger, more, dataset=f"more{turn}")
        publish(ledger, home)
        assert [asked(reader, 0) for reader in readers] == ["x y 1 1"] * 2
    after = opened(home)
    assert after.stdout.readline().strip() == current(home).id != before.id
    assert asked(after, 3) == "x y 4 1"
    for reader in (*readers, after):
        reader.communicate()
        assert reader.returncode == 0
