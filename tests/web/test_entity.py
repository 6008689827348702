"""What is known of an entity, as a person reads it."""

import re

import pytest

DAHUA = "/entity/core-zhejiang-dahua"


@pytest.fixture(scope="module")
def dahua(web):
    return web.get(DAHUA).text


def part(page, name):
    """Return one section of a page, without its markup."""
    found = re.search(rf'<section id="{name}".*?</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(0)).split())


def test_it_is_named_in_every_script_that_sources_use(dahua):
    assert "Zhejiang Dahua Technology Co., Ltd.</bdi></h1>" in dahua
    assert '<span lang="zh">浙江大华技术股份有限公司</span>' in dahua


def test_a_listing_is_a_bar_and_a_row_with_its_ground_and_the_reply_beside_it(dahua):
    listings = part(dahua, "listings")
    assert "Entity List from 2019-10-09, end not stated; listed" in listings
    assert "15 CFR 744.11" in listings
    assert "asked the US government to reconsider" in listings
    assert dahua.count('class="bar held"') == 5


def test_its_first_sentence_says_which_lists_cover_it_that_day(web, dahua):
    def lede(page):
        found = re.search(r'<p class="lede">.*?</p>', page, re.DOTALL).group(0)
        return " ".join(re.sub(r"<[^>]+>", "", found).split())

    assert re.match(
        r"5 lists or rules cover it on \d{4}-\d{2}-\d{2}: NDAA FY2019", lede(dahua)
    )
    before = web.get(DAHUA, params={"as_of": "2018-01-01"}).text
    assert lede(before).startswith("Not listed on 2018-01-01")
    amazon = web.get("/entity/core-amazon").text
    assert lede(amazon).startswith("On no list that is held here. That is not clear")


def test_every_claim_leads_to_a_source_that_stands_on_the_page(dahua):
    cited = set(re.findall(r'href="#source-(\d+)"', dahua))
    listed = set(re.findall(r'id="source-(\d+)"', dahua))
    assert cited
    assert cited <= listed


def test_another_name_leads_to_the_page_of_its_bearer(dahua):
    assert 'href="/entity/core-amazon"' in dahua


def test_what_the_law_does_depends_on_who_asks_and_when(web):
    buyer = part(web.get(DAHUA, params={"role": "buyer"}).text, "effects")
    asked = {"role": "exporter", "in": "us", "as_of": "2020-01-01"}
    exporter = part(web.get(DAHUA, params=asked).text, "effects")
    assert "For a buyer" in buyer
    assert "For an exporter in US, on 2020-01-01" in exporter
    assert "Licence needed" in exporter
    assert "Licence needed" not in buyer


def test_before_a_listing_it_was_not_listed(web):
    page = web.get(DAHUA, params={"as_of": "2018-01-01"}).text
    assert "Entity List from 2019-10-09, end not stated; not listed" in part(
        page, "listings"
    )


def test_findings_stand_with_their_meaning(dahua):
    findings = part(dahua, "findings")
    assert "Not shown is not cleared" in findings
    assert "Searches made" in findings


def test_one_on_no_list_is_not_called_clear(web):
    page = web.get("/entity/acme-sub").text
    assert "On no list that is held here. That is not clearance." in page
    assert "“not examined”" in part(page, "findings")


def test_ownership_is_drawn_and_told(web):
    page = web.get("/entity/acme").text
    told = part(page, "ownership")
    assert "Blue Lens GmbH" in told
    assert 'class="ownership" role="img"' in page


def test_an_id_of_before_a_merge_and_a_name_lead_to_the_entity(web):
    for asked in ("hik-again", "Hikvision"):
        answer = web.get(f"/entity/{asked}")
        assert answer.status_code == 307
        assert answer.headers["location"] == "/entity/core-hikvision"


def test_a_permalink_names_the_day_that_was_taken_for_today(web, dahua):
    link = re.search(r'class="permalink" href="([^"]+)"', dahua).group(1)
    again = web.get(link.replace("&amp;", "&"))
    assert "as_of=" in link
    assert again.status_code == 200
    assert part(again.text, "effects") == part(dahua, "effects")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"as_of": "yesterday"}, "is not a day; write it as"),
        ({"role": "spy"}, "is none of buyer"),
        ({"in": "usa"}, "is no jurisdiction"),
    ],
)
def test_a_wrong_field_is_named_with_what_to_write(web, field, said):
    answer = web.get(DAHUA, params=field)
    assert answer.status_code == 400
    assert said in answer.text


def test_nobody_of_that_name_is_an_error_and_no_clearance(web):
    answer = web.get("/entity/nobody-at-all")
    assert answer.status_code == 404
    assert "nobody-at-all" in answer.text
