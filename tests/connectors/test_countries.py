"""Country names as lists print them, and languages as scripts tell them."""

from string import ascii_lowercase

import pytest
import yaml

from standsbehind.connectors import countries
from standsbehind.connectors.context import Draft, Unread
from standsbehind.connectors.countries import add_country, country_code, is_no_country
from standsbehind.connectors.languages import language_of
from standsbehind.model.citation import Citation

CITATION = Citation("test", "Test", "Tester", "https://example.org", "test", "row 5")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("China", "cn", id="plain"),
        pytest.param("Korea, North", "kp", id="as OFAC prints it"),
        pytest.param(
            "Democratic People's Republic of Korea", "kp", id="as the UN does"
        ),
        pytest.param("Democratic People’s Republic of Korea", "kp", id="apostrophe"),
        pytest.param("  HONG  KONG ", "hk", id="case and spaces"),
        pytest.param("Norway", "no", id="a code that YAML reads as false"),
        pytest.param("St. Kitts & Nevis", "kn", id="full stop"),
        pytest.param("Atlantis", None, id="not known"),
    ],
)
def test_a_name_leads_to_its_code(name, code):
    assert country_code(name) == code


@pytest.mark.parametrize("text", ["undetermined", "Region: Crimea", "None Identified"])
def test_some_texts_stand_where_a_country_does_and_are_none(text):
    assert is_no_country(text)
    assert country_code(text) is None


def test_a_country_is_added_with_the_name_as_printed():
    draft = Draft("test", "test-1", "LegalEntity", CITATION)
    assert not list(add_country(draft, "country", "Viet Nam", (CITATION,)))
    statement = draft.claims[-1].statement
    assert (statement.value, statement.original_value) == ("vn", "Viet Nam")


def test_an_unknown_country_is_reported_and_not_added():
    draft = Draft("test", "test-1", "LegalEntity", CITATION)
    unread = list(add_country(draft, "country", "Atlantis", (CITATION,)))
    assert unread == [Unread("row 5", "country 'Atlantis'")]
    assert [claim.statement.prop for claim in draft.claims] == ["id"]


def test_no_name_stands_for_two_countries():
    table = yaml.safe_load(
        countries.resources.files("standsbehind.connectors")
        .joinpath("countries.yml")
        .read_text("utf-8")
    )
    listed = [
        name.casefold() for names in table["countries"].values() for name in names
    ]
    assert len(listed) == len(set(listed))
    assert not set(listed) & {name.casefold() for name in table["no_country"]}
    assert all(
        len(code) == 2 and set(code) <= set(ascii_lowercase)
        for code in table["countries"]
    )


@pytest.mark.parametrize(
    ("name", "language"),
    [
        pytest.param("商汤集团", "zho", id="Chinese"),
        pytest.param("Восток", "rus", id="Russian"),
        pytest.param("Київ", None, id="Cyrillic that is not Russian"),
        pytest.param("شركة", "ara", id="Arabic"),
        pytest.param("پښتو", None, id="Arabic script that is not Arabic"),
        pytest.param("한국", "kor", id="Korean"),
        pytest.param("Lantern 7", None, id="Latin"),
        pytest.param("Deng 灯", None, id="two scripts"),
        pytest.param("39", None, id="no letters"),
    ],
)
def test_the_script_of_a_name_tells_its_language_or_nothing(name, language):
    assert language_of(name) == language
