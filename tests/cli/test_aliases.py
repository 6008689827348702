"""What a source states of a firm's names stands beside each hit and each score that rests on it."""

import csv
import io

import pytest


def match(behind, name):
    return behind("match", name, "--limit", "1", "--json").json["hits"][0]


def test_a_hit_on_a_former_name_says_so_with_its_day_and_its_source(behind):
    hit = match(behind, "TASER International")
    assert (hit["entity"]["id"], hit["kind"]) == ("core-axon", "alias")
    alias = hit["alias"]
    assert (alias["value"], alias["prop"]) == (
        "TASER International, Inc.",
        "previousName",
    )
    assert (alias["from"], alias["to"]) == ("1998", "2017-04-05")
    assert alias["dataset"] == "core"
    assert alias["url"] == "https://en.wikipedia.org/wiki/Axon_Enterprise"
    shown = behind("show", "core-axon", "--json").json["statements"]
    assert alias["statement"] in {statement["id"] for statement in shown}


def test_a_hit_on_the_name_itself_has_no_alias(behind):
    hit = match(behind, "Axon Enterprise, Inc.")
    assert (hit["kind"], hit["alias"]) == ("name", None)


def test_a_hit_by_brands_in_two_scripts_rests_on_both_statements(behind):
    hit = match(behind, "旷视电子")
    assert hit["kind"] == "alias"
    values = [hit["alias"]["value"], *(also["value"] for also in hit["alias"]["also"])]
    assert "旷视" in values[0]
    assert all(also["url"] is not None for also in hit["alias"]["also"])


def test_a_table_shows_the_source_of_an_alias(behind, tmp_path):
    vendors = tmp_path / "vendors.csv"
    vendors.write_text("Vendor\nShotSpotter, Inc.\nSoundThinking, Inc.\n", "utf-8")
    told = "former name until 2023-04-10; Chicago Sun-Times, 2023-04-10"
    assert behind("screen", vendors).out.count("former name") == 1
    for form in ("csv", "md", "html"):
        text = behind("screen", vendors, "--format", form).out
        assert "former name until 2023-04-10" in text, form
    assert told in behind("screen", vendors, "--format", "csv").out
    assert told in behind("match", "ShotSpotter").out


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("AnyVision Interactive Technologies Ltd.", "Oosto", id="renamed"),
        pytest.param("厦门市美亚柏科信息股份有限公司", "国投智能（厦门）信息股份有限公司", id="renamed in Chinese"),
        pytest.param("科大讯飞", "iFLYTEK", id="brands"),
        pytest.param("东方网力科技股份有限公司", "NetPosa Technologies, Ltd.", id="legal names"),
        pytest.param("Matsushita Electric Industrial", "Panasonic Corp.", id="renamed in Japan"),
        pytest.param("한화테크윈", "Hanwha Vision", id="renamed in Korea"),
    ],
)  # fmt: skip
def test_a_comparison_uses_what_the_data_states(behind, left, right):
    known = behind("compare", left, right, "--json").json
    alone = behind("compare", left, right, "--no-aliases", "--json").json
    assert known["match"]
    assert known["score"] >= 0.9
    assert not alone["match"]
    reasons = known["explanation"]
    assert reasons[-1]["feature"] == "alias"
    weights = [reason["weight"] for reason in reasons]
    assert known["score"] == pytest.approx(sum(weights), abs=1e-3)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Yitu Limited", "Yitu Technologies Holding Foods", id="brand"),
        pytest.param("Motorola Mobility LLC", "Motorola, Inc.", id="split off"),
        pytest.param("大华会计师事务所", "Dahua Technology", id="auditors"),
    ],
)
def test_firms_that_share_a_brand_stay_apart(behind, left, right):
    found = behind("compare", left, right, "--json").json
    assert "alias" not in {reason["feature"] for reason in found["explanation"]}


def test_pairs_are_scored_with_aliases_unless_told_otherwise(behind, tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("left,right\n海康威视,Hikvision\nA,B\n", "utf-8")
    scores = [
        [row["score"] for row in csv.DictReader(io.StringIO(told.out))]
        for told in (
            behind("compare", "--pairs", pairs),
            behind("compare", "--pairs", pairs, "--no-aliases"),
        )
    ]
    assert float(scores[0][0]) >= 0.95
    assert [float(score) for score in (scores[0][1], *scores[1])] == [0, 0, 0]


@pytest.mark.shared
def test_the_pairs_of_development_are_found_without_a_false_one(behind, shared):
    path = shared / "data" / "match-truth" / "hard_pairs_dev.csv"
    with path.open(encoding="utf-8", newline="") as file:
        truth = [row["is_match"] for row in csv.DictReader(file)]
    told = csv.DictReader(io.StringIO(behind("compare", "--pairs", path).out))
    found = [row["match"] for row in told]
    pairs = list(zip(truth, found, strict=True))
    assert pairs.count(("true", "true")) >= 32
    assert pairs.count(("false", "true")) == 0
