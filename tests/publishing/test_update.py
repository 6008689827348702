"""Pulling from publishers: what comes of each is told, and none harms what is stored."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standsbehind.connectors.dataset import Expectations, load_dataset
from standsbehind.connectors.runner import Pulled
from standsbehind.publishing.home import Home
from standsbehind.publishing.status import failures
from standsbehind.publishing.update import (
    Failure,
    Unchanged,
    chosen,
    pull_files,
    pull_live,
)
from tests.publisher import publishing

PAGE = Path(__file__).parents[1] / "connectors" / "samples" / "fcc-coveredlist.html"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return Home(tmp_path / "data")


@pytest.fixture
def address():
    with publishing(PAGE.read_bytes()) as address:
        yield address


def fcc(url, *, canaries=()):
    listed = load_dataset("us_fcc_covered_list")
    parts = (replace(listed.parts[0], url=url),)
    return replace(listed, parts=parts, expect=Expectations(0, canaries))


def pull(home, dataset):
    return pull_live(home, dataset, NOW, accept_shrink=False)


def test_a_list_is_fetched_archived_and_read(home, address):
    came = pull(home, fcc(f"{address}/list.html"))
    assert isinstance(came, Pulled)
    (entry,) = home.ledger.entries()
    (copy,) = entry.record["copies"]
    assert copy["url"] == f"{address}/list.html"
    assert home.archive.get(copy["sha256"]) == PAGE.read_bytes()


def test_an_edition_that_is_held_is_not_read_again(home, address):
    dataset = fcc(f"{address}/list.html")
    pull(home, dataset)
    assert isinstance(pull(home, dataset), Unchanged)
    assert len(home.ledger.entries()) == 1


def test_after_a_copy_from_a_file_the_list_is_fetched_anew(home, address):
    dataset = fcc(f"{address}/list.html")
    pull(home, dataset)
    pull_files(home, dataset.id, [PAGE], NOW, accept_shrink=False)
    assert isinstance(pull(home, dataset), Pulled)


def test_a_publisher_that_is_down_is_remembered_until_it_is_back(home, address):
    pull(home, fcc(f"{address}/list.html"))
    down = pull(home, fcc(f"{address}/broken"))
    assert isinstance(down, Failure)
    assert "503" in failures(home)["us_fcc_covered_list"]
    assert len(home.ledger.entries()) == 1
    pull(home, fcc(f"{address}/list.html"))
    assert failures(home) == {}


def test_a_live_list_that_misses_a_sure_name_is_refused(home, address):
    refused = pull(home, fcc(f"{address}/list.html", canaries=("Nobody Cameras",)))
    assert isinstance(refused, Failure)
    assert "Nobody Cameras is not on it" in refused.reason
    assert home.ledger.entries() == []


def test_what_ships_with_the_package_is_read_without_network(home):
    dataset = load_dataset("us_ndaa_889")
    came = pull(home, dataset)
    assert isinstance(came, Pulled)
    assert came.harvest.rows == 5
    (entry,) = home.ledger.entries()
    (copy,) = entry.record["copies"]
    assert (copy["name"], copy["url"]) == ("transcription.csv", None)
    assert home.archive.has(copy["sha256"])


def test_what_ships_with_the_package_is_unchanged_the_second_time(home):
    dataset = load_dataset("us_ndaa_5949")
    pull(home, dataset)
    assert isinstance(pull(home, dataset), Unchanged)


def test_all_that_can_be_had_includes_what_ships_but_not_what_is_always_there():
    named = {dataset.id for dataset in chosen(())}
    assert {"us_ndaa_889", "us_ndaa_5949", "us_fcc_covered_list"} <= named
    assert named.isdisjoint({"core", "us_ndaa_1286", "gleif"})
