"""The EU list in its three forms: one entity for each logical id. All names are invented."""

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-01-15T15:29:22.497+02:00" globalFileId="1">
  <sanctionEntity designationDate="2021-03-22" designationDetails="" unitedNationId="" euReferenceNumber="EU.1.1" logicalId="7">
    <remark>Makes cameras.</remark>
    <regulation regulationType="amendment" organisationType="council" publicationDate="2021-03-22" entryIntoForceDate="2021-03-22" numberTitle="2021/478 (OJ L99I)" programme="HR" logicalId="1">
      <publicationUrl>https://eur-lex.europa.eu/x</publicationUrl>
    </regulation>
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Example Security Bureau" function="" nameLanguage="" strong="true" regulationLanguage="en" logicalId="2">
      <regulationSummary regulationType="amendment" numberTitle="2021/478 (OJ L99I)"/>
    </nameAlias>
    <nameAlias wholeName="示例公安局" function="" nameLanguage="ZH" strong="true" logicalId="3"/>
    <nameAlias wholeName="ESB" nameLanguage="" strong="false" logicalId="31"/>
    <address city="Urumqi" street="1 Example Road" countryIso2Code="CN" countryDescription="CHINA" asAtListingTime="false" logicalId="4">
      <contactInfo key="PHONE" value="+86 000"/>
    </address>
    <identification knownFalse="false" number="91650000X" identificationTypeCode="regnumber" countryIso2Code="00" logicalId="6"/>
    <novelty logicalId="5"/>
  </sanctionEntity>
  <sanctionEntity designationDetails="" unitedNationId="XXi.01" euReferenceNumber="EU.2.2" logicalId="8">
    <remark>His passport is P5550002.</remark>
    <regulation numberTitle="2020/1 (OJ L1)" programme="TAQA" logicalId="11"/>
    <regulation numberTitle="2020/2 (OJ L2)" programme="TERR" logicalId="12"/>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Jo" lastName="Testman" wholeName="Jo Testman" function="Head of Office" gender="M" title="Col" nameLanguage="" strong="true" logicalId="13"><remark>His mother.</remark></nameAlias>
    <citizenship region="" countryIso2Code="TN" countryDescription="TUNISIA" logicalId="14"/>
    <birthdate circa="false" calendarType="GREGORIAN" city="Birthville" birthdate="1965-12-12" dayOfMonth="12" monthOfYear="12" year="1965" countryIso2Code="TN" logicalId="15"/>
    <birthdate circa="true" calendarType="GREGORIAN" city="Birthville" year="1958" logicalId="16"/>
    <birthdate circa="false" calendarType="GREGORIAN" year="1954" logicalId="17"/>
    <identification number="P5550001" identificationTypeCode="passport" countryIso2Code="TN" logicalId="18"/>
  </sanctionEntity>
