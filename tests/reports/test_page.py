"""The page: complete, self-contained, readable, and never saying more than the evidence."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from standsbehind.reports.outline import MOST_CARDS, MOST_QUIET_ROWS
from standsbehind.reports.page import render_page
from tests.reports.sample import (
    AS_OF,
    HOSTILE_NAMES,
    MADE_AT,
    heron_hit,
    hostile_answer,
    northlight_hit,
    row,
    sample_answer,
)


@pytest.fixture(scope="module")
def page():
    return html.fromstring(render_page(sample_answer(), MADE_AT))


def text_of(element):
    return " ".join(element.text_content().split())


def section(page, name):
    return page.get_element_by_id(name)


@pytest.mark.parametrize(
    "sentence",
    [
        "A hit is a lead to examine, not an identity and not a finding.",
        "No hit found is not clear.",
        "Not legal advice. Law as of 2026-11-23.",
        "6 rows screened as of 2026-11-23, for a buyer; an exporter.",
        "snapshot 20261123-0123456789ab",
    ],
)
def test_the_page_says_what_must_stand_on_every_answer(page, sentence):
    assert sentence in text_of(page)


def test_the_head_gives_the_digest_of_the_file(page):
    assert sample_answer().intake.digest in text_of(page.find(".//header"))


def test_nothing_is_fetched_from_outside(page):
    assert not page.xpath("//script | //link | //img | //iframe | //@src | //@style")
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert "url(" not in page.findtext(".//style")


def test_every_link_to_outside_gives_no_referrer(page):
    outside = page.xpath("//a[not(starts-with(@href, '#'))]")
    assert outside
    assert {a.get("rel") for a in outside} == {"noreferrer noopener"}
    assert all(a.get("href").startswith(("http://", "https://")) for a in outside)


def test_every_reference_inside_the_page_arrives(page):
    ids = Counter(page.xpath("//@id"))
    wanted = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert wanted <= ids.keys()
    assert set(ids.values()) == {1}


def test_every_table_can_be_read_aloud(page):
    tables = page.xpath("//table")
    assert all(table.find("caption") is not None for table in tables)
    assert all(th.get("scope") for table in tables for th in table.iter("th"))


def test_landmarks_and_headings_are_in_order(page):
    assert page.get("lang") == "en"
    assert [page.find(f".//{name}") is not None for name in ("main", "nav")] == [
        True
    ] * 2
    assert page.xpath("//body/a[1]/@href") == ["#summary"]
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_chinese_name_is_marked_as_chinese(page):
    assert "北光光学有限公司" in page.xpath("//h3//*[@lang='zh']/text()")


def test_a_link_of_one_origin_says_so_though_two_papers_print_it(page):
    supplied = section(page, "row-2").xpath(".//ul[@class='evidence']/li")[1]
    assert "one origin" in text_of(supplied)
    assert "Reported by The Agency; The Morning Paper" in text_of(supplied)
    assert "Amount as given 1,500 units" in text_of(supplied)


def test_the_reply_stands_beside_the_claim_that_it_answers(page):
    supplied = section(page, "row-2").xpath(".//ul[@class='evidence']/li")[1]
    assert "Northlight said that it follows the law" in text_of(supplied)
    listed = section(page, "row-2").xpath(".//table[contains(@class, 'listings')]")[0]
    assert "Northlight protested against its listing" in text_of(listed)


def test_an_exempted_firm_does_not_read_as_listed(page):
    heron = section(page, "row-5").xpath(".//tr[contains(@class, 'exempted')]")[0]
    assert "exempted: named as not covered" in text_of(heron)
    assert "listed" not in text_of(heron.xpath(".//*[@class='status']")[0])


def test_the_summary_tells_an_exemption_from_a_listing(page):
    lines = section(page, "summary").xpath(".//tbody/tr")
    assert "FCC Covered List (exempted: named as not covered)" in text_of(lines[3])
    assert "On no list searched. 2 subjects or more named on lists" in text_of(lines[2])


def test_an_unverified_effect_says_why(page):
    effects = section(page, "row-2").xpath(".//table[contains(@class, 'effects')]")[1]
    assert "Unverified: By its text the Affiliates Rule is back in force" in text_of(
        effects
    )
    assert "whether it is in force is not verified" in text_of(effects)


def test_a_program_without_a_rule_is_not_examined(page):
    effects = section(page, "row-2").xpath(".//table[contains(@class, 'effects')]")[0]
    assert "Not examined, which is not the same as permitted" in text_of(effects)
    assert "xx-invented-list" in text_of(section(page, "limits"))


def test_a_buyer_reads_first_that_buying_is_not_prohibited(page):
    effects = section(page, "row-2").xpath(".//table[contains(@class, 'effects')]")[0]
    first = effects.xpath("./tbody")[0]
    assert "Read first" in text_of(first)
    assert "Buying from a firm on the Entity List is not prohibited" in text_of(first)


def test_a_path_is_drawn_and_told_as_a_table(page):
    near = section(page, "row-4").xpath(".//div[@class='path-to']")[1]
    drawn, told = near.find(".//svg"), near.xpath(".//table")[0]
    assert "weakest: reported, one origin" in text_of(drawn)
    assert "Weakest: hop 1" in text_of(told.find("caption"))
    assert [text_of(cell) for cell in told.xpath("./tbody/tr[1]/*")][1:4] == [
        "Northlight Optics Co., Ltd.",
        "supplied",
        "Harbour Door Cameras Inc.",
    ]


def test_no_effect_is_stated_for_a_name_on_no_list(page):
    assert "No effect is stated" in text_of(section(page, "row-4"))
    assert "That is not clearance" in text_of(section(page, "row-4"))


def test_an_entity_is_set_out_once_and_referred_to_after(page):
    again = section(page, "row-3")
    assert not again.xpath(".//table[contains(@class, 'listings')]")
    assert again.xpath(".//a[@href='#row-2']")


def test_sources_name_their_origin_and_their_copy(page):
    sources = text_of(section(page, "sources"))
    assert "agency-2020-04; one origin with [" in sources
    assert "not captured" in sources
    assert "“cameras were delivered to the office”" in sources


def test_an_address_that_is_no_web_address_is_printed_not_linked(page):
    assert "javascript:alert(1)" in text_of(section(page, "lists"))
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")


def test_what_is_wrong_with_a_list_stands_beside_it(page):
    told = text_of(section(page, "lists"))
    assert "read in part. Missing: part 2 of 3." in told
    assert "An older copy was searched." in told
    assert "The reading of this list is unproven" in told


def test_rows_not_examined_come_with_their_reason(page):
    assert "7 no name Country: DE" in text_of(section(page, "limits"))
    assert "my_own_list" in text_of(section(page, "limits"))


@pytest.mark.parametrize("name", HOSTILE_NAMES.values(), ids=HOSTILE_NAMES)
def test_hostile_text_is_printed_and_never_obeyed(name):
    made = render_page(hostile_answer(name), MADE_AT)
    read = html.document_fromstring(made.encode("utf-8").decode())
    assert not read.xpath(
        "//script | //@onerror | //a[starts-with(@href, 'javascript')]"
    )
    assert not set(made) & set("\x00\x07\x1b\u202e\r")


def test_a_long_name_is_cut_and_says_so():
    made = render_page(hostile_answer(HOSTILE_NAMES["very long"]), MADE_AT)
    assert "(10,000 characters)" in made


def test_rows_without_a_hit_are_counted_beyond_the_limit():
    quiet = [row(n, f"Vendor {n}") for n in range(2, MOST_QUIET_ROWS + 12)]
    made = html.fromstring(render_page(sample_answer(quiet), MADE_AT))
    assert len(section(made, "quiet").xpath(".//tbody/tr")) == MOST_QUIET_ROWS
    assert "the other 10 are counted here" in text_of(section(made, "quiet"))
    assert not made.xpath("//*[@id='summary']//table/tbody/tr")


def test_hits_beyond_the_limit_of_cards_stay_in_the_summary():
    hits = [row(n, f"Vendor {n}", heron_hit()) for n in range(2, MOST_CARDS + 5)]
    made = html.fromstring(render_page(sample_answer(hits), MADE_AT))
    assert len(made.find_class("card")) == MOST_CARDS
    assert len(section(made, "summary").xpath(".//tbody/tr")) == MOST_CARDS + 3
    assert "The other 3 stand in the summary" in text_of(section(made, "hits"))


def test_the_same_answer_gives_the_same_page():
    pages = {render_page(sample_answer(), MADE_AT) for _ in range(2)}
    assert len(pages) == 1


def test_an_answer_without_hits_has_no_cards():
    made = html.fromstring(render_page(sample_answer([row(2, "Bakery")]), MADE_AT))
    assert not made.xpath("//*[@id='hits']")
    assert "1 row without a hit" in text_of(section(made, "quiet"))


def test_the_jurisdiction_asked_for_is_named():
    answer = sample_answer([row(2, "Northlight", northlight_hit(("deployer",)))])
    position = replace(answer.position, roles=("deployer",), jurisdiction="nl")
    made = html.fromstring(render_page(replace(answer, position=position), MADE_AT))
    assert f"For a deployer in NL, on {AS_OF}" in text_of(made)
