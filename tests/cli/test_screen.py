"""From a vendor file to a cited answer."""

import csv
import hashlib
import io
import json
from pathlib import Path

import orjson
import pytest

VENDORS = Path(__file__).resolve().parents[2] / "examples" / "vendors.csv"


@pytest.fixture
def answer(behind):
    return behind("screen", VENDORS, "--json", "--as-of", "2026-11-23").json


def by_name(answer):
    return {result["query"]["name"]: result for result in answer["results"]}


@pytest.mark.parametrize(
    ("vendor", "entity"),
    [
        ("Dahua Technology", "core-zhejiang-dahua"),
        ("浙江大华技术股份有限公司", "core-zhejiang-dahua"),
        ("Hikvision USA Inc.", "core-hikvision"),
        ("Lorex Technology Inc.", "core-lorex"),
        ("SenseTime", "core-sensetime"),
        ("Clearview AI, Inc.", "core-clearview"),
    ],
)
def test_a_vendor_of_the_article_is_a_hit(answer, vendor, entity):
    result = by_name(answer)[vendor]
    assert result["status"] == "hit"
    assert entity in [hit["entity"]["id"] for hit in result["hits"]]


def test_yitu_is_a_hit_in_each_of_its_legal_entities(answer):
    hits = by_name(answer)["YITU Technology"]["hits"]
    assert len({hit["entity"]["id"] for hit in hits}) > 1


@pytest.mark.parametrize(
    "vendor",
    [
        "Hikma Pharmaceuticals PLC",
        "Dali Foods Group",
        "Clearwater Analytics",
        "Sensient Technologies Corporation",
    ],
)
def test_an_innocent_namesake_is_not_hit(answer, vendor):
    assert by_name(answer)[vendor]["status"] == "no_hit_found"


def test_a_brand_of_another_place_is_a_hit_that_a_judgement_sets_aside(behind, answer):
    """No string tells Cangzhou Dahua from Hangzhou Hikvision: place and brand."""
    vendor = "Cangzhou Dahua Co. Ltd."
    (hit,) = by_name(answer)[vendor]["hits"]
    assert hit["entity"]["id"] == "core-zhejiang-dahua"
    assert [one["feature"] for one in hit["explanation"]] == [
        "same word",
        "place missing",
    ]
    why = ("--reason", "a maker of chemicals in Cangzhou", "--author", "A. Reviewer")
    entity = hit["entity"]["id"]
    assert (
        behind("judge", "not-same", vendor, entity, "--country", "cn", *why).code == 0
    )
    later = behind("screen", VENDORS, "--json", "--as-of", "2026-11-23").json
    assert by_name(later)[vendor]["status"] == "no_hit_found"
    assert by_name(later)["Dahua Technology"]["status"] == "hit"


def test_a_row_without_a_name_is_not_examined(answer):
    last = answer["results"][-1]
    assert (last["row"], last["status"], last["reason"]) == (
        18,
        "not_examined",
        "no name",
    )


def test_the_answer_names_lists_dates_and_snapshot(answer):
    assert answer["snapshot"].startswith("20261123-")
    assert [source["id"] for source in answer["lists"]] == ["core"]
    assert answer["lists"][0]["retrieved"] == "2026-11-23"
    assert "us_ofac_sdn" in answer["not_searched"]


def test_each_hit_says_why_and_cites_its_sources(answer):
    for result in answer["results"]:
        for hit in result["hits"]:
            assert hit["explanation"]
            assert hit["citations"]
            for exposure in hit["exposures"]:
                assert all(hop["citations"] for hop in exposure["path"])
                assert all(listing["citations"] for listing in exposure["designations"])


def test_a_brand_is_exposed_through_its_owner(answer):
    (hit, *_) = by_name(answer)["EZVIZ"]["hits"]
    through = [e for e in hit["exposures"] if e["entity"] == "core-hikvision"]
    assert through[0]["path"][0]["edge"]["role"] == "owned brand"
    assert through[0]["relations"] == ["affiliate"]
    assert {e["effect"] for e in through[0]["effects"]} == {"permitted"}


def test_a_supply_carries_an_effect_only_as_far_as_a_list_goes(behind):
    """Lorex sells what Dahua is alleged to supply: a matter of import, not of export."""
    roles = ("--role", "exporter,importer", "--in", "us", "--as-of", "2026-11-23")
    answer = behind("screen", VENDORS, "--json", *roles).json
    (hit, *_) = by_name(answer)["Lorex Technology Inc."]["hits"]
    (dahua,) = (e for e in hit["exposures"] if e["entity"] == "core-zhejiang-dahua")
    binding = {
        (e["role"], e["program"], e["relation"], e["unverified"])
        for e in dahua["effects"]
        if e["effect"] != "permitted"
    }
    assert binding == {("importer", "us-fcc-covered-list", "produced_by", True)}
    tests = {test["id"]: test["answer"] for test in dahua["tests"]}
    assert tests["us-889-affiliate"] == "UNDETERMINED"
    (police,) = (e for e in hit["exposures"] if e["entity"] == "core-xpsb")
    assert (police["relations"], police["effects"]) == (["none"], [])


