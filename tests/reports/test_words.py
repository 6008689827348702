"""Words: voices, numbers and limits say no more than their source."""

from dataclasses import replace

import pytest

from standsbehind.model.citation import Citation
from standsbehind.model.statement import Status
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.limits import limits
from standsbehind.reports.plain import plain, web_address
from standsbehind.reports.words import listing_in_words, sentence, voice
from tests.reports.sample import (
    AGENCY,
    AS_OF,
    HERON_LISTINGS,
    NORTHLIGHT_LISTINGS,
    OFFICE_LISTINGS,
    REPRINT,
    STUDY,
    SUPPLIED,
    sample_answer,
)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.OFFICIAL, "Official statement, in The Agency; The Morning Paper"),
        (Status.REPORTED, "Reported by The Agency; The Morning Paper"),
        (Status.ALLEGED, "Alleged, according to The Agency; The Morning Paper"),
    ],
)
def test_each_status_has_its_own_voice(status, said):
    assert voice(replace(SUPPLIED, status=status)) == said


def test_a_claim_without_a_citation_names_nobody():
    assert voice(replace(SUPPLIED, citations=())).endswith("a source that is not named")


def test_a_listing_that_ended_is_not_listed():
    assert listing_in_words(OFFICE_LISTINGS[0], AS_OF) == "not listed"
    assert listing_in_words(NORTHLIGHT_LISTINGS[0], AS_OF) == "listed"
    assert listing_in_words(HERON_LISTINGS[0], AS_OF).startswith("exempted")


def test_sources_are_numbered_in_the_order_of_first_mention():
    sources = Bibliography()
    assert sources.cite((STUDY,)) == [1]
    assert sources.cite((REPRINT, STUDY, AGENCY)) == [1, 2, 3]
    assert [entry.same_origin for entry in sources.entries()] == [(), (3,), (2,)]


def test_many_sources_of_one_origin_are_counted_not_listed():
    sources = Bibliography()
    sources.cite(Citation(f"s{n}", "t", "p", f"u{n}", "same") for n in range(40))
    last = list(sources.entries())[-1]
    assert last.same_origin == (1, 2, 3, 4, 5, 6)
    assert last.same_origin_count == 39


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//host/x", "http://", "ftp://host/x",
     "https://host/<b>", "https://host/a b", "https://[bad", "https://host/\u202e", ""],
)  # fmt: skip
def test_only_a_whole_web_address_becomes_a_link(url):
    assert web_address(url) is None


def test_a_web_address_stays_as_it_is():
    assert web_address("https://host.example/a?b=1#c") == "https://host.example/a?b=1#c"


def test_marks_that_belong_to_hebrew_and_arabic_names_are_kept():
    assert plain("\u200fשלום") == "\u200fשלום"


def test_a_sentence_ends_once():
    assert sentence("Acme Inc.") == sentence("Acme Inc") == "Acme Inc."


def test_a_whole_list_has_no_limits_of_its_own():
    answer = sample_answer()
    answer = replace(answer, lists=answer.lists[:1])
    assert "Built-in data" not in {limit.what for limit in limits(answer)}
