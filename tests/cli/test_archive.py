"""`behind archive`: copies are listed with how they came, leave as WACZ and come back."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standsbehind.connectors.dataset import Expectations, load_dataset
from standsbehind.model.citation import digest_of
from standsbehind.publishing.bundle import bundle
from standsbehind.publishing.home import Home
from standsbehind.publishing.update import pull_files, pull_live
from standsbehind.publishing.verify import verify_home, verify_path
from standsbehind.publishing.verify_bundle import unpacked
from tests.publisher import publishing

SAMPLES = Path(__file__).parents[1] / "connectors" / "samples"
PAGE = SAMPLES / "fcc-coveredlist.html"
GIVEN = SAMPLES / "uflpa-entity-list.html"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def home(filled, tmp_path, monkeypatch):
    """Hold one list that was fetched, and one that a user gave."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(filled, tmp_path / "house")
    home = Home(tmp_path / "house")
    listed = load_dataset("us_fcc_covered_list")
    with publishing(PAGE.read_bytes()) as address:
        parts = (replace(listed.parts[0], url=f"{address}/list.html"),)
        live = replace(listed, parts=parts, expect=Expectations(0, ()))
        pull_live(home, live, NOW, accept_shrink=False)
    pull_files(home, "us_dhs_uflpa", [GIVEN], NOW, accept_shrink=True)
    return home


@pytest.fixture
def other(tmp_path):
    """Another house, with the built-in data alone."""
    other = Home(tmp_path / "other")
    other.snapshot(NOW, lambda: None)
    return other


@pytest.fixture
def run(behind):
    """Return `behind archive`, run over the data folder of a house."""

    def run(home, *arguments):
        return behind("archive", *arguments, "--data", home.folder)

    return run


@pytest.fixture
def listed(run):
    """Return what `behind archive list` says of each copy."""

    def listed(home):
        copies = run(home, "list", "--json").json["copies"]
        return {copy["sha256"]: copy for copy in copies}

    return listed


def test_a_copy_is_listed_with_source_address_day_and_capture(home, listed):
    copies = listed(home)
    fetched = copies[digest_of(PAGE.read_bytes())]
    assert fetched["source"] == "us_fcc_covered_list"
    assert (fetched["url"][-10:], fetched["retrieved"]) == ("/list.html", "2026-11-24")
    assert home.archive.has(fetched["capture"])
    given = copies[digest_of(GIVEN.read_bytes())]
    assert (given["capture"], given["url"], given["kept"]) == (None, None, True)
    assert fetched["capture"] not in copies


def test_copies_go_out_and_come_into_another_house(home, other, run, listed, tmp_path):
    out = tmp_path / "all.wacz"
    held = listed(home)
    assert run(home, "export", "--out", out, "--json").json["copies"] == len(held)
    brought = run(other, "import", out, "--json").json["imported"]
    assert {one["sha256"] for one in brought} == set(held)
    page = digest_of(PAGE.read_bytes())
    (fetched,) = [one for one in brought if one["sha256"] == page]
    assert fetched["capture"] == held[page]["capture"]
    assert (fetched["date"], fetched["new"]) == ("2026-11-24T08:00:00Z", True)
    again = listed(other)[page]
    assert (again["source"], again["capture"]) == (None, fetched["capture"])
    assert verify_home(other).failed == ()


def test_one_copy_goes_out_by_the_start_of_its_digest(home, run, tmp_path):
    out = tmp_path / "one.wacz"
    page = digest_of(PAGE.read_bytes())
    told = run(home, "export", "--out", out, page[:10], "--json").json
    assert told == {"wacz": str(out), "copies": 1}
    (one,) = run(home, "import", out, "--json").json["imported"]
    assert (one["sha256"], one["new"]) == (page, False)


@pytest.mark.parametrize("digest", ["abc", "0" * 64])
def test_a_digest_of_no_copy_is_refused(home, run, tmp_path, digest):
    refused = run(home, "export", "--out", tmp_path / "x.wacz", digest)
    assert (refused.code, "archive list" in refused.err) == (2, True)


def test_a_package_that_was_changed_puts_nothing_into_the_archive(
    home, other, run, tmp_path
):
    out = tmp_path / "all.wacz"
    run(home, "export", "--out", out)
    content = bytearray(out.read_bytes())
    content[len(content) // 3] ^= 1
    out.write_bytes(content)
    before = list(other.archive.digests())
    refused = run(other, "import", out)
    assert (refused.code, str(out) in refused.err) == (3, True)
    assert list(other.archive.digests()) == before


def test_a_capture_that_is_lost_is_found_by_verify(home, listed):
    capture = listed(home)[digest_of(PAGE.read_bytes())]["capture"]
    (home.archive.folder / capture[:2] / capture).unlink()
    lost = "the capture of list.html is missing"
    assert [line for line in verify_home(home).failed if lost in line]


def test_a_bundle_takes_along_how_its_copies_came(home, listed, tmp_path):
    page = digest_of(PAGE.read_bytes())
    ids = home.ledger.live("us_fcc_covered_list")["canonical_id"].to_pylist()
    bundle(home, ids[:1], tmp_path / "evidence.zip", with_copies=True)
    held = unpacked(tmp_path / "evidence.zip")
    copies = {name for name in held if name.startswith("copies/")}
    assert copies == {f"copies/{page}", f"copies/{listed(home)[page]['capture']}"}
    assert verify_path(tmp_path / "evidence.zip").failed == ()


def test_the_lines_for_people_name_the_same(home, run, tmp_path):
    out = run(home, "list").out
    assert digest_of(GIVEN.read_bytes()) in out
    assert "no capture" in out
    package = tmp_path / "x.wacz"
    assert "copies" in run(home, "export", "--out", package).out
    assert "was here already" in run(home, "import", package).out
