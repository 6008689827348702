"""What is held beside a snapshot: worked out once, and gone when the snapshot goes."""

from datetime import UTC, datetime
from weakref import ref

import pytest

from standsbehind.api.held import Held
from standsbehind.matching.names import read_name
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


def test_names_that_were_asked_for_are_not_kept_without_end(held):
    before = held.lookup.matches("Hikvision")
    read_name.cache_clear()
    for number in range(40):
        read_name(f"Vendor {number} Ltd")
        held.rest(most_names=25)
    assert read_name.cache_info().currsize < 25
    assert held.lookup.matches("Hikvision") == before
