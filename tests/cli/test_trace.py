"""Paths between two, or between lists, and what lies around one, as a user asks."""

import json

import pytest

XINJIANG = "core-pl-xinjiang"


def test_the_answer_names_what_every_path_rests_on(behind):
    answer = behind("trace", "Amazon", XINJIANG, "--limit", "2", "--json").json
    assert len(answer["evidence_cut"]["origins"]) == 1
    (origin,) = answer["evidence_cut"]["each_alone"]
    assert origin["origin"] == "reuters-2020-04"
    assert any("Reuters" in publisher for publisher in origin["publishers"])
    assert (answer["evidence_cut"]["proven"], answer["evidence_cut"]["paths"]) == (
        True,
        2,
    )
    told = behind("trace", "Amazon", XINJIANG, "--limit", "2").out
    assert "Every path told rests on Reuters" in " ".join(told.split())


def test_a_path_says_how_strong_it_is_and_why(behind):
    (path,) = behind("trace", "Amazon", XINJIANG, "--limit", "1", "--json").json[
        "paths"
    ]
    assert path["strength"]["grade"] == path["weakest"]["grade"]
    assert path["strength"]["why"].startswith(
        f"no stronger than hop {path['weakest']['hop']}: "
    )


def test_a_reply_stands_beside_the_hop_that_it_answers(behind):
    asked = ("trace", "Amazon", XINJIANG, "--limit", "1")
    told = " ".join(behind(*asked).out.split())
    hop, rest = told.split(" 2 Zhejiang Dahua", 1)
    assert "[from 2020-04, end not stated; reported, one origin] core-R001" in hop
    assert "reply 2020-04-29, Amazon.com, Inc.: Amazon said" in hop
    assert "Amazon said" not in rest
    replies = behind(*asked, "--json").json["replies"]
    assert ("core-amazon", True) in {
        (reply["author"], "core-R001" in reply["answers"]) for reply in replies
    }


def test_what_was_written_is_told(behind, tmp_path):
    page, graph = tmp_path / "page.html", tmp_path / "graph.gexf"
    told = behind("trace", "Amazon", XINJIANG, "--limit", "1", "--html", page)
    assert told.err == f"written: {page}\n"
    assert behind("export", "--format", "gexf", "--out", graph).err == (
        f"written: {graph}\n"
    )


def test_only_a_finished_search_says_that_it_is_complete(behind):
    some = behind("trace", "Amazon", XINJIANG, "--max-hops", "3", "--limit", "1")
    every = behind("trace", "Amazon", XINJIANG, "--max-hops", "3", "--all", "--json")
    assert "CUT: paths of up to 3 hops" in some.out
    assert every.json["completeness"] == "COMPLETE"
    assert len(every.json["paths"]) > 1


def test_links_may_be_asked_for_by_voice_and_by_origins(behind):
    ends = ("trace", "Amazon", XINJIANG, "--max-hops", "3", "--json")
    reported = behind(*ends, "--min-voice", "reported").json
    assert "official" in reported["statuses"]
    grades = {h["edge"]["status"] for p in reported["paths"] for h in p["hops"]}
    assert grades <= {"reported", "company-statement", "official"}
    assert behind(*ends, "--status", "company").json["paths"] == []
    assert behind(*ends, "--min-origins", "2").json["paths"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--min-voice", "shouted"),
        ("--status", "opinion", "--min-voice", "official"),
        ("--direction", "up"),
        ("--max-hops", "0"),
        ("--time-limit", "0"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_asked_is_the_callers_mistake(behind, arguments):
    told = behind("trace", "Amazon", XINJIANG, *arguments)
    assert (told.code, "Traceback" in told.err) == (2, False)


def test_a_list_may_be_an_end(behind):
    answer = behind("trace", "Amazon", "list:us-bis-entity-list", "--json").json
    assert len(answer["to"]) > 1
    assert len(answer["paths"][0]["hops"]) == 1
    then = behind(
        "trace", "Amazon", "list:us-bis-entity-list", "--as-of", "2019-01-01", "--json"
    ).json
    assert len(then["to"]) < len(answer["to"])
    nobody = behind("trace", "Amazon", "list:no-such-list", "--json")
    assert (nobody.code, nobody.json["completeness"]) == (0, "NOT_KNOWN")
    assert "lists nobody in this snapshot" in nobody.err


def test_a_name_of_several_is_told_to_be_one(behind):
    told = behind("trace", "SenseTime", "Xinjiang", "--limit", "1")
    assert told.code == 0
    assert "entities may be meant, and all are asked about" in told.err


def test_what_an_earlier_snapshot_had_is_said_with_the_snapshot(behind, tmp_path):
    kept = [firm_line(f"kept-{n}") for n in range(9)]
    file = tmp_path / "ours.ftm.json"
    file.write_text("".join([firm_line("gone-1"), *kept]))
    behind("pull", "ours", "--file", file)
    had = behind("snapshots", "--json").json["snapshots"][-1]["snapshot"]
    file.write_text("".join(kept))
    assert behind("pull", "ours", "--file", file).code == 0
    told = behind("trace", "gone-1", "Amazon", "--json")
    assert told.json["completeness"] == "NOT_KNOWN"
    assert f"snapshot {had} last had it" in told.err


def firm_line(key):
    properties = {"name": [f"Optics {key}"]}
    row = {"id": key, "schema": "Company", "properties": properties}
    return f"{json.dumps(row)}\n"


def test_everything_near_a_place_is_told_with_the_way(behind):
    answer = behind("near", XINJIANG, "--json").json
    assert (answer["entity"]["id"], answer["completeness"]) == (XINJIANG, "COMPLETE")
    assert (
        answer["total"]
        == len(answer["entities"])
        == sum(n for counts in answer["counts"] for n in counts.values())
    )
    for one in answer["entities"]:
        assert one["distance"] == len(one["path"]["hops"])
        assert all(hop["citations"] for hop in one["path"]["hops"])
    listed = behind("near", XINJIANG, "--listed", "--hops", "1").out
    assert "was or is listed" in listed
    assert behind("near", "Atlantis", "--json").json["completeness"] == "NOT_KNOWN"


def test_an_answer_about_what_lies_near_can_be_given_again(behind, tmp_path):
    receipt = tmp_path / "receipt.json"
    behind("near", XINJIANG, "--receipt", receipt)
    assert behind("replay", receipt).out == "identical\n"
