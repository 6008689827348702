"""A user's file becomes queries: every format, and which column is which."""

import csv
import io
import json
import time
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.errors import UsageError
from standsbehind.model.citation import digest_of
from standsbehind.screening.files.no_names import told_apart
from standsbehind.screening.files.rows import Remarks
from standsbehind.screening.intake import Query, Skipped, read_queries
from tests.screening.files import names, read, workbook


def test_a_row_becomes_a_query_with_all_that_the_file_tells():
    intake = read(
        "Vendor,Country,LEI,Reg. No.,AKA,Model\n"
        "Acme Optics Ltd,Germany,5299000J2N45DDNE4Y28,HRB 7,Acme; Optika,AC-100\n"
    )
    assert intake.queries == (
        Query(
            row=2,
            name="Acme Optics Ltd",
            names=("Acme", "Optika"),
            countries=("de",),
            identifiers=(("lei", "5299000J2N45DDNE4Y28"), ("registration", "HRB 7")),
            products=("AC-100",),
            fields={
                "Vendor": "Acme Optics Ltd",
                "Country": "Germany",
                "LEI": "5299000J2N45DDNE4Y28",
                "Reg. No.": "HRB 7",
                "AKA": "Acme; Optika",
                "Model": "AC-100",
            },
        ),
    )


def test_the_intake_says_what_was_read(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"name\nAcme\n")
    intake = read_queries(path, file_name="list.csv")
    assert (intake.name, intake.format, intake.size) == ("list.csv", "csv", 10)
    assert intake.digest == digest_of(b"name\nAcme\n")
    assert (dict(intake.columns), intake.guessed) == ({"name": "name"}, True)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Lieferant;Land;USt-IdNr.", {"name": 0, "country": 1, "tax": 2}),
        ("Raison sociale;Pays;SIREN", {"name": 0, "country": 1, "registration": 2}),
        ("Razón social;País;NIF", {"name": 0, "country": 1, "tax": 2}),
        ("供应商名称;国家;统一社会信用代码", {"name": 0, "country": 1, "usc": 2}),
        (
            "Company name (as registered);Jurisdiction;ticker",
            {"name": 0, "country": 1, "ticker": 2},
        ),
        ("公司名称;英文名称;国家", {"name": 0, "alias": 1, "country": 2}),
    ],
)
def test_headings_are_known_in_five_languages(header, columns):
    headings = header.split(";")
    intake = read(f"{header}\nAcme;x;1\n")
    assert intake.columns == {kind: headings[i] for kind, i in columns.items()}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("CN", ("cn",)),
        ("DEU", ("de",)),
        ("Deutschland", ("de",)),
        ("中国", ("cn",)),
        ("Korea, Republic of", ("kr",)),
        ("Germany; FR", ("de", "fr")),
    ],
)
def test_a_country_is_told_by_code_or_by_name(text, codes):
    intake = read(json.dumps([{"name": "Acme", "country": text}]))
    assert intake.queries[0].countries == codes


def test_text_that_is_no_country_is_dropped_and_noted():
    intake = read("name,country\nAcme,Ruritania\nBeta,Ruritania\n")
    assert [query.countries for query in intake.queries] == [(), ()]
    assert intake.queries[0].fields["country"] == "Ruritania"
    assert any("'Ruritania' (rows: 2, the first is row 2)" in n for n in intake.notes)


def test_the_full_heading_wins_over_the_plain_one_and_the_other_is_noted():
    intake = read("Name,Vendor name\nA. Clerk,Acme\n")
    assert names(intake) == ["Acme"]
    assert "Not taken as the name: 'Name' (set with --column)." in intake.notes


def test_a_column_of_numbers_is_not_the_name():
    intake = read("Lieferant;Name;Land\n100017;Acme GmbH;DE\n100018;Beta AG;CH\n")
    assert names(intake) == ["Acme GmbH", "Beta AG"]


def test_column_overrides_the_guess():
    intake = read("Name,Party\nA. Clerk,Acme\n", columns={"name": "party"})
    assert names(intake) == ["Acme"]
    assert (intake.columns, intake.guessed) == ({"name": "Party"}, False)


