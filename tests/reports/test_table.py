"""Tables: one line for each hit, safe in every program that opens them."""

import csv
from io import StringIO
from itertools import islice

import pytest

from standsbehind.reports.lines import COLUMNS
from standsbehind.reports.table import csv_lines, to_csv, to_markdown
from tests.reports.sample import (
    HOSTILE_NAMES,
    harbour_hit,
    hostile_answer,
    northlight_hit,
    row,
    sample_answer,
)


def read(text):
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_each_hit_is_a_line_and_so_is_each_row_without_one():
    two = row(2, "Two", northlight_hit(), harbour_hit())
    found = read(to_csv(sample_answer([two, row(3, "Bakery")])))
    assert [(line["row"], line["status"]) for line in found] == [
        ("2", "hit"),
        ("2", "hit"),
        ("3", "no_hit_found"),
        ("7", "not_examined"),
    ]


def test_the_columns_are_the_promised_ones():
    head = to_csv(sample_answer()).removeprefix("\ufeff").splitlines()[0]
    assert head == (
        "row,name,status,entity_id,entity,schema,score,kind,matched,lists,programs,"
        "effects,paths,sources,note,judgements,countries,other_names,identifiers"
    )
    assert head.split(",") == list(COLUMNS)


def test_a_hit_says_what_lists_it_and_what_that_does():
    line = read(to_csv(sample_answer()))[0]
    assert line["lists"] == "Entity List; xx-invented-list; FCC Covered List"
    assert "exporter: licence by us-bis-entity-list, " in line["effects"]
    assert "licence by us-bis-affiliates (unverified)" in line["effects"]
    assert "licence by eu-dual-use-5 (on a condition)" in line["effects"]


def test_an_exempted_name_is_on_no_list():
    line = read(to_csv(sample_answer()))[3]
    assert line["lists"] == ""
    assert (
        line["programs"]
        == "us-fcc-covered-list (exempted, from 2019-10-09, end not stated)"
    )


def test_a_path_is_told_with_the_grade_of_each_hop():
    line = read(to_csv(sample_answer()))[2]
    assert line["paths"].endswith(
        "Harbour Door Cameras Inc. <- supplied (reported, one origin) - Northlight Optics "
        "Co., Ltd. - built for (reported, 2 origins) -> Eastern Plain Public Security Office"
    )
    assert "https://paper.example/S1" in line["sources"]
    assert line["note"].endswith("More listed subjects stand near than are shown.")


def test_excel_is_told_that_the_text_is_unicode():
    assert to_csv(sample_answer()).startswith("\ufeffrow,")
    assert "北光光学有限公司" in to_csv(sample_answer())


def test_lines_are_made_only_when_asked_for():
    endless = sample_answer([row(n, f"Vendor {n}") for n in range(2, 10)])
    assert len(list(islice(csv_lines(endless), 3))) == 3


@pytest.mark.parametrize("name", HOSTILE_NAMES.values(), ids=HOSTILE_NAMES)
def test_no_cell_of_a_csv_is_a_formula(name):
    text = to_csv(hostile_answer(name)).encode("utf-8").decode()
    cells = [cell for line in read(text) for cell in line.values()]
    assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in cells)
    assert "\x00" not in text


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", " =", "＝", "＠"])
def test_a_cell_that_would_compute_gets_an_apostrophe(first):
    line = read(to_csv(sample_answer([row(2, f"{first}1+1")])))[0]
    assert line["name"].startswith("'")


def test_the_text_of_a_formula_is_kept():
    line = read(to_csv(hostile_answer("=cmd|' /C calc'!A0")))[0]
    assert line["name"] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize("name", HOSTILE_NAMES.values(), ids=HOSTILE_NAMES)
def test_no_cell_of_a_markdown_table_breaks_out(name):
    text = to_markdown(hostile_answer(name)).encode("utf-8").decode()
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 5
    assert {line.replace("\\|", "").count("|") for line in rows} == {10}
    assert "<script" not in text
    assert "[x](" not in text


def test_markdown_says_what_was_not_looked_at():
    text = to_markdown(sample_answer())
    assert "No hit found is not clear." in text
    assert "6 rows: 4 with a hit, 1 no hit found, 1 not examined" in text
    assert "my\\_own\\_list" in text
    assert "| 7 |  | not examined |" in text
    assert (
        "The Agency, 2020-04-29 <https://paper.example/S1> (origin: agency-2020-04)"
        in text
    )