def test_the_same_question_has_the_same_receipt(behind, answer):
    again = behind("screen", VENDORS, "--json", "--as-of", "2026-11-23").json
    assert again["receipt"] == answer["receipt"]


def test_the_receipt_names_the_result_by_digest(answer):
    results = orjson.dumps(answer["results"], option=orjson.OPT_SORT_KEYS)
    assert answer["receipt"]["result"] == hashlib.sha256(results).hexdigest()


def test_lines_hold_all_rows_in_the_order_of_the_file(behind, answer):
    lines = behind("screen", VENDORS, "--jsonl", "--as-of", "2026-11-23").out
    assert [json.loads(line) for line in lines.splitlines()] == answer["results"]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "md", "html", "xlsx"])
def test_each_format_is_written(behind, tmp_path, form):
    out = tmp_path / f"answer.{form}"
    assert behind("screen", VENDORS, "--out", out).code == 0
    assert out.stat().st_size > 1000


def test_one_run_may_write_a_table_and_a_report(behind, tmp_path):
    page, text = tmp_path / "r.html", tmp_path / "r.txt"
    told = behind(
        "screen", VENDORS, "--format", "md", "--out", "-", "--out", page, "--out", text
    )
    assert told.out.startswith("#")
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert text.read_text("utf-8").startswith("#")


def test_fail_on_hit_is_for_pipelines(behind, tmp_path):
    innocent = tmp_path / "innocent.csv"
    innocent.write_text("Vendor\nHarbour Lane Stationery\n")
    assert behind("screen", VENDORS, "--fail-on", "hit").code == 1
    assert behind("screen", innocent, "--fail-on", "hit").code == 0


def test_a_row_that_names_another_country_scores_less(behind):
    here = behind("match", "Hikvision", "--country", "cn", "--json").json
    there = behind("match", "Hikvision", "--country", "us", "--json").json
    assert there["hits"][0]["score"] < here["hits"][0]["score"]


def test_no_hit_for_one_name_is_not_clearance(behind):
    told = behind("match", "Harbour Lane Stationery")
    assert told.code == 0
    assert told.out.startswith("no hit found. That is not clearance.\nsearched: core")


def test_a_place_is_not_screened_and_the_answer_says_where_to_ask(behind):
    assert "`behind show` finds them" in behind("match", "Xinjiang").out
    assert behind("show", "Xinjiang").out.startswith("Xinjiang Uyghur Autonomous")


def test_a_table_shows_the_best_hit_and_counts_the_others(behind):
    told = behind("screen", VENDORS).out
    line = next(line for line in told.splitlines() if "YITU Technology" in line)
    assert "Yitu Technologies (name)" in line
    assert "and 2 more hits" in told


def test_a_table_says_what_the_law_does_to_the_role_that_asks(behind):
    told = " ".join(
        behind("screen", VENDORS, "--role", "contractor", "--in", "us").out.split()
    )
    assert "contractor: prohibited by us-ndaa-889" in told
    assert "buyer:" not in told


def test_pairs_of_names_are_scored(behind, tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        "left,right,schema\n大华股份,浙江大华技术股份有限公司,Company\nA,B,\n", "utf-8"
    )
    rows = list(csv.DictReader(io.StringIO(behind("compare", "--pairs", pairs).out)))
    assert [row["match"] for row in rows] == ["true", "false"]


def test_names_of_persons_are_scored_as_such(behind, tmp_path):
    names = ("Ivan Testov", "TESTOV, Ivan Petrovich")
    pairs = tmp_path / "pairs.csv"
    line = '"Ivan Testov","TESTOV, Ivan Petrovich"'
    pairs.write_text(f"left,right,schema\n{line},Person\n{line},Company\n")
    rows = csv.DictReader(io.StringIO(behind("compare", "--pairs", pairs).out))
    as_person, as_firm = (float(row["score"]) for row in rows)
    assert as_person > as_firm
    found = behind("compare", "--schema", "Person", *names, "--json").json
    assert found["score"] == as_person


def test_a_number_is_a_hit_whatever_the_name(behind, tmp_path):
    vendors = tmp_path / "numbers.csv"
    vendors.write_text("Vendor,USCC\nSome Importer,9133 0000 7337 9610 6P\n")
    (result,) = behind("screen", vendors, "--json").json["results"]
    (hit,) = result["hits"]
    assert (hit["entity"]["id"], hit["kind"]) == ("core-hikvision", "identifier")
    assert (hit["score"], hit["matched"]) == (1.0, "9133 0000 7337 9610 6P")


def test_only_the_lists_and_kinds_asked_for_are_searched(behind, tmp_path):
    mine = tmp_path / "mine.ftm.json"
    mine.write_text(
        '{"id": "m", "schema": "Company", "properties": {"name": ["Bolt"]}}\n'
    )
    behind("pull", "mine", "--file", mine)
    vendors = tmp_path / "v.csv"
    vendors.write_text("Vendor\nBolt\nDahua\n")
    answer = behind("screen", vendors, "--lists", "mine", "--json").json
    assert [r["status"] for r in answer["results"]] == ["hit", "no_hit_found"]
    assert "core" in answer["not_searched"]
    assert behind("match", "EZVIZ", "--schema", "Company", "--json").json["hits"] == []
