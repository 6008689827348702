"""Chinese names fall into place, brand, trade words and form, and are spelt as firms do."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.han import pinyin_words, segment, simplify
from standsbehind.matching.lexicon import Kind
from standsbehind.matching.names import Grade, fold, read_name
from standsbehind.matching.pinyin import pinyin


def brands(text: str, variant: int = 0) -> list[str]:
    words = read_name(text).variants[variant].words
    return [word.text for word in words if word.kind is Kind.BRAND]


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("杭州海康威视数字技术股份有限公司", "海康威视"),
        ("北京市商汤科技开发有限公司", "商汤"),
        ("上海依图网络科技有限公司", "依图"),
        ("厦门市美亚柏科信息股份有限公司", "美亚柏科"),
        ("国投智能（厦门）信息股份有限公司", "国投"),
        ("浙江省杭州市滨江区依图网络科技有限公司", "依图"),
        ("义乌市依图贸易有限公司", "依图"),
        ("依图科技集团有限公司上海分公司", "依图"),
        ("依图", "依图"),
        ("雲從科技集團股份有限公司", "云从"),
        ("大华Dahua技术有限公司", "大华"),
    ],
)
def test_the_brand_is_what_the_known_words_leave(name, brand):
    assert brands(name)[0] == brand


def test_a_name_of_known_words_has_no_brand():
    assert brands("北京网络技术有限公司") == []


@pytest.mark.parametrize(
    "name", ["有限公司", "集团", "股份", "上海", "公司公司", "上海市"]
)
def test_a_name_is_never_without_words(name):
    assert all(variant.words for variant in read_name(name).variants)


def test_places_come_before_the_brand_and_in_brackets():
    parts = segment(fold("浙江省杭州市滨江区依图科技有限公司"))
    assert [p.text for p in parts if p.kind is Kind.PLACE] == ["浙江", "杭州", "滨江"]
    words = read_name("国投智能（厦门）信息股份有限公司").variants[0].words
    assert "厦门" in [word.text for word in words if word.kind is Kind.PLACE]


def test_a_numbered_institute_has_a_number():
    for variant in read_name("中国电子科技集团公司第十四研究所").variants:
        numbers = [word.text for word in variant.words if word.kind is Kind.NUMBER]
        assert numbers == ["14"]


@given(
    st.text(
        st.sampled_from("上海市省区厦门网络科技有限公司集团第十大华一依图"), max_size=20
    )
)
def test_nothing_but_legal_forms_and_place_endings_is_lost(text):
    kept = "".join(part.text for part in segment(text))
    rest = iter(text)
    numbers = str.maketrans("", "", "0123456789")
    assert all(letter in rest for letter in kept.translate(numbers))


@pytest.mark.parametrize(
    ("word", "spelt"),
    [
        ("重庆", "chong qing"),
        ("银行", "yin hang"),
        ("厦门", "xia men"),
        ("长春", "chang chun"),
        ("美亚柏科", "mei ya bai ke"),
        ("绿", "lv"),
        ("镕", "rong"),
    ],
)
def test_pinyin_reads_characters_as_names_do(word, spelt):
    assert pinyin(word) == spelt.split()


def test_an_official_english_name_is_met():
    latin = read_name("上海依图网络科技有限公司").variants[1]
    assert [word.text for word in latin.words] == [
        "shanghai",
        "yitu",
        "network",
        "technology",
    ]
    assert latin.grade is Grade.TRANSLITERATED


def test_a_name_of_known_words_is_translated_and_not_sounded_out():
    assert read_name("北京网络技术有限公司").variants[1].grade is Grade.TRANSLATED


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("周大福珠寶集團有限公司", ["chow", "tai", "fook"]),
        ("新鴻基地產發展有限公司", ["sun", "hung", "kai"]),
        ("恒生銀行有限公司", ["hang", "sang"]),
        ("香港长江实业有限公司", ["cheung", "kong"]),
    ],
)
def test_a_firm_of_hong_kong_is_also_spelt_in_cantonese(name, spelt):
    assert brands(name, -1)[: len(spelt)] == spelt


def test_a_firm_of_the_mainland_is_not_spelt_in_cantonese():
    assert len(read_name("杭州大华技术有限公司").variants) == 2


def test_known_firms_of_japan_are_spelt_as_they_spell_themselves():
    latin = [word.text for word in read_name("三菱重工業株式会社").variants[1].words]
    assert latin[0] == "mitsubishi"


def test_another_firm_of_japan_is_read_sign_by_sign():
    assert words("任天堂株式会社", 1) == ["nintendo"]
    assert words("光和興業株式会社", 1) == ["kowa", "industry"]
    assert words("任天堂有限公司", 1) == ["rentiantang"]


def test_a_brand_of_everyday_words_is_also_translated():
    assert words("红猫控股公司", -1) == ["red", "cat"]
    assert len(read_name("红海康有限公司").variants) == 2


def test_a_group_without_a_brand_is_also_called_a_group():
    assert words("中国电子集团有限公司", -1) == ["china", "electronics", "group"]
    assert "group" not in words("大华集团有限公司", -1)


def test_a_word_with_two_usual_meanings_is_read_in_both():
    assert words("东风汽车有限公司", 1) == ["dongfeng", "automobile"]
    assert words("东风汽车有限公司", 2) == ["dongfeng", "motor"]


def words(name, variant):
    return [word.text for word in read_name(name).variants[variant].words]


def test_simplified_characters_depend_on_the_word():
    assert simplify("乾隆乾燥") == "乾隆干燥"


def test_trade_words_in_pinyin_need_no_slow_table():
    # The table of rare characters takes a fifth of a second, at every call of the command.
    program = (
        "import sys; from standsbehind.matching.names import read_name;"
        "read_name('Acme Keji'); read_name('上海依图网络科技有限公司');"
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
    assert pinyin_words()["wangluo"] == (Kind.TRADE, "network")
