"""A score says how far two names say the same: what tells firms apart counts most."""

import csv
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.names import fold, read_name
from standsbehind.matching.score import THRESHOLD, compare

HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."


def score(left, right):
    return compare(read_name(left), read_name(right)).score


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(
            "大华股份", "浙江大华技术股份有限公司", id="short and full Chinese name"
        ),
        pytest.param(
            "商湯集團有限公司", "商汤集团有限公司", id="traditional and simplified"
        ),
        pytest.param("大华", "Dahua", id="pinyin"),
        pytest.param("ИТЕКО ООО", "Iteko", id="Cyrillic"),
        pytest.param("Hangzhou Hikvison Digital Technology", HIKVISION, id="misspelt"),
        pytest.param(
            "Net Posa Technologies", "NetPosa Technologies, Ltd.", id="spacing"
        ),
        pytest.param("Hikvision USA", "Hikvision", id="branch in a country"),
        pytest.param("MÜLLER & SÖHNE GMBH", "Muller and Sohne", id="accents"),
        pytest.param("Acme Limited", "ACME Ltd.", id="legal forms"),
    ],
)
def test_the_same_firm_is_found(left, right):
    assert score(left, right) >= THRESHOLD


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Hangzhou Digital Technology", HIKVISION, id="brand missing"),
        pytest.param("Beijing Technology Development", "Beijing SenseTime Technology Development Co., Ltd.", id="brand missing, 2"),
        pytest.param("Zhejiang Technology Co.", "Zhejiang Dahua Technology Co., Ltd.", id="brand missing, 3"),
        pytest.param("大华银行", "大华股份", id="a bank"),
        pytest.param("Hikma Pharmaceuticals", "Hikvision", id="first letters"),
        pytest.param("Sensient Technologies Corporation", "SenseTime Group, Inc.", id="near"),
        pytest.param("Ltd.", "Limited Company", id="only legal forms"),
        pytest.param("Bank of China", "Bank of Russia", id="common words alone"),
    ],
)  # fmt: skip
def test_another_firm_is_not(left, right):
    assert score(left, right) < THRESHOLD


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("NPO Romashka", "Scientific Production Association Romashka", id="what NPO stands for"),
        pytest.param("Lesnogorskiy Zavod", "Lesnogorsk Plant", id="Russian adjective of a place"),
        pytest.param("Testovskaya Fabrika", "Testov Factory", id="Russian adjective of a name"),
        pytest.param("Krasnodarskiy Mashinostroitelnyy Zavod", "Krasnodar Machine Building Plant", id="place and trade"),
        pytest.param("Ministerio de Defensa de Nicaragua", "Nicaraguan Ministry of Defense", id="Spanish"),
        pytest.param("البنك الوطني التونسي", "Tunisian National Bank", id="Arabic"),
        pytest.param("Τράπεζα της Ελλάδος", "Bank of Greece", id="Greek"),
        pytest.param("भारतीय रिज़र्व बैंक", "Reserve Bank of India", id="Hindi"),
        pytest.param("OAO TLMZ", "Testovskiy Liteyno Mekhanicheskiy Zavod", id="initials with a legal form"),
    ],
)  # fmt: skip
def test_the_same_words_are_met_in_another_language(left, right):
    assert score(left, right) >= THRESHOLD


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Τράπεζα της Ελλάδος", "National Bank of Greece", id="two banks"),
        pytest.param("NITL B.V.", "New Industrial Testov LLC", id="a form is no initial"),
        pytest.param("Bluesky", "Blue", id="sky is no Russian ending"),
        pytest.param("TRC", "Testov River Club", id="three letters"),
    ],
)  # fmt: skip
def test_nor_is_another_firm_met_by_new_rules(left, right):
    assert score(left, right) < THRESHOLD


def test_the_dangerous_examples_stay_far_below():
    assert score("Hangzhou Digital Technology", HIKVISION) < 0.5


names = st.text(max_size=60) | st.sampled_from(
    [
        "1bcdef",
        "abcdef",
        "abcdeg abcdeh",
        "abcdei abcdef",
        "Dahua Technology",
        "大华",
        "Ltd",
        "1234",
        "Дахуа",
        "خۇاۋېي",
        "a",
        "😀",
        "\u202eacme",
    ]
)


@given(names, names)
def test_it_does_not_matter_which_name_comes_first(left, right):
    assert score(left, right) == score(right, left)


@given(names, names)
def test_the_reasons_add_up_to_the_score(left, right):
    found = compare(read_name(left), read_name(right))
    assert found.score == pytest.approx(sum(f.weight for f in found.features), abs=1e-3)
    assert 0 <= found.score <= 1


def test_a_word_that_begins_with_a_digit_is_no_misspelling_from_either_side():
    assert score("1bcdef", "abcdef") == score("abcdef", "1bcdef") == 0


@given(names)
def test_a_name_is_the_same_as_itself(name):
    assert score(name, name) == (1.0 if fold(name) else 0.0)


@given(names)
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    "name",
    [
        "x" * 10_000,
        "x " * 5_000,
        "大" * 10_000,
        "\ud800 Acme",
        "\x00",
        "\u200b",
        "А" * 300,
    ],
    ids=[
        "long",
        "many words",
        "long Chinese",
        "surrogate",
        "NUL",
        "no width",
        "Cyrillic",
    ],
)
def test_an_odd_name_is_read_quickly(name):
    started = time.perf_counter()
    compare(read_name(name), read_name("Dahua Technology"))
    assert time.perf_counter() - started < 2


@pytest.mark.shared
def test_the_development_pairs_stay_where_they_are(shared):
    path = shared / "data" / "match-truth" / "hard_pairs_dev.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    hits = [
        row["is_match"] for row in rows if score(row["left"], row["right"]) >= THRESHOLD
    ]
    assert hits.count("false") == 0
    assert hits.count("true") >= 21
