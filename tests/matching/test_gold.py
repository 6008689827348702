"""The gold set keeps every organisation on one side, and every label has a source."""

import sys
from pathlib import Path

import pytest

from benchmarks.gold import HAND, Pair, load, read_pairs

GOLD = HAND.parent


@pytest.fixture
def gold(monkeypatch):
    """Return the modules of the build, which run as a script beside each other."""
    monkeypatch.syspath_prepend(str(GOLD))
    import build

    return build


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


def test_no_name_by_hand_stands_in_both_splits(by_hand, gold):
    assert not marks(gold, by_hand, "dev") & marks(gold, by_hand, "test")


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


@pytest.mark.shared
def test_no_organisation_or_brand_stands_in_both_splits(shared, tmp_path, gold, by_hand):
    built = gold.build(shared)
    sides = {}
    for split, rows in built.items():
        gold.write(tmp_path / f"{split}.csv", rows)
        sides[split] = read_pairs(tmp_path / f"{split}.csv", split)
        assert len(sides[split]) >= 600
    both = [*sides["dev"], *sides["test"], *by_hand]
    assert not marks(gold, both, "dev") & marks(gold, both, "test")
    entities = [{pair.source for pair in sides[split]} for split in ("dev", "test")]
    assert not entities[0] & entities[1]


@pytest.mark.shared
def test_the_build_gives_the_same_pairs_each_time(shared, gold):
    assert gold.build(shared) == gold.build(shared)


def marks(gold, pairs, split):
    """Return the keys and brand words of all names of a split."""
    names = {n for pair in pairs if pair.split == split for n in (pair.left, pair.right)}
    return set().union(*map(gold.marks, names))
