"""The PDF: the words of the page, on A4, tagged, refused rather than printed with a gap."""

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html
from pypdf import PdfReader

from standsbehind.errors import UsageError
from standsbehind.reports import pdf
from standsbehind.reports.blocks import sheet_of
from standsbehind.reports.faces import SAMPLES, Faces, faces
from standsbehind.reports.page import render_page, to_pdf
from standsbehind.reports.traced import render_trace
from standsbehind.tracing.paths import Question, trace
from tests.reports.sample import (
    AS_OF,
    HOSTILE_NAMES,
    hostile_answer,
    row,
    sample_answer,
)
from tests.told import firm, link

A4 = (595.3, 841.9)
NOBODY_HAS = "\U0001fbff\u0378"
"""Letters that are not assigned, so that no font draws them."""


def read(written):
    return PdfReader(io.BytesIO(written))


def squeezed(text):
    """Leave out spaces and case, which paper sets in its own way."""
    return "".join(text.replace("\u200b", "").split()).casefold()


def text_of(written):
    return squeezed("".join(page.extract_text() for page in read(written).pages))


def page_saying(text):
    return f"<title>A page</title><body><h1>A page</h1><p>{text}</p></body>"


@pytest.fixture(scope="module")
def written():
    return to_pdf(sample_answer())


def test_every_word_of_the_page_is_on_paper(written):
    body = html.fromstring(render_page(sample_answer(), "")).find("body")
    for unseen in body.xpath("//nav | //a[@class='skip'] | //svg/title | //svg/desc"):
        unseen.drop_tree()
    told = text_of(written)
    words = {word for text in body.itertext() for word in text.split()}
    assert len(words) > 300
    assert {word for word in words if squeezed(word) not in told} == set()


def test_what_must_stand_on_every_answer_stands_on_every_page(written):
    for page in read(written).pages:
        told = " ".join(page.extract_text().split())
        assert "Not legal advice. Law as of 2026-11-23." in told
        assert "From snapshot 20261123-0123456789ab." in told


def test_the_pages_are_a4_and_numbered(written):
    pages = read(written).pages
    for number, page in enumerate(pages, 1):
        assert (round(page.mediabox.width, 1), round(page.mediabox.height, 1)) == A4
        assert f"{number} / {len(pages)}" in page.extract_text()


def test_a_screen_reader_finds_tags_a_title_and_a_language(written):
    document = read(written)
    root = document.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert document.metadata.title == "Screening of vendors.csv as of 2026-11-23"
    assert b"pdfuaid" in document.xmp_metadata.stream.get_data()


def test_the_outline_names_the_parts_and_the_rows(written):
    def titles(entries):
        for entry in entries:
            yield from titles(entry) if isinstance(entry, list) else [entry.title]

    found = list(titles(read(written).outline))
    parts = ["Summary", "Rows with a hit", "What was not examined", "Sources"]
    assert [title for title in found if title in parts] == parts
    assert "北光光学有限公司" in found


def test_its_date_is_the_day_of_the_answer_and_not_of_the_clock(written):
    made = read(written).metadata.creation_date
    assert made == datetime(AS_OF.year, AS_OF.month, AS_OF.day, tzinfo=UTC)


def test_two_processes_write_the_same_bytes(written):
    code = (
        "import hashlib; from tests.reports.sample import sample_answer;"
        "from standsbehind.reports.page import to_pdf;"
        "print(hashlib.sha256(to_pdf(sample_answer())).hexdigest())"
    )
    made = {hashlib.sha256(written).hexdigest()}
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        )
        made.add(run.stdout.strip())
    assert len(made) == 1


def test_a_long_table_repeats_its_head_on_every_page():
    rows = [row(n, f"Quiet Firm {n}", countries=("de",)) for n in range(2, 402)]
    pages = [p.extract_text() for p in read(to_pdf(sample_answer(rows))).pages]
    with_rows = [p for p in pages if "Quiet Firm" in p and "as given" in p.casefold()]
    assert len(with_rows) == len([p for p in pages if "Quiet Firm" in p])
    assert len(with_rows) > 5
    told = squeezed("".join(pages))
    assert all(squeezed(f"Quiet Firm {n}") in told for n in (2, 200, 401))


