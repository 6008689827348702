"""Every script is told from the others, and written in the Latin letters that lists use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.folding import fold
from standsbehind.matching.latin import transliterate
from standsbehind.matching.numerals import chinese_number
from standsbehind.matching.palladius import from_palladius
from standsbehind.matching.scripts import Script, script_of, tokenise
from standsbehind.matching.spellings import sounding


@pytest.mark.parametrize(
    ("folded", "tokens"),
    [
        ("大华dahua 3m", ["大华", "dahua", "3m"]),
        ("株式会社トヨタ自动车", ["株式会社", "トヨタ", "自动车"]),
        ("т34 завод", ["т34", "завод"]),
        ("360安全", ["360", "安全"]),
        ("спецtech", ["спец", "tech"]),
        ("हिन्दुस्तान ltd", ["हिन्दुस्तान", "ltd"]),
        ("บริษัทไทยabc", ["บริษัทไทย", "abc"]),
    ],
)
def test_a_word_ends_where_its_script_does(folded, tokens):
    assert tokenise(folded) == tokens


@given(st.text(max_size=30))
def test_tokens_are_the_name_without_its_spaces(text):
    folded = fold(text)
    assert "".join(tokenise(folded)) == folded.replace(" ", "")


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Сергей", "sergey"),
        ("Чайковский", "chaykovsky"),
        ("Київ", "kyiv"),
        ("Љубљана", "ljubljana"),
        ("Қазақстан", "qazaqstan"),
        ("Хуавэй", "huawei"),
        ("Чжэцзян", "zhejiang"),
        ("НТЕХ", "ntech"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("خۇاۋېي", "huawey"),
        ("ئۇيغۇر", "uyghur"),
        ("شىنجاڭ", "shinjang"),
        ("الجزيرة", "al jzira"),
        ("רפאל", "rpal"),
        ("현대", "hyundai"),
        ("삼성전자", "samsung jeonja"),
        ("서울", "seoul"),
        ("신라", "silla"),
        ("トヨタ", "toyota"),
        ("きょうと", "kyoto"),
        ("हिन्दुस्तान", "hindustan"),
        ("টাটা", "tata"),
        ("สยาม", "syam"),
        ("acme", "acme"),
        ("大华", "大华"),
    ],
)
def test_a_word_is_written_as_official_lists_write_it(written, latin):
    assert transliterate(fold(written)) == latin


@given(st.text(min_size=1, max_size=20))
def test_a_transliterated_word_is_plain_or_as_it_was(text):
    for token in tokenise(fold(text)):
        latin = transliterate(token)
        assert latin == token or latin.isascii()
        assert script_of(token) in Script


@pytest.mark.parametrize("word", ["москва", "июнь", "пень", "завод", "нань", ""])
def test_a_russian_word_is_not_taken_for_chinese(word):
    assert from_palladius(word) is None


@pytest.mark.parametrize(
    "spellings",
    [
        "mohammed muhammad mohamad",
        "yusuf youssef yousuf",
        "sergey sergei serguei",
        "khalid halid",
        "tchaikovsky chaykovskiy",
        "hsinchu xinzhu",
        "tsinghua qinghua",
        "tsingtao qingdao",
        "kung gong",
        "huawei khuavey",
        "tsentr centr",
        "zhukov jukov",
        "ivanoff ivanov",
        "rostec rostek",
    ],
)
def test_spellings_of_one_name_have_one_key(spellings):
    assert len({sounding(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    "words",
    ["dahua dahai", "hikvision hitevision", "part port", "huawei haier", "wang wong",
     "megvii megan", "sun son", "chengdu qingdao"],
)  # fmt: skip
def test_different_names_keep_their_keys(words):
    left, right = words.split()
    assert sounding(left) != sounding(right)


@pytest.mark.parametrize(
    ("text", "number"),
    [("十四", "14"), ("二十", "20"), ("一百零五", "105"), ("七〇一", "701"), ("大", None), ("", None)],
)  # fmt: skip
def test_a_number_is_read_from_chinese_characters(text, number):
    assert chinese_number(text) == number
