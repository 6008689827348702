"""The EU list in its two forms: one entity for each logical id."""

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-01-15T15:29:22.497+02:00" globalFileId="1">
  <sanctionEntity designationDate="2021-03-22" euReferenceNumber="EU.1.1" logicalId="7">
    <regulation numberTitle="2021/478 (OJ L99I)" programme="HR" logicalId="1">
      <publicationUrl>https://eur-lex.europa.eu/x</publicationUrl>
    </regulation>
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Example Security Bureau" function="" nameLanguage="" logicalId="2"/>
    <nameAlias wholeName="示例公安局" function="" nameLanguage="ZH" logicalId="3"/>
    <address city="Urumqi" street="1 Example Road" countryIso2Code="CN" logicalId="4"/>
    <novelty logicalId="5"/>
  </sanctionEntity>
</export>
"""


def reading(path):
    dataset = load_dataset("eu_fsf")
    return read(dataset, copies_of(dataset, [path], "2026-11-24"))


def values(harvest, prop):
    return [c.statement.value for c in harvest.claims if c.statement.prop == prop]


def test_a_listed_body_with_its_regime_and_regulation(tmp_path):
    path = tmp_path / "list.xml"
    path.write_text(XML)
    found = reading(path)
    assert values(found, "name") == ["Example Security Bureau"]
    assert values(found, "alias") == ["示例公安局"]
    assert values(found, "programId") == ["eu-human-rights"]
    assert values(found, "startDate") == ["2021-03-22"]
    assert values(found, "country") == ["cn"]
    assert [unread.what for unread in found.unread] == ["element 'novelty'"]


@pytest.mark.parametrize("cut", [200, 700])
def test_a_file_that_was_cut_off_is_refused(tmp_path, cut):
    path = tmp_path / "list.xml"
    path.write_text(XML[:cut])
    with pytest.raises(SourceError, match="fetch it again"):
        reading(path)


@pytest.mark.shared
def test_the_xml_sample_is_read(shared):
    found = reading(shared / "data" / "eu-fsf" / "sample_eu.xml")
    # Seven elements, one logical id twice.
    assert (found.subjects, len(found.quarantined), found.unread) == (6, 1, ())


@pytest.mark.shared
def test_the_csv_of_version_one_is_read(shared):
    found = reading(shared / "data" / "eu-fsf" / "EUSanctionsShort.csv")
    assert (found.rows, found.subjects) == (999, 93)
    assert found.quarantined == found.unread == ()
