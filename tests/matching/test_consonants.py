"""A word of another script meets the Latin word that it sounds out, by its consonants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.consonants import SYSTEMS, Latins, is_foreign, sounded_out
from standsbehind.matching.names import fold, read_name
from standsbehind.matching.score import compare
from standsbehind.matching.search import list_names, search


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        pytest.param("أرامكو", "Aramco", id="Arabic"),
        pytest.param("الرشيد", "Rasheed", id="Arabic, with its article"),
        pytest.param("سامسونج", "Samsung", id="Arabic, ng"),
        pytest.param("پارسیان", "Parsian", id="Persian"),
        pytest.param("רפאל", "Rafael", id="Hebrew, f for p"),
        pytest.param("西门子", "Siemens", id="Chinese"),
        pytest.param("霍尼韦尔", "Honeywell", id="Chinese, no l at the end"),
        pytest.param("莱奥纳多", "Leonardo", id="Chinese, no r before a consonant"),
        pytest.param("サムスン", "Samsung", id="Kana"),
    ],
)
def test_a_word_is_met_by_those_that_it_may_sound_out(written, latin):
    assert sounded_out(fold(written), fold(latin))
    assert sounded_out(fold(latin), fold(written))


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("رشيد", "rashidov"),
        ("كريم", "kalim"),
        ("فارس", "baris"),
        ("西门子", "西门子"),
        ("丰田", "fontan"),
        ("رود", "rad"),
    ],
)
def test_other_consonants_or_too_few_do_not_meet(written, latin):
    assert not sounded_out(fold(written), latin)


def test_only_characters_that_spell_by_sound_are_taken_for_a_foreign_word():
    assert is_foreign("西门子")
    assert not is_foreign("海康威视")
    assert not is_foreign("福特")


def test_the_reason_says_that_the_word_is_sounded_out():
    found = compare(read_name("西门子科技公司"), read_name("Siemens Technology"))
    assert found.score >= 0.8
    assert "word sounded out" in [reason.feature for reason in found.features]


def test_it_is_found_on_a_list_either_way_round():
    assert search(list_names(["Siemens AG"]), ["西门子"]).scores.tolist() == [0.8602]
    assert search(list_names(["رفائيل"]), ["Rafael"]).scores.tolist() == [0.8602]


WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9))


@given(WORDS)
def test_many_words_have_the_keys_that_each_has_alone(words):
    for system in SYSTEMS:
        alone = [key for word in words for key, _ in system.keys(Latins.among([word]))]
        assert [key for key, _ in system.keys(Latins.among(words))] == alone
