"""Statements: walked by what is wanted, and found by their id."""

from dataclasses import replace

import pytest

from standsbehind.graph.statements import Sought, Statements
from standsbehind.model.citation import digest_of
from tests.published import published
from tests.told import cited, firm, said

COPY = digest_of(b"a page")
MANY = 1_500
"""More than are packed together on disk."""


@pytest.fixture
def statements(tmp_path):
    seen = replace(cited("S2"), digest=COPY)
    told = [claim for n in range(MANY) for claim in firm(f"f{n:04}", f"Firm {n}")]
    more = [
        said("f0700", "country", "de", citations=(cited("S1"), seen)),
        said("f1400", "country", "fr", citations=(seen,)),
    ]
    return Statements(published(tmp_path, told, more))


def values(statements, sought, limit=MANY, most=10 * MANY):
    within = statements.bounds(None)
    found = statements.find(sought, within, limit, most)
    return [one.statement.value for one in statements.at(found.places)], found.after


def test_what_was_read_from_a_copy_is_found_by_its_digest(statements):
    sought = Sought(citations=statements.citing(COPY))
    assert values(statements, sought) == (["de", "fr"], None)
    assert values(statements, Sought(citations=statements.citing("0" * 64)))[0] == []


def test_a_walk_goes_on_where_it_stopped(statements):
    sought = Sought({"prop": "name"})
    within, found = statements.bounds(None), []
    start = within.start
    while start is not None:
        part = statements.find(sought, range(start, within.stop), 100, 10 * MANY)
        assert len(part.places) <= 100
        found += [one.statement.value for one in statements.at(part.places)]
        start = part.after
    assert sorted(found) == sorted(f"Firm {n}" for n in range(MANY))


def test_a_walk_that_finds_little_stops_and_says_where(statements):
    found, after = values(statements, Sought({"value": "fr"}), most=100)
    assert found == []
    assert 100 <= after < len(statements.bounds(None))


def test_every_statement_is_found_by_its_id(statements):
    whole = statements.bounds(None)
    for place in (0, 511, 512, 1_700, whole.stop - 1):
        (claim,) = statements.at([place])
        assert statements.place_of(claim.statement.id) == place
    assert statements.place_of("0" * 40) is None
    assert statements.place_of("") is None


def test_what_is_about_one_entity_lies_side_by_side(statements):
    found = statements.at(statements.bounds("f0700"))
    assert {one.statement.entity_id for one in found} == {"f0700"}
    assert {one.statement.prop for one in found} == {"id", "name", "country"}
