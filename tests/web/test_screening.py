"""Screening on pages, without a script: send, look over the columns, ask, read, delete."""

import io
import re
import time
import zipfile

import pytest

VENDORS = """\
Vendor No,Vendor,Land,Country
1001,Hangzhou Hikvision Digital Technology Co Ltd,x,CN
1002,Lorex Technology,x,CA
1003,Acme Paper of Nowhere GmbH,x,DE
1004,,x,US
"""


def sent(web, content=VENDORS, name="vendors.csv", **headers):
    """Send a file; return where its columns are."""
    answer = web.post("/screening", files={"file": (name, content)}, headers=headers)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def done(web, place, **form):
    """Ask and wait; return the result."""
    answer = web.post(place, data={"role": "buyer", "in": "us", **form})
    assert answer.status_code == 303, answer.text
    for _ in range(200):
        page = web.get(place)
        assert page.status_code == 200
        if 'id="progress"' not in page.text:
            return page.text
        time.sleep(0.1)
    raise AssertionError("it never ended")


@pytest.fixture(scope="module")
def place(web):
    """Return where a screening is that is done."""
    found = sent(web)
    done(web, found)
    return found


def test_columns_are_guessed_before_anything_is_asked(web):
    page = web.get(sent(web)).text
    assert "Vendor (guessed)" in page
    assert "Lorex Technology" in page  # the first rows


def test_a_column_can_be_another_than_was_guessed(web):
    page = done(web, sent(web), **{"column-name": "Vendor No"})
    assert 'name from <bdi dir="auto">Vendor No</bdi>' in page
    assert "Lorex" not in page


def test_where_no_column_can_be_guessed_a_person_chooses(web):
    place = sent(web, "Alpha,Beta\nLorex Technology,1\n", "odd.csv")
    page = web.get(place).text
    assert "It was not screened" in page
    assert '<option value="Alpha"' in page
    assert "Lorex Technology Inc." in done(web, place, **{"column-name": "Alpha"})


def test_each_row_has_its_status_and_none_is_called_clear(web, place):
    page = web.get(place).text
    for said in ("no hit found", "not examined", "No hit found is not clear"):
        assert said in page
    assert page.count('<tr class="hit"') == 2


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        pytest.param("status=hit", {"2", "3"}, id="by status"),
        pytest.param("q=lorex", {"3"}, id="by name"),
        pytest.param("listed=1", {"2"}, id="listed on the day"),
        pytest.param("status=hit&start=1", {"3"}, id="the rest"),
        pytest.param("q=nobody", set(), id="none"),
    ],
)
def test_rows_are_narrowed(web, place, asked, rows):
    page = web.get(f"{place}?{asked}").text
    assert set(re.findall(r'data-label="Row">(\d+)<', page)) == rows


def test_a_row_is_set_out_with_its_reasons_and_sources(web, place):
    page = web.get(f"{place}/row/3").text
    for said in ("Lorex Technology Inc.", "Why it scores", 'id="sources"', "1002"):
        assert said in page
    assert web.get(f"{place}/row/99").status_code == 404


def test_the_result_comes_in_each_form_with_a_receipt(web, place):
    page = web.get(place).text
    downloads = page.partition('<ul class="downloads">')[2].partition("</ul>")[0]
    links = re.findall(r'href="([^"]+)">', downloads)[:-1]
    assert len(links) == 6
    for link in links:
        answer = web.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        assert len(answer.content) > 500
    receipt = re.search(r'href="(/api/v1/receipts/\w+)"', page)[1]
    assert web.get(receipt).json()["parameters"]["in"] == "us"


def test_no_other_site_can_send_a_file_or_delete_one(web, place):
    origins = ("https://else.where", "null", "http://[::1", "")
    for header in (
        {"sec-fetch-site": "cross-site"},
        *({"origin": origin} for origin in origins),
    ):
        refused = web.post(
            "/screening", files={"file": ("a.csv", "name\nx\n")}, headers=header
        )
        assert refused.status_code == 403
        assert web.post(f"{place}/delete", headers=header).status_code == 403
    assert web.get(place).status_code == 200


def bomb():
    """Return a workbook that is small, and a hundred megabytes of spaces when unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 << 20))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"", "empty.csv", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture.csv", id="a picture"),
        pytest.param(b"%PDF-1.7\n", "letter.pdf", id="a letter"),
        pytest.param(bomb(), "bomb.xlsx", id="a bomb"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(web, content, name):
    page = web.get(sent(web, content, name)).text
    assert "It was not screened" in page
    assert name in page
    assert "Send another file" in page


def test_a_deleted_screening_is_gone(web):
    place = sent(web)
    done(web, place)
    assert web.post(f"{place}/delete").status_code == 303
    assert web.get(place).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"as_of": "soon"}, {"threshold": "9"}, {"in": "usa"}, {"lists": "none"}]
)
def test_terms_that_cannot_be_are_named(web, wrong):
    answer = web.post(sent(web), data=wrong)
    assert answer.status_code == 400
    assert next(iter(wrong.values())) in answer.text


def test_without_a_file_the_form_says_so(web):
    assert "choose a file" in web.post("/screening", data={"x": "y"}).text
    assert web.get("/screening/../../etc").status_code == 404
    assert web.get("/screening/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404
