"""The Security Council's list: every element is read, left aside by name or reported."""

from collections import Counter

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

PERSON = """
<INDIVIDUAL>
  <DATAID>11</DATAID><VERSIONNUM>1</VERSIONNUM>
  <FIRST_NAME>IMAGINARY</FIRST_NAME><SECOND_NAME>TESTMAN</SECOND_NAME>
  <FOURTH_NAME>na</FOURTH_NAME>
  <UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER>
  <LISTED_ON>2015-04-07-04:00</LISTED_ON><GENDER>Male</GENDER>
  <NAME_ORIGINAL_SCRIPT>Проба Пробов</NAME_ORIGINAL_SCRIPT>
  <COMMENTS1>An account of his life and his cousins.</COMMENTS1>
  <DESIGNATION><VALUE>Head of Office</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE><VALUE>na</VALUE></NATIONALITY>
  <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Probe; Proba</ALIAS_NAME>
    <DATE_OF_BIRTH>1970-01-02</DATE_OF_BIRTH></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>I. Testman</ALIAS_NAME>
    <NOTE>Previously listed as</NOTE></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>
    <ALIAS_NAME>Jo Doe (passport no. 99887766)</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ADDRESS><CITY>Port Test</CITY><COUNTRY>Haiti</COUNTRY>
    <NOTE>his mother's house</NOTE></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR>
    </INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE>
    <FROM_YEAR>1965</FROM_YEAR><TO_YEAR>1969</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Birthville</CITY></INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT><NUMBER>P5550001</NUMBER></INDIVIDUAL_DOCUMENT>
  <SORT_KEY/><SORT_KEY_LAST_MOD/>
</INDIVIDUAL>
"""
FIRM = """
<ENTITY>
  <DATAID>12</DATAID><FIRST_NAME>LANTERN TRADING (LT)</FIRST_NAME>
  <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER>
  <LISTED_ON>2016-03-02</LISTED_ON><COMMENTS1>Procures lenses.</COMMENTS1>
  <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY>
    <ALIAS_NAME>灯贸易 (Deng Trading; Lamp Trade)</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Candle Co</ALIAS_NAME>
    <NOTE>in Arabic script: شركة</NOTE></ENTITY_ALIAS>
  <ENTITY_ADDRESS><STREET>1 Test St</STREET><CITY>Test</CITY>
    <COUNTRY>Viet Nam</COUNTRY><NOTE>at time of listing</NOTE></ENTITY_ADDRESS>
</ENTITY>
"""


def document(individuals="", entities="", more="", prolog=""):
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>{prolog}"
        "<CONSOLIDATED_LIST dateGenerated='2026-02-27T00:00:09.554Z'>"
        f"<INDIVIDUALS>{individuals}</INDIVIDUALS>"
        f"<ENTITIES>{entities}</ENTITIES>{more}</CONSOLIDATED_LIST>"
    )


def harvest_of(folder, text):
    path = folder / "consolidated.xml"
    path.write_text(text, "utf-8")
    dataset = load_dataset("un_sc_sanctions")
    return read(dataset, copies_of(dataset, [path], "2026-11-23"))


def values(draft, prop):
    return [c.statement.value for c in draft.claims if c.statement.prop == prop]


def languages(draft):
    return {
        c.statement.value: c.statement.lang for c in draft.claims if c.statement.lang
    }


def test_a_firm_is_read_with_all_that_the_list_says_of_it(tmp_path):
    firm, sanction = harvest_of(tmp_path, document("", FIRM)).drafts
    assert (firm.schema, firm.id) == ("LegalEntity", "un-sc-sanctions-12")
    assert values(firm, "name") == ["LANTERN TRADING (LT)"]
    assert values(firm, "alias") == ["灯贸易", "Deng Trading", "Lamp Trade"]
    assert values(firm, "previousName") == ["Candle Co", "شركة"]
    assert languages(firm) == {"灯贸易": "zho", "شركة": "ara"}
    assert values(firm, "address") == ["1 Test St, Test, Viet Nam"]
    assert values(firm, "country") == ["vn"]
    assert values(firm, "notes") == ["Procures lenses.", "at time of listing"]
    assert values(sanction, "entity") == [firm.id]


def test_the_listing_names_committee_day_and_number(tmp_path):
    _person, sanction = harvest_of(tmp_path, document(PERSON)).drafts
    assert values(sanction, "programId") == ["un-sc"]
    assert values(sanction, "program") == ["DRC"]
    assert values(sanction, "startDate") == ["2015-04-07"]
    assert values(sanction, "recordId") == ["XXi.001"]
    assert values(sanction, "unscId") == ["XXi.001"]
    assert values(sanction, "listedName") == ["IMAGINARY TESTMAN"]
    assert sanction.citation.published == "2026-02-27"
    assert sanction.citation.locator == "DATAID 11"


def test_a_person_is_read_by_name_office_nationality_and_exact_date(tmp_path):
    harvest = harvest_of(tmp_path, document(PERSON))
    person = harvest.drafts[0]
    assert values(person, "name") == ["IMAGINARY TESTMAN", "Проба Пробов"]
    assert values(person, "weakAlias") == ["Probe", "Proba"]
    assert values(person, "previousName") == ["I. Testman"]
    assert values(person, "alias") == ["Jo Doe"]
    assert values(person, "position") == ["Head of Office"]
    assert values(person, "nationality") == ["ir"]
    assert values(person, "birthDate") == ["1971"]
    assert values(person, "country") == ["ht"]
    assert (harvest.unread, harvest.quarantined) == ((), ())


