"""What lies around every page: language, permalink, headers, errors, files kept for long."""

import re

import pytest

from standsbehind.web.languages import languages
from standsbehind.web.setting import page_environment
from tests.web.seeing import PAGES


@pytest.mark.parametrize("path", PAGES)
def test_each_page_names_its_snapshot_and_gives_no_legal_advice(web, path):
    page = web.get(path).text
    snapshot = web.get(path).headers["x-snapshot"]
    assert f"snapshot={snapshot}" in page
    assert "not legal advice" in page.lower()


def test_a_permalink_goes_on_answering_from_its_snapshot(web, site_home):
    from standsbehind.store import snapshot

    first, last = (one.id for one in snapshot.history(site_home.snapshots))
    old, new = (web.get(f"/sources?snapshot={one}").text for one in (first, last))
    assert "1 source is held" in old
    assert "2 sources are held" in new
    assert f"earlier snapshot {first}" in old
    told = web.get(f"/sources?snapshot={first}").headers.get_list("x-snapshot")
    assert told == [first]
    assert f"/sources?snapshot={first}" in old  # links stay in it


def test_a_snapshot_that_is_not_kept_is_said_in_words(web):
    answer = web.get("/?snapshot=20200101-000000000000")
    assert answer.status_code == 404
    assert "20200101-000000000000 is not kept on this server" in answer.text
    assert "snapshots" not in answer.text  # nor where the data lies


def test_nothing_may_come_from_elsewhere_or_run_in_the_page(web):
    answer = web.get("/")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "<script" not in answer.text
    assert " style=" not in answer.text


def test_files_are_kept_for_a_year_under_their_digest(web):
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', web.get("/").text)
    assert len(sheets) == 2
    for sheet in sheets:
        answer = web.get(sheet)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert web.get("/static/report.css").status_code == 404


def test_a_page_that_is_the_same_is_not_sent_again(web):
    mark = web.get("/sources").headers["etag"]
    again = web.get("/sources", headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")


def test_people_get_errors_as_pages_and_programs_as_before(web):
    assert "<h1>Not found</h1>" in web.get("/nowhere").text
    told = web.get("/nowhere", headers={"accept": "application/json"})
    assert told.json() == {"detail": "Not Found"}


HOSTILE = (
    "/entity/%FF%00",
    "/entity/" + "a" * 5_000,
    "/entity/../../etc/passwd",
    "/?snapshot=../../snapshots",
    "/?snapshot=%00",
    "/?lang=../../../secret",
    "/search?q=" + "%F0%9F%92%A9" * 2_000,
    "/search?q=%00%1F&offset=-1",
    "/search?schema=%3Cscript%3E",
    "/compare?before=%00&after=%FF",
    "/compare?offset=99999999999999999999",
    "/standards?class=%22%3E%3Cscript%3E&as_of=0000-00-00",
    "/standards/parity?as_of=9999-12-31",
    "/standards/parity?as_of=0001-01-01",
    "/entity/core-zhejiang-dahua?as_of=0001-01-01",
    "/entity/core-zhejiang-dahua?as_of=9999-12-31",
    "/static/..%2f..%2fsetting.py",
)


@pytest.mark.parametrize("path", HOSTILE)
def test_no_address_makes_the_server_fail(web, path):
    answer = web.get(path, follow_redirects=True)
    assert answer.status_code < 500
    assert "<script" not in answer.text


def test_a_draft_is_called_one_and_links_keep_the_language(web):
    page = web.get("/sources?lang=zh").text
    assert '<html lang="zh"' in page
    assert "草稿" in page
    assert 'href="/?lang=zh"' in page


def messages():
    """Return what the templates of the pages say, as keys of the catalogs."""
    from jinja2.ext import extract_from_ast

    environment = page_environment()
    loader = environment.loader.loaders[0]
    said = set()
    for name in loader.list_templates():
        tree = environment.parse(loader.get_source(environment, name)[0])
        for _, _, message in extract_from_ast(tree, ("_", "ngettext")):
            said.update([message] if isinstance(message, str) else message)
    return said - {None}


def test_no_catalog_translates_what_no_page_says():
    from standsbehind.reports.words import NOTICES, ROLES

    known = messages() | {*NOTICES, *ROLES.values()}
    for language in languages().values():
        assert set(language.messages) <= known


def test_the_drafts_say_all_that_the_pages_say():
    drafts = [one for one in languages().values() if one.is_draft]
    assert [one.code for one in drafts] == ["tr", "zh"]
    for draft in drafts:
        assert messages() <= set(draft.messages), draft.code


def test_a_translation_fills_in_what_its_message_does():
    named = re.compile(r"%\((\w+)\)")
    for language in languages().values():
        for message, said in language.messages.items():
            assert set(named.findall(message)) == set(named.findall(said)), message