def test_column_finds_a_header_that_no_word_tells():
    intake = read(
        "Report of May\n\nX1,X2\nAcme,DE\n", columns={"name": "X1", "country": "X2"}
    )
    assert [(q.row, q.name, q.countries) for q in intake.queries] == [
        (4, "Acme", ("de",))
    ]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (
            {"name": "Vendr"},
            "no column 'Vendr'; did you mean 'Vendor'? The columns are: 'Vendor', 'City'",
        ),
        ({"nam": "Vendor"}, "cannot set 'nam'; did you mean 'name'?"),
    ],
)
def test_a_column_that_is_not_there_is_answered_with_the_nearest(columns, message):
    with pytest.raises(UsageError) as refusal:
        read("Vendor,City\nAcme,Bonn\n", columns=columns)
    assert message in str(refusal.value)


def test_two_equally_good_name_columns_are_a_question_to_the_user():
    with pytest.raises(
        UsageError, match=r"'Vendor' and 'Supplier'.*--column name='Vendor'"
    ):
        read("Vendor,Supplier\nAcme,Beta\n")


def test_no_name_column_is_answered_with_the_columns_found():
    with pytest.raises(UsageError, match="The columns are: 'City', 'Amount'"):
        read("City,Amount\nBonn,5\n")


def test_a_heading_that_stands_twice_is_refused_where_it_is_used():
    with pytest.raises(UsageError, match="'Name' stands over columns 1, 3"):
        read("Name,City,Name\nAcme,Bonn,Beta\n")


def test_a_heading_that_stands_twice_is_numbered_where_it_is_not_used():
    intake = read("Name,Note,Note\nAcme,a,b\n")
    assert intake.queries[0].fields == {"Name": "Acme", "Note": "a", "Note [2]": "b"}
    assert any("Note" in note for note in intake.notes)


def test_a_list_without_a_header_is_a_list_of_names():
    intake = read(
        "Hangzhou X Co.,Ltd\nZeta Technology Co., Ltd.\nAcme, Inc.\n", "list.txt"
    )
    assert names(intake) == [
        "Hangzhou X Co.,Ltd",
        "Zeta Technology Co., Ltd.",
        "Acme, Inc.",
    ]
    assert [query.row for query in intake.queries] == [1, 2, 3]
    assert any("no header" in note for note in intake.notes)


def test_a_preamble_and_ruled_lines_are_passed_over_and_noted():
    intake = read(
        "Lieferantenliste\nStand: 01.02.2026;Mandant 100\n\n"
        "Lieferant;Name 1;Land\n----;----;----\n1001;Müller GmbH;DE\n".encode("cp1252")
    )
    assert [(q.row, q.name, q.countries) for q in intake.queries] == [
        (6, "Müller GmbH", ("de",))
    ]
    assert "Not read, as above the header in row 4: rows 1 to 3." in intake.notes
    assert "Blank or ruled rows passed over: 2." in intake.notes


def test_a_column_of_types_is_not_taken_for_a_header():
    with pytest.raises(UsageError, match="The columns are: 'Titel', 'Art', 'Ort'"):
        read("Titel,Art,Ort\nAcme,Company,Bonn\nBeta,Company,Ulm\n")


def test_rows_that_cannot_be_asked_are_skipped_with_the_reason():
    intake = read(
        f"id,name,city\n1,,Bonn\n2,{'x' * 1001},\n3\n4,#N/A,\n5,--,\n6,Acme,\n"
    )
    assert names(intake) == ["Acme"]
    assert [(skipped.row, skipped.reason) for skipped in intake.skipped] == [
        (2, "no name"),
        (3, "longer than 1,000 characters"),
        (4, "1 of 3 cells, and none for the name"),
        (5, "the spreadsheet holds the error #N/A in place of a name"),
        (6, "no letter or digit in the name"),
    ]
    assert intake.skipped[0] == Skipped(
        2, "no name", {"id": "1", "name": "", "city": "Bonn"}
    )


def test_a_row_with_too_many_or_too_few_cells_is_read_as_far_as_it_goes():
    intake = read("name,country,city\nAcme\nBeta,DE,Bonn,extra\n")
    assert [(q.name, q.countries) for q in intake.queries] == [
        ("Acme", ()),
        ("Beta", ("de",)),
    ]
    assert intake.queries[1].fields["column 4"] == "extra"
    assert sum("cells than the header" in note for note in intake.notes) == 2


@pytest.mark.parametrize("name", ["=1+1", "+Acme", "-Beta", "@Gamma"])
def test_what_looks_like_a_formula_stays_text(name):
    assert names(read(f"name,country\n{name},DE\n")) == [name]


def test_a_number_that_a_spreadsheet_shortened_is_no_identifier():
    intake = read("name,vat\nAcme,9.13E+17\nBeta,12345\n")
    assert [query.identifiers for query in intake.queries] == [(), (("tax", "12345"),)]
    assert any("shortened" in note and "9.13E+17" in note for note in intake.notes)


