"""Bad input: a clear error or a row set aside, never a crash and never a silent loss."""

import io
import os
import re
import subprocess
import sys
import zipfile

import pytest

from standsbehind.errors import UsageError
from standsbehind.screening.intake import read_queries
from tests.screening.files import (
    SHEET,
    TEXTS,
    altered,
    drawn,
    names,
    read,
    with_part,
    workbook,
)


def refusal(content: str | bytes, name: str = "vendors.csv", **wish) -> str:
    with pytest.raises(UsageError) as raised:
        read(content, name, **wish)
    return str(raised.value)


@pytest.mark.parametrize(
    "content", [b"", b" \n\n", b"\xef\xbb\xbf", "\ufeff\n".encode("utf-16-le")]
)
def test_an_empty_file_is_said_to_be_empty(content):
    assert "the file is empty" in refusal(content)


@pytest.mark.parametrize("content", ["name,country\n", "[]", "-----\n"])
def test_a_file_with_nothing_to_ask_is_refused(content):
    assert "nothing to screen" in refusal(content)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"gone\.csv: cannot be read"):
        read_queries(tmp_path / "gone.csv", file_name="gone.csv")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<!DOCTYPE html><html><body><table></table>", "a web page (HTML)"),
        (b"\n <html><head><title>Login</title>", "a web page (HTML)"),
        (b'<?xml version="1.0"?><nmaprun scanner="nmap">', "nmap XML is not read yet"),
        (b'<bom xmlns="http://cyclonedx.org/schema/bom/1.6">', "CycloneDX is not read yet"),
        (b'{"bomFormat": "CycloneDX", "components": []}', "CycloneDX is not read yet"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "before 2007 (XLS)"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PAR1....PAR1", "Parquet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_named_whatever_it_is_called(content, what):
    assert what in refusal(content)


def test_an_xml_entity_bomb_is_refused_unread():
    layers = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "ha">{layers}]><b>&a9;</b>'
    assert "XML of a kind that is not read" in refusal(bomb, "vendors.xml")


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("content.xml", "OpenDocument"),
        ("xl/workbook.bin", "XLSB"),
        ("Index/Document.iwa", "Numbers"),
        ("word/document.xml", "a Word document"),
        ("vendors.csv", "a ZIP archive and not a workbook"),
    ],
)
def test_an_archive_that_is_no_workbook_is_named(part, what):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(part, "x")
    assert what in refusal(content.getvalue())


def test_a_nul_byte_is_named_by_its_row():
    assert refusal(b"name,country\nAcme,DE\nBe\0ta,DE\n").startswith(
        "vendors.csv:3: row 3 holds a NUL byte"
    )


def test_a_quotation_that_is_never_closed_is_named_by_its_row():
    assert refusal('name,city\nAcme,Bonn\n"Beta,Ulm\nGamma,Kiel\n').startswith(
        "vendors.csv:3: a quotation mark opens a cell and is never closed"
    )


def test_rows_wrapped_in_quotation_marks_are_no_names():
    rows = '"Name;Land;Ort;Plz;Nr"\n"Acme;DE;Bonn;5;1"\n"Beta;DE;Ulm;8;2"\n'
    assert "each row is a single cell with several ';'" in refusal(rows)


def test_truncated_json_is_named_by_line_and_column():
    assert refusal('[\n{"name": "Acme"},\n{"na', "v.json").startswith(
        "v.json:3:2: the JSON is cut"
    )


def test_json_nested_without_end_is_refused():
    assert "nested too deeply" in refusal("[" * 100_000, "v.json")


def test_json_nested_deeply_is_read_with_a_word_on_what_was_left_out():
    deep = '{"a":' * 50 + "1" + "}" * 50
    intake = read(f'[{{"name": "Acme", "x": {deep}}}]')
    assert "nested more than" in intake.queries[0].fields["x.a.a.a.a.a.a.a"]


def test_half_a_letter_in_json_is_replaced():
    assert names(read('[{"name": "Acme \\ud800"}]')) == ["Acme \ufffd"]


@pytest.mark.parametrize("content", [b"name,note\nAcme,%b", b'name,note\nAcme,"%b"'])
def test_a_cell_over_10_mb_is_refused(content):
    assert "row 2 is longer than 10 MB" in refusal(
        content % (b"yyyyyyy\n" * (3 << 19) if b'"' in content else b"y" * (11 << 20))
    )


def test_a_text_over_10_mb_in_json_is_refused():
    text = '[{"name": "Acme"}, {"name": "Beta", "note": "%s"}]' % ("y" * (11 << 20))
    assert refusal(text, "v.json").startswith("v.json:2: row 2 is longer than 10 MB")


