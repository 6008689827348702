"""A snapshot keeps which names and brand words its statements hold to be one entity's."""

from standsbehind.graph.aliases import aliases_of, brands_in
from standsbehind.graph.lookup import Lookup
from standsbehind.matching.names import read_name
from standsbehind.model.statement import BASE_ID
from tests.told import firm, said

HIK = firm(
    "hik", "Hangzhou Hikvision Digital Technology", "杭州海康威视数字技术股份有限公司"
)
DEVICES = firm("site", "Hikvision and Dahua devices at four sites", schema="Deployment")


def test_names_are_met_up_to_legal_form_and_order_with_their_sources(publish_claims):
    snapshot = publish_claims(HIK).snapshot
    aliases = aliases_of(snapshot, ["HIKVISION DIGITAL TECHNOLOGY LTD. (HANGZHOU)"])
    found = aliases.entities_of(
        read_name("HIKVISION DIGITAL TECHNOLOGY LTD. (HANGZHOU)")
    )
    assert found["hik"].value == "Hangzhou Hikvision Digital Technology"
    assert found["hik"].url == "https://paper.example/S1"
    assert found["hik"].published == "2020-04-29"


def test_only_the_names_asked_for_are_read(publish_claims):
    snapshot = publish_claims(HIK, firm("other", "Lynx Optics", "Lumina")).snapshot
    assert not aliases_of(snapshot, ["Hikvision"]).entities_of(read_name("Lumina"))


def test_an_entity_of_one_name_has_no_alias(publish_claims):
    snapshot = publish_claims(firm("one", "Lynx Optics")).snapshot
    assert snapshot.table("stated_names").num_rows == 0
    assert snapshot.table("brand_words").num_rows == 0


def test_a_person_has_no_alias_there_and_a_weak_alias_is_none(publish_claims):
    person = firm("p", "Ivan Testov", "Тестов Иван", schema="Person")
    weak = [*firm("w", "Lynx Optics"), said("w", "weakAlias", "LO")]
    snapshot = publish_claims(person, weak).snapshot
    assert snapshot.table("stated_names").num_rows == 0


def test_a_project_named_after_a_firm_does_not_make_its_brand_common(publish_claims):
    projects = [
        firm(str(n), f"Hikvision {word} cameras", schema="Deployment")
        for n, word in enumerate(["tunnel", "harbour", "stadium", "school"])
    ]
    [brand] = brands_in(publish_claims(HIK, DEVICES, *projects).snapshot)
    assert (brand.word, brand.other, brand.entity) == ("海康威视", "hikvision", "hik")
    assert {row.statement for row in brand.statements} == {
        claim.statement.id for claim in HIK if claim.statement.prop != BASE_ID
    }


def test_a_listed_brand_is_found_by_its_name_in_the_other_script(publish_claims):
    listed = firm("listed", "Hikvision")
    found = Lookup(publish_claims(HIK, listed)).matches("海康威视电子")
    [match] = [m for m in found if m.entity_id == "listed"]
    assert match.score >= 0.7
    assert {row.entity for row in match.by} == {"hik"}


def test_a_listed_name_in_chinese_is_found_by_the_brand_in_latin_letters(
    publish_claims,
):
    listed = firm("listed", "海康威视科技")
    found = Lookup(publish_claims(HIK, listed)).matches("Hikvision Tech")
    assert "listed" in {m.entity_id for m in found}
