"""Sections of Acts that name firms: our transcription, and the tables of others."""

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.ndaa.entry import name_key
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError
from standsbehind.publishing.home import built_in_copies

TODAY = "2026-11-24"
HEADER = (
    "schema,name,aliases,topics,program,authority,reason,report-date,start-date,end-date,"
    "country,notes,source_url"
)
ACT = "Section 889 of the Invented Act"
ADDRESS = "https://statutes.example/889.pdf"
ROW = {
    "schema": "Company",
    "name": "Lantern Optics Company",
    "topics": "debarment",
    "program": ACT,
    "authority": "Congress of Testland",
    "source_url": ADDRESS,
}


def line(**changed):
    row = ROW | {key.replace("_date", "-date"): text for key, text in changed.items()}
    return ",".join(f'"{row.get(column, "")}"' for column in HEADER.split(","))


@pytest.fixture
def table(tmp_path):
    """Return a function that reads lines of a table as one of the sources."""

    def read_lines(*lines, source="us_ndaa_889", header=HEADER):
        path = tmp_path / "section_889.csv"
        path.write_text("\n".join((header, *lines)) + "\n", "utf-8")
        return of_files(source, path)

    return read_lines


def of_files(source, *paths):
    dataset = load_dataset(source)
    return read(dataset, copies_of(dataset, paths, TODAY))


def shipped(source):
    dataset = load_dataset(source)
    return read(dataset, built_in_copies(dataset))


def values(harvest, prop):
    return [c.statement.value for c in harvest.claims if c.statement.prop == prop]


def reasons(harvest):
    return [one.reason for one in harvest.quarantined]


@pytest.mark.parametrize(
    ("source", "rows", "start", "enacted"),
    [
        ("us_ndaa_889", 5, "2019-08-13", "2018-08-13"),
        ("us_ndaa_5949", 3, "2027-12-23", "2022-12-23"),
    ],
)
def test_the_transcription_that_ships_is_whole(source, rows, start, enacted):
    found = shipped(source)
    assert (found.rows, found.subjects, found.missing) == (rows, rows, ())
    assert found.quarantined == found.unread == ()
    assert values(found, "startDate") == [start] * rows
    assert values(found, "listingDate") == [enacted] * rows


def test_each_row_of_ours_cites_its_paragraph_and_says_both_prohibitions():
    found = shipped("us_ndaa_889")
    listings = [draft for draft in found.drafts if draft.schema == "Sanction"]
    dahua = listings[-1]
    told = {c.statement.prop: c.statement.value for c in dahua.claims}
    assert told["listedName"] == "Dahua Technology Company"
    assert dahua.citation.locator == "section 889(f)(3)(B) (transcription.csv, line 6)"
    assert "section 889(a)(1)(A) from 2019-08-13" in told["provisions"]
    assert "section 889(a)(1)(B) from 2020-08-13" in told["provisions"]
    assert told["scope"].startswith("For the purpose of public safety")


def test_only_firms_of_the_second_paragraph_are_limited_to_purposes():
    scopes = values(shipped("us_ndaa_889"), "scope")
    assert [scope.startswith("For the purpose") for scope in scopes] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_a_row_of_a_table_is_a_firm_with_a_listing_that_states_no_more_than_it(table):
    found = table(line(aliases="Lantern; LO", notes="and affiliates", country="China"))
    assert values(found, "name") == ["Lantern Optics Company"]
    assert values(found, "alias") == ["Lantern", "LO"]
    assert values(found, "country") == ["cn"]
    assert values(found, "programId") == ["us-ndaa-889"]
    assert values(found, "provisions") == [ACT]
    assert values(found, "notes") == ["and affiliates"]
    assert values(found, "sourceUrl") == [ADDRESS]
    assert values(found, "startDate") == values(found, "scope") == []


def test_our_transcription_and_a_table_of_others_mean_the_same_firms(table):
    found = table(line(name="ZTE CORPORATION"))
    assert {draft.id for draft in found.drafts} < {
        draft.id for draft in shipped("us_ndaa_889").drafts
    }


def test_a_date_that_is_written_out_is_read(table):
    found = table(line(start_date="October 1, 2027", end_date="2028"))
    assert values(found, "startDate") == ["2027-10-01"]
    assert values(found, "endDate") == ["2028"]


