"""GLEIF's three forms give the same firms, and a relationship stays in its own words."""

import json
import zipfile

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

XML = """<lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016"><lei:LEIRecords>
<lei:LEIRecord><lei:LEI>529900EXAMPLE0000001</lei:LEI><lei:Entity>
<lei:LegalName xml:lang="de-DE">Beispiel AG</lei:LegalName>
<lei:OtherEntityNames><lei:OtherEntityName type="PREVIOUS_LEGAL_NAME">Muster AG</lei:OtherEntityName></lei:OtherEntityNames>
<lei:LegalAddress><lei:FirstAddressLine>Weg 1</lei:FirstAddressLine><lei:City>Bonn</lei:City><lei:Country>DE</lei:Country></lei:LegalAddress>
<lei:LegalJurisdiction>DE</lei:LegalJurisdiction><lei:EntityStatus>ACTIVE</lei:EntityStatus>
</lei:Entity></lei:LEIRecord></lei:LEIRecords></lei:LEIData>"""
RELATION = {
    "relations": [
        {
            "Relationship": {
                "StartNode": {"NodeID": {"$": "529900EXAMPLE0000001"}},
                "EndNode": {"NodeID": {"$": "529900EXAMPLE0000002"}},
                "RelationshipType": {"$": kind},
                "RelationshipStatus": {"$": "ACTIVE"},
                "RelationshipPeriods": {
                    "RelationshipPeriod": [
                        {
                            "StartDate": {"$": "2019-01-01T00:00:00Z"},
                            "PeriodType": {"$": "RELATIONSHIP_PERIOD"},
                        }
                    ]
                },
            }
        }
        for kind in ("IS_DIRECTLY_CONSOLIDATED_BY", "IS_ADMIRED_BY")
    ]
}


def reading(*paths):
    dataset = load_dataset("gleif")
    return read(dataset, copies_of(dataset, paths, "2026-11-24"))


def values(harvest, prop):
    return [c.statement.value for c in harvest.claims if c.statement.prop == prop]


def test_a_firm_of_the_xml_form(tmp_path):
    path = tmp_path / "lei.xml"
    path.write_text(XML)
    found = reading(path)
    assert values(found, "leiCode") == ["529900EXAMPLE0000001"]
    assert values(found, "name") == ["Beispiel AG"]
    assert values(found, "previousName") == ["Muster AG"]
    assert values(found, "country") == values(found, "jurisdiction") == ["de"]


def test_consolidation_is_told_as_such_and_an_unknown_kind_is_set_aside(tmp_path):
    path = tmp_path / "rr.json"
    path.write_text(json.dumps(RELATION))
    found = reading(path)
    assert values(found, "role") == ["is directly consolidated by (accounts)"]
    assert values(found, "startDate") == ["2019-01-01"]
    assert "IS_ADMIRED_BY" in found.quarantined[0].reason


def xml(folder, *changes):
    text = XML
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = folder / "lei.xml"
    path.write_text(text)
    return path


def test_a_zipped_file_is_read_as_the_file_in_it(tmp_path):
    path = tmp_path / "lei.xml.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(xml(tmp_path), "lei.xml")
    assert values(reading(path), "name") == ["Beispiel AG"]
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match="damaged zip"):
        reading(path)


def test_of_a_sole_proprietor_neither_address_nor_number_is_kept(tmp_path):
    category = (
        "<lei:EntityCategory>SOLE_PROPRIETOR</lei:EntityCategory>"
        "<lei:RegistrationAuthority><lei:RegistrationAuthorityEntityID>77"
        "</lei:RegistrationAuthorityEntityID></lei:RegistrationAuthority><lei:EntityStatus>"
    )
    found = reading(xml(tmp_path, ("<lei:EntityStatus>", category)))
    assert [draft.schema for draft in found.drafts] == ["LegalEntity"]
    assert values(found, "address") == values(found, "registrationNumber") == []
    assert values(found, "country") == ["de"]


def test_a_duplicate_is_set_aside_and_a_lapsed_record_is_said_to_be_one(tmp_path):
    def state(word):
        ended = f"</lei:Entity><lei:Registration><lei:RegistrationStatus>{word}"
        ended += "</lei:RegistrationStatus></lei:Registration>"
        return reading(xml(tmp_path, ("</lei:Entity>", ended)), other)

    other = tmp_path / "rr.json"
    other.write_text(json.dumps(RELATION))
    assert "LAPSED" in values(state("LAPSED"), "notes")[0]
    assert "DUPLICATE" in state("DUPLICATE").quarantined[0].reason


def test_a_successor_is_linked_and_what_is_no_identifier_is_set_aside(tmp_path):
    after = (
        "<lei:SuccessorEntity><lei:SuccessorLEI>529900EXAMPLE0000002</lei:SuccessorLEI>"
        "</lei:SuccessorEntity></lei:Entity>"
    )
    found = reading(xml(tmp_path, ("</lei:Entity>", after)))
    assert values(found, "successor") == ["gleif-529900example0000002"]
    other = tmp_path / "rr.json"
    other.write_text(json.dumps(RELATION).replace("E0000002", "E000000X"))
    assert (
        "no legal entity identifier"
        in reading(xml(tmp_path), other).quarantined[0].reason
    )


def test_a_file_with_a_document_type_is_refused(tmp_path):
    root = "<lei:LEIData xmlns"
    path = xml(tmp_path, (root, "<!DOCTYPE x [<!ENTITY y 'z'>]>" + root))
    with pytest.raises(SourceError, match="document type"):
        reading(path)


@pytest.mark.parametrize("text", ['{"records": [', "{}", "[1]", XML[:300]])
def test_what_is_not_a_file_of_gleif_is_refused_by_name(tmp_path, text):
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(SourceError, match=r"odd\.json"):
        reading(path)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("pattern", "rows"),
    [("gleif/*.json", 577), ("gleif/*.xml", 10), ("gleif-api/*.json", 178)],
)
def test_files_as_published_are_read_whole(shared, pattern, rows):
    found = reading(*sorted((shared / "data").glob(pattern)))
    assert (found.rows, found.quarantined, found.unread) == (rows, (), ())
