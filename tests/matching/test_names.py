"""Names are read the same whichever way they take, and no text is too bad to be read."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.lexicon import Kind
from standsbehind.matching.names import (
    Grade,
    fold,
    fold_all,
    read_folded,
    read_name,
    read_once,
)
from standsbehind.matching.spoken import Word

ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.characters(codec="ascii"),
        st.sampled_from(
            "аеоАНКıİßﬁ　大華重ｶﾞー삼हि्กำدُـئيىּ\u200d\u202e\ud800👍\u0345\u0301"
        ),
    ),
    max_size=40,
)


@given(st.text(st.characters(codec="ascii"), max_size=40))
def test_a_plain_name_folds_as_one_with_an_accent_does(text):
    # The accent takes the long way, which decomposes letters and drops what has no shape.
    long_way = fold(text + " é")
    assert f"{fold(text)} e".strip() == long_way


@given(ANYTHING)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_a_composed_name_and_a_decomposed_one_are_one(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(
        unicodedata.normalize("NFD", text)
    )


@given(st.lists(ANYTHING, max_size=8))
def test_a_column_folds_as_its_names_do_one_by_one(texts):
    assert fold_all(texts) == [fold(text) for text in texts]


def test_a_long_column_folds_as_its_names_do_one_by_one():
    texts = [
        "  Acme,\n  Inc. ",
        "",
        "Société «Été»",
        "S.p.A. \t",
        "雲從 Co.,Ltd",
    ] * 2_000
    plain = [text for text in texts if text.isascii()]
    assert fold_all(texts) == [fold(text) for text in texts]
    assert fold_all(plain) == [fold(text) for text in plain]


@given(ANYTHING)
def test_what_is_remembered_is_what_was_read(text):
    assert read_name(text) == read_once(text) == read_folded(text, fold(text))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Lowe's Companies, Inc.", "lowes companies inc"),
        ("Foo S.p.A.", "foo spa"),
        ("Hangzhou Foo Co.,Ltd.", "hangzhou foo co ltd"),
        ("Hangzhou Foo Co.Ltd.", "hangzhou foo co ltd"),
        ("R&D Ltd", "r and d ltd"),
        ("İSTANBUL ŞİRKETİ", "istanbul sirketi"),
        ("Ilgın", "ilgin"),
        ("Straße Ægir ﬁn", "strasse aegir fin"),
        ("ＡＣＭＥ　１２", "acme 12"),
        ("Hikvision™", "hikvision"),
        ("Hikvisiоn", "hikvision"),
        ("НIКVISIОN", "hikvision"),
        ("Росcия", "россия"),
        ("СпецTech", "спецtech"),
        ("Йод Ёлка", "йод елка"),
        ("हिन्दुस्तान", "हिन्दुस्तान"),
        ("กรุงเทพ", "กรุงเทพ"),
        ("مُحَمَّد", "محمد"),
        ("أحمـد", "احمد"),
        ("شرکة", "شركه"),
        ("שָׁלוֹם", "שלומ"),
        ('בע"מ', "בעמ"),
        ("ｶﾞﾝﾀﾞﾑ", "ガンダム"),
        ("雲從科技", "云从科技"),
        ("ac\u200bme\u200f \u202ecorp", "acme corp"),
        ("a\ud800cme 👍🏽", "acme"),
        ("№14", "no 14"),
        ("٣ شركات", "3 شركات"),
    ],
)
def test_spelling_habits_do_not_matter(written, folded):
    assert fold(written) == folded


def words(text: str, variant: int = 0) -> list[str]:
    return [word.text for word in read_name(text).variants[variant].words]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Institute No. 14", "Institute 14"),
        ("Acme Fund III", "Acme Fund 3"),
        ("1st Acme", "First Acme"),
        ("1-й завод", "первый завод"),
        ("Plant Nr 007", "Plant 7"),
    ],
)
def test_numbers_agree_however_they_are_written(left, right):
    assert words(left) == words(right)
    kinds = [word.kind for word in read_name(left).variants[0].words]
    assert Kind.NUMBER in kinds


def test_digits_within_a_brand_stay_with_it():
    assert words("3M H3C 4Paradigm") == ["3m", "h3c", "4paradigm"]


def test_xi_and_vi_at_the_start_are_names():
    assert words("Xi Acme")[0] == "xi"
    assert words("Vi Acme Telecom")[0] == "vi"


def test_pinyin_trade_words_are_trade_words():
    read = read_name("Shanghai Yitu Wangluo Keji Youxian Gongsi").variants[0].words
    assert Word("network", Kind.TRADE) in read
    assert Word("technology", Kind.TRADE) in read
    assert {"youxian", "gongsi"}.isdisjoint(word.text for word in read)


def test_a_name_in_cyrillic_is_also_read_in_latin_letters():
    name = read_name("Хуавэй")
    assert [variant.grade for variant in name.variants] == [
        Grade.WRITTEN,
        Grade.TRANSLITERATED,
    ]
    assert words("Хуавэй", 1) == ["huawei"]


def test_trade_words_are_cut_off_a_brand_in_korean_and_thai():
    assert words("엘지전자", 1) == ["lg", "electronics"]
    assert words("ธนาคารกรุงเทพ") == ["bank", "bangkok"]


def test_an_acronym_that_a_name_states_is_its_initials_and_no_word():
    name = read_name("Harakat-e Testov Movement Uplands (HTMU)")
    assert "htmu" not in [word.text for word in name.variants[0].words]
    assert "htmu" in name.initials
    assert read_name("Testov River Club (TRC)").initials[-1] == "trc"
    assert words("Testov River Club ABC")[-1] == "abc"


def test_a_name_in_cyrillic_has_initials_in_cyrillic():
    name = read_name("Центральное конструкторское бюро машиностроения")
    assert name.initials == ("цкбм",)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "x", "中", "Ltd", "有限公司", "公司", "0", "0" * 50, "第", "第公司", "\ud800",
        "\u200f", "👍", "&", "...", "a中а가ก", "\n\n", "ー", "ी", "ّ", "一", "集团", "ⅠⅤ", "第十所",
    ],
)  # fmt: skip
def test_no_text_is_too_short_or_too_strange_to_be_read(text):
    assert read_once(text).variants


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "a ",
        ".a",
        "中",
        "有限公司",
        "第一",
        "i ",
        "а1a",
        "ा",
        "U\u0301\u0323",
        "&",
        "한",
        "ال",
    ],
)
def test_a_text_without_end_is_read_in_no_time(piece):
    started = time.monotonic()
    read_once(piece * 100_000)
    fold_all([piece * 10_000] * 20)
    assert time.monotonic() - started < 5