def test_one_name_in_the_lists_of_two_years_is_one_firm_with_two_listings(table):
    found = table(
        line(report_date="2024"), line(report_date="2025", name="Lantern Optics, Company")
    )  # fmt: skip
    assert found.subjects == 1
    assert values(found, "listingDate") == ["2024", "2025"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        pytest.param({"schema": "Person"}, "schema 'Person' is not known", id="schema"),
        pytest.param({"schema": ""}, "schema '' is not known", id="no schema"),
        pytest.param({"name": " "}, "no name", id="no name"),
        pytest.param({"name": "..."}, "no name", id="no letter"),
        pytest.param({"start_date": "soon"}, "not a date: 'soon'", id="no date"),
        pytest.param({"end_date": "2027-13-01"}, "not a date", id="no month"),
        pytest.param({"report_date": "yearly"}, "not a date", id="no year"),
        pytest.param(
            {"start_date": "2025-01-07", "end_date": "2024-01-31"},
            "ends on 2024-01-31, before it begins",
            id="ends before it begins",
        ),
        pytest.param(
            {"program": "Section 8 of it"}, "not of section 889", id="section"
        ),
    ],
)
def test_a_row_that_cannot_be_read_without_guessing_is_set_aside(
    table, changed, reason
):
    found = table(line(name="Other Company"), line(**changed))
    assert found.subjects == 1
    assert reason in reasons(found)[0]


def test_a_row_that_says_again_what_one_above_says_is_set_aside(table):
    found = table(line(), line())
    assert "says again what section_889.csv, line 2 says" in reasons(found)[0]


def test_a_topic_and_a_column_that_are_not_known_are_reported(table):
    found = table(line(topics="debarment; weather") + ",x", header=f"{HEADER},extra")
    assert [one.what for one in found.unread] == ["topic 'weather'", "field 'extra'"]


@pytest.mark.parametrize("column", HEADER.split(","))
def test_a_table_without_one_of_its_columns_is_refused(table, column):
    header = ",".join(name for name in HEADER.split(",") if name != column)
    with pytest.raises(SourceError, match=f"no column {column}"):
        table(header=header)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"<!DOCTYPE html><html></html>", "web page", id="web page"),
        pytest.param(f"{HEADER}\n{line()[:-9]}".encode(), "cut off", id="cut"),
        pytest.param(HEADER.encode() + b"\n\xff\xfe", "not UTF-8", id="encoding"),
        pytest.param(HEADER.encode(), "no record", id="no row"),
    ],
)
def test_what_is_not_a_whole_table_is_refused(tmp_path, content, said):
    path = tmp_path / "section_889.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said):
        of_files("us_ndaa_889", path)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("paragraph", "section 12(a)"),
        ("prohibitions", "section 889(a) from 2019-99-99"),
        ("prohibitions", ""),
    ],
)
def test_a_row_of_ours_without_its_paragraph_or_its_day_is_refused(
    tmp_path, column, text
):
    row = {
        "name": "Lantern Optics Company",
        "paragraph": "section 889(f)(3)(A)",
        "prohibitions": "section 889(a)(1)(A) from 2019-08-13",
        column: text,
    }
    header = "name,alias,paragraph,scope,prohibitions,enacted,law,url"
    path = tmp_path / "section_889.csv"
    cells = [row.get(name, "") for name in header.split(",")]
    path.write_text(f"{header}\n{','.join(cells)}\n", "utf-8")
    with pytest.raises(SourceError, match="mend the row"):
        of_files("us_ndaa_889", path)


def test_a_name_is_the_same_however_it_is_printed():
    assert name_key("Xi’an Optics Co., Ltd") == name_key("XI'AN OPTICS CO. LTD.")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "rows", "subjects"),
    [("889", 5, 5), ("5949", 3, 3), ("1286", 443, 190), ("154", 6, 6)],
)
def test_the_tables_are_read_whole(shared, number, rows, subjects):
    path = shared / "data" / "us-special-leg" / f"section_{number}.csv"
    found = of_files(f"us_ndaa_{number}", path)
    assert (found.rows, found.subjects, found.missing) == (rows, subjects, ())
    assert found.quarantined == found.unread == ()


@pytest.mark.shared
@pytest.mark.parametrize("number", ["889", "5949"])
def test_another_transcription_names_the_firms_that_ours_names(shared, number):
    path = shared / "data" / "us-special-leg" / f"section_{number}.csv"
    found = of_files(f"us_ndaa_{number}", path)
    ours = shipped(f"us_ndaa_{number}")
    assert sorted(values(found, "name")) == sorted(values(ours, "name"))
    assert sorted(values(found, "alias")) == sorted(values(ours, "alias"))


@pytest.mark.shared
def test_a_table_of_another_section_is_refused(shared):
    path = shared / "data" / "us-special-leg" / "section_1286.csv"
    with pytest.raises(SourceError, match="no record"):
        of_files("us_ndaa_889", path)
