"""A share is read in exactly the bounds in which a source states it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.model.share import NOT_STATED, read_share


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("51", "51"),
        ("51%", "51"),
        ("33,3 %", "33.3"),
        ("25-50 %", "25-50"),
        ("25 – 50 per cent", "25-50"),
        ("38.88%-41.55%", "38.88-41.55"),
        (">25-50", ">25-50"),
        ("25-<50", "25-<50"),
        (">=25", ">=25"),
        ("<50", "<50"),
        ("75 % or more", ">=75"),
        ("at least 10 %", ">=10"),
        ("up to 50 %", "<=50"),
        ("more than 50% but less than 75%", ">50-<75"),
        ("between 25% and 50%", "25-50"),
        ("ownership-of-shares-25-to-50-percent", ">25-50"),
        ("voting-rights-50-to-75-percent-as-trust", ">50-<75"),
        ("majority", ">50"),
        ("Wholly owned", "100"),
        ("0", "0"),
        ("", ""),
    ],
)
def test_a_text_is_read_as_it_is_meant(text, figure):
    assert read_share(text).figure == figure


@pytest.mark.parametrize(
    "text",
    [
        "120 %",
        "-5",
        "50-25",
        ">50-50",
        "about 30 %",
        "a third",
        "30 % of votes",
        "60 60",
    ],
)
def test_a_text_that_states_no_possible_share_is_not_read(text):
    assert read_share(text) is None


def test_nothing_stated_is_not_nothing_held():
    assert read_share("") == NOT_STATED
    assert read_share("0") != NOT_STATED


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    share = read_share(text)
    assert share is None or share.is_possible


@given(st.integers(0, 100), st.integers(0, 100), st.booleans(), st.booleans())
def test_what_is_written_for_machines_is_read_back(a, b, up, down):
    text = f"{'>' if up else ''}{a}-{'<' if down else ''}{b}"
    share = read_share(text)
    if share is not None:
        assert read_share(share.figure) == share
