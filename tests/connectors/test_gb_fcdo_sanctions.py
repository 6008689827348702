"""The UK Sanctions List: rows of one id are one subject. All names here are invented."""

import csv
import io

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

HEADER = (
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,"
    "Name 4,Name 5,Name type,Alias strength,Title,Name non-latin script,Non-latin script type,"
    "Non-latin script language,Regime Name,Designation Type,Designation source,"
    "Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,"
    "Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,"
    "Address Postal Code,Address Country,Phone number,Website,Email address,Date Designated,"
    "D.O.B,Nationality(/ies),National Identifier number,"
    "National Identifier additional information,Passport number,"
    "Passport additional information,Position,Gender,Town of birth,Country of birth,"
    "Type of entity,Subsidiaries,Parent company,Business registration number (s),IMO number,"
    "Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,"
    "Previous flags,Type of ship,Tonnage of ship,Length of ship,Year Built,"
    "Hull identification number (HIN)"
)
REGIME = "The Testland (Sanctions) (EU Exit) Regulations 2020"
COMMON = {
    "Last Updated": "04/08/2026",
    "Regime Name": REGIME,
    "Designation source": "UK",
    "Sanctions Imposed": "Asset freeze|Asset freeze|Travel Ban",
    "Date Designated": "01/03/2022",
    "Name type": "Primary Name",
}
FIRM = COMMON | {
    "Unique ID": "TST0001",
    "Designation Type": "Entity",
    "Name 6": "LANTERN OPTICS LLC",
    "Address Line 1": "1 Example Road",
    "Address Line 6": "Test City",
    "Address Country": "Russia",
    "Phone number": "+7 000",
    "UK Statement of Reasons": "It makes cameras, namely lenses.",
    "Business registration number (s)": "INN: 7701234567; 99-X",
    "Parent company": "Lantern Group, by a trust",
}
FIRM_ALIAS = FIRM | {
    "Name 6": "LO",
    "Name type": "Alias",
    "Alias strength": "Low quality",
    "Name non-latin script": "Фонарь Оптика",
    "Non-latin script language": "Russian",
    "Address Line 1": "2 Example Road",
}
PERSON = COMMON | {
    "Unique ID": "TST0002",
    "Designation Type": "Individual",
    "Designation source": "UN",
    "UN Reference Number": "TSi.001",
    "Name 6": "TESTMAN",
    "Name 1": "IMAGINARY",
    "Name 2": "JO",
    "Position": "Head of Office",
    "D.O.B": "dd/mm/1970",
    "Nationality(/ies)": "Congo (Democratic Republic)",
    "Passport number": "P5550001",
    "National Identifier number": "ID777",
    "Town of birth": "Birthville",
    "Other Information": "His cousin has passport P5550002.",
    "UK Statement of Reasons": "An account of his life.",
}
SHIP = COMMON | {
    "Unique ID": "TST0003",
    "Designation Type": "Ship",
    "Name 6": "TEST STAR",
    "IMO number": "IMO1234567",
    "Current believed flag of ship": "Gabon",
    "Previous flags": "Panama; Liberia",
    "Type of ship": "Oil Tanker",
    "Year Built": "2004",
    "Current owner/operator (s)": "Blue Test Shipping",
}


def table(*rows, first="Report Date: 08-Oct-2026", header=HEADER):
    text = io.StringIO()
    columns = next(csv.reader([header]))
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writerows(rows)
    return f"{first}\r\n{header}\r\n{text.getvalue()}"


@pytest.fixture
def harvest(tmp_path):
    """Return a function that reads a text as the list."""

    def reading(text):
        path = tmp_path / "UK-Sanctions-List.csv"
        path.write_bytes(text.encode())
        dataset = load_dataset("gb_fcdo_sanctions")
        return read(dataset, copies_of(dataset, [path], "2026-11-24"))

    return reading


def values(draft, prop):
    return [c.statement.value for c in draft.claims if c.statement.prop == prop]


def test_rows_of_one_id_are_one_subject_with_all_names_and_addresses(harvest):
    found = harvest(table(FIRM, FIRM_ALIAS))
    firm, listing = found.drafts
    assert (found.rows, found.subjects, found.unread) == (2, 1, ())
    assert (firm.schema, values(firm, "name")) == ("LegalEntity", [FIRM["Name 6"]])
    assert values(firm, "weakAlias") == ["LO"]
    assert [(c.statement.value, c.statement.lang) for c in firm.claims if c.statement.prop == "alias"] == [("Фонарь Оптика", "rus")]  # fmt: skip
    assert values(firm, "address") == [
        "1 Example Road, Test City, Russia",
        "2 Example Road, Test City, Russia",
    ]
    assert values(firm, "country") == ["ru"]
    assert values(listing, "listedName") == [FIRM["Name 6"]]


def test_a_value_cites_every_row_that_states_it(harvest):
    firm, _ = harvest(table(FIRM, FIRM_ALIAS)).drafts
    (country,) = [c for c in firm.claims if c.statement.prop == "country"]
    lines = [citation.locator for citation in country.citations]
    assert lines == ["UK-Sanctions-List.csv, line 3", "UK-Sanctions-List.csv, line 4"]
    assert {c.published for c in country.citations} == {"2026-10-08"}
    assert country.citations[1].quote == "LO"


