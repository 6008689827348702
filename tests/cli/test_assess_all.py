"""What `behind assess --all` and `--class` print: everyone under the same elements."""

import csv
import io
from pathlib import Path

import pytest
import yaml

from standsbehind.standards.norms import load_standard

EXPECTED = Path(__file__).parents[1] / "standards" / "cases" / "findings.yml"
NORMS = load_standard().norms


@pytest.fixture
def compared(behind):
    return behind("assess", "--all", "--json").json


def results(firm):
    return {found["norm"]: found["result"] for found in firm["findings"]}


def test_every_firm_and_body_is_found_as_it_was_written_down(compared):
    silent = {norm.id: "not examined" for norm in NORMS}
    expected = {}
    for case in yaml.safe_load(EXPECTED.read_text("utf-8")):
        for entity in case.get("entities", [case.get("entity")]):
            expected[entity] = silent | case.get("expect", {})
    found = {firm["entity"]["id"]: results(firm) for firm in compared["firms"]}
    assert found == expected


def test_everyone_stands_by_name_and_nobody_has_a_score(compared):
    names = [firm["entity"]["caption"].casefold() for firm in compared["firms"]]
    assert names == sorted(names)
    words = {key for firm in compared["firms"] for key in (*firm, *firm["entity"])}
    assert not words & {"score", "rank", "country", "designations"}
    assert "no ranking" in compared["notices"][0]


def test_the_totals_count_every_cell(compared):
    for of_class in compared["classes"]:
        assert sum(of_class["totals"].values()) == len(compared["firms"])
        found = [results(firm)[of_class["norm"]] for firm in compared["firms"]]
        for result, count in of_class["totals"].items():
            assert found.count(result) == count


def test_one_entity_and_all_say_the_same(behind, compared):
    alone = behind("assess", "Clearview AI", "--json").json
    [firm] = [f for f in compared["firms"] if f["entity"]["id"] == "core-clearview"]
    assert results(firm) == results(alone)
    assert firm["searches"] == alone["searches"]
    for one, other in zip(firm["findings"], alone["findings"], strict=True):
        told = {fact["record"] for e in other["elements"] for fact in e["facts"]}
        assert one["records"] == len(told)
        assert one["replies"] == [reply["id"] for reply in other["replies"]]


def test_names_in_their_own_letters_are_told(compared):
    names = {f["entity"]["id"]: f["entity"]["own_names"] for f in compared["firms"]}
    assert names["core-hikvision"][0] == "杭州海康威视数字技术股份有限公司"
    assert names["core-ntechlab"] == ["ООО «НТЕХ ЛАБ»"]
    assert names["core-amazon"] == []


def test_a_table_of_marks_has_a_line_for_each_and_counts_below(behind):
    lines = behind("assess", "--all").out.splitlines()
    [clearview] = [line for line in lines if line.startswith("Clearview")]
    assert clearview.split()[-14:] == [*"??S", "?*", *"??N??????", "2"]
    [unexamined] = [line for line in lines if line.startswith("not examined, count")]
    assert unexamined.split()[3:] == [
        *("111", "119", "119", "121", "120", "121", "113"),
        *("119", "120", "118", "119", "121", "121"),
    ]
    assert any("Not shown is not cleared" in line for line in lines)


def test_of_one_class_it_says_who_was_looked_at_and_who_was_not(behind):
    told = behind("assess", "--class", "C7").out
    [amazon] = [line for line in told.splitlines() if line.startswith("Amazon")]
    assert amazon.split()[2:] == ["answered", *["shown"] * 3, *"4411"]
    assert "0 shown, 1 answered, 7 not shown, 113 not examined" in told
    assert "not examined, nothing looked at, 112 firms and bodies: Alaska" in told


def test_of_one_entity_one_class_may_be_asked(behind):
    found = behind("assess", "Amazon", "--class", "C7", "--json").json["findings"]
    assert [one["norm"] for one in found] == ["C7"]


def test_an_act_after_the_day_is_left_out_of_the_comparison(behind):
    told = behind("assess", "--class", "C7", "--as-of", "2023-12-31", "--json").json
    [totals] = [of_class["totals"] for of_class in told["classes"]]
    assert (totals["answered"], totals["not shown"]) == (0, 8)


def test_the_table_is_csv_with_a_line_for_each_element(behind, compared):
    written = behind("assess", "--all", "--csv").out
    assert written.startswith("\ufeffentity,name,")
    rows = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))
    elements = sum(len(norm.elements) for norm in NORMS)
    assert len(rows) == elements * len(compared["firms"])
    assert {row["result"] for row in rows} == {
        *("shown", "answered", "not shown", "not examined")
    }
    assert not any(cell[0] in "=+-@" for row in rows for cell in row.values() if cell)


def test_a_comparison_can_be_made_again_from_its_receipt(behind, tmp_path):
    receipt = tmp_path / "receipt.json"
    behind("assess", "--all", "--receipt", receipt)
    assert behind("replay", receipt).out == "identical\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param((), "name an entity", id="nothing asked"),
        pytest.param(("Amazon", "--all"), "Amazon and --all", id="one and all"),
        pytest.param(("--class", "C99"), "C99: not a class", id="no such class"),
        pytest.param(("Amazon", "--csv"), "--csv Amazon", id="one is no table"),
        pytest.param(("--all", "--csv", "--json"), "one of them", id="two at once"),
    ],
)
def test_what_cannot_be_answered_is_the_callers_mistake(behind, arguments, said):
    told = behind("assess", *arguments)
    assert told.code == 2
    assert said in told.err
    assert "Traceback" not in told.err


def test_the_page_is_written_where_it_is_wanted(behind, tmp_path):
    for name, asked in (("one", ["Amazon"]), ("all", ["--all"])):
        behind("assess", *asked, "--html", tmp_path / name)
        assert (tmp_path / name).read_text("utf-8").startswith("<!DOCTYPE html>")
