"""The package as a notebook uses it: tables in, tables out, nothing imported unasked."""

import subprocess
import sys

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import standsbehind as sb
from standsbehind.errors import UsageError
from standsbehind.publishing.home import Home

ROWS = [
    {"Vendor": "Dahua Technology", "Country": "CN", "No": 7},
    {"Vendor": None, "Country": "CN", "No": None},
    {"Vendor": "Corner Bakery", "Country": "DE", "No": 9},
]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return sb.open(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def screening(data):
    return data.screen(ROWS)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(pl.DataFrame(ROWS), id="polars"),
        pytest.param(pd.DataFrame(ROWS, index=["a", "b", "c"]), id="pandas"),
        pytest.param(pa.Table.from_pylist(ROWS), id="arrow"),
        pytest.param(iter(ROWS), id="rows"),
    ],
)
def test_a_table_is_screened_whatever_holds_it(data, screening, table):
    assert data.screen(table).to_arrow().equals(screening.to_arrow())


def test_each_row_is_a_hit_no_hit_found_or_not_examined(screening):
    found = screening.to_polars().group_by("row", maintain_order=True).first()
    assert found.select("row", "status").rows() == [
        (1, "hit"),
        (3, "no_hit_found"),
        (2, "not_examined"),
    ]


def test_the_frames_hold_the_same(screening):
    polars, pandas = screening.to_polars(), screening.to_pandas()
    assert pl.DataFrame(screening).equals(polars)
    assert polars["row"].to_list() == pandas["row"].to_list()
    assert polars["entity_id"].null_count() == pandas["entity_id"].isna().sum() == 2
    assert polars["score"][0] == pandas["score"][0] == 1.0


def test_a_file_and_names_are_screened_too(data, tmp_path):
    file = tmp_path / "vendors.csv"
    file.write_text("Vendor\nDahua Technology\n", "utf-8")
    by_file, by_name = data.screen(file), data.screen(["Dahua Technology"])
    assert (
        by_file.to_polars()["row"][0] == 2
    )  # as the command counts: the header is row 1
    assert by_name.to_polars()["entity_id"][0] == by_file.to_polars()["entity_id"][0]


def test_a_notebook_shows_the_lines_and_that_silence_is_not_clearance(data):
    shown = data.screen(["<b>Dahua</b> Technology", "Bakery"])._repr_html_()
    assert "No hit found is not clear." in shown
    assert "<b>" not in shown
    assert "<td>no hit found</td>" in shown


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        ("match", {"name": "Dahua", "country": "cn"}),
        ("show", {"entity": "core-lorex"}),
        ("trace", {"source": "core-amazon", "target": "core-pl-xinjiang"}),
        ("effects", {"entity": "Dahua", "roles": ["exporter"], "jurisdiction": "us"}),
        ("owners", {"entity": "core-lorex", "as_of": "2026-11-23"}),
    ],
)
def test_a_question_is_answered_with_document_text_and_receipt(data, verb, asked):
    found = getattr(data, verb)(**asked)
    assert found["snapshot"] == data.snapshot == found.receipt["snapshot"]
    assert found.text.strip()
    assert "not a finding" in found._repr_html_()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (7, "int: not a table"),
        ({"name": "Dahua"}, "dict: not a table"),
        ([], "no row"),
        ([7], "row 1: int is neither a name nor fields"),
        (pl.Series(["Dahua"]), "not a table of columns"),
        (pa.table([["x"], ["y"]], names=["name", "name"]), "two columns of that name"),
    ],
)
def test_what_is_no_table_is_refused(data, table, said):
    with pytest.raises(UsageError, match=said):
        data.screen(table)


def test_a_term_that_does_not_exist_is_refused(data):
    with pytest.raises(UsageError, match="no such term"):
        data.trace("core-amazon", "core-lorex", hops=3)
    with pytest.raises(UsageError, match="roles are a list out of buyer"):
        data.effects("core-lorex", roles="buyer")
    with pytest.raises(UsageError, match="roles are a list out of buyer"):
        data.screen(["Dahua"], roles=[])
    with pytest.raises(UsageError, match="least score of a hit"):
        data.screen(["Dahua"], threshold=70)
    with pytest.raises(UsageError, match="is not a day"):
        data.effects("core-lorex", as_of="yesterday")


def test_a_number_is_screened_without_the_point_that_a_frame_gives_it(data):
    frame = pd.DataFrame(
        {"Vendor": ["Dahua", None], "Registration number": [7.0, None]}
    )
    (row,) = data.screen(frame).answer.rows
    assert row.result.query.identifiers == (("registration", "7"),)


def test_what_is_opened_stays_and_current_moves_on(tmp_path):
    data = sb.open(tmp_path)
    assert data.current().reader is data.reader
    Home(tmp_path).publish()
    assert data.current().snapshot == Home(tmp_path).snapshot(data.now, list).id


def test_neither_package_of_frames_is_imported_by_ours():
    code = (
        "import sys, standsbehind as sb; sb.open; "
        "sys.exit(bool({'pandas', 'polars'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_package_offers_open_and_nothing_that_it_does_not_have():
    assert sb.open.__name__ == "open_data"
    with pytest.raises(AttributeError, match="no attribute 'screen'"):
        sb.screen  # noqa: B018
