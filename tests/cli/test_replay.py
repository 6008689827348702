"""A receipt can be replayed anywhere, and says so where something is not as it was."""

import json
import shutil

import pytest

VENDORS = "Vendor,Country\nHangzhou Hikvision Digital Technology,CN\nAcme Tools,US\n"


@pytest.fixture
def vendors(tmp_path):
    path = tmp_path / "vendors.csv"
    path.write_text(VENDORS)
    return path


def test_another_data_folder_gives_the_identical_answer(
    behind, vendors, tmp_path, monkeypatch
):
    receipt = tmp_path / "receipt.json"
    behind("screen", vendors, "--receipt", receipt, "--role", "exporter,buyer")
    monkeypatch.setenv("BEHIND_DATA", str(tmp_path / "elsewhere"))
    assert behind("replay", receipt).out == "identical\n"
    told = json.loads(behind("replay", receipt, "--json").out)
    assert (told["identical"], told["differences"]) == (True, [])


def test_the_file_is_found_beside_the_receipt(behind, vendors, tmp_path):
    receipt = tmp_path / "receipt.json"
    behind("screen", vendors, "--receipt", receipt)
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.move(receipt, moved)
    shutil.move(vendors, moved)
    assert behind("replay", moved / "receipt.json").out == "identical\n"


def test_another_file_under_that_name_is_refused(behind, vendors, tmp_path):
    receipt = tmp_path / "receipt.json"
    behind("screen", vendors, "--receipt", receipt)
    vendors.write_text(VENDORS + "Bolt,DE\n")
    done = behind("replay", receipt)
    assert done.code == 2
    assert "not the file that was screened" in done.err


def test_a_forged_result_is_told(behind, vendors, tmp_path):
    receipt = tmp_path / "receipt.json"
    behind("screen", vendors, "--receipt", receipt)
    said = json.loads(receipt.read_text())
    receipt.write_text(json.dumps(said | {"result": "0" * 64}))
    done = behind("replay", receipt)
    assert (done.code, done.out) == (3, "different\n")


def test_an_answer_from_before_is_replayed_although_the_data_went_on(
    behind, vendors, tmp_path
):
    receipt = tmp_path / "receipt.json"
    behind("screen", vendors, "--receipt", receipt)
    listed = tmp_path / "mine.ftm.json"
    listed.write_text(
        '{"id": "m", "schema": "Company", "properties": {"name": ["Acme Tools"]}}\n'
    )
    behind("pull", "mine", "--file", listed)
    now = json.loads(behind("screen", vendors, "--json").out)
    assert now["results"][1]["status"] == "hit"
    assert behind("replay", receipt).out == "identical\n"


def test_a_receipt_that_used_a_withdrawn_statement_is_listed(behind, vendors, tmp_path):
    listed = tmp_path / "mine.ftm.json"
    listed.write_text(
        '{"id": "m", "schema": "Company", "properties": {"name": ["Acme Tools"]}}\n'
    )
    behind("pull", "mine", "--file", listed)
    behind("screen", vendors, "--receipt", tmp_path / "receipt.json")
    assert "0 uses" in behind("verify", "--dependents").out
    listed.write_text(
        '{"id": "m", "schema": "Company", "properties": {"name": ["Acme Tolls"]}}\n'
    )
    behind("pull", "mine", "--file", listed)
    (one,) = json.loads(behind("verify", "--dependents", "--json").out)["dependents"]
    assert (one["value"], one["op"], one["file"]) == (
        "Acme Tools",
        "retract",
        "vendors.csv",
    )


def test_reports_and_alerts_that_used_it_are_named_too(behind, vendors, tmp_path):
    listed = tmp_path / "mine.ftm.json"
    firm = '{"id": "m", "schema": "Company", "properties": {"name": ["%s"]}}\n'
    listed.write_text(firm % "Acme Works")
    behind("pull", "mine", "--file", listed)
    behind("watch", "add", "desk", "--screen", vendors)
    listed.write_text(firm % "Acme Tools")
    behind("pull", "mine", "--file", listed)
    behind("watch", "run")
    report = tmp_path / "report.html"
    behind("screen", vendors, "--out", report)
    behind("screen", vendors, "--out", tmp_path / "report.md")
    listed.write_text(firm % "Acme Tolls")
    behind("pull", "mine", "--file", listed)
    told = json.loads(behind("verify", "--dependents", "--json").out)["dependents"]
    found = {one["kind"]: one for one in told if one["value"] == "Acme Tools"}
    assert found["receipt"]["reports"] == [str(report), str(tmp_path / "report.md")]
    assert found["alert"]["file"] == "desk"
    assert str(report) in behind("verify", "--dependents").out


@pytest.mark.parametrize(
    "asked",
    [
        ("match", "Hikvision", "--country", "cn", "--role", "exporter"),
        ("show", "Hikvision", "--as-of", "2021-01-01"),
        ("trace", "Amazon", "Xinjiang", "--max-hops", "3"),
        ("trace", "Amazon", "Nobody At All"),
        ("effects", "Hikvision", "--role", "buyer,contractor", "--in", "us"),
        ("show", "Hikvision", "--known-on", "2026-11-23"),
    ],
)
def test_every_verb_gives_a_receipt_that_replays(behind, tmp_path, monkeypatch, asked):
    receipt = tmp_path / "receipt.json"
    first = behind(*asked, "--receipt", receipt)
    assert first.code == 0, first.err
    said = json.loads(receipt.read_bytes())
    assert (said["verb"], said["input"]) == (asked[0], None)
    monkeypatch.setenv("BEHIND_DATA", str(tmp_path / "elsewhere"))
    assert behind("replay", receipt).out == "identical\n"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"verb": "guess"}, "cannot ask again"),
        ({"parameters": {"known_on": None}}, "are not those of show"),
        ({"parameters": None}, "receipt"),
    ],
)
def test_a_receipt_that_cannot_be_asked_again_is_refused(behind, tmp_path, change, why):
    receipt = tmp_path / "receipt.json"
    behind("show", "Hikvision", "--receipt", receipt)
    receipt.write_text(json.dumps(json.loads(receipt.read_bytes()) | change))
    refused = behind("replay", receipt)
    assert (refused.code, why in refused.err) == (2, True), refused.err


def test_what_was_not_known_yet_is_refused_with_the_day_it_begins(behind):
    done = behind("show", "Hikvision", "--known-on", "2020-01-01")
    assert done.code == 2
    assert "begins on 2026-11-23" in done.err


@pytest.mark.parametrize(
    "line",
    [
        ("match", "Hikvision"),
        ("show", "Hikvision"),
        ("trace", "Amazon", "Xinjiang"),
        ("effects", "Hikvision"),
        ("export",),
    ],
)
def test_every_reading_verb_answers_as_known_on_a_day(behind, line):
    done = behind(*line, "--known-on", "2026-11-23")
    assert done.code == 0
    assert "as known on 2026-11-23" in done.err


def test_a_profile_of_a_day_leaves_out_what_had_not_begun(behind):
    then = json.loads(
        behind("show", "Hikvision", "--as-of", "2015-01-01", "--json").out
    )
    now = json.loads(behind("show", "Hikvision", "--json").out)
    began = [one["from"] for one in now["designations"] if one["from"]]
    assert len(began) > 3
    # One whose day is not known may have begun, and stays.
    assert {one["from"] for one in then["designations"]} <= {None}
