"""The seed firms on six official lists: what numbers make one, what is proposed, and no more."""

from datetime import UTC, datetime

import pytest

from standsbehind.cases.candidates import Wanted, propose
from standsbehind.cases.resolving import PairBench
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.merges import Merges
from standsbehind.graph.reader import Reader
from standsbehind.publishing.home import Home
from standsbehind.publishing.update import pull_files
from standsbehind.store import snapshot

pytestmark = pytest.mark.shared

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CONS = ("cons_add.csv", "cons_alt.csv", "cons_comments.csv", "cons_prim.csv")
LISTS = {
    "us_ofac_cons": [f"us-ofac-cons/{name}" for name in CONS],
    "us_ndaa_889": ["us-special-leg/section_889.csv"],
    "us_dod_1260h": ["us-lists-2026-07/dow_1260h.json"],
    "us_fcc_covered_list": ["us-fcc-covered/fcc-coveredlist_2026-07-24.html"],
}


def pulled(home, shared, dataset, files):
    paths = [shared / "data" / file for file in files]
    pull_files(home, dataset, paths, NOW, accept_shrink=False)


@pytest.fixture(scope="module")
def before(shared, tmp_path_factory):
    """Return the snapshot of core and four lists."""
    home = Home(tmp_path_factory.mktemp("lists"))
    home.snapshot(NOW, lambda: None)
    for dataset, files in LISTS.items():
        pulled(home, shared, dataset, files)
    home.publish()
    return home, Reader(snapshot.current(home.snapshots))


@pytest.fixture(scope="module")
def reader(shared, before):
    """Return the snapshot with the Consolidated Screening List as well, which copies others."""
    home, _ = before
    pulled(home, shared, "us_trade_csl", ["us-csl/csl_2023-11.csv"])
    return Reader(home.publish())


@pytest.fixture(scope="module")
def proposed(reader):
    bench = PairBench(reader, Lookup(reader), NOW)
    names = ("Hikvision", "Dahua", "SenseTime", "Megvii", "Yitu", "Huawei", "Hytera")
    entities = tuple(e for name in names for e in bench.lookup.find(name))
    found = propose(bench, Wanted(entities), ())
    return {frozenset((one.left, one.right)): one for one in found}


def members(reader, record):
    merges = Merges(reader.snapshot)
    return {one.id for one in merges.members(merges.canonical(record))}


@pytest.mark.parametrize(
    ("entity", "number"),
    [
        pytest.param("core-hikvision", "30946", id="Hikvision"),
        pytest.param("core-huawei", "30947", id="Huawei"),
        pytest.param("core-dji", "33111", id="DJI"),
        pytest.param("core-cloudwalk", "33112", id="Cloudwalk"),
        pytest.param("core-netposa", "33895", id="Netposa"),
    ],
)
def test_a_credit_code_and_the_number_of_ofac_make_three_records_one(
    reader, entity, number
):
    assert members(reader, entity) == {
        entity,
        f"us-ofac-cons-{number}",
        f"us-trade-csl-usnscmic-{number}",
    }


def test_every_merge_rests_on_a_number_that_another_member_bears(reader):
    merges = Merges(reader.snapshot)
    ties = {one.id: {(t.kind, t.value) for t in one.by} for one in merges.all()}
    assert len(ties) > 800
    for one in merges.all():
        others = {m.id for m in merges.members(one.canonical_id)} - {one.id}
        assert any(not ties[one.id].isdisjoint(ties[other]) for other in others)
        assert {kind.partition("@")[0] for kind, _ in ties[one.id]} <= {
            *("imoNumber", "innCode", "leiCode", "ofac", "ogrnCode"),
            *("registrationNumber", "uscCode"),
        }


@pytest.mark.parametrize(
    "record",
    [
        pytest.param("core-yitu", id="Yitu Limited of the Cayman Islands"),
        pytest.param("core-yitu-technologies", id="Yitu Technologies"),
        pytest.param("core-shanghai-yitu", id="Shanghai Yitu"),
        pytest.param(
            "us-dod-1260h-shanghaiyitunetworktechnologycoltd", id="Shanghai Yitu, 1260H"
        ),
        pytest.param("core-zhejiang-dahua", id="Dahua, whose code no list repeats"),
        pytest.param(
            "us-dod-1260h-hangzhouhikvisiondigitaltechnologycoltd",
            id="Hikvision, 1260H",
        ),
    ],
)
def test_one_brand_is_several_entities_where_no_number_says_otherwise(reader, record):
    assert members(reader, record) == set()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("core-hikvision", "us-dod-1260h-hangzhouhikvisiondigitaltechnologycoltd"),
        ("core-hikvision", "us-ndaa-889-hangzhouhikvisiondigitaltechnologycompany"),
        ("core-zhejiang-dahua", "us-dod-1260h-zhejiangdahuatechnologycoltd"),
        ("core-zhejiang-dahua", "us-ndaa-889-dahuatechnologycompany"),
        ("core-megvii", "us-ofac-cons-33091"),
        ("core-yitu", "us-ofac-cons-33893"),
        ("core-yitu", "us-dod-1260h-shanghaiyitunetworktechnologycoltd"),
        ("core-sensetime", "us-dod-1260h-sensetimegroupinc"),
        ("core-huawei", "us-ndaa-889-huaweitechnologiescompany"),
    ],
)
def test_the_records_of_a_seed_firm_are_proposed_to_a_person(proposed, left, right):
    assert proposed[frozenset((left, right))].match.comparison.features


def test_what_another_country_speaks_against_comes_after_what_nothing_does(proposed):
    ranked = sorted(proposed.values(), key=lambda one: one.rank)
    against = [bool(one.links or one.differing) for one in ranked]
    assert against == sorted(against)


def test_a_list_without_numbers_meets_no_cluster_and_a_copy_meets_only_its_own(
    before, reader
):
    _, elder = before
    old, new = (
        {m.canonical_id: m for m in Merges(one.snapshot).all()}
        for one in (elder, reader)
    )
    assert old.keys() <= new.keys()
    grown = {
        one.canonical_id
        for one in Merges(reader.snapshot).all()
        if one.id.startswith("us-trade-csl-")
    }
    for key in old.keys() - grown:
        assert members(elder, key) == members(reader, key)
    for key in new.keys() - old.keys():
        assert key in grown


def test_one_number_of_two_banks_makes_nobody_one(reader):
    apart = Merges(reader.snapshot).kept_apart()
    told = [one.why for one in apart]
    assert "share innCode 7750004150, but ofac differs: 17015 and 18291" in told
