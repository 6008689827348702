"""A list published as a web page is refused where it is not one, and read as a reader sees it."""

import pytest

from standsbehind.connectors.context import Copy, Quarantined
from standsbehind.connectors.webpage import lines, links, open_page, tables
from standsbehind.connectors.written_dates import written_date
from standsbehind.errors import SourceError
from standsbehind.model.citation import digest_of


def page_of(body: str | bytes) -> Copy:
    inner = body if isinstance(body, bytes) else body.encode()
    content = b"<html><body>" + inner + b"</body></html>"
    return Copy("page", "list.html", content, digest_of(content), "2026-07-24")


def test_text_is_read_as_a_reader_sees_it():
    page = open_page(
        page_of(
            "<p>One\n two<br>three <b>four</b>.<!-- five --> six&nbsp;</p><p>seven</p>"
        )
    )
    assert lines(page) == ["One two", "three four. six", "seven"]


def test_text_and_links_are_read_without_some_tags():
    page = open_page(
        page_of("<p>1<sup>a</sup> b</p><table><tr><td>t</td></tr></table>")
    )
    assert lines(page, "sup", "table") == ["1 b"]
    body = '<p><a href="/b"> B </a><a href="#c">C</a><a href="mailto:d@e">D</a></p><ul><a href="/f">F</a></ul>'
    here = "https://site.example/list"
    assert links(open_page(page_of(body)), here, "ul") == {
        "https://site.example/b": "B"
    }


def test_a_table_stands_under_the_nearest_heading_with_text():
    copy = page_of(
        "<h3>Far</h3><h4>Near</h4><h5> </h5><div><table><tr><th>A*†</th></tr></table></div>"
    )
    (table,) = tables(copy, open_page(copy), "h3", "h4", "h5")
    assert (table.title, table.columns, list(table.rows())) == ("Near", ("A",), [])


def test_a_row_of_another_width_is_set_aside_and_a_blank_one_skipped():
    copy = page_of(
        "<table><tr><th>A</th></tr><tr><td> </td></tr><tr><td>b</td><td>c</td></tr></table>"
    )
    (table,) = tables(copy, open_page(copy), "h3")
    assert table.title == ""
    assert list(table.rows()) == [
        Quarantined("table 1, row 2", "2 cells under 1 columns")
    ]


def test_a_table_without_rows_fits_no_columns():
    copy = page_of("<table></table>")
    (table,) = tables(copy, open_page(copy), "h3")
    with pytest.raises(SourceError, match=r"list\.html, table 1"):
        table.need_columns("A")


def test_text_in_another_encoding_is_refused_with_its_place():
    with pytest.raises(SourceError, match=r"list\.html: line 2, byte 17: not UTF-8"):
        open_page(page_of(b"<p>\n\xe9t\xe9</p>"))


def test_a_page_without_content_is_refused():
    empty = b"<!doctype html></html>"
    with pytest.raises(SourceError, match="no content"):
        open_page(Copy("page", "list.html", empty, digest_of(empty), "2026-07-24"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("July 7,, 2026", "2026-07-07", id="doubled comma"),
        pytest.param("Sept. 27, 2023", "2023-09-27", id="short month"),
        pytest.param("February 30, 2026", None, id="no such day"),
        pytest.param("Smarch 3, 2026", None, id="no such month"),
        pytest.param("July 2026", None, id="no day"),
    ],
)
def test_a_date_written_out_is_read_exactly_or_not_at_all(text, day):
    assert written_date(text) == day
