"""What a user sees of the sections that name firms, beside what the built-in data says."""

import pytest

DAHUA = "us-dod-1260h-zhejiangdahuatechnologycoltd"


def test_a_section_that_ships_is_pulled_by_its_name_alone(behind):
    assert behind("pull", "us_ndaa_889").out == (
        "us_ndaa_889: 5 rows, 10 entities added, 0 changed, 0 removed\n"
    )
    assert behind("pull", "us_ndaa_889").out == "us_ndaa_889: unchanged\n"


def test_the_statutes_name_stays_an_entity_of_its_own(behind):
    before = behind("match", "Hikvision", "--json").json["hits"]
    behind("pull", "us_ndaa_889")
    after = behind("match", "Hikvision", "--json").json["hits"]
    assert after[: len(before)] == before
    (added,) = after[len(before) :]
    assert added["entity"]["id"].startswith("us-ndaa-889-")
    shown = behind("effects", added["entity"]["id"], "--json").json
    assert len(shown["designations"]) == 1


def test_the_statutes_name_has_the_effects_of_the_section(behind):
    behind("pull", "us_ndaa_889")
    told = behind(
        "effects",
        "us-ndaa-889-dahuatechnologycompany",
        "--role=contractor",
        "--in=us",
        "--as-of=2026-07-15",
        "--json",
    ).json
    effects = {effect["provision"]: effect for effect in told["effects"]}
    assert effects["a-1-B"]["effect"] == "prohibited"
    assert effects["a-1-B"]["from"] == "2020-08-13"
    assert effects["a-1-A"]["from"] == "2019-08-13"
    assert "security of Government facilities" in effects["a-1-B"]["scope"]


def test_a_section_without_a_program_reads_as_not_examined(behind):
    behind("pull", "us_ndaa_5949")
    told = behind("effects", "ChangXin Memory Technologies", "--json").json
    (effect,) = [one for one in told["effects"] if one["designation"]]
    assert (effect["program"], effect["effect"]) == ("us-ndaa-5949", "not_examined")
    assert "from 2027-12-23" in effect["text"]


@pytest.mark.shared
def test_the_listings_of_all_editions_decide_the_effects_of_section_805(behind, shared):
    path = shared / "data" / "us-1260h-history" / "sanctions.csv"
    behind("pull", "us_dod_1260h", "--file", path)
    position = ("--role=contractor", "--in=us", "--as-of=2026-07-15")
    told = behind("effects", "Dahua", *position, "--json").json
    ids = [told["entity"]["id"], *(other["entity"]["id"] for other in told["others"])]
    assert {"core-zhejiang-dahua", DAHUA} <= set(ids)
    effects = behind("effects", DAHUA, *position, "--json").json["effects"]
    states = {(effect["provision"], effect["state"]) for effect in effects}
    assert states == {
        ("s805-contract", "in_force"),
        ("s805-goods", "not_yet_in_force"),
    }
    assert {effect["from"] for effect in effects} == {"2026-06-30", "2027-06-30"}
    printed = behind("effects", DAHUA, *position).out
    assert printed.count("\nin force ") == printed.count("\nnot yet in force ") == 1
