"""A snapshot is whole, immutable, and the same wherever the same ledger is."""

import pytest

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.publishing.publish import publish
from standsbehind.store import snapshot
from tests.published import a_ledger, take_in
from tests.told import firm, link, listing


def test_the_same_ledger_gives_the_same_snapshot_in_another_place(tmp_path):
    one = publish(a_ledger(tmp_path / "a", firm("x", "Acme")), tmp_path / "sa")
    two = publish(a_ledger(tmp_path / "b", firm("x", "Acme")), tmp_path / "sb")
    assert one.id == two.id


def test_publishing_again_changes_nothing(tmp_path):
    ledger = a_ledger(tmp_path / "a", firm("x", "Acme"))
    first = publish(ledger, tmp_path / "s")
    when = (first.folder / "manifest.json").stat().st_mtime_ns
    assert publish(ledger, tmp_path / "s").id == first.id
    assert (first.folder / "manifest.json").stat().st_mtime_ns == when


def test_a_reader_keeps_the_snapshot_that_it_opened(tmp_path):
    ledger = a_ledger(tmp_path / "a", firm("x", "Acme"))
    old = publish(ledger, tmp_path / "s")
    take_in(ledger, firm("y", "Bolt"), "2026-11-24T00:00:00Z", "more")
    new = publish(ledger, tmp_path / "s")
    assert old.table("entities").num_rows == 1
    assert snapshot.current(tmp_path / "s").id == new.id != old.id


def test_a_failed_publication_leaves_the_old_one_serving(tmp_path):
    held = publish(a_ledger(tmp_path / "a", firm("x", "Acme")), tmp_path / "s")

    def fail(folder):
        (folder / "half.parquet").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(Exception, match="No space left"):
        snapshot.publish(tmp_path / "s", {"known_on": "2026"}, fail)
    assert snapshot.current(tmp_path / "s").id == held.id
    assert [s.id for s in snapshot.history(tmp_path / "s")] == [held.id]


def test_an_edge_to_nowhere_is_not_walked(publish_claims):
    reader = publish_claims(firm("x", "Acme"), link("e", "x", "gone"))
    assert list(reader.edge_rows) == []


def test_a_damaged_file_is_named(publish_claims):
    reader = publish_claims(firm("x", "Acme"), listing("s", "x"))
    path = reader.snapshot.folder / "claims.arrow"
    path.write_bytes(path.read_bytes()[:-20])
    assert [line.split(":")[0] for line in reader.snapshot.damaged()] == [str(path)]
    with pytest.raises(EvidenceError, match=r"claims\.arrow"):
        reader.claims(["x"])


def test_a_damaged_snapshot_is_made_again(tmp_path):
    ledger = a_ledger(tmp_path / "a", firm("x", "Acme"))
    first = publish(ledger, tmp_path / "s")
    (first.folder / "claims.arrow").write_bytes(b"not a table")
    again = publish(ledger, tmp_path / "s")
    assert again.id == first.id
    assert list(again.damaged()) == []
    assert again.table("claims").num_rows > 0


def test_a_pointer_to_nowhere_is_bad_data_not_a_mistake_of_the_caller(tmp_path):
    publish(a_ledger(tmp_path / "a", firm("x", "Acme")), tmp_path / "s")
    (tmp_path / "s" / "CURRENT").write_text("20260101-ffffffffffff\n")
    with pytest.raises(EvidenceError, match="CURRENT"):
        snapshot.current(tmp_path / "s")


@pytest.mark.parametrize("content", ["[]", "{}", '{"files": {}}', "{"])
def test_a_manifest_that_lacks_a_part_is_named(tmp_path, content):
    held = publish(a_ledger(tmp_path / "a", firm("x", "Acme")), tmp_path / "s")
    (held.folder / "manifest.json").write_text(content)
    with pytest.raises(EvidenceError, match=r"manifest\.json"):
        snapshot.current(tmp_path / "s")


def test_an_unknown_snapshot_is_the_callers_mistake(tmp_path):
    with pytest.raises(UsageError, match="no such snapshot"):
        snapshot.open_snapshot(tmp_path, "../etc")
