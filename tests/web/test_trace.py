"""The page of a trace: what it says of how far the search went, and of what each hop rests on."""

import re

import pytest

LOREX_TO_XINJIANG = "/trace?from=core-lorex&to=core-pl-xinjiang"


def shown(web, path):
    answer = web.get(path)
    assert answer.status_code == 200
    return answer.text


def test_a_cut_search_says_so_before_its_paths_and_where(web):
    page = shown(web, f"{LOREX_TO_XINJIANG}&limit=3")
    assert page.index("<b>CUT</b>") < page.index('id="paths"')
    assert "there are more than the 3 asked for" in page
    assert "--limit" not in page
    assert "limit=12" in page  # the way to more


def test_a_search_that_looked_at_all_says_complete(web):
    page = shown(web, f"{LOREX_TO_XINJIANG}&max_hops=2")
    assert "<b>COMPLETE</b>" in page
    assert "Cut at" not in page


def test_an_end_that_is_not_in_the_data_is_no_error_and_no_path(web):
    page = shown(web, "/trace?from=Nobody+Bears+This&to=core-pl-xinjiang")
    assert "<b>NOT KNOWN</b>" in page
    assert "nothing can be said" in page
    assert "COMPLETE" not in page


def test_each_hop_opens_on_its_words_source_date_and_origin(web):
    page = shown(web, "/trace?from=core-lorex&to=core-dahua&max_hops=1")
    (drawer, *_) = re.findall(r'<details class="drawer">.*?</details>', page, re.DOTALL)
    assert "one origin" in drawer
    assert "Origin: " in drawer
    assert "texas-ag-lorex" in drawer
    assert re.search(r"\d{4}-\d{2}-\d{2}", drawer)


def test_the_picture_and_the_tables_tell_the_same_paths(web):
    page = shown(web, f"{LOREX_TO_XINJIANG}&max_hops=3")
    assert page.count("<table") == page.count('class="path-to"')
    drawn = page[page.index('id="picture"') : page.index("</figure>")]
    for name in ("Zhejiang Dahua", "Xinjiang Uyghur"):
        assert name in drawn
        assert page.count(name) > drawn.count(name)


def test_the_permalink_answers_the_same_from_its_snapshot(web):
    page = shown(web, f"{LOREX_TO_XINJIANG}&as_of=2021-01-01")
    link = re.search(r'class="permalink" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "snapshot=" in link
    assert "as_of=2021-01-01" in link
    paths = re.compile(r'<section id="paths".*</section>', re.DOTALL)
    again = shown(web, link)
    assert len(re.findall('class="path-to"', paths.search(again)[0])) == len(
        re.findall('class="path-to"', paths.search(page)[0])
    )


def test_a_name_of_several_offers_each_alone(web):
    page = shown(web, "/trace?from=SenseTime&to=core-pl-xinjiang&max_hops=2")
    (offer,) = re.findall(r"“SenseTime” may mean several.*?</p>", page, re.DOTALL)
    assert len(re.findall(r'href="/trace\?[^"]*from=[^"]+"', offer)) >= 2


@pytest.mark.parametrize(
    "wrong",
    ["max_hops=many", "direction=up", "min_voice=loud", "as_of=tomorrow", "limit=9999"],
)
def test_a_filter_that_cannot_be_is_named(web, wrong):
    answer = web.get(f"{LOREX_TO_XINJIANG}&{wrong}")
    assert answer.status_code == 400
    assert wrong.split("=")[1] in answer.text


def test_a_filter_that_is_set_stays_open_and_is_kept(web):
    page = shown(web, f"{LOREX_TO_XINJIANG}&min_voice=reported&types=Ownership")
    assert '<details class="filters" open>' in page
    assert '<option value="reported" selected>' in page
    assert 'value="Ownership" checked' in page
