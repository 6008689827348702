"""What a person would say who reads the examples of the standards: written by hand, file by file."""

import json
from datetime import date

import pytest

from standsbehind.cases.ownership import examine
from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.tracing.ownership import Question, ownership
from tests.published import published

pytestmark = pytest.mark.shared

DAY = date(2023, 6, 1)


def opened(folder, dataset, *paths):
    described = load_dataset(dataset)
    harvest = read(described, copies_of(described, paths, "2026-11-24"))
    return published(folder, harvest.claims)


def named(reader, caption):
    return next(key for key in reader.ids if reader.caption(key) == caption)


def owners(reader, caption, day=DAY):
    found = ownership(reader, Question(named(reader, caption), "owners", day))
    return {
        reader.caption(one.id): (float(one.lower), float(one.upper))
        for one in found.holders
    }


STATED = [
    ("bods-package", "Profitech Ltd", [(1, 1)]),
    ("bods-package-entity-owning-entity", "JENEX LIMITED", [(0.75, 1)]),
    ("bods-package-linking-annotations", "MARE POND PROPERTIES LIMITED", [(0.25, 0.5)]),
    # The ministry holds 23.5 % itself and 76.5 % through a firm of its own; that the state
    # holds all of it is stated as an indirect interest.
    ("bods-package-fi-soe", "Gasgrid Finland Oy", [(0.765, 0.765), (1, 1), (1, 1)]),
    # Half each of a joint holding of the whole.
    ("joint-ownership", "CHRINON LTD", [(0.5, 0.5), (0.5, 0.5), (1, 1)]),
    # 60 % by a firm; 30 % of it by a person through that firm, whose share in it is not told.
    ("indirect-ownership", "Company A", [(0.3, 0.3), (0.6, 0.6)]),
    # Half directly and half through a firm, which holds that half.
    ("mixed-direct-and-indirect-ownership", "Company A", [(0.5, 0.5), (1, 1)]),
    ("multiple-indirect-ownership", "Company B", [(0.5, 0.5), (0.5, 0.5), (0.6, 0.6)]),
    (
        "mutilple-indirect-ownership-2",
        "Company A",
        [(0.2, 0.2), (0.4, 0.4), (0.6, 0.6)],
    ),
    # One of two owners was bought out in 2022.
    ("fermcat", "Fermcat Ltd", [(1, 1)]),
    ("tecido", "Tecido Ltd", [(0.8, 0.8)]),
]


@pytest.mark.parametrize(("file", "firm", "expected"), STATED)
def test_the_ownership_is_as_it_is_stated(tmp_path, shared, file, firm, expected):
    reader = opened(tmp_path, "bods", shared / "data" / "bods-0.4" / f"{file}.json")
    assert sorted(owners(reader, firm).values()) == expected


@pytest.mark.parametrize("file", sorted({file for file, _, _ in STATED}))
def test_no_example_leaves_open_whether_stakes_add_up(tmp_path, shared, file):
    """Each lists one interest of a kind for a party, or one direct and one indirect."""
    reader = opened(tmp_path, "bods", shared / "data" / "bods-0.4" / f"{file}.json")
    for entity in {reader.ids[node] for node in reader.holdings.asset.tolist()}:
        notes = ownership(reader, Question(entity, "owners", DAY)).notes
        assert "parcels" not in {note.kind for note in notes}


def test_an_example_that_is_cut_into_parcels_adds_up_to_the_same(tmp_path, shared):
    """76.5 % in a real file, told as 60.5 % of ordinary and 16 % of preference shares."""
    path = shared / "data" / "bods-0.4" / "bods-package-fi-soe.json"
    statements = json.loads(path.read_text("utf-8"))
    (whole,) = (
        interests
        for one in statements
        for interests in [one["recordDetails"].get("interests", [])]
        if any(i.get("share") == {"exact": 76.5} for i in interests)
    )
    parts = (("Ordinary shares", 60.5), ("Preference shares", 16))
    whole[:] = [
        whole[0] | {"details": name, "share": {"exact": share}} for name, share in parts
    ]
    cut = tmp_path / "cut.json"
    cut.write_text(json.dumps(statements), "utf-8")
    reader = opened(tmp_path / "data", "bods", cut)
    assert sorted(owners(reader, "Gasgrid Finland Oy").values()) == [
        (0.765, 0.765),
        (1, 1),
        (1, 1),
    ]


def test_votes_stand_beside_capital(tmp_path, shared):
    path = shared / "data" / "bods-0.4" / "simple-pep-declaration.json"
    reader = opened(tmp_path, "bods", path)
    firm = next(k for k in reader.ids if "Mining" in reader.caption(k))
    (holder,) = ownership(reader, Question(firm, "owners", DAY)).holders
    votes = (float(holder.votes.lower), float(holder.votes.upper))
    assert (float(holder.lower), float(holder.upper)) == votes == (0.25, 0.5)


def test_an_office_is_no_share(tmp_path, shared):
    path = shared / "data" / "bods-0.4" / "nomination.json"
    reader = opened(tmp_path, "bods", path)
    assert len(reader.holdings) == 0


def test_a_parent_in_the_accounts_is_kin_and_its_share_is_not_known(tmp_path, shared):
    lei = "851WYGNLUQLFZBSYGB56"
    folder = shared / "data" / "gleif-api"
    reader = opened(
        tmp_path,
        "gleif",
        folder / f"single_lei_record_{lei}.json",
        folder / f"direct-child-relationships_{lei}.json",
        folder / f"direct-children_{lei}.json",
    )
    node = next(n for n in range(len(reader.ids)) if lei in reader.ids[n].upper())
    holdings = reader.holdings
    children = holdings.asset[holdings.owner == node].tolist()
    # The page of relationships and that of records have eight children in common.
    assert len(children) == 8
    child = reader.ids[children[0]]
    tests = ["us-889-affiliate", "us-ofac-50"]
    kin, share = examine(reader, child, DAY, [reader.ids[node]], tests)
    assert kin.answer == "YES"
    assert kin.proof[0].kind == "consolidation in accounts"
    assert (share.answer, share.missing[0].fact) == ("UNDETERMINED", "holders")
