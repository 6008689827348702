"""GLEIF's three forms give the same firms, and a relationship stays in its own words."""

import json

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
