"""The three BIS lists of part 744: what a cell says of its subject, and nothing more."""

import json
from pathlib import Path

import pytest

from standsbehind.connectors.bis.entry import read_entry
from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

SAMPLE = Path(__file__).parent / "samples" / "us_bis_title-15_part744.xml"


def harvest(dataset_id, path=SAMPLE):
    dataset = load_dataset(dataset_id)
    return read(dataset, copies_of(dataset, [path], "2026-11-23"))


def values(draft, prop):
    return [c.statement.value for c in draft.claims if c.statement.prop == prop]


def subject(harvest, name, country=None):
    return next(
        draft
        for draft in harvest.drafts
        if name in values(draft, "name") + values(draft, "full")
        and (country is None or country in values(draft, "country"))
    )


def listing(harvest, draft):
    return next(d for d in harvest.drafts if values(d, "entity") == [draft.id])


@pytest.fixture(scope="module")
def entity_list():
    return harvest("us_bis_entity_list")


@pytest.fixture
def altered(tmp_path):
    """Return a function that writes the sample with one text replaced."""

    def write(old, new):
        text = SAMPLE.read_text("utf-8")
        assert old in text
        path = tmp_path / "title-15.xml"
        path.write_text(text.replace(old, new), "utf-8")
        return path

    return write


def test_every_row_is_read_without_a_remainder(entity_list):
    assert (entity_list.rows, entity_list.subjects) == (6, 8)
    assert not entity_list.quarantined
    assert not entity_list.unread


def test_a_listing_keeps_scope_review_policy_and_all_citations(entity_list):
    dahua = subject(entity_list, "Dahua Technology")
    listed = listing(entity_list, dahua)
    assert values(listed, "programId") == ["us-bis-entity-list"]
    assert values(listed, "startDate") == ["2019-10-09"]
    assert values(listed, "provisions") == [
        "84 FR 54004, 10/9/19. 85 FR 44159, 7/22/20."
    ]
    assert values(listed, "scope")[0].endswith("744.11 of the EAR) [footnote 4]")
    assert values(dahua, "notes")[0].startswith("License review policy: Case-by-case")
    assert values(dahua, "notes")[1].startswith("Footnote 4: For this entity")


def test_a_blank_country_is_that_of_the_row_above(entity_list):
    lantern = subject(entity_list, "Lantern Ridge Optics Co., Ltd.", "cn")
    assert values(lantern, "country") == ["cn", "hk"]
    assert "row 3" in lantern.citation.locator


def test_one_name_under_two_countries_stays_two_entities(entity_list):
    china = subject(entity_list, "Lantern Ridge Optics Co., Ltd.", "cn")
    malaysia = subject(entity_list, "Lantern Ridge Optics Co., Ltd.", "my")
    assert china.id != malaysia.id
    assert values(malaysia, "notes")[-1] == "See alternate address under China."


def test_aliases_and_addresses_are_told_apart(entity_list):
    lantern = subject(entity_list, "Lantern Ridge Optics Co., Ltd.", "cn")
    assert values(lantern, "alias") == ["Lantern Optics", "LRO Imaging (Suzhou) Ltd."]
    assert values(lantern, "address") == [
        "5/F, Block C, 9 Alder Road, Suzhou, China",
        "Unit 4, 22 Pier Street, Kowloon, Hong Kong",
    ]


def test_an_affiliate_is_an_entity_of_its_own_and_no_alias(entity_list):
    group = subject(entity_list, "Quillmark Group Co., Ltd.")
    affiliate = subject(entity_list, "Chengdu Quillmark Software Co., Ltd.")
    assert values(group, "alias") == ["Quillmark"]
    assert values(group, "previousName") == ["Quillmark Trading"]
    assert values(affiliate, "alias") == ["Quillmark Soft"]
    assert values(affiliate, "address") == ["2 Elm Road, Chengdu, China"]
    assert subject(entity_list, "Wuhan Quillmark Devices Co., Ltd.")
    links = [d for d in entity_list.drafts if d.schema == "UnknownLink"]
    assert [affiliate.id] in [values(link, "subject") for link in links]


def test_a_row_that_goes_on_lists_its_institution_on_the_same_terms(entity_list):
    works = subject(entity_list, "Tannery Lane Works")
    listed = listing(entity_list, works)
    assert values(listed, "startDate") == ["2018-08-01"]
    assert values(listed, "scope") == ["For all items subject to the EAR"]


def test_a_listed_address_is_not_a_firm(entity_list):
    address = subject(
        entity_list, "Unit Q, 16/F Maple Place, 18 Maple Rd, Wan Chai, Hong Kong"
    )
    assert address.schema == "Address"
    assert not values(address, "name")
    assert values(listing(entity_list, address), "listedName") == ["Address 01"]


def test_the_citation_quotes_the_row(entity_list):
    citation = subject(entity_list, "Dahua Technology").citation
    assert citation.locator == "Supplement No. 4 to Part 744, row 2"
    assert citation.quote.startswith("Dahua Technology, 807, Block A")
    assert citation.origin_group == "us_bis_entity_list"


def test_the_unverified_list_stands_in_supplement_6():
    found = harvest("us_bis_uvl")
    freight = subject(found, "Bramblewood Freight LLC")
    assert found.subjects == 2
    assert len(values(freight, "address")) == 2
    assert values(listing(found, freight), "startDate") == ["2014-06-16"]
    assert values(subject(found, "Hollin Supply"), "alias") == ["Hollin Trading"]


def test_a_row_that_introduces_institutions_is_no_subject():
    found = harvest("us_bis_meu")
    heron = subject(found, "Heron Blades Co., Ltd.")
    assert found.subjects == 4
    assert values(heron, "notes") == ["Listed in the entry of Heron Aero Group"]
    assert values(listing(found, heron), "startDate") == ["2020-12-23"]
    assert values(subject(found, "Osprey Plant"), "notes") == []


