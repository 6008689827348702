"""The Denied Persons List: two layouts, one reading. All names here are invented."""

from pathlib import Path

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

SAMPLES = Path(__file__).parent / "samples"
CURRENT = SAMPLES / "us_bis_denied_dpl_01312025.csv"
LEGACY = SAMPLES / "us_bis_denied_dpl.txt"


def harvest(path):
    dataset = load_dataset("us_bis_denied")
    return read(dataset, copies_of(dataset, [path], "2026-11-23"))


def values(draft, prop):
    return [c.statement.value for c in draft.claims if c.statement.prop == prop]


def subjects(harvest, name):
    return [draft for draft in harvest.drafts if name in values(draft, "name")]


def listings(harvest, draft):
    return [other for other in harvest.drafts if values(other, "entity") == [draft.id]]


@pytest.fixture
def altered(tmp_path):
    """Return a function that writes a sample with one text replaced."""

    def write(path, old, new):
        text = path.read_bytes().decode()
        assert old in text
        copy = tmp_path / path.name
        copy.write_bytes(text.replace(old, new).encode())
        return copy

    return write


def test_rows_of_one_order_are_one_subject_with_all_addresses():
    found = harvest(CURRENT)
    first, _second = subjects(found, "BRAMBLE TRADING, INC.")
    assert values(first, "address") == [
        "12 ALDER ROAD, SUITE 4, TUCSON, AZ, US, 85701",
        "14 ALDER ROAD, TUCSON, AZ, US, 85701",
    ]
    assert values(first, "country") == ["us"]
    assert len(first.claims[1].citations) == 2


def test_the_same_name_under_another_order_stays_another_subject():
    first, second = subjects(harvest(CURRENT), "BRAMBLE TRADING, INC.")
    assert first.id != second.id


def test_every_row_is_cited():
    found = harvest(CURRENT)
    assert (found.rows, found.subjects) == (5, 4)
    assert not found.quarantined
    assert not found.unread


def test_a_comma_in_brackets_is_part_of_the_name():
    (pine,) = subjects(harvest(CURRENT), "PINE ZONE (BRAMBLE GROUP, INC.)")
    assert values(pine, "address") == ["7 OAK STREET, DE"]
    assert values(pine, "country") == ["de"]


def test_dates_are_american_and_a_blank_expiration_is_open():
    found = harvest(CURRENT)
    (pine,) = subjects(found, "PINE ZONE (BRAMBLE GROUP, INC.)")
    (order,) = listings(found, pine)
    assert values(order, "startDate") == ["1981-09-10"]
    assert values(order, "endDate") == []
    assert values(order, "provisions")[0].startswith("46 F.R. 46154 9/17/81 and")


def test_an_order_has_an_end_and_says_what_kind_it_is():
    found = harvest(CURRENT)
    (heron,) = subjects(found, "HERON AIR LLC")
    (order,) = listings(found, heron)
    assert values(order, "endDate") == ["2035-01-02"]
    assert values(order, "scope") == ["Non-Standard denial order"]
    assert values(order, "programId") == ["us-bis-denied-persons"]


def test_a_state_in_the_column_of_the_country_is_corrected():
    (heron,) = subjects(harvest(CURRENT), "HERON AIR LLC")
    assert values(heron, "country") == ["us"]


def test_no_one_is_taken_for_a_person_or_a_firm():
    schemata = {draft.schema for draft in harvest(CURRENT).drafts}
    assert schemata == {"LegalEntity", "Sanction"}


def test_the_copys_day_is_that_in_its_name():
    (heron,) = subjects(harvest(CURRENT), "HERON AIR LLC")
    assert heron.citation.published == "2025-01-31"


def test_the_legacy_layout_gives_the_same_subject():
    (legacy,) = subjects(harvest(LEGACY), "BRAMBLE TRADING, INC.")
    assert legacy.id == subjects(harvest(CURRENT), "BRAMBLE TRADING, INC.")[0].id
    assert legacy.citation.published == "2024-03-09"
    assert values(legacy, "country") == []


def test_last_columns_that_an_export_dropped_are_blank(altered):
    path = altered(LEGACY, '\t"NEW"\t"85 F.R. 40004 1/8/2020"', "")
    assert harvest(path).subjects == 2


def test_a_kind_of_denial_that_is_not_known_is_reported(altered):
    found = harvest(altered(CURRENT, "Non-Standard", "Provisional"))
    assert [unread.what for unread in found.unread] == ["type of denial 'Provisional'"]


def test_a_date_that_is_none_sets_the_row_aside(altered):
    found = harvest(altered(CURRENT, "9/10/1981", "9/31/1981"))
    assert found.quarantined[0].reason == "effective date '9/31/1981'"
    assert found.subjects == 3


def test_a_row_cut_short_is_set_aside(altered):
    found = harvest(altered(CURRENT, ",90 F.R. 30003 1/8/2025,Non-Standard", ""))
    assert found.quarantined[0].reason == "3 columns, 5 expected"


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        pytest.param(CURRENT, "Name_and_Address", "Party", "no column Name_and_Address", id="a column missing"),
        pytest.param(LEGACY, '"FR_Citation"', '"Notice"', "no column FR_Citation", id="a legacy column missing"),
        pytest.param(CURRENT, '7 OAK STREET, , , DE, "', "7 OAK STREET, , , DE, ", "cut off|expected after", id="an open quote"),
        pytest.param(CURRENT, "\ufeffName", "<!DOCTYPE html>Name", "a web page", id="a web page"),
    ],
)  # fmt: skip
def test_what_is_not_the_list_is_refused(altered, path, old, new, message):
    with pytest.raises(SourceError, match=message):
        harvest(altered(path, old, new))


def test_a_copy_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "dpl.csv"
    path.write_bytes(CURRENT.read_bytes().replace(b"OAK", b"\xc4K"))
    with pytest.raises(SourceError, match="not UTF-8 at byte"):
        harvest(path)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "rows", "entities"),
    [("dpl_04142026.csv", 564, 468), ("dpl.txt", 581, 461)],
)
def test_the_official_files_are_read_whole(shared, name, rows, entities):
    found = harvest(shared / "data" / "us-bis-dpl" / name)
    assert (found.rows, found.subjects) == (rows, entities)
    assert (found.quarantined, found.unread, found.missing) == ((), (), ())


@pytest.mark.shared
def test_subjects_keep_their_ids_from_one_layout_to_the_other(shared):
    folder = shared / "data" / "us-bis-dpl"
    ids = [
        {
            draft.id
            for draft in harvest(folder / name).drafts
            if draft.schema != "Sanction"
        }
        for name in ("dpl.txt", "dpl_04142026.csv")
    ]
    assert len(ids[0] & ids[1]) == 236


@pytest.mark.shared
def test_a_firm_whose_order_expired_is_on_the_old_copy_alone(shared):
    """A New York firm that shares a name element with a camera maker."""
    folder = shared / "data" / "us-bis-dpl"
    old, new = harvest(folder / "dpl.txt"), harvest(folder / "dpl_04142026.csv")
    (decoy,) = subjects(old, "DAHUA ELECTRONICS CORPORATION")
    (order,) = listings(old, decoy)
    assert values(order, "startDate") == ["2017-09-28"]
    assert values(order, "endDate") == ["2025-11-19"]
    assert subjects(new, "DAHUA ELECTRONICS CORPORATION") == []


@pytest.mark.shared
def test_the_agencys_own_fixture_without_last_columns_is_read(shared):
    found = harvest(shared / "data" / "us-ita-fixtures" / "dpl.txt")
    assert (found.rows, found.subjects) == (9, 9)