def test_a_listing_has_its_regime_its_day_and_its_measures(harvest):
    _, listing = harvest(table(FIRM)).drafts
    assert values(listing, "programId") == ["gb-sanctions-list"]
    assert values(listing, "program") == values(listing, "provisions") == [REGIME]
    assert values(listing, "startDate") == ["2022-03-01"]
    assert values(listing, "scope") == ["Asset freeze; Travel Ban"]
    assert values(listing, "reason") == [FIRM["UK Statement of Reasons"]]


def test_numbers_are_named_by_the_lists_own_label_and_owners_stay_words(harvest):
    firm, _ = harvest(table(FIRM)).drafts
    assert values(firm, "innCode") == ["7701234567"]
    assert values(firm, "registrationNumber") == ["99-X"]
    assert values(firm, "notes") == ["Parent company: Lantern Group, by a trust"]
    assert not any("+7 000" in c.statement.value for c in firm.claims)


def test_of_a_person_no_paper_number_birthplace_or_remark_is_read(harvest):
    found = harvest(table(PERSON))
    person, listing = found.drafts
    assert values(person, "name") == ["IMAGINARY JO TESTMAN"]
    assert values(person, "position") == ["Head of Office"]
    assert values(person, "birthDate") == ["1970"]
    assert values(person, "nationality") == ["cd"]
    assert values(listing, "unscId") == ["TSi.001"]
    told = " ".join(claim.statement.value for claim in found.claims)
    assert not any(word in told for word in ("P555", "ID777", "Birthville", "account"))
    assert found.unread == ()


def test_a_ship_has_its_number_flags_and_owner_in_words(harvest):
    ship, _ = harvest(table(SHIP)).drafts
    assert (ship.schema, values(ship, "imoNumber")) == ("Vessel", ["IMO1234567"])
    assert values(ship, "flag") == ["ga"]
    assert values(ship, "pastFlags") == ["pa", "lr"]
    assert values(ship, "notes") == ["Current owner or operator: Blue Test Shipping"]


def test_one_subject_under_two_regimes_has_two_listings(harvest):
    found = harvest(table(FIRM, FIRM | {"Regime Name": "The Other Regulations 2019"}))
    listings = [draft for draft in found.drafts if draft.schema == "Sanction"]
    assert len({draft.id for draft in listings}) == 2


def test_a_quoted_cell_may_hold_lines_and_commas(harvest):
    told = "First line,\nsecond line."
    found = harvest(table(FIRM | {"Other Information": told}, SHIP))
    assert "First line, second line." in values(found.drafts[0], "notes")
    assert found.drafts[2].citation.locator.endswith("line 5")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({"Name type": "Nickname"}, "name type 'Nickname'", id="name type"),
        pytest.param({"Alias strength": "Fair"}, "alias strength 'Fair'", id="strength"),
        pytest.param({"Designation source": "XX"}, "designation source 'XX'", id="source"),
        pytest.param({"Date Designated": "2022"}, "date designated '2022'", id="date"),
        pytest.param({"Address Country": "Atlantis"}, "country 'Atlantis'", id="country"),
        pytest.param({"Gender": "X"}, "field 'Gender'", id="a person's field on a firm"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_reported(harvest, changed, told):
    assert told in [unread.what for unread in harvest(table(FIRM | changed)).unread]


def test_a_new_column_is_reported(harvest):
    found = harvest(table(FIRM | {"New": "x"}, header=f"{HEADER},New"))
    assert [unread.what for unread in found.unread] == ["field 'New'"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Unique ID": ""}, "id '', type 'entity'"),
        ({"Designation Type": "Cloud"}, "id 'TST0001', type 'cloud'"),
        ({"Designation Type": "Ship"}, "TST0001 is ship here, entity above"),
        ({"Unique ID": "TST9", "Name 6": ""}, "TST9: no name"),
    ],
)
def test_a_row_whose_subject_cannot_be_told_is_set_aside(harvest, changed, reason):
    found = harvest(table(FIRM, FIRM | changed))
    assert [one.reason for one in found.quarantined] == [reason]
    assert found.subjects == 1


def test_the_older_names_of_columns_are_read(harvest):
    older = table(FIRM).replace("Designation Type", '"Individual, Entity, Ship"')
    assert harvest(older).subjects == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(table(FIRM, first="Last Updated,01/01/2026"), "not with 'Report Date:'", id="the retired list"),
        pytest.param(table(FIRM).replace("Unique ID", "Key"), "no column Unique ID", id="a column gone"),
        pytest.param(table(FIRM).replace("Designation Type", "Kind"), "no column Designation Type", id="no type"),
        pytest.param("<!DOCTYPE html><html>", "a web page", id="a web page"),
        pytest.param(table(FIRM) + '04/08/2026,"TST', "cut off", id="cut off in a cell"),
    ],
)  # fmt: skip
def test_what_is_not_the_list_is_refused(harvest, text, message):
    with pytest.raises(SourceError, match=message):
        harvest(text)


def test_a_row_cut_short_is_set_aside(harvest):
    found = harvest(table(FIRM) + "04/08/2026,TST0009")
    assert found.quarantined[0].reason == "2 columns, 58 expected"


def test_a_small_copy_is_said_to_be_partial(harvest):
    found = harvest(table(FIRM))
    assert found.missing[0] == "1 records, at least 5000 expected"
