"""However readings arrive, what is in force depends on what they say and on nothing else."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from standsbehind.ledger.ledger import Ledger
from tests.published import take_in
from tests.told import cited, said

FIRMS = st.dictionaries(
    st.sampled_from("abcd"),
    st.lists(st.sampled_from(["Acme", "Bolt", "Cargo"]), min_size=1, max_size=2),
    max_size=4,
)


def claims(firms, dataset="list"):
    return [
        said(firm, "name", name, dataset=dataset, citations=(cited(f"S-{dataset}"),))
        for firm, names in firms.items()
        for name in names
    ]


def in_force(ledger):
    rows = ledger.live().to_pylist()
    return sorted((r["source"], r["id"], r["value"], r["status"]) for r in rows)


def ledger_of(folder, name, readings):
    ledger = Ledger(Path(folder) / name)
    for dataset, firms in readings:
        take_in(ledger, claims(firms, dataset), dataset=dataset)
    return ledger


@settings(max_examples=25)
@given(st.lists(FIRMS, min_size=1, max_size=4))
def test_a_sequence_of_readings_ends_where_the_last_one_alone_does(readings):
    with TemporaryDirectory() as folder:
        grown = ledger_of(folder, "grown", [("list", firms) for firms in readings])
        rebuilt = ledger_of(folder, "rebuilt", [("list", readings[-1])])
        assert in_force(grown) == in_force(rebuilt)


@settings(max_examples=15)
@given(FIRMS)
def test_reading_twice_is_reading_once(firms):
    with TemporaryDirectory() as folder:
        ledger = ledger_of(folder, "one", [("list", firms)])
        once = in_force(ledger)
        assert take_in(ledger, claims(firms)).changes.num_rows == 0
        assert in_force(ledger) == once


@settings(max_examples=15)
@given(FIRMS, FIRMS, FIRMS)
def test_the_order_of_sources_does_not_matter(one, two, three):
    readings = [("one", one), ("two", two), ("three", three)]
    with TemporaryDirectory() as folder:
        forward = ledger_of(folder, "forward", readings)
        backward = ledger_of(folder, "backward", readings[::-1])
        assert in_force(forward) == in_force(backward)


def editions(readings):
    """Make each reading an edition of its own day, in which each firm says something else."""
    return [
        [
            said(firm, "name", f"{name} {day}", citations=(published(day),))
            for firm, names in firms.items()
            for name in names
        ]
        for day, firms in enumerate(readings)
    ]


def published(day):
    return replace(cited(), published=f"2026-01-{day + 1:02d}")


@settings(max_examples=12)
@given(st.lists(FIRMS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_files_that_add_up_may_come_in_any_order(readings, chance):
    told = editions(readings)
    turned = chance.sample(told, len(told))
    with TemporaryDirectory() as folder:
        held = [
            collected(folder, "in order", told),
            collected(folder, "turned", turned),
        ]
        assert in_force(held[0]) == in_force(held[1])


def collected(folder, name, editions):
    ledger = Ledger(Path(folder) / name)
    for claims_of_one in editions:
        take_in(ledger, claims_of_one, collects=True)
    return ledger


def test_what_an_older_file_says_is_counted_and_left(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    new, old = (
        [said("a", "name", f"Acme {day}", citations=(published(day),))]
        for day in (5, 2)
    )
    take_in(ledger, new, collects=True)
    revision = take_in(ledger, old, collects=True)
    assert (revision.older, revision.changes.num_rows) == (1, 0)
    undated = [said("a", "name", "Acme", citations=(replace(cited(), published=None),))]
    assert take_in(ledger, undated, collects=True).changes.num_rows == 2
