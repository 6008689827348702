"""What `behind assess` and `behind neutrality` print, and how they leave."""

import shutil
from importlib import resources
from pathlib import Path

import pytest

CATALOG = Path(str(resources.files("standsbehind.standards"))) / "catalog"


@pytest.fixture
def catalog(tmp_path):
    return Path(shutil.copytree(CATALOG, tmp_path / "catalog"))


def findings(behind, *arguments):
    answer = behind("assess", *arguments, "--json").json
    return {found["norm"]: found for found in answer["findings"]}, answer


def test_an_answer_has_the_fields_of_the_contract(behind):
    found, answer = findings(behind, "Amazon")
    assert answer["entity"]["id"] == "core-amazon"
    assert answer["standard"]["id"] == "biometric-surveillance"
    assert answer["standard"]["version"]
    assert len(answer["standard"]["digest"]) == 64
    assert list(found) == [f"C{number}" for number in range(1, 14)]
    for element in found["C7"]["elements"]:
        assert element["result"] == "shown"
        assert all(len(ground) == 40 for ground in element["grounds"])
    assert found["C7"]["result"] == "answered"
    assert [reply["author"] for reply in found["C7"]["replies"]] == ["core-amazon"]
    assert answer["snapshot"]


def test_an_element_says_why_a_claim_is_not_enough(behind):
    found, _ = findings(behind, "Dahua")
    capability = found["C1"]["elements"][0]
    assert capability["result"] == "not shown"
    assert {fact["sources"] for fact in capability["facts"]} == {"one origin"}
    assert not any(fact["accepted"] for fact in capability["facts"])
    assert all(fact["origins"] == ["ipvm"] for fact in capability["facts"])


def test_not_shown_is_printed_with_what_it_does_not_mean(behind):
    told = behind("assess", "Raytheon").out
    assert "not shown" in told
    assert "Not shown is not cleared" in told
    assert "Not legal advice. Law as of" in told
    assert "not examined, nothing looked at: C1, C2" in told


def test_an_act_after_the_day_is_left_out(behind):
    before, _ = findings(behind, "Amazon", "--as-of", "2023-12-31")
    assert before["C7"]["result"] == "not shown"
    assert before["C7"]["elements"][2]["facts"] == []
    after, _ = findings(behind, "Amazon", "--as-of", "2024-01-31")
    assert after["C7"]["result"] == "answered"


def test_what_was_found_can_be_found_again(behind, tmp_path):
    receipt = tmp_path / "receipt.json"
    behind("assess", "Clearview AI", "--receipt", receipt)
    assert behind("replay", receipt).out == "identical\n"


@pytest.mark.parametrize(
    "arguments",
    [("assess", "Atlantis Cameras"), ("assess", "Amazon", "--standard", "kindness")],
    ids=" ".join,
)
def test_what_is_not_known_is_the_callers_mistake(behind, arguments):
    told = behind(*arguments)
    assert told.code == 2
    assert "Traceback" not in told.err


# ── neutrality ──


def test_a_certificate_counts_the_exact_runs(behind):
    told = behind("neutrality", "--runs", "3", "--firms", "20", "--json")
    answer = told.json
    assert told.code == 0
    assert answer["holds"]
    assert answer["runs"] == 3
    assert [one["kind"] for one in answer["permutations"]] == [
        *("names", "home_countries", "publishers", "languages", "designations")
    ]
    for one in (*answer["permutations"], *answer["invented"]):
        assert (one["runs"], one["exact"]) == (3, 3)
    assert answer["refused_rules"] == []
    again = behind("neutrality", "--runs", "3", "--firms", "20", "--json").json
    assert again["certificate"] == answer["certificate"]
    other = behind(
        "neutrality", "--runs", "3", "--firms", "20", "--seed", "2", "--json"
    )
    assert other.json["certificate"] != answer["certificate"]


def test_the_searches_are_told_by_home(behind):
    answer = behind("neutrality", "--runs", "1", "--firms", "0", "--json").json
    homes = {row["country"]: row for row in answer["searches"]}
    assert homes["us"]["searched"] > homes["kr"]["searched"] == 0


@pytest.mark.parametrize(
    "line",
    [
        'country == "cn"',
        "# Hikvision is meant",
        "firm: Amazon",
        "place: Xinjiang",
        "price: 5 EUR",
        "home: based in the capital",
    ],
)
def test_a_planted_line_is_named(behind, catalog, line):
    path = catalog / "c3.yml"
    number = len(path.read_text("utf-8").splitlines()) + 1
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8")
    told = behind("neutrality", "--catalog", catalog, "--runs", "1")
    assert told.code == 3
    assert f"c3.yml:{number}:" in told.out
    answer = behind("neutrality", "--catalog", catalog, "--runs", "1", "--json").json
    assert ("c3.yml", number) in {
        (r["file"], r["line"]) for r in answer["refused_rules"]
    }
    assert not answer["holds"]


def test_a_word_that_is_no_term_is_named_by_its_line(behind, catalog):
    path = catalog / "c3.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("[no_legal_basis]", "[had_no_permit]"), "utf-8")
    told = behind("neutrality", "--catalog", catalog, "--runs", "1")
    number = text[: text.index("[no_legal_basis]")].count("\n") + 1
    assert told.code == 3
    assert f"c3.yml:{number}:" in told.out


def test_another_catalog_that_names_nobody_is_proven_as_well(behind, catalog):
    path = catalog / "c7.yml"
    path.write_text(path.read_text("utf-8").replace("days: 1", "days: 90"), "utf-8")
    told = behind(
        "neutrality", "--catalog", catalog, "--runs", "1", "--firms", "0", "--json"
    )
    assert told.code == 0
    assert (
        told.json["standard"]["digest"]
        != behind("assess", "Amazon", "--json").json["standard"]["digest"]
    )


def test_a_folder_without_a_standard_is_the_callers_mistake(behind, tmp_path):
    told = behind("neutrality", "--catalog", tmp_path)
    assert told.code == 2
    assert "standard.yml" in told.err
