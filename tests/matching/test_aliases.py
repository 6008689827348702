"""An alias is evidence: it brings names together that letters do not, and it names its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.aliases import Aliases, Stated, compare_known, keys_of
from standsbehind.matching.brand_words import brand_words
from standsbehind.matching.names import read_name
from standsbehind.matching.score import compare

HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."
HAIKANG = "杭州海康威视数字技术股份有限公司"
OFAC = "https://www.treasury.gov/ofac/downloads/ccmc/nscmiclist.pdf"


def states(entity, value, prop="alias", dataset="list", **more):
    more = {"publisher": "The Register", "url": OFAC, "published": "2025-12"} | more
    return Stated(entity, value, prop, f"{entity}/{value}", dataset, **more)


def known(*rows, others=()):
    """Put statements in order as a snapshot does."""
    by_entity = {}
    for row in rows:
        by_entity.setdefault(row.entity, []).append(row)
    names = [(row.entity, row.value) for row in rows]
    return Aliases.of(
        ((key, row) for row in rows for key in keys_of(read_name(row.value))),
        brand_words(by_entity, [*names, *others]),
    )


def score(left, right, aliases):
    return compare_known(read_name(left), read_name(right), aliases).score


def brands(*rows, others=()):
    by_entity = {"e": list(rows)}
    found = brand_words(by_entity, others)
    return {(row.word, row.other) for row in found}


HIK = (states("hik", HIKVISION, "name"), states("hik", HAIKANG))
OOSTO = (
    states("oosto", "Oosto", "name"),
    states("oosto", "AnyVision Interactive Technologies", "previousName",
           until="2021-10", publisher="AIAAIC", url="https://aiaaic.example/drones"),
)  # fmt: skip


# ── whole names ──


def test_two_names_of_one_entity_are_an_alias_with_its_source_and_its_date():
    found = compare_known(
        read_name("AnyVision Interactive Technologies Ltd."),
        read_name("Oosto Ltd"),
        known(*OOSTO),
    )
    reason = found.features[-1]
    assert found.score == 0.95
    assert reason.feature == "alias"
    assert "former name until 2021-10; AIAAIC" in reason.detail
    assert "<https://aiaaic.example/drones>" in reason.detail


def test_without_a_statement_letters_alone_decide():
    assert score("AnyVision Interactive Technologies", "Oosto", Aliases()) == 0


def test_an_alias_of_one_entity_says_nothing_of_another():
    other = states("other", "Oosto Bakery", "name"), states("other", "Flour House")
    aliases = known(*OOSTO, *other)
    assert score("AnyVision Interactive Technologies", "Flour House", aliases) < 0.5
    assert score("AnyVision Bakery", "Oosto", aliases) < 0.7


def test_a_name_that_two_entities_bear_joins_none_of_their_other_names():
    aliases = known(
        states("a", "Alpha Optics", "name"), states("a", "Lynx"),
        states("b", "Beta Foods", "name"), states("b", "Lynx"),
    )  # fmt: skip
    assert score("Alpha Optics", "Beta Foods", aliases) < 0.7
    assert score("Alpha Optics", "Lynx", aliases) == 0.95


def test_a_parent_that_a_list_gives_as_an_alias_and_lists_itself_stays_another_firm():
    """OFAC's NS-CMIC list does so with the two Huawei companies."""
    aliases = known(
        states("tech", "Huawei Technologies Co., Ltd.", "name"),
        states("tech", "HUAWEI INVESTMENT & HOLDING CO LTD"),
        states("hold", "Huawei Investment & Holding Co., Ltd.", "name"),
    )
    left = "Huawei Investment & Holding Co., Ltd."
    right = "Huawei Technologies Co., Ltd."
    plain = compare(read_name(left), read_name(right)).score
    assert score(left, right, aliases) == plain < 0.7


def test_a_chinese_group_is_not_its_daughter():
    aliases = known(
        states("x", "华夏光电有限公司", "name"), states("x", "Lumina Optics")
    )
    assert list(aliases.entities_of(read_name("华夏光电股份有限公司"))) == ["x"]
    assert not aliases.entities_of(read_name("华夏光电集团有限公司"))


# ── brand words ──


def test_a_legal_name_in_two_languages_tells_which_brand_is_which():
    assert brands(*HIK) == {("海康威视", "hikvision")}


