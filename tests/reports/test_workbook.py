"""Workbooks: text stays text, equal answers are equal files, and nothing is lost."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from standsbehind.reports.workbook import to_workbook
from tests.reports.sample import HOSTILE_NAMES, hostile_answer, sample_answer


def sheet(content, name):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    head, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(head, cells, strict=True)) for cells in rows]


@pytest.fixture(scope="module")
def workbook():
    return to_workbook(sample_answer())


def test_the_sheets_are_results_effects_sources_and_what_was_not_examined(workbook):
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    assert book.sheet_names == ["results", "effects", "sources", "not examined"]


def test_results_are_the_lines_of_the_table(workbook):
    rows = sheet(workbook, "results")
    assert [(r["row"], r["status"]) for r in rows][-2:] == [
        (6, "no_hit_found"),
        (7, "not_examined"),
    ]
    assert rows[0]["name"] == "北光光学有限公司"


def test_effects_stand_once_for_each_entity_and_role(workbook):
    rows = sheet(workbook, "effects")
    first = [r for r in rows if r["entity_id"] == "northlight" and r["role"] == "buyer"]
    assert len(first) == len({(r["provision"], r["program"]) for r in first})
    unverified = [r["unverified"] for r in rows if r["program"] == "us-bis-affiliates"]
    assert all(said.startswith("unverified: By its text") for said in unverified)


def test_sources_give_origin_and_digest(workbook):
    rows = {r["title"]: r for r in sheet(workbook, "sources")}
    assert rows["Reprint of the agency"]["origin"] == "agency-2020-04"
    assert rows["Report S1"]["copy (SHA-256)"] == "not captured"
    assert len(rows["北光光学: a study"]["copy (SHA-256)"]) == 64


def test_what_was_not_examined_has_a_sheet(workbook):
    rows = [(r["what"], r["why"]) for r in sheet(workbook, "not examined")]
    assert ("Read this first", "No hit found is not clear.") in rows
    assert ("Row 7", "no name") in rows
    assert any("my_own_list" in why for _, why in rows)


@pytest.mark.parametrize("name", HOSTILE_NAMES.values(), ids=HOSTILE_NAMES)
def test_no_cell_is_a_formula_or_a_link(name):
    content = to_workbook(hostile_answer(name))
    with ZipFile(BytesIO(content)) as parts:
        sheets = [n for n in parts.namelist() if n.startswith("xl/worksheets/")]
        text = "".join(parts.read(n).decode() for n in sheets)
    assert "<f>" not in text
    assert "hyperlink" not in text
    assert sheet(content, "results")


def test_a_cell_longer_than_excel_allows_is_cut_and_says_so():
    rows = sheet(to_workbook(hostile_answer("x" * 40_000)), "results")
    assert rows[0]["name"].endswith("… (cut: 40,000 characters)")


def test_the_same_answer_gives_the_same_bytes(workbook):
    assert to_workbook(sample_answer()) == workbook
