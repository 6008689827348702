"""The Consolidated Screening List: a copy of other lists, and never a second witness.

All names here are invented.
"""

from pathlib import Path

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

SAMPLES = Path(__file__).parent / "samples"
CSV = SAMPLES / "us_trade_csl.csv"
JSON = SAMPLES / "us_trade_csl.json"


def harvest(path):
    dataset = load_dataset("us_trade_csl")
    return read(dataset, copies_of(dataset, [path], "2026-11-23"))


def values(draft, prop):
    return [c.statement.value for c in draft.claims if c.statement.prop == prop]


def subject(harvest, name):
    return next(draft for draft in harvest.drafts if name in values(draft, "name"))


def listing(harvest, draft):
    return next(d for d in harvest.drafts if values(d, "entity") == [draft.id])


@pytest.fixture(scope="module")
def parties():
    return harvest(CSV)


@pytest.fixture
def altered(tmp_path):
    """Return a function that writes a sample with one text replaced."""

    def write(path, old, new):
        text = path.read_text("utf-8")
        assert old in text
        copy = tmp_path / path.name
        copy.write_text(text.replace(old, new), "utf-8")
        return copy

    return write


def test_every_row_is_read_and_a_repeated_header_is_none(parties):
    assert parties.subjects == 8
    assert not parties.quarantined
    assert not parties.unread


def test_a_row_counts_to_the_origin_of_its_component_list(parties):
    heron, alder = (
        subject(parties, name)
        for name in ("Heron Glass Co., Ltd.", "Alder Optics Group Limited")
    )
    assert heron.citation.origin_group == "us_bis_entity_list"
    assert alder.citation.origin_group == load_dataset("us_ofac_cons").origin_group
    assert heron.citation.publisher.endswith("International Trade Administration")


def test_one_number_on_two_component_lists_stays_two_entities(parties):
    sectoral, menu = subject(parties, "BRAMBLE BANK"), subject(parties, "Bramble Bank")
    assert sectoral.id != menu.id
    assert values(listing(parties, sectoral), "programId") == ["us-ofac-ssi"]
    assert values(listing(parties, menu), "programId") == ["us-ofac-mbs"]


def test_an_issuer_of_shares_is_a_company_with_its_codes(parties):
    alder = subject(parties, "Alder Optics Group Limited")
    assert alder.schema == "Company"
    assert values(alder, "uscCode") == ["91320500MA0000000X"]
    assert values(alder, "isinCode") == ["KYG000000001"]
    assert values(alder, "ticker") == ["9999 HK"]
    assert values(alder, "alias") == ["ALDER OPTICS", "ALDER OPTICS CO., LTD"]


def test_the_military_industrial_list_gives_its_dates_among_the_identifiers(parties):
    order = listing(parties, subject(parties, "Alder Optics Group Limited"))
    assert values(order, "startDate") == ["2021-08-02"]
    assert values(order, "listingDate") == ["2021-06-03"]
    assert values(order, "scope") == [
        "Purchase/Sales For Divestment Date (CMIC) 03 Jun 2022"
    ]


def test_numbers_are_read_as_on_the_treasurys_own_list(parties):
    bramble = subject(parties, "BRAMBLE BANK")
    assert values(bramble, "innCode") == ["7799999999"]
    assert values(bramble, "incorporationDate") == ["1990-07-31"]
    assert values(listing(parties, bramble), "scope") == [
        "Executive Order 13662 Directive Determination - Subject to Directive 1"
    ]


def test_a_country_is_the_code_or_the_name_that_ends_an_address(parties):
    assert values(subject(parties, "Alder Optics Group Limited"), "country") == [
        "cn",
        "hk",
    ]
    heron = subject(parties, "Heron Glass Co., Ltd.")
    assert values(heron, "country") == ["by", "gb"]
    assert values(heron, "address") == ["6 Oak Road, Minsk, BY"]


def test_successors_are_in_the_scope_and_not_in_the_name(parties):
    tern = subject(parties, "Tern Imports Company")
    order = listing(parties, tern)
    assert values(order, "scope") == [
        "and any successor, sub-unit, or subsidiary thereof"
    ]
    assert values(order, "listedName")[0].endswith("subsidiary thereof")
    assert tern.citation.origin_group == "us-state-isn"


def test_an_export_listing_keeps_requirement_policy_and_notice(parties):
    heron = subject(parties, "Heron Glass Co., Ltd.")
    order = listing(parties, heron)
    assert values(order, "scope") == ["For all items subject to the EAR."]
    assert values(order, "provisions") == ["76 FR 71867"]
    assert values(order, "startDate") == ["2011-11-21"]
    assert values(heron, "notes") == ["License review policy: Presumption of denial."]


def test_a_denial_order_has_an_end(parties):
    tern = subject(parties, "TERN FREIGHT")
    order = listing(parties, tern)
    assert values(order, "endDate") == ["2049-01-02"]
    assert values(order, "scope") == ["Non-Standard denial order"]
    assert values(tern, "country") == ["us"]


def test_a_vessel_has_flag_tonnage_and_number(parties):
    rowan = subject(parties, "ROWAN STAR")
    assert rowan.schema == "Vessel"
    assert values(rowan, "imoNumber") == ["IMO7400000"]
    assert values(rowan, "tonnage") == ["1200"]
    assert values(rowan, "flag") == ["cu"]
    assert values(rowan, "notes") == ["Vessel owner: Tern Imports Company"]


