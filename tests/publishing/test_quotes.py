"""A quote stands in its copy, is gone from it, or says why it cannot be checked."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standsbehind.connectors.context import Copy, Pull
from standsbehind.connectors.dataset import load_dataset
from standsbehind.ledger.ledger import Stamp
from standsbehind.ledger.revision import Held, revise
from standsbehind.ledger.rows import tables_of
from standsbehind.model.citation import NOT_CAPTURED, digest_of
from standsbehind.publishing.home import Home
from standsbehind.publishing.quotes import check_quotes
from standsbehind.publishing.update import pull_files
from standsbehind.publishing.verify import verify_home

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SAMPLES = Path(__file__).parents[1] / "connectors" / "samples"


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "data")


def cite_in(home, content, quote, locator, *, digest=None):
    """Read one statement into the ledger, with a quote from a copy in the archive."""
    dataset = load_dataset("us_dhs_uflpa")
    copy = Copy("page", "list.csv", content, digest or digest_of(content), "2026-11-24")
    if digest is None:
        home.archive.put(content)
    pull = Pull(dataset, (copy,))
    draft = pull.draft("Company", "a", citation=pull.cite(copy, locator, quote=quote))
    draft.add("name", "Acme")
    told, cited = tables_of(draft.claims)
    record = {"copies": [], "source": {}, "published": None}
    with home.ledger.writing():
        empty = Held(home.ledger.live(dataset.id), home.ledger.citations(dataset.id))
        revision = revise(empty, told, cited)
        stamp = Stamp(dataset.id, "2026-11-24T00:00:00Z")
        home.ledger.append(stamp, revision.changes, revision.citations, record)


def told(home):
    (checked,) = check_quotes(home)
    return checked.result, checked.why


CSV = b'Name,Street\n"Acme, Ltd","1 Main\nStreet"\nBeta  Works,2 High Street\n'
PAGE = b"<!doctype html><html><p>Acme <b>Ltd</b> of\n Main&nbsp;Street</p></html>"
XML = (
    b'<list><name whole="Acme Ltd"/><a>Be<i>t</i>a</a><b>First</b><c>Second</c></list>'
)
JSON = '{"rows": [{"name": "Acme \\u0026  Sons"}, {"名": "海康"}]}'.encode()


@pytest.mark.parametrize(
    ("content", "quote", "locator"),
    [
        pytest.param(CSV, "Acme, Ltd", "list.csv, line 3", id="cell of two lines"),
        pytest.param(CSV, "Beta Works", "list.csv, line 4", id="spaces"),
        pytest.param(CSV, "Beta Works, 2 High Street", "line 4", id="two cells"),
        pytest.param(CSV, "2 High", "row 2", id="another locator"),
        pytest.param(PAGE, "Acme Ltd of Main Street", "table 1, row 1", id="page"),
        pytest.param(XML, "Acme Ltd", "DATAID 1", id="attribute"),
        pytest.param(XML, "Beta", "DATAID 1", id="through elements"),
        pytest.param(XML, "First Second", "DATAID 1", id="side by side"),
        pytest.param(JSON, "Acme & Sons", "record 1", id="json"),
        pytest.param(JSON, "海康", "record 2", id="han"),
        pytest.param("Name\nÉlan".encode("cp1252"), "Élan", "line 2", id="western"),
    ],
)
def test_a_quote_stands(home, content, quote, locator):
    cite_in(home, content, quote, locator)
    assert told(home) == ("stands", "")


@pytest.mark.parametrize(
    ("content", "quote", "locator", "why"),
    [
        pytest.param(CSV, "Acme Ltd", "line 3", "nowhere", id="another mark"),
        pytest.param(CSV, "Acme, Ltd", "line 4", "not at line 4", id="another line"),
        pytest.param(CSV, "Acme, Ltd", "line 99", "not at line 99", id="no such line"),
        pytest.param(PAGE, "acme Ltd", "row 1", "nowhere", id="page"),
        pytest.param(XML, "Second First", "record", "nowhere", id="another order"),
        pytest.param(JSON, "海 康", "record 2", "nowhere", id="json"),
    ],
)
def test_a_quote_that_is_not_there_is_gone(home, content, quote, locator, why):
    cite_in(home, content, quote, locator)
    result, said = told(home)
    assert (result, why in said) == ("gone", True)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"PK\x03\x04rest", "zip", id="zip"),
        pytest.param(gzip.compress(b"Acme"), "gzip", id="gzip"),
        pytest.param(b"%PDF-1.7", "PDF", id="pdf"),
        pytest.param(b"Name\n\x81\x8d", "byte 5", id="no text"),
        pytest.param(b"<list><open></list>", "cannot be read", id="damaged"),
        pytest.param(b"<html><p>cut", "cut off", id="page cut off"),
        pytest.param(b'{"a": ', "cannot be read", id="json cut off"),
    ],
)
def test_a_copy_whose_text_is_not_read_says_why(home, content, why):
    cite_in(home, content, "Acme", "line 1")
    result, said = told(home)
    assert (result, why in said) == ("not checkable", True)


def test_a_quote_put_together_of_two_rows_is_not_checkable(home):
    page = (
        b"<!doctype html><html><p>Tannery Lane Institute Number 12</p><p>x</p>"
        b"<p>Tannery Lane Works Number 13</p></html>"
    )
    cite_in(
        home,
        page,
        "Tannery Lane Institute Number 12 Tannery Lane Works Number 13",
        "row 1",
    )
    result, why = told(home)
    assert (result, "apart" in why) == ("not checkable", True)


@pytest.mark.parametrize("digest", [NOT_CAPTURED, digest_of(b"never archived")])
def test_without_a_copy_nothing_is_checked(home, digest):
    cite_in(home, CSV, "Acme", "line 1", digest=digest)
    assert told(home) == ("not checkable", "no copy of the source is in the archive")


def test_verify_names_source_place_and_file_of_a_quote_that_is_gone(home):
    cite_in(home, CSV, "Never Said", "list.csv, line 3")
    failed = verify_home(home).failed
    (line,) = [line for line in failed if "quote" in line]
    digest = digest_of(CSV)
    assert str(home.archive.folder / digest[:2] / digest) in line
    assert "us_dhs_uflpa, list.csv, line 3: the quote 'Never Said' is nowhere" in line


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("us_fcc_covered_list", "fcc-coveredlist.html"),
        ("us_dhs_uflpa", "uflpa-entity-list.html"),
        ("us_bis_denied", "us_bis_denied_dpl.txt"),
        ("us_bis_denied", "us_bis_denied_dpl_01312025.csv"),
        ("us_bis_entity_list", "us_bis_title-15_part744.xml"),
        ("us_trade_csl", "us_trade_csl.csv"),
        ("us_trade_csl", "us_trade_csl.json"),
    ],
)
def test_every_quote_that_a_connector_takes_stands(home, name, file):
    pull_files(home, name, [SAMPLES / file], NOW, accept_shrink=True)
    results = [(c.result, c.problem) for c in check_quotes(home)]
    assert [problem for _, problem in results if problem] == []
    apart = (
        1 if name == "us_bis_entity_list" else 0
    )  # an entry that goes on in a second row
    assert [result for result, _ in results].count("stands") == len(results) - apart
    assert verify_home(home).failed == ()