def test_a_copy_that_is_not_the_whole_list_says_so(entity_list):
    assert "Hikvision is not on it, but stands on the whole list" in entity_list.missing


@pytest.mark.parametrize(
    ("cell", "name", "aliases", "addresses"),
    [
        pytest.param(
            ["Alder & Co., Ltd., No. 4 Pine Road, Suzhou, China."],
            "Alder & Co., Ltd.", [], ["No. 4 Pine Road, Suzhou, China"],
            id="a comma before a legal form",
        ),
        pytest.param(
            ["Alder Academy, Institute of Glass, 4 Pine Road, Suzhou, China."],
            "Alder Academy, Institute of Glass", [], ["4 Pine Road, Suzhou, China"],
            id="an institute within an academy",
        ),
        pytest.param(
            ["Alder LLC (a.k.a. Alder Glass, and Alder Trading), 4 Pine Road, Minsk."],
            "Alder LLC", ["Alder Glass", "Alder Trading"], ["4 Pine Road, Minsk"],
            id="aliases in brackets",
        ),
        pytest.param(
            ["Alder, a.k.a., the following one alias:", "—Alder Glass. 4 Pine Road, Minsk, Belarus; and 6 Pine Road, Minsk, Belarus."],
            "Alder", ["Alder Glass"],
            ["4 Pine Road, Minsk, Belarus", "6 Pine Road, Minsk, Belarus"],
            id="an address glued to the last alias",
        ),
        pytest.param(
            ["Alder Tech. Co., Ltd. No. C22, Pine Rd., Suzhou, China."],
            "Alder Tech. Co., Ltd.", [], ["No. C22, Pine Rd., Suzhou, China"],
            id="an address without a comma before it",
        ),
        pytest.param(
            ["Makaenka Plant, 23 Osaka St., Minsk, 220114, Belarus."],
            "Makaenka Plant", [], ["23 Osaka St., Minsk, 220114, Belarus"],
            id="a.k.a. inside a word is none",
        ),
        pytest.param(
            ["Alder Institute (AI) subordinate institution:", "Alder Glassworks, 4 Pine Road, Suzhou, China."],
            "Alder Glassworks", [], ["4 Pine Road, Suzhou, China"],
            id="an institution named after the one above it",
        ),
        pytest.param(
            ["The following Department of Alder entities:", "—Glass ovens (excluding Pine 1);"],
            "Department of Alder", [], [],
            id="what a department's entry covers is no alias",
        ),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_was_written(cell, name, aliases, addresses):
    entry = read_entry(cell)
    assert (entry.name, entry.aliases, entry.addresses) == (name, aliases, addresses)


def test_a_country_that_is_not_known_is_reported(altered):
    found = harvest("us_bis_uvl", altered("GEORGIA", "RURITANIA"))
    assert [unread.what for unread in found.unread][:1] == ["country 'RURITANIA'"]
    assert found.subjects == 2


def test_a_citation_without_a_date_is_reported_and_the_firm_kept(altered):
    found = harvest("us_bis_uvl", altered("79 FR 34217, 06/16/14.", "79 FR 34217"))
    assert [unread.what for unread in found.unread] == ["citation '79 FR 34217'"]
    assert (
        values(listing(found, subject(found, "Bramblewood Freight LLC")), "startDate")
        == []
    )


def test_a_row_with_too_few_cells_is_set_aside(altered):
    found = harvest("us_bis_uvl", altered("<TD>83 FR 22204, 05/14/18.</TD>", ""))
    assert found.subjects == 1
    assert found.quarantined[0].reason == "2 cells, 3 expected"
    assert found.quarantined[0].locator == "Supplement No. 6 to Part 744, row 3"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("Supplement No. 4 to", "Supplement No. 9 to", "no 'Supplement No. 4", id="supplement renumbered"),
        pytest.param("<TH>License requirement</TH>", "", "no table with the columns", id="a column missing"),
        pytest.param("</DIV5>", "", r"title-15\.xml:\d+: not whole XML", id="truncated"),
        pytest.param("<DIV5 N", "<!DOCTYPE x [<!ENTITY a 'b'>]><DIV5 N", "document type", id="an entity declared"),
        pytest.param('<?xml version="1.0" encoding="UTF-8"?>', "<!DOCTYPE html>", "a web page", id="a web page"),
    ],
)  # fmt: skip
def test_a_changed_layout_is_refused_by_name(altered, old, new, message):
    with pytest.raises(SourceError, match=message):
        harvest("us_bis_entity_list", altered(old, new))


def test_an_entity_bomb_does_not_go_off(tmp_path):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{levels}]><x>&e11;</x>'
    path = tmp_path / "title-15.xml"
    path.write_text(bomb, "utf-8")
    with pytest.raises(SourceError, match=r"title-15\.xml"):
        harvest("us_bis_entity_list", path)


@pytest.mark.shared
def test_names_agree_with_a_reading_by_others(shared):
    """A third party cut 3,409 entries into name, aliases and address; put together again."""
    path = shared / "data" / "us-lists-2026-07" / "bis_entity_list.json"
    entries = json.loads(path.read_text("utf-8"))["entities"]
    same = sum(read_entry(_cell(entry)).name == entry["name"] for entry in entries)
    assert len(entries) == 3409
    assert same == 3357


def _cell(entry):
    address = [entry["address"]] if entry["address"] else []
    if not entry["aliases"]:
        return [", ".join([entry["name"], *address])]
    aliases = [f"—{alias};" for alias in entry["aliases"]]
    return [f"{entry['name']}, a.k.a., the following aliases:", *aliases, *address]