def test_of_a_person_no_document_is_read(parties):
    rook = subject(parties, "Quillan ROOK")
    assert rook.schema == "Person"
    assert values(rook, "birthDate") == ["1951-09", "1952-03-04"]
    assert values(rook, "position") == ["Keeper of Records"]
    assert values(rook, "notes") == [
        "Secondary sanctions risk: section 1(b) of an order"
    ]
    assert "Z0000000" not in str(rook.claims)


def test_json_gives_the_same_entities_as_csv(parties):
    found = harvest(JSON)
    assert found.subjects == 3
    assert not found.unread
    assert {d.id for d in found.drafts} <= {d.id for d in parties.drafts}


def test_json_keeps_an_address_whole():
    alder = subject(found := harvest(JSON), "Alder Optics Group Limited")
    assert values(alder, "address") == ["4 Pine Road; Gate 2, Suzhou, 215000, CN"]
    assert values(listing(found, alder), "startDate") == ["2021-08-02"]


def test_a_component_list_that_is_not_known_is_reported_and_set_aside(altered):
    found = harvest(altered(CSV, "Entity List (EL)", "Robot List (RL)"))
    assert found.unread[0].what.startswith("source 'Robot List (RL)")
    assert found.quarantined[0].locator == "us_trade_csl.csv, line 6"
    assert found.subjects == 7


def test_the_renamed_bureaus_list_keeps_its_entities(altered, parties):
    found = harvest(altered(CSV, "(ISN)", "(ACN)"))
    tern = subject(found, "Tern Imports Company")
    assert tern.id == subject(parties, "Tern Imports Company").id


def test_a_type_that_is_not_known_is_set_aside(altered):
    found = harvest(altered(CSV, '"Vessel"', '"Drone"'))
    assert found.quarantined[0].reason.startswith("type 'Drone'")


def test_a_new_field_is_reported(altered):
    found = harvest(altered(JSON, '"id": "aa11"', '"id": "aa11", "risk": "high"'))
    assert [unread.what for unread in found.unread] == ["field 'risk'"]


def test_a_row_that_the_end_of_the_copy_cuts_is_set_aside(tmp_path):
    path = tmp_path / "csl.csv"
    path.write_text(CSV.read_text("utf-8").rstrip()[:-40], "utf-8")
    found = harvest(path)
    assert found.quarantined[0].reason == "the copy is cut off in this row"
    assert found.subjects == 7


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        pytest.param(CSV, "federal_register_notice,", "", "no field federal_register_notice", id="a column missing"),
        pytest.param(CSV, '"Tug"', '"T"ug"', "not CSV", id="a stray quote"),
        pytest.param(CSV, "_id,source", "<!DOCTYPE html><p>_id,source", "a web page", id="a web page"),
        pytest.param(JSON, '"addresses": []}\n]}', '"addresses": [', r"json:\d+:\d+: cut off", id="JSON cut off"),
        pytest.param(JSON, '"results"', '"parties"', "no list 'results'", id="JSON without results"),
        pytest.param(JSON, '"name": "Heron', '"title": "Heron', "no field name", id="a JSON field missing"),
    ],
)  # fmt: skip
def test_what_is_not_the_list_is_refused(altered, path, old, new, message):
    with pytest.raises(SourceError, match=message):
        harvest(altered(path, old, new))


def test_deeply_nested_json_is_refused(tmp_path):
    path = tmp_path / "consolidated.json"
    path.write_text('{"results":' + "[" * 200_000, "utf-8")
    with pytest.raises(SourceError, match="consolidated"):
        harvest(path)


@pytest.mark.shared
def test_the_official_subset_of_2023_is_read_and_said_to_be_partial(shared):
    """4,229 rows: the header, the header again, 4,226 parties and one that is cut off."""
    found = harvest(shared / "data" / "us-csl" / "csl_2023-11.csv")
    assert found.subjects == 4226
    assert [q.locator for q in found.quarantined] == ["csl_2023-11.csv, line 4233"]
    assert found.unread == ()
    assert found.missing == ("4226 records, at least 15000 expected",)
    assert len({draft.id for draft in found.drafts}) == len(found.drafts)


@pytest.mark.shared
def test_the_component_lists_keep_their_numbers(shared):
    found = harvest(shared / "data" / "us-csl" / "csl_2023-11.csv")
    programs = [
        values(d, "programId")[0] for d in found.drafts if d.schema == "Sanction"
    ]
    assert {program: programs.count(program) for program in set(programs)} == {
        "us-bis-denied-persons": 577,
        "us-bis-entity-list": 919,
        "us-bis-meu": 71,
        "us-bis-uvl": 186,
        "us-ns-cmic": 68,
        "us-ofac-capta": 1,
        "us-ofac-fse": 1,
        "us-ofac-mbs": 14,
        "us-ofac-plc": 78,
        "us-ofac-sdn": 1737,
        "us-ofac-ssi": 288,
        "us-state-aeca-debarred": 142,
        "us-state-isn": 144,
    }


@pytest.mark.shared
def test_the_official_sample_of_2025_is_read_without_a_remainder(shared):
    found = harvest(shared / "data" / "us-csl" / "consolidated_2025_sample.csv")
    assert (found.rows, found.quarantined, found.unread) == (13, (), ())
