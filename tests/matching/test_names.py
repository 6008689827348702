"""Names are read the same whichever way they take."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.names import fold, read_name, read_once


@given(st.text(st.characters(codec="ascii"), max_size=40))
def test_a_plain_name_folds_as_one_with_an_accent_does(text):
    # The accent takes the long way, which decomposes letters and drops what has no shape.
    long_way = fold(text + " é")
    assert f"{fold(text)} e".strip() == long_way


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_a_composed_name_and_a_decomposed_one_are_one(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(
        unicodedata.normalize("NFD", text)
    )


@given(st.text(max_size=40))
def test_what_is_remembered_is_what_was_read(text):
    assert read_name(text) == read_once(text)