def test_brand_words_carry_to_names_that_no_source_states():
    found = compare_known(
        read_name("海康威视科技"), read_name("Hikvision Technology"), known(*HIK)
    )
    assert found.score >= 0.9
    assert f"brand in {HIKVISION} = {HAIKANG}" in found.features[-1].detail


def test_a_brand_in_two_scripts_does_not_make_a_camera_maker_a_bank():
    assert score("海康威视银行", "Hikvision", known(*HIK)) < 0.7


@pytest.mark.parametrize("other", ["Hikvision", "海康威视", HIKVISION, HAIKANG])
@pytest.mark.parametrize(
    "both", ["海康威视 Hikvision", "Hikvision海康威视", f"{HAIKANG} ({HIKVISION})"]
)
def test_who_writes_a_brand_in_both_scripts_says_it_once(both, other):
    assert score(both, other, known(*HIK)) > 0.8 > score(both, other, Aliases())


def test_a_brand_beside_another_firms_is_not_said_twice():
    assert score("华天 Hikvision", "Hikvision", known(*HIK)) < 0.7
    assert score("海康威视 Dahua", "Dahua", known(*HIK)) < 0.7


@pytest.mark.parametrize(
    ("foreign", "latin"),
    [
        pytest.param("浙江大华技术股份有限公司", "Zhejiang Dahua Technology", id="pinyin says it already"),
        pytest.param("深圳市大疆创新科技有限公司", "DJI", id="three letters"),
        pytest.param("国防科技大学", "National University of Defense Technology", id="a sector is left over"),
        pytest.param("上海技术有限公司", "Shanghai Technology", id="no brand"),
        pytest.param("中芯国际集成电路制造有限公司", "Lone Star Gulf Crown River", id="too many words"),
        pytest.param("한화비전", "Hanwha Vision", id="a trade word may hide"),
    ],
)  # fmt: skip
def test_no_brand_is_drawn_from(foreign, latin):
    assert not brands(states("e", foreign, "name"), states("e", latin))


def test_a_word_that_other_firms_bear_in_other_names_is_no_brand():
    rows = states("e", "腾跃科技有限公司", "name"), states("e", "Dragon Technology")
    others = [
        (str(n), f"{word} Dragon Shipping")
        for n, word in enumerate(["Red", "Blue", "Sea", "Fire"])
    ]
    assert brands(*rows) == {("腾跃", "dragon")}
    assert brands(*rows, others=others[:3]) == {("腾跃", "dragon")}
    assert not brands(*rows, others=others)


def test_a_former_brand_is_not_that_of_the_later_name():
    """Meiya Pico took the name of SDIC Intelligence in December 2023."""
    found = brands(
        states("e", "SDIC Intelligence"),
        states("e", "国投智能"),
        states("e", "Meiya Pico"),
        states("e", "厦门市美亚柏科信息股份有限公司", "previousName"),
        states("e", "Xiamen Meiya Pico Information Co., Ltd.", "previousName"),
    )
    assert found == {("国投", "sdic"), ("美亚柏科", "meiya pico")}


# ── whatever the names ──

WORDS = "Oosto AnyVision 海康威视 Hikvision 科技 Technology 杭州 Bank 银行 Hangzhou Ltd. 有限公司 НТЕХ 集团"
words = st.sampled_from(WORDS.split())
names = st.lists(words, max_size=4).map(" ".join) | st.sampled_from(
    [HIKVISION, HAIKANG, "海康威视科技", "AnyVision Interactive Technologies"]
)
ALL = known(*HIK, *OOSTO)


@given(names, names)
def test_it_does_not_matter_which_name_comes_first(left, right):
    one = compare_known(read_name(left), read_name(right), ALL)
    other = compare_known(read_name(right), read_name(left), ALL)
    assert one.score == other.score
    assert [f.detail for f in one.features if f.feature == "alias"] == [
        f.detail for f in other.features if f.feature == "alias"
    ]


@given(names, names)
def test_an_alias_never_lowers_a_score(left, right):
    plain = compare(read_name(left), read_name(right)).score
    few = score(left, right, known(*HIK))
    assert plain <= few <= score(left, right, ALL)


@given(names, names)
def test_the_reasons_add_up_to_the_score(left, right):
    found = compare_known(read_name(left), read_name(right), ALL)
    assert found.score == pytest.approx(sum(f.weight for f in found.features), abs=1e-3)
    assert 0 <= found.score <= 1