def test_a_cell_over_10_mb_in_a_workbook_is_refused():
    content = workbook(["name", "note"], ["Acme", "long"])
    long = b"<t>" + os.urandom(6 << 20).hex().encode() + b"</t>"
    content = altered(content, TEXTS, b"<t>long</t>", long)
    assert refusal(content, "v.xlsx").startswith("v.xlsx:2: row 2 is longer than 10 MB")


def test_a_sheet_whose_numbers_are_left_out_is_read_in_order():
    content = workbook(["name"], ["Acme"], ["Beta"])
    for row in (b"1", b"2", b"3"):
        content = altered(content, SHEET, b'<c r="A%b"' % row, b"<c")
        content = altered(content, SHEET, b'<row r="%b"' % row, b"<row")
    assert names(read(content, "v.xlsx")) == ["Acme", "Beta"]


def test_a_line_of_200_mb_is_refused_soon_and_in_little_memory():
    script = (
        "import resource, time\n"
        "from standsbehind.errors import UsageError\n"
        "from standsbehind.screening.intake import read_queries\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "start = time.perf_counter()\n"
        "try:\n"
        "    read_queries(b'name\\n' + b'y' * (200 << 20), file_name='v.csv')\n"
        "except UsageError as error:\n"
        "    print(error)\n"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before\n"
        "assert grown < 3.2 * (200 << 10), grown\n"
        "assert time.perf_counter() - start < 20\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "v.csv:2: row 2 is longer than 10 MB" in done.stdout


def test_a_file_over_512_mb_is_refused(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate((512 << 20) + 1)
    with pytest.raises(UsageError, match="larger than 512 MB"):
        read_queries(path, file_name="huge.csv")


@pytest.mark.parametrize("share", [0.2, 0.6, 0.99])
def test_a_truncated_workbook_is_refused(share):
    content = workbook(["name"], ["Acme"])
    assert "cut short or damaged" in refusal(
        content[: int(len(content) * share)], "v.xlsx"
    )


def test_a_workbook_with_a_changed_byte_is_refused():
    content = bytearray(workbook(["name"], ["Acme"]))
    content[content.index(b"xl/sharedStrings.xml") + 40] ^= 0xFF
    assert "cut short or damaged" in refusal(bytes(content), "v.xlsx")


def test_a_zip_bomb_is_refused():
    bomb = with_part(workbook(["name"], ["Acme"]), "xl/media/x.bin", bytes(20 << 20))
    assert "times its size: refused" in refusal(bomb, "v.xlsx")


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = with_part(workbook(["name"], ["Acme"]), "xl/x.bin", bytes(20 << 20))
    claim = (20 << 20).to_bytes(4, "little")
    assert "damaged" in refusal(
        bomb.replace(claim, (999).to_bytes(4, "little")), "v.xlsx"
    )


def test_an_entity_bomb_inside_a_workbook_is_refused():
    bomb = altered(
        workbook(["name"], ["Acme"]),
        TEXTS,
        b"<sst",
        b'<!DOCTYPE x [<!ENTITY a "ha">]><sst',
    )
    assert "declares a document type" in refusal(bomb, "v.xlsx")


def test_a_sheet_with_two_cells_at_its_far_corners_is_refused():
    corner = drawn(lambda book: _corners(book, "Acme"))
    assert "spread over 1,048,576 rows and 16,384 columns" in refusal(corner, "v.xlsx")


def test_a_sheet_with_an_empty_cell_at_its_far_corner_is_read():
    assert names(read(drawn(lambda book: _corners(book, None)), "v.xlsx")) == ["Beta"]


def _corners(book, last):
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["name", "Beta"])
    sheet.write(1_048_575, 16_383, last, book.add_format({"bold": True}))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b'r="A2"', b'r="ZZZZZZZ2"'),
        (SHEET, b'r="A2"', b'r="A99999999999"'),
        (SHEET, b"</worksheet>", b""),
        (SHEET, b"UTF-8", b"UTF-99"),
        (TEXTS, b"uniqueCount=", b'uniqueCount="99999999999" x='),
    ],
)
def test_a_workbook_that_would_bring_the_reader_down_is_refused(part, old, new):
    content = altered(workbook(["name"], ["Acme"]), part, old, new)
    assert f"{part} in it is refused" in refusal(content, "v.xlsx")


def test_a_workbook_that_the_reader_cannot_follow_is_refused():
    content = altered(workbook(["name"], ["Acme"]), SHEET, b"<v>1</v>", b"<v>99</v>")
    assert "the workbook cannot be read" in refusal(content, "v.xlsx")


def test_a_workbook_without_rows_is_refused():
    assert "no sheet of the workbook has rows" in refusal(workbook(), "v.xlsx")


def test_an_error_is_one_line_that_begins_with_the_file():
    for content in ("x,y\n1,2\n", '[{"a"', b"name\n\xff\xfe\0", '{"a": 5}'):
        assert re.fullmatch(r"vendors\.csv(:\d+)*: [^\n]+", refusal(content))
