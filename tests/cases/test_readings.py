"""Readings say which records say what in the terms of the standard, each with a reason."""

import pytest

from standsbehind.cases.readings import load_readings
from standsbehind.standards.terms import TERMS

READINGS = load_readings()


def every():
    yield from READINGS.roles
    for readings in READINGS.records.values():
        yield from readings


def test_every_reading_gives_a_term_and_a_reason():
    for reading in every():
        assert reading.reason.endswith("."), reading
        assert reading.gives
        assert {given.term for given in reading.gives} <= set(TERMS)


def test_a_reading_of_a_role_names_no_firm(built_in_reader):
    named = {
        word
        for reading in READINGS.roles
        for given in reading.gives
        for word in (given.subject, given.matter)
    }
    assert not named & set(built_in_reader.entities)


def test_every_record_that_is_read_is_in_the_data(built_in_reader):
    for record, readings in READINGS.records.items():
        assert record in built_in_reader.entities, record
        for reading in readings:
            for given in reading.gives:
                for word in (given.subject, given.matter):
                    is_end = word in {"source", "target", "subject", "makers"}
                    assert is_end or word in built_in_reader.entities, word


NAMED_BY_ITS_PRODUCT = {"core-R096"}
"""Records whose own words name the maker whose fact they are read as, as part of the product."""


def test_a_fact_of_one_who_is_no_end_of_the_link_is_tied_by_a_record(built_in_reader):
    for record, readings in READINGS.records.items():
        [edge] = built_in_reader.edges([record]).values()
        for reading in readings:
            subjects = {given.subject for given in reading.gives}
            strangers = subjects - {"source", "target", edge.source, edge.target}
            if strangers and record not in NAMED_BY_ITS_PRODUCT:
                [tie] = built_in_reader.edges([reading.tied_by]).values()
                assert strangers <= {tie.source, tie.target}, record


@pytest.mark.parametrize(
    ("was", "now"),
    [
        pytest.param("core-ibm", "list-1", id="merged into another record"),
        pytest.param("core-ibm", "core-ibm", id="on its own"),
    ],
)
def test_a_reading_follows_the_record_that_it_names(was, now):
    merges = {was: now}
    redirected = READINGS.redirected(lambda key: merges.get(key, key))
    [reading] = redirected.records["core-R096"]
    assert [given.subject for given in reading.gives] == [now]
