"""What a list says of categories of equipment, and its documents, are no hits for a vendor."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from standsbehind.graph.lookup import Lookup
from standsbehind.graph.reader import Reader
from standsbehind.publishing.home import Home
from standsbehind.publishing.update import pull_files
from standsbehind.screening.match import Options, screen_one
from standsbehind.screening.query import Query

SAMPLE = Path(__file__).parents[1] / "connectors" / "samples" / "fcc-coveredlist.html"


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    page = folder / SAMPLE.name
    named = "Equipment by <strong>Nobody Cameras</strong>, added to"
    text = SAMPLE.read_text("utf-8").replace("Equipment added to", named)
    page.write_text(text, "utf-8")
    home, now = Home(folder / "data"), datetime(2026, 11, 23, tzinfo=UTC)
    pull_files(home, "us_fcc_covered_list", [page], now, accept_shrink=False)
    return Reader(home.publish())


def hits(reader, name):
    found = screen_one(
        reader, Lookup(reader), Query(1, name, products=(name,)), Options()
    )
    return [reader.entities[hit.entity_id]["schema"] for hit in found.hits]


@pytest.mark.parametrize(
    "name",
    [
        "Routers produced in a foreign country",
        "Equipment by Nobody Cameras, added to the Covered List in an invented year.",
        "Nobody Cameras",
        "Covered List",
        "An Invented Notice",
    ],
)
def test_a_rule_or_a_document_is_no_hit(reader, name):
    assert hits(reader, name) == []


def test_a_firm_named_in_a_title_is_hit_once_by_its_listing(reader):
    assert hits(reader, "Example Camera Company") == ["Company"]


def test_an_exempted_product_is_a_product_and_no_firm(reader):
    assert set(hits(reader, "Pretend Routers, Inc.’s R1 router")) == {"Product"}
