"""PDF on the command line: every verb with a page writes it on paper, and bad wishes are refused early."""

import hashlib
import io
import sys

import pytest
from pypdf import PdfReader


def text_of(path):
    pages = PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def vendors(tmp_path):
    path = tmp_path / "vendors.csv"
    path.write_text("Vendor\n浙江大华技术股份有限公司\nQuiet Bakery\n", "utf-8")
    return path


def test_screen_writes_a_pdf_and_its_receipt_is_made_again(behind, vendors, tmp_path):
    out, receipt = tmp_path / "report.pdf", tmp_path / "r.json"
    run = behind(
        "screen", vendors, "--format", "pdf", "--out", out, "--receipt", receipt
    )
    assert run.code == 0
    told = text_of(out)
    assert "浙江大华技术股份有限公司" in told
    assert "No hit found is not clear." in told
    assert behind("replay", receipt).code == 0


def test_the_same_question_gives_the_same_bytes(behind, vendors, tmp_path):
    digests = set()
    for name in ("first.pdf", "second.pdf"):
        behind("screen", vendors, "--as-of", "2026-11-20", "--out", tmp_path / name)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_pdf_is_not_printed_on_a_terminal(behind, vendors):
    run = behind("screen", vendors, "--format", "pdf")
    assert run.code == 2
    assert "a PDF is not text: name a file with --out" in run.err


def test_a_file_too_long_for_a_pdf_is_refused_before_any_work(behind, tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("Vendor\n" + "Quiet Bakery\n" * 10_001, "utf-8")
    run = behind("screen", path, "--out", tmp_path / "report.pdf")
    assert run.code == 2
    assert "10,001 rows, and pdf is for at most 10,000" in run.err


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param(("trace", "Amazon", "Xinjiang", "--limit", "1"), "A path is no stronger than its weakest hop.", id="trace"),
        pytest.param(("owners", "core-lorex"), "Not shown is not cleared.", id="owners"),
        pytest.param(("owned-by", "Dahua"), "what it holds", id="owned-by"),
        pytest.param(("assess", "Dahua"), "Dahua said that it does not sell recognition", id="assess"),
        pytest.param(("assess", "--class", "C7"), "Every firm and body is held to the same elements.", id="assess all"),
        pytest.param(("commitments",), "What was promised", id="commitments"),
        pytest.param(("parity", "--class", "C7"), "Matched pairs", id="parity"),
        pytest.param(("show", "Dahua"), "91330000727215176K", id="show"),
    ],
)  # fmt: skip
def test_an_answer_is_written_with_its_sources(behind, tmp_path, question, said):
    out = tmp_path / "answer.pdf"
    run = behind(*question, "--pdf", out)
    assert run.code == 0
    told = text_of(out)
    assert said.casefold() in told.casefold()
    assert "Sources" in told
    assert "20261123-" in told


def test_without_the_extra_the_rest_works_and_the_pdf_is_refused(
    behind, vendors, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "typst", None)
    out = tmp_path / "answer.pdf"
    for question in (
        ("screen", vendors, "--out", out),
        ("show", "Dahua", "--pdf", out),
    ):
        run = behind(*question)
        assert run.code == 2
        assert "pip install 'standsbehind[pdf]'" in run.err
        assert not out.exists()
    assert behind("screen", vendors, "--out", tmp_path / "answer.html").code == 0


def test_doctor_tells_the_scripts_that_can_be_printed(behind):
    checks = {
        c["check"]: c["detail"] for c in behind("doctor", "--json").json["checks"]
    }
    assert "Chinese, simplified; Chinese, traditional" in checks["PDF prints"]
    assert "Uyghur (Arabic letters)" in checks["PDF prints"]