def test_a_name_over_two_lines_is_read_and_noted():
    intake = read('name,city\n"Acme\nOptics",Bonn\nBeta,Ulm\n')
    assert [(q.row, q.name) for q in intake.queries] == [
        (2, "Acme Optics"),
        (3, "Beta"),
    ]
    assert any("line break" in note for note in intake.notes)


def test_json_is_read_as_a_list_of_objects():
    intake = read(
        '[{"vendorName": "Acme", "country": "DE", "taxId": 12345678901234567890}]'
    )
    assert (intake.format, names(intake)) == ("json", ["Acme"])
    assert intake.queries[0].identifiers == (("tax", "12345678901234567890"),)


def test_json_is_read_from_the_one_list_inside_an_object():
    intake = read('{"date": "2026", "vendors": [{"supplier": {"name": "Acme"}}, 5]}')
    assert names(intake) == ["Acme"]
    assert intake.columns == {"name": "supplier.name"}
    assert intake.skipped == (Skipped(2, "not a JSON object", {"element": "5"}),)
    assert "The list under 'vendors' was read." in intake.notes


def test_json_texts_are_names():
    assert names(read('["Acme", "Beta"]')) == ["Acme", "Beta"]


def test_one_json_object_is_one_query():
    intake = read(
        '{"name": "Acme", "aliases": ["A", "B"], "sites": [{"city": "Bonn"}]}'
    )
    assert [(q.name, q.names) for q in intake.queries] == [("Acme", ("A", "B"))]


def test_json_with_two_lists_is_refused():
    with pytest.raises(UsageError, match="'old' and 'new' are all lists"):
        read('{"old": [{"name": "Acme"}], "new": [{"name": "Beta"}]}')


def test_a_key_that_stands_twice_in_an_object_keeps_both_values():
    intake = read('[{"name": "Acme", "note": "a", "note": "b"}]')
    assert intake.queries[0].fields == {"name": "Acme", "note": "a", "note [2]": "b"}


def test_a_damaged_line_of_jsonl_is_set_aside():
    intake = read('{"name": "Acme"}\n{"name": "Be\n\n{"name": "Gamma"}\n7\n', "v.jsonl")
    assert [(q.row, q.name) for q in intake.queries] == [(1, "Acme"), (4, "Gamma")]
    assert [skipped.row for skipped in intake.skipped] == [2, 5]
    assert intake.skipped[0].reason.startswith("not JSON: ")
    assert intake.skipped[0].fields == {"line": '{"name": "Be'}


def test_followthemoney_entities_need_no_columns():
    entity = {
        "id": "x-1",
        "schema": "Company",
        "properties": {
            "name": ["Acme", "Acme Optics"],
            "weakAlias": ["AO"],
            "jurisdiction": ["cn"],
            "leiCode": ["5299000J2N45DDNE4Y28"],
            "innCode": ["7700000000"],
        },
    }
    relation = {"id": "x-2", "schema": "Ownership", "properties": {"owner": ["x-1"]}}
    intake = read(f"{json.dumps(entity)}\n{json.dumps(relation)}\n", "acme.ftm.json")
    (query,) = intake.queries
    assert (intake.format, intake.columns, query.schema) == ("ftm", {}, "Company")
    assert (query.name, query.names) == ("Acme", ("Acme Optics", "AO"))
    assert query.countries == ("cn",)
    assert query.identifiers == (("lei", "5299000J2N45DDNE4Y28"), ("tax", "7700000000"))
    assert query.fields["id"] == "x-1"
    assert intake.skipped[0].reason == "a relation (Ownership), not a subject"


def test_column_is_of_no_use_with_followthemoney():
    entity = '{"id": "x", "schema": "Company", "properties": {"name": ["Acme"]}}'
    with pytest.raises(UsageError, match="leave out --column"):
        read(entity, columns={"name": "name"})


