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


HEADER = STATUTORY.partition("\n")[0]
ADMINISTRATIVE = """Name,Date,Charging Letter,Debarment Order,Federal Register Notice
"Example, Roe",8/29/2022,,"PDF, 6MB",87 FR 52834
"""


@pytest.fixture
def statutory(tmp_path):
    """Return a function that reads one printed name as the list of statutory debarments."""

    def read_name(name, born=""):
        path = tmp_path / "debarred-statutory.csv"
        path.write_text(f'{HEADER}\n"{name}",{born},67 FR 10033,3/5/2002,,\n')
        return reading(path)

    return read_name


@pytest.mark.parametrize(
    ("printed", "aliases"),
    [
        ("Doe, Jane (a/k/a Roe, Jane)", ["Roe, Jane"]),
        ("Doe, Jane (aka Jane Roe)", ["Jane Roe"]),
        ("Doe, Jane\ta/k/a Roe, Jane", ["Roe, Jane"]),
        ("Doe, Jane; a.k.a Jane Roe", ["Jane Roe"]),
        ("Doe, Jane (a.k.a. Roe, J; a.k.a. Roe, Jan)", ["Roe, J", "Roe, Jan"]),
    ],
)
def test_every_way_to_print_another_name_is_read(statutory, printed, aliases):
    found = statutory(printed)
    assert values(found, "name") == ["Doe, Jane"]
    assert values(found, "alias") == aliases


@pytest.mark.parametrize("printed", ["Doe, Jane (a.k.a. Roe", "(a.k.a. Roe)"])
def test_a_name_that_cannot_be_taken_apart_is_set_aside(statutory, printed):
    with pytest.raises(SourceError, match="no record"):
        statutory(printed)


@pytest.mark.parametrize(
    ("printed", "born", "schema"),
    [
        ("Doe, Jane", '"June, 1975"', "Person"),
        ("Doe, Jane", "", "LegalEntity"),
        ("Test & Trade, Inc.", "", "Company"),
    ],
)
def test_only_what_the_row_shows_makes_a_person_or_a_firm(
    statutory, printed, born, schema
):
    assert statutory(printed, born).drafts[0].schema == schema


def test_one_name_under_two_notices_is_two_entities(tmp_path):
    path = tmp_path / "debarred-statutory.csv"
    rows = ["Test Ltd.,,59 FR 5664,2/7/1994,,", "Test Ltd.,,58 FR 50382,9/27/1993,,"]
    path.write_text("\n".join([HEADER, *rows]))
    assert reading(path).subjects == 2


def test_a_corrected_notice_is_part_of_the_ground(tmp_path):
    path = tmp_path / "debarred-statutory.csv"
    path.write_text(f"{HEADER}\nTest Ltd.,,85 FR 30783,5/20/2020,85 FR 39967,7/2/2020")
    ground = "85 FR 30783, corrected by 85 FR 39967 of 7/2/2020"
    assert values(reading(path), "provisions") == [ground]


def test_the_administrative_list_is_read_on_its_own(tmp_path):
    path = tmp_path / "debarred-administrative.csv"
    path.write_text(ADMINISTRATIVE)
    found = reading(path)
    assert values(found, "program") == ["AECA administrative debarment"]
    assert found.unread == ()
    assert found.missing[0] == "no statutory file was given"


def test_a_row_that_may_name_several_parties_waits_for_a_person_to_part_it(tmp_path):
    path = tmp_path / "debarred-administrative.csv"
    row = "Test Works and Jo Doe,8/29/2022,,,87 FR 52834"
    path.write_text(f"{ADMINISTRATIVE}{row}\n")
    found = reading(path)
    assert found.subjects == 1
    assert "may name several parties" in found.quarantined[0].reason


@pytest.mark.shared
def test_the_lists_as_published_are_read_whole(shared):
    folder = shared / "data" / "us-ddtc"
    found = reading(*sorted(folder.glob("*.csv")))
    assert (found.rows, found.missing, found.quarantined) == (787, (), ())
    # Three rows of the administrative list name eight parties, parted by hand.
    assert (found.subjects, found.unread) == (792, ())
    assert not values(found, "birthDate")
