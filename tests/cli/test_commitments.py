"""What `behind commitments` tells of the firms that promised something, and of one that did not."""

import re

import pytest


def told(behind, *arguments):
    answer = behind("commitments", *arguments, "--json").json
    return {
        firm["entity"]["id"].removeprefix("core-"): firm for firm in answer["firms"]
    }


def acts(word):
    return [
        (act["date"], act["kind"], act["is_shown"], act["record"].removeprefix("core-"))
        for act in word["later_acts"]
    ]


# Written by hand from the records of the built-in data: what was said on which day, how it
# stands by the rule, what came after, and whose replies stand beside it.
EXPECTED = {
    "Amazon": [
        (
            ("2020-06-10", "2021-06-10", "later act inside the scope"),
            [
                ("2021-05-18", "made again", False, "R085"),
                ("2024-01", "inside the scope", True, "R086"),
                ("2024-01", "scope changed", False, "R088"),
            ],
            ["core-amazon"],
        )
    ],
    "IBM": [
        (
            ("2020-06-08", None, "no later act shown"),
            [
                ("2020-08", "looked at", False, "R090"),
                ("2023-07", "looked at", False, "R093"),
                ("2023-07-28", "looked at", False, "R091"),
            ],
            ["core-ibm"],
        )
    ],
    "Microsoft": [
        (("2020-06-11", None, "no later act shown"), [], []),
        (("2024-05-01", None, "no later act shown"), [], []),
    ],
    "Thermo Fisher": [
        (
            ("2019-02", None, "no later act shown"),
            [("2022", "looked at", False, "R139")],
            [],
        ),
        (("2023", None, "no later act shown"), [], []),
    ],
    "Hikvision": [
        (
            ("2022-07", None, "later act reported, not shown"),
            [
                ("2022-12", "inside the scope", False, "R043"),
                ("2024-12", "looked at", False, "R046"),
            ],
            [],
        )
    ],
    "Dahua": [],
    "Cellebrite": [
        (("2020-10", None, "no later act shown"), [], []),
        (("2021-03-18", None, "no later act shown"), [], []),
    ],
}


@pytest.mark.parametrize("firm", EXPECTED)
def test_a_firm_is_told_as_its_records_say(behind, firm):
    (found,) = told(behind, firm).values()
    said = [
        (
            (word["made"], word["until"], word["state"]),
            acts(word),
            [reply["author"] for reply in word["replies"]],
        )
        for word in found["commitments"]
    ]
    assert said == EXPECTED[firm]


def test_the_finding_is_that_of_the_standard(behind):
    results = {key: firm["finding"]["result"] for key, firm in told(behind).items()}
    for firm, result in results.items():
        assessed = behind("assess", f"core-{firm}", "--json").json["findings"]
        assert result == next(f["result"] for f in assessed if f["norm"] == "C7")
    assert results["amazon"] == "answered"
    assert results["hikvision"] == "not shown"


def test_every_word_and_act_has_its_day_its_sources_and_their_origins(behind):
    for firm in told(behind).values():
        for word in firm["commitments"]:
            assert word["scope"]
            for one in (*word["said"], *word["later_acts"]):
                assert one["date"]
                assert one["citations"]
                assert one["origin_count"] == len(one["origins"]) > 0
                assert one["is_quotation"] is False


def test_an_act_after_the_end_that_was_stated_says_on_what_that_rests(behind):
    (word,) = told(behind, "Amazon")["amazon"]["commitments"]
    notes = [act["note"] for act in word["later_acts"]]
    assert notes[0] == ""
    assert "later than the end that the commitment states, 2021-06-10" in notes[1]
    assert "2021-05-18 (one origin, not enough)" in notes[1]


def test_who_promised_nothing_is_told_with_what_was_looked_for(behind):
    said = behind("commitments", "Dahua").out
    assert "No commitment of it is stated in this snapshot." in said
    assert "Looked for a commitment" in said
    assert "core-R019" in said


def test_a_reading_is_told_with_its_reason(behind):
    said = " ".join(behind("commitments", "Amazon").out.split())
    assert "it does not mention face recognition" in said
    assert "read so because: " in said


def test_a_word_without_a_name_covers_what_its_record_tells(behind):
    first, second = told(behind, "Cellebrite")["cellebrite"]["commitments"]
    assert first["name"] == "word on Hong Kong Police Force"
    assert first["scope"] == "as told; HK"
    assert "Hong Kong and China" in first["said"][0]["text"]
    assert second["scope"] == "as told; BY"


def test_no_word_is_called_broken(behind):
    said = behind("commitments").out
    assert "It is no finding that a word was broken" in " ".join(said.split())
    assert not re.search(r"broke (its|their|a) ", said)


def test_acts_after_the_day_are_left_out(behind):
    (word,) = told(behind, "Amazon", "--as-of", "2023-12-31")["amazon"]["commitments"]
    assert [day for day, *_ in acts(word)] == ["2021-05-18"]
    (word,) = told(behind, "IBM", "--as-of", "2021-01-01")["ibm"]["commitments"]
    assert [day for day, *_ in acts(word)] == ["2020-08"]
    assert told(behind, "--as-of", "2018-12-31") == {}


def test_all_firms_stand_in_the_order_of_their_first_word(behind):
    days = [firm["commitments"][0]["made"] for firm in told(behind).values()]
    assert days == sorted(days)
    assert len(days) == 8


def test_a_receipt_makes_it_again(behind, tmp_path):
    receipt = tmp_path / "receipt.json"
    behind("commitments", "--receipt", receipt)
    assert behind("replay", receipt).out == "identical\n"


def test_the_page_draws_one_line_a_firm_and_tells_the_same(behind, tmp_path):
    page = tmp_path / "page.html"
    behind("commitments", "--html", page)
    text = page.read_text("utf-8")
    (picture,) = re.findall(
        r'<svg[^>]*class="timeline".*?</figcaption>', text, re.DOTALL
    )
    assert re.findall(r'font-weight="600"[^>]*>([^<]+)<', picture)[0].startswith(
        "Thermo"
    )
    assert picture.count('font-weight="600"') == 8
    drawn = set(re.findall(r'y="-3"[^>]*>(\d+)<', picture))
    assert drawn == set(re.findall(r'data-label="No.">(\d+)<', text))
    assert "<script" not in text
    assert "later act reported, not shown" in text


def test_a_page_without_a_commitment_has_no_timeline(behind, tmp_path):
    page = tmp_path / "page.html"
    behind("commitments", "Dahua", "--html", page)
    text = page.read_text("utf-8")
    assert "timeline-title" not in text
    assert "No commitment of it is stated" in text


def test_an_unknown_name_is_the_callers_mistake(behind):
    said = behind("commitments", "Atlantis Cameras")
    assert said.code == 2
    assert "Traceback" not in said.err
