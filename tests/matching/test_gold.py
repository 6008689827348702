"""The gold set keeps every organisation on one side, and every label has a source."""

import re

import pytest
from benchmarks.gold import HAND, Pair, build, load, read_pairs


@pytest.fixture(scope="module")
def by_hand():
    return read_pairs(HAND)


def test_a_pair_by_hand_has_an_address_a_reason_and_a_split(by_hand):
    assert len(by_hand) >= 150
    for pair in by_hand:
        assert pair.url.startswith("https://")
        assert pair.note
        assert pair.split in {"dev", "test"}


def test_no_pair_by_hand_stands_twice(by_hand):
    assert len({frozenset((pair.left, pair.right)) for pair in by_hand}) == len(by_hand)


def test_no_name_by_hand_stands_in_both_splits(by_hand):
    assert not marks(by_hand, "dev") & marks(by_hand, "test")


def test_a_split_is_loaded_from_the_built_file_and_the_pairs_by_hand(tmp_path, by_hand):
    (tmp_path / "dev.csv").write_text(
        "left,right,schema,is_match,category,source,note\n"
        "Acme Ltd,Acme Limited,Company,true,legal-form,list#1,aka\n"
    )
    loaded = load("dev", tmp_path)
    assert loaded[0] == Pair(
        "Acme Ltd",
        "Acme Limited",
        "Company",
        is_match=True,
        category="legal-form",
        source="list#1",
        note="aka",
        split="dev",
    )
    assert loaded[1:] == [pair for pair in by_hand if pair.split == "dev"]


@pytest.fixture(scope="module")
def built(shared):
    return build.build(shared)


@pytest.mark.shared
def test_no_organisation_or_brand_stands_in_both_splits(built, tmp_path, by_hand):
    sides = {}
    for split, rows in built.items():
        build.write(tmp_path / f"{split}.csv", rows)
        sides[split] = read_pairs(tmp_path / f"{split}.csv", split)
        assert len(sides[split]) >= 600
    both = [*sides["dev"], *sides["test"], *by_hand]
    assert not marks(both, "dev") & marks(both, "test")
    dev, test = (records(sides[split]) for split in ("dev", "test"))
    assert not dev & test


@pytest.mark.shared
def test_about_half_of_the_built_pairs_are_no_match(built):
    for rows in built.values():
        share = sum(row["is_match"] == "false" for row in rows) / len(rows)
        assert 0.4 < share < 0.6


@pytest.mark.shared
def test_a_row_of_a_source_for_tests_alone_says_so(built):
    for rows in built.values():
        for row in rows:
            free = re.match(r"(ofac_(sdn|cons)|gleif)#", row["source"])
            assert bool(free) != row["source"].endswith("(test-only)")


def records(pairs):
    """Return the records that pairs were made of."""
    return {
        record
        for pair in pairs
        for record in pair.source.removesuffix(" (test-only)").split(" ~ ")
    }


def marks(pairs, split):
    """Return the keys and brand words of all names of a split."""
    names = {
        n for pair in pairs if pair.split == split for n in (pair.left, pair.right)
    }
    return set().union(*map(build.marks, names))
