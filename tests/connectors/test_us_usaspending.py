"""All actions of one federal award are one award. All names are invented."""

import csv
import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.connectors.sources.us_usaspending.columns import TAKEN, is_known
from standsbehind.errors import SourceError, UsageError

ROW = {
    "contract_transaction_unique_key": "T1",
    "contract_award_unique_key": "CONT_AWD_1",
    "award_id_piid": "1",
    "modification_number": "0",
    "federal_action_obligation": "100.50",
    "total_dollars_obligated": "100.50",
    "action_date": "2024-01-10",
    "action_type_code": "",
    "action_type": "",
    "period_of_performance_start_date": "2024-02-01",
    "period_of_performance_current_end_date": "2025-01-31 00:00:00",
    "awarding_agency_code": "097",
    "awarding_agency_name": "Department of Examples",
    "awarding_sub_agency_code": "9700",
    "awarding_sub_agency_name": "Example Army",
    "awarding_office_code": "W1",
    "awarding_office_name": "Example Contracting Office",
    "funding_agency_code": "070",
    "funding_agency_name": "Department of Homes",
    "recipient_uei": "ABC123456789",
    "recipient_duns": "987654321",
    "recipient_name": "EXAMPLE CAMERAS INC",
    "recipient_doing_business_as_name": "EXCAM",
    "recipient_parent_uei": "XYZ123456789",
    "recipient_parent_name": "EXAMPLE HOLDINGS LTD",
    "recipient_country_code": "USA",
    "recipient_country_name": "UNITED STATES",
    "recipient_phone_number": "5550000",
    "sole_proprietorship": "f",
    "highly_compensated_officer_1_name": "JO TESTMAN",
    "award_type": "PURCHASE ORDER",
    "transaction_description": "CAMERAS, FIRST LOT",
    "prime_award_base_transaction_description": "CAMERAS FOR THE GATE",
    "product_or_service_code": "5836",
    "product_or_service_code_description": "VIDEO EQUIPMENT",
    "naics_code": "334310",
    "naics_description": "AUDIO AND VIDEO",
    "country_of_product_or_service_origin_code": "ATL",
    "country_of_product_or_service_origin": "ATLANTIS",
    "usaspending_permalink": "https://www.usaspending.gov/award/CONT_AWD_1/",
    "last_modified_date": "2024-03-01",
}
CODES = (
    "PSC CODE,PRODUCT AND SERVICE CODE NAME,START DATE,END DATE,PRODUCT AND SERVICE CODE"
    " FULL NAME\n5836,VIDEO EQUIP,10/1/79,,Video recording equipment\n5837,,10/1/79,,\n"
)


def action(**cells):
    return {key: value for key, value in (ROW | cells).items() if value is not ...}


def later(**cells):
    told = {"action_date": "2024-05-01", "modification_number": "P1"}
    return action(**(told | cells))


