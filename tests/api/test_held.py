"""What is held beside a snapshot: worked out once, and gone when the snapshot goes."""

from datetime import UTC, datetime
from itertools import islice
from weakref import ref

import pytest

from standsbehind.api.docs import docs_of
from standsbehind.api.held import Held
from standsbehind.publishing.home import Home


@pytest.fixture
def held(tmp_path):
    home = Home(tmp_path / "data")
    return Held(home, home.snapshot(datetime(2026, 11, 23, tzinfo=UTC), lambda: None))


def test_what_takes_long_is_worked_out_once_for_the_same_terms(held):
    made = []

    def asked(terms):
        return held.once("counts", terms, lambda: made.append(terms) or len(made))

    assert [asked("a"), asked("a"), asked("b"), asked("b")] == [1, 1, 2, 2]
    assert made == ["a", "b"]


def test_two_kinds_of_answers_do_not_displace_each_other(held):
    assert held.once("counts", 1, lambda: "counted") == "counted"
    assert held.once("proof", 1, lambda: "proved") == "proved"
    assert held.once("counts", 1, lambda: "counted again") == "counted"


def test_it_goes_when_the_snapshot_goes(held):
    class Answer:
        pass

    kept = ref(held.once("counts", 1, Answer))
    assert kept() is not None
    del held._worked_out
    assert kept() is None


def test_what_was_read_of_entities_is_not_kept_without_end(held):
    before = docs_of(held, ["core-hikvision"])
    for entity_id in islice(held.reader.entities, 100):
        docs_of(held, [entity_id])
        held.rest(most=25)
        assert held.reader.kept <= 25
        assert len(held.docs) <= 25
    assert docs_of(held, ["core-hikvision"]) == before