@pytest.mark.parametrize("script", [s for s in SAMPLES if s != "Tibetan"])
def test_a_name_in_each_script_is_printed(script):
    made = pdf.write(page_saying(SAMPLES[script]), AS_OF)
    fonts = [
        font["/BaseFont"]
        for page in read(made).pages
        for font in (f.get_object() for f in page["/Resources"]["/Font"].values())
    ]
    assert fonts


@pytest.mark.parametrize(
    "name",
    [
        "浙江大华技术股份有限公司",
        "浙江大華技術股份有限公司",
        "Ağaoğlu Łódź",
        "Үлкен Сервис",
    ],
)
def test_what_is_printed_can_be_copied(name):
    assert squeezed(name) in text_of(pdf.write(page_saying(name), AS_OF))


def test_a_letter_that_no_font_has_is_refused_with_text_and_remedy():
    answer = sample_answer()
    odd = replace(answer, names={**answer.names, "office": f"Bureau {NOBODY_HAS}"})
    with pytest.raises(UsageError) as refused:
        to_pdf(odd)
    told = str(refused.value)
    assert "U+0378" in told
    assert "“Bureau " in told
    assert "pip install 'standsbehind[pdf]'" in told
    assert "apt-get install fonts-noto-core" in told


def test_without_a_chinese_font_a_chinese_name_is_refused_and_not_dropped():
    import typst

    bare = Faces(
        typst.Fonts(include_system_fonts=False), faces(with_system=False).families
    )
    latin, chinese = (sheet_of(page_saying(name)) for name in ("Dahua", "大华"))
    assert pdf._set(latin, AS_OF, bare)
    with pytest.raises(pdf._UnprintableError, match="大"):
        pdf._set(chinese, AS_OF, bare)


@pytest.mark.parametrize("letter", ["\u2800", "ж", "大", "ئ"])
def test_what_the_extra_prints_needs_no_font_of_the_machine(letter):
    assert pdf._set(sheet_of(page_saying(letter)), AS_OF, faces(with_system=False))


def test_a_link_to_a_place_that_is_not_there_is_text():
    said = (
        '<a href="#source-7">[7]</a> <a href="#here">there</a><span id="here"></span>'
    )
    assert "[7]" in text_of(pdf.write(page_saying(said), AS_OF))


def test_without_typst_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match=r"pip install 'standsbehind\[pdf\]'"):
        pdf.write(page_saying("A name"), AS_OF)


MARKUP = {"typst": '#panic("x") *a* _b_ $c$ @d <e> = f // g', "JSON": '"} ] \\ \\u{0}'}


@pytest.mark.parametrize("name", [*HOSTILE_NAMES, *MARKUP])
def test_hostile_text_is_printed_as_text_and_stays_on_the_page(name):
    text = {**HOSTILE_NAMES, **MARKUP}[name]
    made = to_pdf(hostile_answer(text))
    lines = [line for p in read(made).pages for line in p.extract_text().splitlines()]
    assert max(map(len, lines)) < 160
    if name in MARKUP:
        assert squeezed(text) in text_of(made)


@pytest.fixture
def walked(publish_claims):
    """Return a trace of wide branches, through names in several scripts."""
    middle = [
        "شىنجاڭ ئۇيغۇر",
        "浙江大华",
        "浙江大華",
        "Åkerö",
        "Үлкен",
        *map(str, range(5)),
    ]
    reader = publish_claims(
        firm("shop", "SHOP"),
        firm("camp", "CAMP"),
        *(firm(f"m{n}", f"Maker {name}") for n, name in enumerate(middle)),
        *(link(f"s{n}", f"m{n}", "shop") for n in range(len(middle))),
        *(link(f"c{n}", f"m{n}", "camp") for n in range(len(middle))),
    )
    return trace(reader, Question(["shop"], ["camp"], max_hops=2)), reader


def test_a_wide_picture_has_a_page_on_its_side_and_its_words_are_text(walked):
    pages = read(pdf.write(render_trace(*walked, ""), AS_OF)).pages
    lying = [p for p in pages if p.mediabox.width > p.mediabox.height]
    assert len(lying) == 1
    told = squeezed(lying[0].extract_text())
    assert all(
        squeezed(name) in told for name in ("SHOP", "浙江大华", "浙江大華", "Үлкен")
    )
