"""Merging: a snapshot gives each record the id of its entity, however the ledger came to it."""

import pytest

from standsbehind.graph.merges import Merges
from standsbehind.graph.reader import Reader
from standsbehind.ledger.ledger import Ledger
from standsbehind.publishing.publish import publish
from tests.published import take_in
from tests.told import firm, link, listing, said

LEI = "529900GRZ2BQY5ZM9N49"
OTHER_LEI = "851WYGNLUQLFZBSYGB56"


def numbered(key, name, lei=LEI):
    return [*firm(key, name), said(key, "leiCode", lei)]


REDS = [*numbered("red-1", "Zyx"), *firm("red-2", "Bakery")]
BLUES = [
    *numbered("blue-1", "Zyx Works"),
    *link("blue-e", "blue-1", "blue-2"),
    *firm("blue-2", "Mill"),
    *listing("blue-s", "blue-1"),
]
GREENS = [*numbered("green-1", "Mills", OTHER_LEI), *firm("green-2", "Forge")]
FIXED = [*numbered("red-1", "Zyx", OTHER_LEI), *firm("red-2", "Bakery")]


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger")


@pytest.fixture
def taken(ledger, tmp_path):
    """Return how a list is read in and published."""

    def taken(dataset, claims):
        take_in(ledger, claims, dataset=dataset)
        return Reader(publish(ledger, tmp_path / "snapshots"))

    return taken


def merged(reader):
    return {one.id: one.canonical_id for one in Merges(reader.snapshot).all()}


def test_edges_and_listings_of_a_record_are_those_of_the_entity(taken):
    taken("reds", REDS)
    reader = taken("blues", BLUES)
    assert merged(reader) == {"blue-1": "red-1", "red-1": "red-1"}
    assert "blue-1" not in reader.entities
    assert reader.edges(["blue-e"])["blue-e"].source == "red-1"
    assert [one.id for one in reader.designations(["red-1"])["red-1"]] == ["blue-s"]


def test_a_statement_says_which_record_it_is_of_and_what_the_source_wrote(taken):
    taken("reds", REDS)
    reader = taken("blues", BLUES)
    names = [c.statement for c in reader.claims(["red-1"])["red-1"]]
    assert {one.entity_id for one in names} == {"red-1", "blue-1"}
    (end,) = (
        claim.statement
        for claim in reader.claims(["blue-e"])["blue-e"]
        if claim.statement.prop == "supplier"
    )
    assert (end.value, end.original_value) == ("red-1", "blue-1")


def test_when_a_list_corrects_a_number_its_record_goes_where_it_belongs(taken):
    taken("reds", REDS)
    taken("blues", BLUES)
    taken("greens", GREENS)
    assert merged(taken("reds", FIXED)) == {"green-1": "red-1", "red-1": "red-1"}


def test_a_number_that_was_taken_back_before_its_record_left_unites_nobody(taken):
    taken("reds", REDS)
    taken("reds", [*firm("red-1", "Zyx"), *firm("red-2", "Bakery")])
    taken("reds", firm("red-2", "Bakery"))
    assert merged(taken("blues", BLUES)) == {}


def test_the_entity_keeps_the_id_of_a_record_that_left(taken):
    taken("reds", REDS)
    taken("blues", BLUES)
    reader = taken("reds", firm("red-2", "Bakery"))
    assert merged(reader) == {"blue-1": "red-1", "red-1": "red-1"}
    assert reader.caption("red-1") == "Zyx Works"


def test_going_on_from_a_snapshot_gives_the_one_that_building_all_gives(
    ledger, taken, tmp_path
):
    steps = [
        ("reds", REDS),
        ("blues", BLUES),
        ("greens", GREENS),
        ("reds", FIXED),
        ("reds", firm("red-2", "Bakery")),
        ("greens", firm("green-2", "Forge")),
    ]
    for number, (dataset, claims) in enumerate(steps):
        gone_on = taken(dataset, claims).snapshot
        anew = publish(ledger, tmp_path / f"anew-{number}")
        assert gone_on.id == anew.id


def test_what_the_snapshot_before_says_is_not_believed_where_it_was_changed(
    ledger, taken, tmp_path
):
    taken("reds", REDS)
    before = taken("blues", BLUES).snapshot
    path = before.folder / "merges.parquet"
    path.write_bytes(path.read_bytes().replace(b"red-1", b"red-2"))
    after = taken("greens", GREENS).snapshot
    assert after.id == publish(ledger, tmp_path / "anew").id