def test_a_stray_object_among_entities_is_set_aside():
    entity = '{"id": "x", "schema": "Company", "properties": {"name": ["Acme"]}}'
    intake = read(f'[{entity}, {{"name": "Beta"}}]')
    assert (intake.format, names(intake)) == ("ftm", ["Acme"])
    assert intake.skipped[0].fields == {"name": "Beta"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(
    rows=st.lists(
        st.tuples(
            *[
                st.text(
                    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
                    max_size=12,
                )
            ]
            * 3
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_table_is_read_back_with_the_same_names(delimiter, encoding, rows):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(("note", "name", "country"))
    writer.writerows((note, f"N {name}", country) for note, name, country in rows)
    intake = read(text.getvalue().encode(encoding))
    assert names(intake) == [" ".join(f"N {name}".split()) for _, name, _ in rows]
    assert [query.row for query in intake.queries] == list(range(2, len(rows) + 2))


def test_a_workbook_is_read_from_the_first_sheet_that_has_names():
    content = workbook(
        ["Title"], [], ["Company name", "Land", "VAT"], ["Acme GmbH", "DE", 12345678],
        Notes=[["read me"], ["twice"]],
    )  # fmt: skip
    intake = read(content, "vendors.xlsx")
    assert [(q.row, q.name, q.countries) for q in intake.queries] == [
        (4, "Acme GmbH", ("de",))
    ]
    assert intake.queries[0].identifiers == (("tax", "12345678"),)
    assert any("'Vendors' was read; not read: 'Notes'" in note for note in intake.notes)


def test_sheet_chooses_another_sheet():
    content = workbook(["name"], ["Acme"], Others=[["name"], ["Beta"]])
    assert names(read(content, "v.xlsx", sheet="Others")) == ["Beta"]
    with pytest.raises(UsageError, match="no sheet 'Other'; did you mean 'Others'"):
        read(content, "v.xlsx", sheet="Other")


def test_cells_are_written_as_their_user_sees_them():
    given = [
        "Acme",
        7,
        7.5,
        9.13e17,
        True,
        date(2026, 2, 1),
        datetime(2026, 2, 1, 9, 30),  # noqa: DTZ001 - sheets know no time zones
    ]
    content = workbook(["name", "a", "b", "c", "d", "e", "f"], given)
    seen = read(content, "v.xlsx").queries[0].fields
    assert list(seen.values())[:5] == ["Acme", "7", "7.5", "9.13E+17", "TRUE"]
    assert list(seen.values())[5:] == ["2026-02-01", "2026-02-01T09:30:00"]


def test_sheets_without_a_known_heading_are_a_question_to_the_user():
    content = workbook(["City"], ["Bonn"], Others=[["Amount"], [5]])
    with pytest.raises(
        UsageError, match="sheets 'Vendors', 'Others'; choose with --sheet"
    ):
        read(content, "v.xlsx")


def test_an_option_of_no_use_is_noted():
    content = workbook(["name"], ["Acme"])
    assert "'cp1252'" in read(content, "v.xlsx", encoding="cp1252").notes[0]
    assert "'Vendors'" in read("name\nAcme\n", sheet="Vendors").notes[0]


def test_the_values_of_formulas_are_read_and_noted():
    intake = read(workbook(["name"], ["Acme"], ['="Be"&"ta"']), "v.xlsx")
    assert any("formulas" in note for note in intake.notes)


def test_fifty_thousand_rows_take_about_a_second():
    rows = "".join(f"Firm {n} Ltd,CN,City {n},{n}\n" for n in range(50_000))
    start = time.perf_counter()
    intake = read(f"name,country,city,vat\n{rows}")
    assert len(intake.queries) == 50_000
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (["2026-01-02", "3.4.2025", "12 Mar 2024", "Acme"], "dates"),
        (["1,200.50", "17", "-3", "(4)"], "numbers"),
        (["a@b.example", "c@d.example"], "e-mail addresses"),
        (["V-10023", "V-10024", "91330000733796106P"], "codes"),
        (["2026-01-02", "17", "18", "Acme"], "numbers or dates"),
    ],
)
def test_a_column_that_holds_no_names_is_told(cells, what):
    assert told_apart(cells).what == what


@pytest.mark.parametrize(
    "cells",
    [["3M", "7-Eleven", "Acme"], ["2026-01-02", "Acme"], ["360", "华为技术有限公司", "Acme 2000 Ltd"], []],
)  # fmt: skip
def test_names_with_numbers_in_them_are_names(cells):
    assert told_apart(cells) is None


def test_remarks_of_parts_add_up_as_if_read_in_one():
    parts, whole = [Remarks(), Remarks()], Remarks()
    for row in range(2, 12):
        for remarks in (parts[row // 7], whole):
            remarks.add("Odd", row, f"detail {row}")
    parts[0].take_in(parts[1])
    assert parts[0].notes == whole.notes
    assert "(rows: 10, the first is row 2)" in whole.notes[0]
