"""Debarred parties: two files of one agency, and no birth date of anybody."""

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

TODAY = "2026-11-24"
STATUTORY = """Party Name,Date Of Birth,Federal Register Notice,Notice Date,Corrected Notice,Corrected Notice Date
"Example Arms Trading, Inc. (a.k.a. EAT Inc.; Example Arms)",,67 FR 10033,3/5/2002,,
"Doe, Jane",June 1975,83 FR 18112,4/25/2018,,
"No Day, Ltd.",,83 FR 18112,sometime,,
"""


def reading(*paths):
    dataset = load_dataset("us_ddtc_debarred")
    return read(dataset, copies_of(dataset, paths, TODAY))


def values(harvest, prop):
    return [c.statement.value for c in harvest.claims if c.statement.prop == prop]


def test_a_party_has_its_aliases_its_notice_and_its_day(tmp_path):
    path = tmp_path / "debarred-statutory.csv"
    path.write_text(STATUTORY)
    found = reading(path)
    names = ["Example Arms Trading, Inc.", "Doe, Jane", "No Day, Ltd."]
    assert values(found, "name") == names
    assert values(found, "alias") == ["EAT Inc.", "Example Arms"]
    assert values(found, "startDate") == ["2002-03-05", "2018-04-25"]
    assert "sometime" in found.unread[0].what


def test_no_birth_date_is_read(tmp_path):
    path = tmp_path / "debarred-statutory.csv"
    path.write_text(STATUTORY)
    assert not any("1975" in claim.statement.value for claim in reading(path).claims)


def test_another_layout_is_refused(tmp_path):
    path = tmp_path / "debarred-statutory.csv"
    path.write_text("Party,Born\nX,Y\n")
    with pytest.raises(SourceError, match="no column"):
        reading(path)


@pytest.mark.shared
def test_the_lists_as_published_are_read_whole(shared):
    folder = shared / "data" / "us-ddtc"
    found = reading(*sorted(folder.glob("*.csv")))
    assert (found.rows, found.missing, found.quarantined) == (787, (), ())
