"""One flipped byte anywhere in what is stored is found, and its file is named."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standsbehind.cases.judging import Bench, Word
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.reader import Reader
from standsbehind.publishing.bundle import bundle
from standsbehind.publishing.home import Home, timestamp
from standsbehind.publishing.repair import repair
from standsbehind.publishing.update import pull_files
from standsbehind.publishing.verify import verify_home, verify_path
from standsbehind.resolution.judgements import Customer
from standsbehind.store import snapshot

SAMPLE = Path(__file__).parents[1] / "connectors" / "samples" / "fcc-coveredlist.html"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A demo store: built-in data, one list, a key, a signed checkpoint, a bundle."""
    home = Home(tmp_path_factory.mktemp("flips") / "data")
    home.snapshot(NOW, lambda: None)
    home.keys.new("desk", "2026-11-24")
    pull_files(home, "us_fcc_covered_list", [SAMPLE], NOW, accept_shrink=True)
    home.publish()
    ids = home.ledger.live("us_fcc_covered_list")["canonical_id"].to_pylist()
    judged(home, ids[0])
    bundle(home, ids[:1], home.folder / "evidence.zip", with_copies=True)
    assert verify_home(home).failed == ()
    assert verify_path(home.folder / "evidence.zip").failed == ()
    return home


def judged(home, entity):
    """Judge twice, so that one entry of the log is followed by another."""
    reader = Reader(snapshot.current(home.snapshots))
    bench = Bench(reader, Lookup(reader), NOW)
    for name in ("Acme Bakery", "Acme Foods"):
        word = Word(Customer(name), entity, "negative", "customer", "A", "no kin")
        home.judgements.keep([bench.judgement(word)], timestamp(NOW))


KEPT = ("archive", "ledger", "snapshots", "checkpoints", "judgements", "evidence.zip")


def stored(home):
    return [
        path
        for path in sorted(home.folder.rglob("*"))
        if path.is_file()
        and path.relative_to(home.folder).parts[0] in KEPT
        and path.stat().st_size
    ]


def flip(path, chance):
    content = bytearray(path.read_bytes())
    place = chance.randrange(len(content))
    content[place] ^= chance.randrange(1, 256)
    path.write_bytes(content)
    return place


def found_in(home, path):
    return (verify_path(path) if path.suffix == ".zip" else verify_home(home)).failed


def try_flips(home, count, seed):
    chance = random.Random(seed)
    files = stored(home)
    for turn in range(count):
        path = files[turn % len(files)]
        whole = path.read_bytes()
        place = flip(path, chance)
        failed = found_in(home, path)
        path.write_bytes(whole)
        assert any(str(path) in line for line in failed), (path, place, failed)


def test_a_flipped_byte_is_found_and_its_file_named(store):
    try_flips(store, len(stored(store)), seed=1)


@pytest.mark.every_kill
def test_a_thousand_flipped_bytes_are_found(store):
    try_flips(store, 1_000, seed=2)


def test_what_can_be_made_again_is_and_the_rest_is_named(store):
    served = next(store.snapshots.glob("*/claims.arrow"))
    blocks = next(store.ledger.folder.glob("*-core/blocks.bin"))
    copy = next(
        p for p in store.archive.folder.glob("??/*") if b"<html" in p.read_bytes()
    )
    evidence = copy.read_bytes()
    for path in (served, blocks, copy, store.snapshots / "CURRENT"):
        flip(path, random.Random(3))
    (store.ledger.folder / "HEAD").unlink()
    (store.folder / "archive" / ".writing-left").write_bytes(b"half")
    done = {one.path.name for one in repair(store)}
    assert {"blocks.bin", "HEAD", ".writing-left", copy.name} <= done
    (line,) = verify_home(store).failed
    assert "the copy of" in line
    store.archive.put(evidence)
    assert verify_home(store).failed == ()
