"""A search finds in one pass what comparing every pair of names would find."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standsbehind.matching.names import read_name
from standsbehind.matching.score import compare
from standsbehind.matching.search import Listed, compare_as, list_names, search

HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."
LISTED = [
    "Dahua Technology",
    "大华股份",
    HIKVISION,
    "Huawei",
    "Megvii Technology Limited",
    "Net Posa Ltd",
    "Xinjiang Production and Construction Corps",
]


def found(listed, name, **options):
    return [LISTED[number] for number in search(listed, [name], **options).listed]


def test_a_misspelt_brand_is_found():
    assert found(list_names(LISTED), "Hikvison Digital Technology") == [HIKVISION]


def test_a_short_name_is_found_in_both_scripts():
    assert found(list_names(LISTED), "Dahua") == ["Dahua Technology", "大华股份"]


def test_common_words_alone_find_nothing():
    assert found(list_names(LISTED), "Digital Technology") == []
    assert found(list_names(LISTED), "Harbour Lane") == []


def test_words_written_together_are_found_either_way_round():
    assert found(list_names(LISTED), "NetPosa") == ["Net Posa Ltd"]
    assert found(list_names(LISTED), "Hua Wei") == ["Huawei"]


def test_initials_are_found():
    listed = "Xinjiang Production Construction Corps Agency"
    assert search(list_names([listed]), ["XPCCA"]).scores.tolist() == [0.75]


def test_only_the_best_are_kept_where_a_limit_is_set():
    assert found(list_names(LISTED), "Dahua", limit=1) == ["Dahua Technology"]


def test_an_empty_list_and_an_empty_question_find_nothing():
    assert search(list_names([]), ["Dahua"]).asked.size == 0
    assert search(list_names(LISTED), []).asked.size == 0
    assert search(list_names(["", "Ltd"]), ["", "-", "Ltd"]).asked.tolist() == [2]


def test_an_index_opens_from_its_arrays():
    listed = list_names(LISTED)
    again = Listed.from_arrays(LISTED, listed.arrays())
    assert found(again, "Hikvison") == found(listed, "Hikvison") == [HIKVISION]


WORDS = st.sampled_from(
    [
        "Dahua", "Dahuo", "Hikvision", "Hikvison", "Hangzhou", "Zhejiang", "Technology",
        "Technolgy", "Digital", "Bank", "Net", "Posa", "NetPosa", "Co", "Ltd", "of", "大华",
        "技术", "浙江", "股份有限公司", "Дахуа", "Meiya", "Pico", "14", "A", "Yitu", "Yito",
        "Intellifusion", "Intelifusoin", "Group", "USA", "ABCD", "Alpha", "Beta", "Corps",
        "سابك", "Sabic", "Sobek", "西门子", "Siemens", "Semans",
    ]
)  # fmt: skip
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(NAMES, max_size=12), st.lists(NAMES, max_size=6))
def test_the_search_finds_what_comparing_all_pairs_finds(listed, asked):
    quick = search(list_names(listed), asked)
    got = {
        (a, b): score
        for a, b, score in zip(
            quick.asked.tolist(),
            quick.listed.tolist(),
            quick.scores.tolist(),
            strict=True,
        )
    }
    all_pairs = {
        (a, b): compare(read_name(here), read_name(there)).score
        for a, here in enumerate(asked)
        for b, there in enumerate(listed)
    }
    wanted = {pair: score for pair, score in all_pairs.items() if score >= 0.7}
    assert got.keys() == wanted.keys()
    assert np.allclose([got[pair] for pair in wanted], list(wanted.values()), atol=2e-4)


PARTS = st.sampled_from(
    [
        "Ivan",
        "Iwan",
        "Petr",
        "Pyotr",
        "Testov",
        "Testova",
        "Testoff",
        "Ivanovich",
        "Mohammed",
        "Muhammad",
        "Mohd",
        "Yusuf",
        "Youssef",
        "Yousuf",
        "Abdul",
        "Rahman",
        "Abdulrahman",
        "al-Testi",
        "Testi",
        "bin",
        "Anna",
        "Hanna",
        "Maria",
        "Mario",
        "J.",
        "K.",
        "Jean",
        "Jeanpierre",
        "Pierre",
        "Smith",
        "Smyth",
        "Schmidt",
        "Wang",
        "Xiaoming",
        "Xiao",
        "Ming",
        "Lee",
        "Li",
        "de",
        "la",
        "Cruz",
        "Cruzado",
        "Katherine",
        "Catherine",
        "Kate",
        "Aleksandr",
        "Alexander",
        "Sasha",
        "王小明",
        "Иван",
        "Тестов",
    ]
)
PERSONS = st.lists(PARTS, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PERSONS, max_size=10), st.lists(PERSONS, max_size=5))
def test_the_search_finds_the_persons_that_comparing_all_pairs_finds(listed, asked):
    quick = search(list_names(listed, ["Person"] * len(listed)), asked)
    got = dict(
        zip(zip(quick.asked, quick.listed, strict=True), quick.scores, strict=True)
    )
    wanted = {
        (a, b): score
        for a, here in enumerate(asked)
        for b, there in enumerate(listed)
        if (score := compare_as(here, there, is_person=True).score) >= 0.7
    }
    assert got == wanted


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        pytest.param("Testov Ivan", "Ivan Testov", id="other order"),
        pytest.param("Anwar I. Testi", "Anwar Imran Testi", id="initial"),
        pytest.param("Omar Ali Abubakir", "Omar Ali Abu Bakir", id="joined"),
        pytest.param("Kamal Deenal Testi", "Kamal Imad al-Deen al-Testi", id="small words"),
        pytest.param("Ali Ahmed Testi", "Mohamed Ahmed Ali", id="Muhammad before the name"),
        pytest.param("FidelM Oreno", "Fidel Moreno", id="a space at another place"),
        pytest.param("Ali Testov Ahmed Omar", "Ali Khan Ahmed Bilal", id="conflict"),
        pytest.param("Luis BEISPIEL TESTOV Anton", "Luis AntonBEISPIEL TESTOV", id="sides"),
    ],
)  # fmt: skip
def test_a_pair_that_is_brought_up_is_left_out_only_below_the_threshold(asked, listed):
    score = compare_as(asked, listed, is_person=True).score
    quick = search(list_names([listed], ["Person"]), [asked])
    assert quick.scores.tolist() == [score] * (score >= 0.7)
