"""The ledger only grows: a correction is a new line, a retraction too."""

import pytest

from standsbehind.errors import EngineError, EvidenceError
from standsbehind.ledger.ledger import Ledger, Stamp
from standsbehind.ledger.rows import CHANGES, CITATIONS, citations_of, claim_of
from standsbehind.store import disk
from tests.published import RECORD, take_in
from tests.told import cited, firm, said


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger")


def names(ledger, **when):
    return sorted(
        row["value"] for row in ledger.live(**when).to_pylist() if row["prop"] == "name"
    )


def test_a_claim_comes_back_as_it_went_in(ledger):
    claim = said(
        "a",
        "name",
        "Acme",
        citations=(cited("S1"), cited("S2", "agency")),
        start="2020-04",
    )
    take_in(ledger, [claim])
    rows = ledger.live().to_pylist()
    assert [
        claim_of(row, citations_of(ledger.citations().to_pylist())) for row in rows
    ] == [claim]


def test_reading_the_same_file_twice_writes_nothing(ledger):
    take_in(ledger, firm("a", "Acme"))
    again = take_in(ledger, firm("a", "Acme"))
    counts = (again.changes.num_rows, again.added, again.changed, again.removed)
    assert counts == (0, 0, 0, 0)


def test_a_name_that_is_gone_is_retracted_and_still_known_for_its_time(ledger):
    take_in(ledger, firm("a", "Acme"), "2026-01-01T00:00:00Z")
    revision = take_in(ledger, firm("a", "Acme Group"), "2026-02-01T00:00:00Z")
    assert revision.changed == 1
    assert names(ledger) == ["Acme Group"]
    assert names(ledger, known_on="2026-01-15T00:00:00Z") == ["Acme"]


def test_a_second_origin_supersedes_and_a_reprint_does_not(ledger):
    take_in(ledger, [said("a", "name", "Acme", citations=(cited("S1", "agency"),))])
    reprint = [said("a", "name", "Acme", citations=(cited("S2", "agency"),))]
    assert take_in(ledger, reprint).changes.num_rows == 0
    second = [
        said(
            "a", "name", "Acme", citations=(cited("S1", "agency"), cited("S3", "court"))
        )
    ]
    assert take_in(ledger, second).changes["op"].to_pylist() == ["supersede"]


def test_a_statement_made_in_two_rows_is_one_cited_to_both(ledger):
    rows = [cited("S1", "agency", "row 1"), cited("S1", "agency", "row 9")]
    take_in(ledger, [said("a", "name", "Acme", citations=(row,)) for row in rows])
    (held,) = ledger.live().to_pylist()
    assert held["citations"] == [row.id for row in rows]


def test_one_source_does_not_touch_another(ledger):
    take_in(ledger, firm("a", "Acme"), dataset="one")
    take_in(ledger, firm("b", "Bolt"), dataset="two")
    take_in(ledger, [], dataset="one")
    assert names(ledger) == ["Bolt"]


def test_two_writers_do_not_meet(ledger, monkeypatch):
    monkeypatch.setattr(disk.only_writer.__wrapped__, "__defaults__", (0.1,))
    with (
        ledger.writing(),
        pytest.raises(EngineError, match="another `behind`"),
        ledger.writing(),
    ):
        pass


def test_a_failure_half_way_leaves_the_ledger_as_it_was(ledger):
    take_in(ledger, firm("a", "Acme"))
    lacking = CHANGES.empty_table().drop_columns(["value"])
    stamp = Stamp("list", "2026-02-01T00:00:00Z")
    with pytest.raises(KeyError), ledger.writing():
        ledger.append(stamp, lacking, CITATIONS.empty_table(), RECORD)
    assert len(ledger.entries()) == 1
    assert not list(ledger.folder.glob(".writing-*"))


@pytest.mark.parametrize("name", ["claims.parquet", "entry.json"])
def test_a_flipped_byte_is_named(ledger, name):
    take_in(ledger, firm("a", "Acme"))
    path = next(ledger.folder.glob(f"*/{name}"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(EvidenceError, match=name):
        ledger.live()


def test_a_clock_that_goes_back_does_not_reorder_what_is_known(ledger):
    take_in(ledger, firm("a", "Acme"), "2026-02-01T00:00:00Z")
    take_in(ledger, firm("a", "Acme Group"), "2026-01-01T00:00:00Z")
    last = ledger.entries()[-1]
    assert last.recorded_at == "2026-02-01T00:00:00Z"
    assert last.record["clock"] == "2026-01-01T00:00:00Z"
    assert names(ledger) == ["Acme Group"]


def test_a_dataset_that_collects_keeps_what_a_later_file_does_not_name(ledger):
    take_in(ledger, [*firm("a", "Acme"), *firm("b", "Bolt")])
    revision = take_in(ledger, firm("a", "Acme Group"), collects=True)
    assert (revision.removed, revision.changed) == (0, 1)
    assert names(ledger) == ["Acme Group", "Bolt"]


def test_what_is_told_again_after_a_retraction_is_in_force_again(ledger):
    for name in ("Acme", "Acme Group", "Acme"):
        take_in(ledger, firm("a", name))
    assert names(ledger) == ["Acme"]


def test_a_value_whose_entity_is_now_of_another_type_is_told_anew(ledger):
    take_in(ledger, [said("a", "status", "active", schema="ContractAward")])
    later = [said("a", "status", "active", schema="UnknownLink")]
    assert take_in(ledger, later).changes["op"].to_pylist() == ["supersede"]
    assert ledger.live()["schema"].to_pylist() == ["UnknownLink"]
