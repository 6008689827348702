"""What a reporter asks of many links at once, and answers set as pages."""

import pytest
from lxml import html


def test_what_amazon_and_ibm_have_in_common_is_a_camera_and_its_maker(behind):
    answer = behind("common", "Amazon", "IBM", "--json").json
    assert answer["completeness"] == "COMPLETE"
    first, second, *_ = [one["id"] for one in answer["common"]]
    assert (first, second) == ("core-p-dahua-thermal", "core-zhejiang-dahua")
    ways = [len(path["hops"]) for path in answer["common"][1]["paths"]]
    assert ways == [1, 2]
    assert "Dahua thermal camera" in behind("common", "Amazon", "IBM").out


def test_common_owners_are_asked_for_by_one_word(behind):
    told = behind("common", "Lorex", "Dahua Technology USA", "--owners", "--json").json
    assert [one["id"] for one in told["common"]] == ["core-zhejiang-dahua"]
    assert told["direction"] == "in"


def test_who_supplies_the_most_listed_buyers_is_told_with_the_evidence(behind):
    ranking = behind("rank", "Supply", "--listed", "--json").json
    first = ranking["ranked"][0]
    assert first["count"] == len(first["others"]) == 2
    assert all(edge["citations"] for edge in first["edges"])
    assert "not of all there is" in behind("rank", "Supply", "--listed").out


def test_what_changed_around_a_listing_is_told_with_no_cause(behind):
    told = behind("around", "Hikvision", "--days", "400", "--json").json
    days = [one["day"] for one in told["around"]]
    assert "2019-10-09" in days
    assert days == sorted(days)
    assert "Nearness in time is not a cause." in behind("around", "Hikvision").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("common", "Amazon"), "name two different entities"),
        (("common", "Amazon", "Amazon"), "name two different entities"),
        (("rank", "Friendship"), "no link of this snapshot is of that type or role"),
        (("around", "qqqq"), "no entity of this snapshot"),
        (("trace", "Amazon", "qqqq", "--svg", "x.svg"), "nothing to be drawn"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_line(behind, words, said):
    done = behind(*words)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("common", "Amazon", "IBM"),
        ("rank", "Supply", "--listed"),
        ("around", "Hikvision"),
    ],
)
def test_an_answer_can_be_given_again_from_its_receipt(behind, tmp_path, words):
    receipt = str(tmp_path / "receipt.json")
    behind(*words, "--receipt", receipt)
    assert behind("replay", receipt).out.startswith("identical")


@pytest.mark.parametrize(
    "words", [("trace", "Amazon", "core-pl-xinjiang"), ("owners", "Lorex")]
)
def test_an_answer_is_set_as_a_page_and_drawn(behind, tmp_path, words):
    page, drawing = tmp_path / "page.html", tmp_path / "drawing.svg"
    day = ("--as-of", "2022-01-01") if words[0] == "owners" else ()
    behind(*words, *day, "--html", str(page), "--svg", str(drawing))
    made = html.fromstring(page.read_text("utf-8"))
    assert made.xpath("//svg[@role='img']")
    assert "Not legal advice." in made.text_content()
    assert drawing.read_text("utf-8").startswith("<svg")
