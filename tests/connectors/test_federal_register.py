"""Federal Register citations, in the forms that agencies give them."""

import pytest

from standsbehind.connectors.federal_register import notices, us_date


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("84 FR 54004, 10/9/19.", [(84, 54004, "2019-10-09")], id="Entity List"),
        pytest.param(
            "46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81",
            [(46, 46154, "1981-09-17"), (46, 19290, "1981-03-30")],
            id="Denied Persons List",
        ),
        pytest.param("76 FR 71867", [(76, 71867, None)], id="no date"),
        pytest.param("81.F.R. 22575 4/18/2016", [(81, 22575, "2016-04-18")], id="a stop too many"),
        pytest.param("82 F.R. 16786, 16787 4/6/2017", [(82, 16786, "2017-04-06")], id="two pages"),
        pytest.param("86 F.R. 66277 11/222/2021", [(86, 66277, None)], id="no such day"),
        pytest.param("Vol. 88, No. 151, 08/08/2023", [], id="another form"),
    ],
)  # fmt: skip
def test_a_notice_is_volume_page_and_day(text, found):
    assert [(n.volume, n.page, n.published) for n in notices(text)] == found


@pytest.mark.parametrize("text", ["", "2/30/2020", "2020-01-02", "13/1/2020"])
def test_what_is_no_american_date_is_none(text):
    assert us_date(text) is None
