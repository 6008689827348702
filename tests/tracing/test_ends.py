"""Ends: all that a list names, found without reading what other lists say."""

import pytest

from standsbehind.errors import UnknownEntityError
from standsbehind.tracing.ends import listed_by
from tests.published import published
from tests.told import firm, listing, said


@pytest.fixture
def reader(tmp_path):
    told = [
        *(one for key in ("acme", "lens", "third") for one in firm(key, key)),
        *listing("l1", "acme", program="ours"),
        *listing("l2", "lens", program="theirs"),
        said("l3", "entity", "third", schema="Sanction"),
    ]
    return published(tmp_path, told)


def test_a_program_names_those_of_its_listings(reader):
    assert listed_by(reader, "ours") == ("acme",)
    assert listed_by(reader, "unknown") == ("third",)


def test_for_a_list_that_there_is_none_of_no_listing_is_read(reader):
    with pytest.raises(UnknownEntityError, match="lists nobody"):
        listed_by(reader, "nobody")
    assert reader.kept == 0
