"""Pages of findings: all that was looked at stands on them, and every link leads somewhere."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from standsbehind.cases.assess import assess
from standsbehind.cases.compared import compare
from standsbehind.reports.assessed import render_comparison, render_findings
from standsbehind.standards.norms import load_standard
from tests.reports.sample import MADE_AT

STANDARD = load_standard()


@pytest.fixture(scope="module")
def all_of_them(built_in_reader):
    found = compare(built_in_reader, STANDARD, STANDARD.norms)
    return render_comparison(found, built_in_reader, None, MADE_AT)


@pytest.fixture(scope="module")
def of_one(built_in_reader):
    def page(subject):
        found = assess(built_in_reader, [subject], STANDARD, STANDARD.norms)
        return render_findings(found, built_in_reader, None, MADE_AT)

    return page


class Read(HTMLParser):
    """The text, the ids and the links of a page."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.links, self.words = [], [], []
        self._is_style = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._is_style = tag == "style"
        if tag not in {"b", "bdi", "span", "a", "code", "i"}:
            self.words.append(" ")
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.append(given["href"])

    def handle_endtag(self, tag):
        self._is_style = self._is_style and tag != "style"

    def handle_data(self, data):
        if not self._is_style:
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


def test_every_link_within_the_page_leads_to_one_place(all_of_them, of_one):
    for page in (all_of_them, of_one("core-amazon"), of_one("core-axis")):
        read = Read(page)
        assert len(read.ids) == len(set(read.ids))
        within = {link[1:] for link in read.links if link.startswith("#")}
        assert within <= set(read.ids)


def test_a_page_holds_no_script_and_fetches_nothing(all_of_them, of_one):
    for page in (all_of_them, of_one("core-amazon")):
        assert "<script" not in page
        assert not re.search(r"\bsrc=|@import|url\(|<link\b", page)


def test_a_denial_stands_beside_what_it_denies(of_one):
    said = Read(of_one("core-amazon")).text
    start = said.index("C7 Commitment made", said.index("Findings, with their grounds"))
    c7 = said[start : said.index("C9 Buys or funds", start)]
    assert "answered 4 records, 4 independent origins, 1 search, 1 reply" in c7
    assert "Reply of Amazon.com, Inc., 2024-01-26 Amazon said that the moratorium" in c7
    assert "not enough one origin, as told by The Verge." in c7
    assert "Read so because: The notice of 2020 spoke of police use" in c7
    assert "scale 1 of 3 scope 2 of 3 irremediability 1 of 3" in c7
    assert "it is no threshold" in c7


def test_what_was_not_found_is_said_as_loudly(of_one):
    said = Read(of_one("core-raytheon")).text
    assert "collection: Searched 2026-11-23; no claim on it is held." in said
    assert "Of 12 classes nothing was looked at" in said
    assert (
        "C1 Sorts people by protected characteristic Not searched: capability" in said
    )
    said = Read(of_one("core-zhejiang-dahua")).text
    assert "what is held falls short of one primary source or two independent" in said


def test_a_record_that_ties_is_named(of_one):
    assert "one origin, tied to the subject by core-R110" in of_one("core-ntechlab")


def test_a_name_in_other_letters_is_marked_as_its_language(all_of_them):
    assert '<span lang="zh">杭州海康威视数字技术股份有限公司</span>' in all_of_them


def test_each_cell_says_its_result_in_words_and_leads_to_its_grounds(all_of_them):
    start = all_of_them.index('<tr>\n    <th scope="row" id="row-core-clearview">')
    row = all_of_them[start : all_of_them.index("</tr>", start)]
    cells = re.findall(r'<td data-label="C.*?</td>', row, re.DOTALL)
    assert len(cells) == len(STANDARD.norms)
    for cell, norm in zip(cells, STANDARD.norms, strict=True):
        said = Read(cell).text
        assert re.match("shown|not shown|not examined|answered", said)
        is_link = f'href="#core-clearview-{norm.id}"' in cell
        assert is_link == (norm.id in {"C3", "C4", "C7"})
    told = "shown collection: shown, no-basis: shown, searchable: shown"
    assert told in Read(row).text


def test_the_table_counts_the_unexamined_beside_the_rest(all_of_them):
    said = Read(all_of_them).text
    assert "1 shown 1 answered 29 not shown 1,542 not examined" in said


def test_a_page_on_one_class_has_a_column_for_each_element(built_in_reader):
    found = compare(built_in_reader, STANDARD, [STANDARD.norm("C3")])
    page = render_comparison(found, built_in_reader, None, MADE_AT)
    said = Read(page).text
    assert "Name Result collection no-basis searchable Records Origins" in said
    assert "Clearview AI, Inc. shown shown shown shown 5 " in said


def test_the_same_answer_gives_the_same_page(built_in_reader, all_of_them):
    found = compare(built_in_reader, STANDARD, STANDARD.norms)
    assert render_comparison(found, built_in_reader, None, MADE_AT) == all_of_them


def test_elements_that_are_shown_apart_are_said_not_to_meet(built_in_reader):
    [found] = assess(built_in_reader, ["core-amazon"], STANDARD, [STANDARD.norm("C7")])
    [answered] = found.findings
    apart = replace(answered, result="not shown", proof=(), is_apart=True)
    page = render_findings(
        [replace(found, findings=(apart,))], built_in_reader, None, MADE_AT
    )
    said = Read(page).text
    assert "Each element is shown, but not of one matter" in said
    assert "What we did not find Facts of all elements on one matter" in said
