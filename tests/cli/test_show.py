"""What stands behind a firm, hop by hop, and what the law makes of it."""

import pytest

DAHUA = "Zhejiang Dahua Technology"


def effects(behind, *arguments):
    answer = behind("effects", DAHUA, *arguments, "--json").json
    return {(e["program"], e["provision"]): e for e in answer["effects"]}, answer


def test_the_way_from_amazon_to_xinjiang_is_cited_at_every_hop(behind):
    answer = behind("trace", "Amazon", "Xinjiang", "--json").json
    assert answer["completeness"] in {"COMPLETE", "CUT"}
    assert answer["paths"]
    for path in answer["paths"]:
        assert path["weakest"]["grade"]
        for hop in path["hops"]:
            for citation in hop["citations"]:
                assert citation["title"]
                assert citation["published"]
                assert citation["origin_group"]
            assert hop["citations"]


def test_the_articles_chain_is_among_the_paths(behind):
    answer = behind("trace", "Amazon", "Xinjiang", "--json", "--limit", "100").json
    chains = [[hop["target"] for hop in path["hops"]] for path in answer["paths"]]
    assert ["core-zhejiang-dahua", "core-d-dahua-xj-5", "core-pl-xinjiang"] in chains


def test_an_end_that_nobody_knows_is_said_to_be_unknown(behind):
    told = behind("trace", "Amazon", "Atlantis Cameras", "--json")
    assert (told.code, told.json["completeness"]) == (0, "NOT_KNOWN")


def test_buying_is_not_prohibited_and_889_b_was_not_in_force(behind):
    found, answer = effects(
        behind, "--role", "buyer", "--in", "us", "--as-of", "2020-04-29"
    )
    assert "not prohibited" in answer["effects"][0]["text"]
    assert found["us-bis-entity-list", "licence"]["effect"] == "permitted"
    assert found["us-ndaa-889", "a-1-B"]["state"] == "not_yet_in_force"


def test_a_contractor_may_not_use_it_from_august_2020(behind):
    found, _ = effects(behind, "--role", "contractor", "--as-of", "2020-09-01")
    part_b = found["us-ndaa-889", "a-1-B"]
    assert (part_b["effect"], part_b["relation"]) == ("prohibited", "itself")
    assert "52.204-25" in part_b["citation"]["title"]


@pytest.mark.parametrize(
    ("day", "state"), [("2026-01-15", "suspended"), ("2026-11-20", "unverified")]
)
def test_the_affiliates_rule_is_shown_as_it_stood(behind, day, state):
    found, _ = effects(behind, "--role", "exporter", "--as-of", day)
    rule = found["us-bis-affiliates", "owned-50"]
    assert (rule["state"], rule["unverified"]) == (state, state == "unverified")


def test_a_reply_stands_beside_the_claim(behind):
    answer = behind("show", "Amazon", "--json").json
    replies = {reply["id"]: reply for reply in answer["replies"]}
    assert "core-R001" in replies["core-R004"]["answers"]


def test_an_unknown_name_is_the_callers_mistake_with_a_hint(behind):
    unknown = behind("show", "Qwertz Uiop")
    assert (unknown.code, "Traceback" in unknown.err) == (2, False)


@pytest.mark.shared
def test_a_listing_names_the_heading_under_which_its_list_has_it(behind, shared):
    page = shared / "data" / "us-uflpa" / "dhs-uflpa_2026-07-24.html"
    behind("pull", "us_dhs_uflpa", "--file", page)
    (listing, *_) = behind("show", "Baoding LYSZD", "--json").json["designations"]
    assert (listing["program"], listing["tag"]) == (
        "us-uflpa",
        "Section 2(d)(2)(B)(v)",
    )
    printed = behind("show", "Baoding LYSZD").out
    assert "UFLPA Entity List (Section 2(d)(2)(B)(v)), listed" in printed
    (listing, *_) = behind("show", "core-hikvision", "--json").json["designations"]
    assert listing["tag"] == ""