def test_what_is_private_to_a_person_is_left_aside(tmp_path):
    person = harvest_of(tmp_path, document(PERSON)).drafts[0]
    said = " ".join(str(claim.statement) for claim in person.claims)
    private = (
        "cousins",
        "P5550001",
        "99887766",
        "Birthville",
        "mother",
        "Male",
        "1970",
    )
    assert not [word for word in private if word in said]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param("<SORT_KEY/>", "<HEIGHT>2 m</HEIGHT>", "'HEIGHT'", id="element"),
        pytest.param(
            "<SORT_KEY/>", "<BOAT><NAME>A</NAME></BOAT>", "'BOAT'", id="group"
        ),
        pytest.param(">Low<", ">Doubtful<", "'Doubtful'", id="quality"),
        pytest.param(">BETWEEN<", ">ROUGHLY<", "'ROUGHLY'", id="kind of date"),
        pytest.param(">Haiti<", ">Atlantis<", "'Atlantis'", id="country"),
        pytest.param(">1971<", ">long ago<", "'long ago'", id="date of birth"),
        pytest.param("2015-04-07-04:00", "Tuesday", "'Tuesday'", id="date of listing"),
        pytest.param(
            "<SORT_KEY/>", "<FIRST_NAME>B</FIRST_NAME>", "'FIRST_NAME 2'", id="twice"
        ),
        pytest.param(
            "<CITY>Port Test</CITY>", "<ISLAND>I</ISLAND>", "'ISLAND'", id="part"
        ),
    ],
)
def test_what_the_connector_does_not_know_is_reported(tmp_path, old, new, what):
    harvest = harvest_of(tmp_path, document(PERSON.replace(old, new, 1)))
    assert harvest.subjects == 1
    assert [what in unread.what for unread in harvest.unread] == [True]


def test_a_new_section_is_set_aside_and_reported(tmp_path):
    more = "<VESSELS><VESSEL><DATAID>13</DATAID></VESSEL></VESSELS>"
    harvest = harvest_of(tmp_path, document(PERSON, "", more))
    assert [q.locator for q in harvest.quarantined] == ["DATAID 13"]
    assert [u.what for u in harvest.unread] == ["section 'VESSELS'"]


def test_a_record_without_a_name_is_set_aside(tmp_path):
    nameless = FIRM.replace("LANTERN TRADING (LT)", "")
    harvest = harvest_of(tmp_path, document(PERSON, nameless))
    assert [q.locator for q in harvest.quarantined] == ["DATAID 12"]


def test_a_record_without_a_number_is_another_layout(tmp_path):
    with pytest.raises(SourceError, match="no field 'DATAID'"):
        harvest_of(tmp_path, document("", FIRM.replace("DATAID", "ID")))


def test_an_entity_bomb_is_refused_before_it_is_read(tmp_path):
    bomb = (
        "<!DOCTYPE bomb [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
    )
    text = document(PERSON.replace("IMAGINARY", "&c;"), prolog=bomb)
    with pytest.raises(
        SourceError, match=r"consolidated.xml: declares a document type"
    ):
        harvest_of(tmp_path, text)


def test_an_entity_that_names_a_file_is_refused(tmp_path):
    prolog = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
    text = document(PERSON.replace("IMAGINARY", "&f;"), prolog=prolog)
    with pytest.raises(SourceError, match="declares a document type"):
        harvest_of(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param(document(PERSON)[:900], r"line \d+: .*cut off", id="cut off"),
        pytest.param("<!DOCTYPE html><p>moved", ".*sent a web page", id="web page"),
        pytest.param("<LIST/>", "opens with <LIST>", id="another document"),
        pytest.param("ent_num,name", "line 1", id="no XML"),
    ],
)
def test_a_damaged_document_is_refused_by_name(tmp_path, text, complaint):
    with pytest.raises(SourceError, match=f"consolidated.xml: {complaint}"):
        harvest_of(tmp_path, text)


def test_a_list_without_its_canaries_is_not_whole(tmp_path):
    missing = harvest_of(tmp_path, document(PERSON)).missing
    assert "1 records, at least 900 expected" in missing
    assert any("Haqqani Network is not on it" in text for text in missing)


@pytest.mark.shared
def test_the_list_of_february_2026_reads_whole(shared):
    dataset = load_dataset("un_sc_sanctions")
    path = shared / "data" / "un-sc" / "UN_consolidated.xml"
    harvest = read(dataset, copies_of(dataset, [path], "2026-11-23"))
    assert (harvest.quarantined, harvest.unread, harvest.missing) == ((), (), ())
    assert Counter(draft.schema for draft in harvest.drafts) == {
        "Person": 730,
        "LegalEntity": 273,
        "Sanction": 1003,
    }
    sanctions = [draft for draft in harvest.drafts if draft.schema == "Sanction"]
    assert all(values(sanction, "startDate") for sanction in sanctions)
    assert len({values(sanction, "unscId")[0] for sanction in sanctions}) == 1003
    assert {claim.citations[0].published for claim in harvest.claims} == {"2026-02-27"}