</export>
"""
NEWER = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;"
    "Entity_DesignationDate;Entity_DesignationDetails;Entity_Remark;Entity_SubjectType;"
    "Entity_SubjectType_ClassificationCode;Entity_Regulation_Type;"
    "Entity_Regulation_OrganisationType;Entity_Regulation_PublicationDate;"
    "Entity_Regulation_EntryIntoForceDate;Entity_Regulation_NumberTitle;"
    "Entity_Regulation_Programme;Entity_Regulation_PublicationUrl;NameAlias_LastName;"
    "NameAlias_WholeName;NameAlias_NameLanguage;NameAlias_LogicalId;"
    "NameAlias_RegulationLanguage;NameAlias_Regulation_Type;NameAlias_Regulation_Programme;"
    "Address_City;Address_Street;Address_CountryIso2Code;Address_CountryDescription;"
    "Address_ContactInfo;BirthDate_BirthDate;BirthDate_Day;BirthDate_Year;BirthDate_Circa;"
    "Identification_Number;Identification_TypeCode;Citizenship_CountryIso2Code"
)
SUBJECT = {
    "fileGenerationDate": "15/01/2026",
    "Entity_LogicalId": "7",
    "Entity_EU_ReferenceNumber": "EU.1.1",
    "Entity_DesignationDate": "2021-03-22",
    "Entity_Remark": "Makes cameras.",
    "Entity_SubjectType": "E",
    "Entity_SubjectType_ClassificationCode": "enterprise",
    "Entity_Regulation_Type": "amendment",
    "Entity_Regulation_OrganisationType": "council",
    "Entity_Regulation_PublicationDate": "2021-03-22",
    "Entity_Regulation_EntryIntoForceDate": "2021-03-22",
    "Entity_Regulation_NumberTitle": "2021/478 (OJ L99I)",
    "Entity_Regulation_Programme": "HR",
    "Entity_Regulation_PublicationUrl": "https://eur-lex.europa.eu/x",
}
NAMED = {
    "NameAlias_WholeName": "Example Security Bureau",
    "NameAlias_LogicalId": "2",
    "NameAlias_RegulationLanguage": "en",
    "NameAlias_Regulation_Type": "amendment",
    "NameAlias_Regulation_Programme": "HR",
}
OLDER = (
    "Date_filexxxx;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;"
    "Leba_url;Programme;Entity_remark;Naal_logical_id;Entity_logical_id;Naal_leba_numtitle;"
    "Naal_programme;Naal_wholename;Naal_function;Naal_language;Addr_logical_id;"
    "Entity_logical_id;Addr_number;Addr_street;Addr_city;Addr_country;Addr_other;"
    "Birt_logical_id;Birt_date;Birt_country;Iden_number;Citi_country;EU_ref_num"
)


def newer(*rows, header=NEWER):
    """Write a CSV 1.1 in which each row says one thing of one body."""
    columns = header.split(";")
    lines = [";".join((SUBJECT | row).get(c, "") for c in columns) for row in rows]
    return "\ufeff" + "\r\n".join([header, *lines])


@pytest.fixture
def harvest(tmp_path):
    """Return a function that reads a text or bytes as the list."""

    def reading(content, name="fullSanctionsList.xml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        dataset = load_dataset("eu_fsf")
        return read(dataset, copies_of(dataset, [path], "2026-11-24"))

    return reading


def values(harvest, prop):
    return [c.statement.value for c in harvest.claims if c.statement.prop == prop]


def languages(harvest):
    claims = (claim.statement for claim in harvest.claims)
    return {claim.value: claim.lang for claim in claims if claim.lang}


def test_a_listed_body_with_its_regime_and_regulation(harvest):
    found = harvest(XML)
    body, listing = found.drafts[:2]
    assert body.schema == "LegalEntity"
    told = {
        c.statement.prop: c.statement.value for c in (*body.claims, *listing.claims)
    }
    assert told["name"] == "Example Security Bureau"
    assert (told["alias"], told["weakAlias"]) == ("示例公安局", "ESB")
    assert (told["programId"], told["program"]) == ("eu-human-rights", "HR")
    assert (told["startDate"], told["recordId"]) == ("2021-03-22", "EU.1.1")
    assert told["provisions"].startswith("2021/478 (OJ L99I), published 2021-03-22")
    assert (told["country"], told["registrationNumber"]) == ("cn", "91650000X")
    assert told["address"] == "1 Example Road, Urumqi, CHINA"
    assert told["notes"] == "Makes cameras."
    assert languages(found)["示例公安局"] == "zho"
    assert [unread.what for unread in found.unread] == ["element 'novelty'"]


def test_a_value_cites_its_part_of_the_record(harvest):
    body = harvest(XML).drafts[0]
    (alias,) = [c for c in body.claims if c.statement.prop == "alias"]
    (cited,) = alias.citations
    assert cited.locator == "sanctionEntity 7 / nameAlias 3"
    assert (cited.quote, cited.published) == ("示例公安局", "2026-01-15")


def test_of_a_person_no_paper_birthplace_or_remark_is_read(harvest):
    found = harvest(XML)
    person = found.drafts[2]
    assert person.schema == "Person"
    assert values(found, "position") == ["Head of Office"]
    assert values(found, "citizenship") == ["tn"]
    assert values(found, "birthDate") == ["1965-12-12", "1954"]
    told = " ".join(claim.statement.value for claim in found.claims)
    assert not any(word in told for word in ("P555", "Birthville", "mother", "+86"))


def test_under_two_programmes_a_subject_has_two_listings_and_no_date_is_shared(harvest):
    undated = harvest(XML.replace('designationDetails="" unitedNationId="XXi.01"', 'designationDate="2003-01-02" unitedNationId="XXi.01"'))  # fmt: skip
    listings = undated.drafts[3:]
    assert [c.statement.value for d in listings for c in d.claims if c.statement.prop == "program"] == ["TAQA", "TERR"]  # fmt: skip
    assert values(undated, "startDate") == ["2021-03-22"]
    assert values(undated, "unscId") == ["XXi.01", "XXi.01"]


def test_a_second_record_of_one_id_is_set_aside(harvest):
    found = harvest(XML.replace('logicalId="8"', 'logicalId="7"'))
    assert found.subjects == 1
    assert found.quarantined[0].reason == "its logical id stands above"


def test_a_type_that_is_not_known_is_set_aside(harvest):
    found = harvest(XML.replace('code="person"', 'code="vessel"'))
    assert found.quarantined[0].reason == "id '8', type 'vessel'"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<export ", "<!DOCTYPE export [<!ENTITY a 'b'>]><export ", "a document type"),
        ("fsd/export", "fsd/other", "opens with"),
        ("</export>", "", "fetch it again"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "<!DOCTYPE html>", "a web page"),
    ],
)
def test_what_is_not_the_document_is_refused(harvest, old, new, message):
    with pytest.raises(SourceError, match=message):
        harvest(XML.replace(old, new))


@pytest.mark.parametrize("cut", [200, 700])
def test_a_file_that_was_cut_off_is_refused(harvest, cut):
    with pytest.raises(SourceError, match="fetch it again"):
        harvest(XML[:cut])


def test_the_csv_of_version_1_1_gives_the_same_entity_and_listing(harvest):
    address = {
        "Address_City": "Urumqi",
        "Address_Street": "1 Example Road",
        "Address_CountryIso2Code": "CN",
        "Address_CountryDescription": "CHINA",
        "Address_ContactInfo": "PHONE[+86 000]",
    }
    number = {
        "Identification_Number": "91650000X",
        "Identification_TypeCode": "regnumber",
    }
    chinese = {"NameAlias_WholeName": "示例公安局", "NameAlias_NameLanguage": "ZH"}
    table = newer(NAMED, chinese, address, number)
    found, document = harvest(table, "csvFullSanctionsList_1_1.csv"), harvest(XML)
    assert (found.rows, found.subjects, found.unread) == (4, 1, ())
    assert [d.id for d in found.drafts] == [d.id for d in document.drafts[:2]]
    for prop in ("address", "alias", "country", "name", "notes", "registrationNumber"):
        assert values(found, prop)[:1] == values(document, prop)[:1], prop
    for prop in ("programId", "provisions", "recordId", "sourceUrl", "startDate"):
        assert values(found, prop)[0] == values(document, prop)[0], prop
    assert found.drafts[0].citation.published == "2026-01-15"


def test_a_date_of_birth_in_the_csv_counts_where_it_is_not_about(harvest):
    person = {"Entity_SubjectType": "P", "Entity_Remark": "Secret."}
    exact = {"BirthDate_BirthDate": "1970-02-03", "BirthDate_Circa": "FALSE"}
    about = {"BirthDate_Year": "1958", "BirthDate_Circa": "TRUE"}
    found = harvest(newer(*(person | row for row in (NAMED, exact, about))), "1_1.csv")
    assert values(found, "birthDate") == ["1970-02-03"]
    assert values(found, "notes") == []


def test_a_new_column_of_the_csv_is_reported(harvest):
    row = NAMED | {"NameAlias_Mood": "calm", "Weather": "fine"}
    table = newer(row, header=f"{NEWER};NameAlias_Mood;Weather")
    told = [unread.what for unread in harvest(table, "1_1.csv").unread]
    assert told == ["field 'mood'", "field 'Weather'"]


def test_a_row_that_gives_another_type_is_set_aside(harvest):
    found = harvest(newer(NAMED, NAMED | {"Entity_SubjectType": "P"}), "1_1.csv")
    assert found.quarantined[0].reason == "7 is of type 'P' here, 'E' above"


def older(*rows):
    return "\n".join([OLDER, *rows])


FIRM = "04/07/2018;9;E;34/2012 (OJ L15);2012-01-18;https://eur-lex.europa.eu/y;TAQA;"
NAME = ";5;9;34/2012;TAQA;{name};;{lang};;;;;;;;;;;;;EU.9.9"
PLACE = ";;;;;;;;6;9;12;Example St;Lahore;PAK;PHONE[00];;;;;;EU.9.9"
NUMBER = ";;;;;;;;;;;;;;;;;;99 (regnumber-Registration Number);;EU.9.9"


def test_the_csv_of_version_1_0_is_read(harvest):
    rows = [NAME.format(name="Grupo de Prueba", lang="ES"), PLACE, NUMBER]
    found = harvest(older(*(FIRM + row for row in rows)), "short.csv")
    assert (found.rows, found.subjects, found.unread) == (3, 1, ())
    assert languages(found) == {"Grupo de Prueba": "spa"}
    assert values(found, "country") == ["pk"]
    assert values(found, "address") == ["12, Example St, Lahore"]
    assert values(found, "registrationNumber") == ["99"]
    assert values(found, "programId") == ["eu-fsf"]
    assert values(found, "startDate") == []


def test_what_a_spreadsheet_did_to_a_copy_is_put_right(harvest):
    rows = [FIRM + NAME.format(name="Tester\t Lahore", lang=""), FIRM + NAME.format(name='""Café""', lang="")]  # fmt: skip
    wrapped = "\r\n".join(f'"{line}\t\t\t"' for line in older(*rows).split("\n"))
    found = harvest(wrapped.encode("cp1252"), "short.csv")
    assert values(found, "name") == ["Tester, Lahore"]
    assert values(found, "alias") == ["Café"]
    (named,) = [c for c in found.drafts[0].claims if c.statement.prop == "name"]
    assert named.citations[0].quote == "Tester\t Lahore"


def test_a_name_whose_letters_are_lost_is_set_aside(harvest):
    rows = [FIRM + NAME.format(name=name, lang="") for name in ("Good Name", "?????")]
    found = harvest(older(*rows), "short.csv")
    assert values(found, "name") == ["Good Name"]
    assert values(found, "alias") == []
    assert found.quarantined[0].reason == "letters of a name are lost: '?????'"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("a;b\n1;2\n", "no column Entity_LogicalId", id="another table"),
        pytest.param(older().replace("Birt_date", "Born"), "no column Birt_date", id="a column gone"),
        pytest.param(newer(NAMED | {"NameAlias_WholeName": '"cut'}), "cut off", id="cut off in a cell"),
        pytest.param(b"Entity_LogicalId;\x81\x8d", "neither UTF-8 nor Western", id="encoding"),
    ],
)  # fmt: skip
def test_what_is_not_the_table_is_refused(harvest, content, message):
    with pytest.raises(SourceError, match=message):
        harvest(content, "list.csv")


@pytest.mark.shared
def test_the_xml_sample_is_read(shared):
    dataset = load_dataset("eu_fsf")
    path = shared / "data" / "eu-fsf" / "sample_eu.xml"
    found = read(dataset, copies_of(dataset, [path], "2026-11-24"))
    # Seven elements, one logical id twice.
    assert (found.subjects, len(found.quarantined), found.unread) == (6, 1, ())


@pytest.mark.shared
def test_the_csv_of_version_one_is_read(shared):
    dataset = load_dataset("eu_fsf")
    path = shared / "data" / "eu-fsf" / "EUSanctionsShort.csv"
    found = read(dataset, copies_of(dataset, [path], "2026-11-24"))
    # 999 rows: in 65 of them the copy lost the letters of the name.
    assert (found.rows, len(found.quarantined), found.subjects) == (934, 65, 93)
    assert found.unread == ()