def table(*rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(k for row in rows for k in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.fixture
def reading(tmp_path):
    """Return a function that reads rows, or files by name, as one pull."""

    def _reading(*rows, **files):
        held = {name.replace("__", "."): content for name, content in files.items()}
        if rows:
            held["Contracts_PrimeTransactions_1.csv"] = table(*rows)
        for name, content in held.items():
            (tmp_path / name).write_bytes(content)
        dataset = load_dataset("us_usaspending")
        paths = [tmp_path / name for name in held]
        return read(dataset, copies_of(dataset, paths, "2026-11-24"))

    return _reading


def values(harvest, schema, prop):
    return [
        c.statement.value
        for c in harvest.claims
        if (c.statement.schema, c.statement.prop) == (schema, prop)
    ]


def named(harvest, entity_id):
    return next(
        c.statement.value
        for c in harvest.claims
        if (c.statement.entity_id, c.statement.prop) == (entity_id, "name")
    )


def links(harvest):
    told = {}
    for c in harvest.claims:
        if c.statement.schema == "UnknownLink":
            told.setdefault(c.statement.entity_id, {})[c.statement.prop] = c
    return {
        link["role"].statement.value: (
            named(harvest, link["subject"].statement.value),
            named(harvest, link["object"].statement.value),
            link["subject"].status.value,
        )
        for link in told.values()
    }


def reasons(harvest):
    return [one.reason for one in harvest.quarantined]


def test_an_award_says_what_was_bought_from_whom_for_how_much(reading):
    found = reading(action())
    assert values(found, "ContractAward", "amount") == ["100.50"]
    assert values(found, "ContractAward", "currency") == ["USD"]
    assert values(found, "ContractAward", "date") == ["2024-01-10"]
    assert values(found, "ContractAward", "startDate") == ["2024-02-01"]
    assert values(found, "ContractAward", "endDate") == ["2025-01-31"]
    assert values(found, "Contract", "classification") == [
        "PSC:5836 VIDEO EQUIPMENT",
        "NAICS:334310 AUDIO AND VIDEO",
    ]
    assert "ATLANTIS" in values(found, "Contract", "notes")[0]
    assert values(found, "Organization", "uniqueEntityId")[0] == "ABC123456789"
    assert (found.quarantined, found.unread, found.missing) == ((), (), ())


def test_the_office_bought_and_the_parent_is_as_reported(reading):
    assert links(reading(action())) == {
        "bought, as contracting authority": (
            "Example Contracting Office",
            "CAMERAS FOR THE GATE",
            "official",
        ),
        "funded, as funding agency": (
            "Department of Homes",
            "CAMERAS FOR THE GATE",
            "official",
        ),
        "is an office of": ("Example Contracting Office", "Example Army", "official"),
        "is a sub-agency of": ("Example Army", "Department of Examples", "official"),
        "reports as its parent": (
            "EXAMPLE CAMERAS INC",
            "EXAMPLE HOLDINGS LTD",
            "company-statement",
        ),
    }


def test_several_actions_are_one_award_that_cites_each_row(reading):
    found = reading(later(total_dollars_obligated="250.00"), action())
    assert values(found, "ContractAward", "amount") == ["250.00"]
    assert values(found, "ContractAward", "date") == ["2024-01-10"]
    assert len(values(found, "ContractAward", "id")) == 1
    (cited,) = [c.citations for c in found.claims if c.statement.prop == "recordId"]
    assert [one.locator.rpartition(", ")[2] for one in cited] == ["line 3", "line 2"]
    assert found.rows == 2


def test_an_amendment_alone_does_not_say_when_the_award_was_made(reading):
    assert values(reading(later()), "ContractAward", "date") == []


def test_a_sum_of_actions_says_that_it_is_one(reading):
    rows = [one(total_dollars_obligated=...) for one in (action, later)]
    found = reading(*rows)
    assert values(found, "ContractAward", "amount") == ["201.00"]
    assert (
        "sum of the obligations of 2" in values(found, "ContractAward", "statusNote")[0]
    )


def test_the_summary_of_an_award_is_read_by_its_own_columns(reading):
    summary = action(
        action_date=...,
        total_dollars_obligated=...,
        federal_action_obligation=...,
        total_obligated_amount="900",
        award_base_action_date="2023-01-01",
        award_latest_action_date="2024-06-30",
    )
    found = reading(summary)
    assert values(found, "ContractAward", "amount") == ["900"]
    assert values(found, "ContractAward", "date") == ["2023-01-01"]


def test_a_cancelled_contract_never_looks_like_an_award(reading):
    words = "LEGAL CONTRACT CANCELLATION"
    found = reading(action(), later(action_type_code="N", action_type=words))
    assert values(found, "ContractAward", "id") == []
    assert "bought, as contracting authority" not in links(found)
    assert f"2024-05-01: {words}" in values(found, "UnknownLink", "statusNote")
    (made,) = values(reading(action()), "ContractAward", "id")
    assert made in values(found, "UnknownLink", "id")


def test_a_termination_is_noted(reading):
    words = "TERMINATE FOR DEFAULT (COMPLETE OR PARTIAL)"
    found = reading(action(), later(action_type_code="E", action_type=words))
    assert values(found, "ContractAward", "statusNote") == [f"2024-05-01: {words}"]


def test_an_award_that_passed_to_another_firm_names_the_latest(reading):
    other = {"recipient_uei": "NEW123456789", "recipient_name": "NEW CAMERAS INC"}
    found = reading(action(), later(**other))
    (supplier,) = values(found, "ContractAward", "supplier")
    assert named(found, supplier) == "NEW CAMERAS INC"
    assert links(found)["received an earlier action of the award"][0] == (
        "EXAMPLE CAMERAS INC"
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param({"sole_proprietorship": "t"}, "natural person", id="sole"),
        pytest.param(
            {"organizational_type": "SOLE PROPRIETORSHIP"}, "natural person", id="type"
        ),
        pytest.param(
            {"recipient_name": "REDACTED DUE TO PII"}, "not named", id="redacted"
        ),
        pytest.param({"recipient_name": "MULTIPLE RECIPIENTS"}, "not named", id="many"),
        pytest.param({"recipient_name": " "}, "no recipient", id="blank"),
        pytest.param({"contract_award_unique_key": ""}, "no key", id="no key"),
        pytest.param({"action_date": "1/10/24"}, "date '1/10/24'", id="date"),
    ],
)
def test_a_recipient_that_is_no_firm_is_set_aside(reading, cells, reason):
    other = action(contract_award_unique_key="CONT_AWD_2")
    found = reading(other, action(organizational_type="") | cells)
    assert reason in reasons(found)[0]
    assert len(values(found, "ContractAward", "id")) == 1


def test_a_firm_that_is_called_like_individuals_is_a_firm(reading):
    found = reading(action(recipient_name="INDIVIDUAL CAMERAS INC"))
    assert found.quarantined == ()


def test_officers_and_telephones_are_not_read(reading):
    told = " ".join(c.statement.value for c in reading(action()).claims)
    assert "TESTMAN" not in told
    assert "5550000" not in told
    assert "987654321" not in told


def test_the_code_list_gives_words_where_a_row_has_none(reading):
    blank = action(product_or_service_code_description="")
    found = reading(blank, psc_codes__csv=CODES.encode())
    assert "PSC:5836 Video recording equipment" in values(
        found, "Contract", "classification"
    )


def test_the_code_list_alone_is_answered_by_what_is_missing(reading):
    with pytest.raises(UsageError, match="missing awards"):
        reading(psc_codes__csv=CODES.encode())


def packed(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name.replace("__", "."), held)
    return content.getvalue()


GRANTS = b"assistance_award_unique_key,recipient_name\nA1,EXAMPLE SCHOOL\n"


def test_a_zip_is_read_as_downloaded_and_its_grants_are_named(reading):
    zipped = packed(
        Contracts_1__csv=table(action()),
        Assistance_1__csv=GRANTS,
        ReadMe__txt=b"Hello",
        other__bin=b"?",
    )
    found = reading(download__zip=zipped)
    assert found.rows == 1
    told = [one.what for one in found.unread]
    assert "assistance" in told[0]
    assert "no table" in told[1]


def test_a_column_that_is_new_is_reported_once(reading):
    found = reading(action(wrongs="1"), later(wrongs="1"))
    assert [one.what for one in found.unread] == ["column 'wrongs'"]


def test_an_amount_that_is_none_is_reported(reading):
    found = reading(action(total_dollars_obligated="lots"))
    assert [one.what for one in found.unread] == ["amount 'lots'"]
    assert values(found, "ContractAward", "amount") == ["100.50"]


WHOLE = table(action(), later())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(GRANTS, "assistance", id="grants alone"),
        pytest.param(b"a,b\n1,2\n", "no column", id="another table"),
        pytest.param(b"<html><body>", "web page", id="web page"),
        pytest.param(WHOLE.replace(b"CAM", b"\xe9"), "not UTF-8", id="encoding"),
        pytest.param(WHOLE + b'"open', "cut off", id="cut off"),
        pytest.param(b"\x00" * 50, "no column", id="zeros"),
        pytest.param(b"a\rb,c\n1,2\n", "no column", id="damaged header"),
        pytest.param(b"PK\x03\x04rest", "damaged", id="damaged zip"),
        pytest.param(packed(a__txt=b"x"), "no table of contracts", id="empty zip"),
    ],
)
def test_what_is_no_download_of_contracts_is_refused(reading, content, message):
    with pytest.raises(SourceError, match=message):
        reading(awards__csv=content)


