"""An award notice says who bought from whom; other notices are refused by name."""

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

NOTICE = """<ContractAwardNotice xmlns="urn:x" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1">
<efac:NoticeResult>
 <efac:LotResult><efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender></efac:LotResult>
 <efac:LotTender><cbc:ID>TEN-1</cbc:ID><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">950</cbc:PayableAmount></cac:LegalMonetaryTotal>
  <efac:TenderingParty><cbc:ID>TPA-1</cbc:ID></efac:TenderingParty><efac:TenderLot><cbc:ID>LOT-1</cbc:ID></efac:TenderLot></efac:LotTender>
 <efac:LotTender><cbc:ID>TEN-2</cbc:ID><efac:TenderingParty><cbc:ID>TPA-1</cbc:ID></efac:TenderingParty></efac:LotTender>
 <efac:SettledContract><cbc:IssueDate>2026-09-03+02:00</cbc:IssueDate><efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender></efac:SettledContract>
 <efac:TenderingParty><cbc:ID>TPA-1</cbc:ID>{winners}</efac:TenderingParty>
</efac:NoticeResult>
<efac:Organizations>
 <efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>City of Example</cbc:Name></cac:PartyName></efac:Company></efac:Organization>
 <efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-2</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>Example Cameras SA</cbc:Name></cac:PartyName>
  <cac:PostalAddress><cac:Country><cbc:IdentificationCode>FRA</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:PartyLegalEntity><cbc:CompanyID>123</cbc:CompanyID></cac:PartyLegalEntity></efac:Company></efac:Organization>
</efac:Organizations>
<cbc:ID schemeName="notice-id">n-1</cbc:ID><cbc:IssueDate>2026-10-01Z</cbc:IssueDate>
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:ProcurementProject><cbc:Name>Cameras for the market square</cbc:Name></cac:ProcurementProject>
</ContractAwardNotice>"""
WINNER = "<efac:Tenderer><cbc:ID>{}</cbc:ID></efac:Tenderer>"


def reading(*paths):
    dataset = load_dataset("eu_ted")
    return read(dataset, copies_of(dataset, paths, "2026-11-24"))


def written(folder, *winners):
    path = folder / "notice.xml"
    path.write_text(NOTICE.format(winners="".join(map(WINNER.format, winners))))
    return path


def values(harvest, schema, prop):
    return [
        c.statement.value
        for c in harvest.claims
        if (c.statement.schema, c.statement.prop) == (schema, prop)
    ]


def test_the_winning_tender_is_an_award_and_the_losing_one_is_not(tmp_path):
    found = reading(written(tmp_path, "ORG-2"))
    assert values(found, "ContractAward", "amount") == ["950"]
    assert values(found, "ContractAward", "currency") == ["EUR"]
    assert values(found, "ContractAward", "date") == ["2026-09-03"]
    assert values(found, "Contract", "title") == ["Cameras for the market square"]
    assert values(found, "Organization", "country") == ["fr"]
    assert values(found, "UnknownLink", "role") == ["bought, as contracting authority"]


def test_a_winner_that_the_notice_does_not_describe_is_set_aside(tmp_path):
    found = reading(written(tmp_path, "ORG-9"))
    assert values(found, "ContractAward", "amount") == []
    assert "ORG-9" in found.quarantined[0].reason


def test_another_notice_is_refused_by_name(tmp_path):
    path = tmp_path / "notice.xml"
    path.write_text("<ContractNotice/>")
    with pytest.raises(SourceError, match="a ContractNotice, not a"):
        reading(path)


def changed(path, *changes):
    text = path.read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text)
    return path


def test_a_lot_without_a_chosen_winner_gives_no_award(tmp_path):
    code = "<efac:LotResult><cbc:TenderResultCode>clos-nw</cbc:TenderResultCode>"
    path = changed(written(tmp_path, "ORG-2"), ("<efac:LotResult>", code))
    assert values(reading(path), "ContractAward", "supplier") == []


def test_a_tender_that_no_contract_names_has_not_won(tmp_path):
    losing = "<efac:LotResult><efac:LotTender><cbc:ID>TEN-2</cbc:ID></efac:LotTender>"
    path = changed(written(tmp_path, "ORG-2"), ("<efac:LotResult>", losing))
    assert values(reading(path), "ContractAward", "amount") == ["950"]


def test_a_withheld_amount_is_said_to_be_withheld(tmp_path):
    mark = (
        "<efac:FieldsPrivacy><b:FieldIdentifierCode xmlns:b='http://data.europa.eu/p27/"
        "eforms-ubl-extension-basic-components/1'>win-ten-val</b:FieldIdentifierCode>"
        "</efac:FieldsPrivacy></efac:LotTender>\n <efac:LotTender>"
    )
    before = "</efac:LotTender>\n <efac:LotTender>"
    found = reading(changed(written(tmp_path, "ORG-2"), (before, mark)))
    assert values(found, "ContractAward", "amount") == []
    assert values(found, "ContractAward", "statusNote") == [
        "withheld by the buyer: win-ten-val"
    ]


def test_an_announcement_before_the_award_is_refused(tmp_path):
    code = (
        '<cbc:NoticeTypeCode>veat</cbc:NoticeTypeCode><cbc:ID schemeName="notice-id">'
    )
    path = changed(
        written(tmp_path, "ORG-2"), ('<cbc:ID schemeName="notice-id">', code)
    )
    with pytest.raises(SourceError, match="veat"):
        reading(path)


def test_a_notice_with_a_document_type_is_refused(tmp_path):
    root = "<ContractAwardNotice xmlns"
    prolog = "<!DOCTYPE x [<!ENTITY y 'z'>]>"
    path = changed(written(tmp_path, "ORG-2"), (root, prolog + root))
    with pytest.raises(SourceError, match="document type"):
        reading(path)


@pytest.mark.shared
def test_the_example_notices_are_read_and_a_person_is_set_aside(shared):
    found = reading(*sorted((shared / "data" / "ted-eforms").glob("*.xml")))
    assert (found.rows, found.unread) == (5, ())
    assert all("natural person" in one.reason for one in found.quarantined)
    assert len(values(found, "ContractAward", "supplier")) == 6
