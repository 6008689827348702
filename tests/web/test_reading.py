"""Search, sources, standards and changes, as a person reads them."""

import re

from standsbehind.publishing.status import remember


def links(page, below):
    return re.findall(rf'href="({re.escape(below)}[^"]*)"', page)


def test_a_name_is_found_in_its_own_script(web):
    page = web.get("/search", params={"q": "浙江大华"}).text
    assert links(page, "/entity/")[0] == "/entity/core-zhejiang-dahua"


def test_counts_narrow_a_search_down_and_can_be_taken_away(web):
    page = web.get("/search?q=dahua").text
    narrow = next(x for x in links(page, "/search") if "countries=cn" in x)
    narrowed = web.get(narrow.replace("&amp;", "&")).text
    assert "8 entities found" in page
    assert "2 entities found" in narrowed
    assert "/search?q=dahua" in links(narrowed, "/search")


def test_a_long_result_goes_on_on_further_pages(web):
    first = web.get("/search?schema=Company").text
    (onward,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = web.get(onward.replace("&amp;", "&")).text
    assert not set(links(first, "/entity/")) & set(links(second, "/entity/"))


def test_nothing_found_is_not_called_clear(web):
    page = web.get("/search?q=zzzzqqqq").text
    assert "0 entities found" in page
    assert "No hit found is not clear." in page


def test_text_that_is_markup_stays_text(web):
    page = web.get("/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>" not in page


def test_the_first_page_shows_the_chain_with_its_weakest_hop(web):
    page = web.get("/").text
    chain = re.search(r'<svg [^>]*class="path".*?</svg>', page, re.DOTALL).group(0)
    for name in ("Amazon.com", "Dahua", "Xinjiang"):
        assert name in chain
    assert "stroke-dasharray" in chain
    assert "the weakest hop" in page


def test_sources_not_held_are_named_as_not_looked_at(web):
    page = web.get("/sources").text
    held, missing = page.split("Not held: nothing of these was looked at")
    assert 'id="source-core"' in held
    assert "us_bis_entity_list" in missing


def test_a_source_whose_last_pull_failed_is_called_stale(web, site_home):
    remember(site_home, "core", {"failed": "the server did not answer"})
    page = web.get("/sources").text
    remember(site_home, "core", {"failed": None})
    assert 'Stale</strong>: <bdi dir="auto">the server did not answer' in page


def test_the_standard_leads_from_a_cell_to_its_grounds(web):
    page = web.get("/standards").text
    cell = next(x for x in links(page, "/entity/core-zhejiang-dahua") if "#" in x)
    address, _, place = cell.partition("#")
    assert f'id="{place}"' in web.get(address).text


def test_a_class_is_shown_with_the_texts_that_it_rests_on(web):
    page = web.get("/standards?class=C1").text
    assert "Sorts people by protected characteristic" in page
    assert "The class rests on" in page
    assert web.get("/standards?class=C99").status_code == 404


def test_who_is_listed_by_home_is_counted_among_the_alike(web):
    page = web.get("/standards/parity?as_of=2026-11-23").text
    assert "Exact 95 % interval" in page
    assert "What else differs, beside the conduct" in page
    assert 'class="plots"' in page


def test_the_proof_of_neutrality_is_made_when_it_is_asked_for(web):
    assert "The certificate holds" not in web.get("/standards/neutrality").text
    page = web.get("/standards/neutrality?runs=1").text
    assert "The certificate holds" in page
    assert "behind neutrality --runs 1 --seed 1" in page
    assert web.get("/standards/neutrality?runs=21").status_code == 400


def test_what_came_between_two_snapshots_is_told_with_its_statements(web):
    page = web.get("/compare").text
    assert "Acme Optics Ltd" in page
    assert "Registration number" in page
    days = web.get("/compare?before=2026-11-23&after=2026-11-24").text
    assert "Acme Optics Ltd" in days


def test_a_snapshot_and_itself_do_not_differ(web):
    this = web.get("/").headers["x-snapshot"]
    page = web.get(f"/compare?before={this}&after={this}").text
    assert "Nothing that the sources say differs." in page


def test_a_snapshot_that_is_not_kept_cannot_be_compared(web):
    answer = web.get("/compare?before=2001-01-01")
    assert answer.status_code == 404
    assert "2001-01-01: no snapshot of that id or day is kept here" in answer.text


def test_a_page_of_what_was_known_keeps_the_day_in_its_links_and_permalink(web):
    page = web.get("/entity/core-hikvision?known_on=2026-11-23&as_of=2026-11-24")
    assert page.headers["x-known-on"] == "2026-11-23T00:00:00Z"
    assert "You are reading what was known by 2026-11-23." in page.text
    (permalink,) = re.findall(r'class="permalink" href="([^"]+)"', page.text)
    assert "known_on=2026-11-23" in permalink
    assert "snapshot=" not in permalink
    assert web.get(permalink.replace("&amp;", "&")).status_code == 200
    others = [one for one in links(page.text, "/entity/") if "hikvision" not in one]
    assert others
    assert all("known_on=2026-11-23" in one for one in others)


def test_what_came_later_is_not_on_a_page_of_the_day_before(web):
    assert web.get("/entity/acme").status_code == 200
    assert web.get("/entity/acme?known_on=2026-11-23").status_code == 404


def test_a_trace_asks_for_the_day_on_which_it_was_known(web):
    params = {"from": "core-amazon", "to": "core-pl-xinjiang", "known_on": "2026-11-23"}
    page = web.get("/trace", params=params).text
    assert 'name="known_on" type="date" value="2026-11-23"' in page
    assert page.count('name="known_on"') == 1
    assert 'name="snapshot"' not in page


def test_a_day_that_is_none_is_refused_on_a_page(web):
    for day, status in (("soon", 422), ("2020-01-01", 400), ("2999-01-01", 400)):
        page = web.get(f"/trace?known_on={day}")
        assert page.status_code == status
        assert page.headers["content-type"].startswith("text/html")