def test_a_cut_row_is_set_aside(reading):
    found = reading(awards__csv=WHOLE[: WHOLE.rindex(b"2024-05-01")])
    assert "columns" in reasons(found)[0]


def test_a_zip_that_unpacks_to_too_much_is_refused(reading, monkeypatch):
    from standsbehind.connectors import packed as module

    monkeypatch.setattr(module, "_MOST_BYTES", 100)
    with pytest.raises(SourceError, match="unpacks to more"):
        reading(download__zip=packed(a__csv=b"0" * 101))


@pytest.fixture
def dictionary(shared):
    """Return the columns that the publisher's dictionary has for prime awards."""
    path = shared / "data" / "usaspending" / "Data_Dictionary_Crosswalk.xlsx"
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Public").to_python()
    return {
        name
        for row in rows[2:]
        if "Prime" in str(row[6])
        for name in re.split(r"[,\s]+", str(row[7]))
        if name and name != "N/A"
    }


@pytest.mark.shared
def test_every_column_that_is_read_stands_in_the_dictionary(dictionary):
    # The dictionary names the identifiers of 2022 without their columns, and has not
    # followed the parting of the description into that of the award and of the action.
    newer = {
        "prime_award_base_transaction_description",
        "recipient_parent_uei",
        "recipient_uei",
        "transaction_description",
    }
    assert TAKEN - dictionary == newer
    assert [name for name in sorted(dictionary) if not is_known(name)] == []


@pytest.mark.shared
def test_the_published_code_list_gives_the_words_of_a_code(shared, reading):
    content = (shared / "data" / "usaspending" / "psc_codes.csv").read_bytes()
    blank = action(
        product_or_service_code="S211", product_or_service_code_description=""
    )
    found = reading(blank, psc_codes__csv=content)
    assert "PSC:S211 Surveillance Services" in values(
        found, "Contract", "classification"
    )
