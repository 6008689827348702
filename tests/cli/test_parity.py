"""What `behind parity` prints, draws and writes, and what it never says."""

import csv
import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from lxml import html

from standsbehind.connectors.countries import country_code

VERDICTS = re.compile(
    r"discriminat|\bbiased\b|double standard|unfair|unequal treatment|prejudic|hypocri"
    r"|racis|guilty|targeted because|innocent",
    re.IGNORECASE,
)


@pytest.fixture
def answer(behind):
    return behind("parity", "--as-of", "2026-11-23", "--json").json


def test_an_answer_has_the_fields_of_the_contract(answer):
    assert [one["norm"] for one in answer["classes"]] == [f"C{n}" for n in range(1, 14)]
    shown = {one["norm"]: one["countries"] for one in answer["classes"]}
    (row,) = shown["C7"]
    assert (row["country"], row["n"], row["designated"]) == ("us", 1, 0)
    assert row["interval"] == [0, 0.975]
    assert row["few"]
    assert answer["confounders"]
    assert answer["method"].startswith("Clopper-Pearson")
    assert answer["notices"][0].startswith("These are counts with exact intervals")


def test_every_count_adds_up_and_lies_in_its_interval(answer):
    groups = [group for one in answer["classes"] for group in one["groups"]]
    assert groups
    for group in groups:
        assert group["together"]["n"] == sum(r["n"] for r in group["countries"])
        for row in (*group["countries"], group["together"]):
            lower, upper = row["interval"]
            assert 0 <= lower <= row["designated"] / row["n"] <= upper <= 1
            assert row["on_open_list"]["designated"] <= row["designated"]


def test_a_pair_names_both_with_their_grounds_and_what_differs(answer):
    pair = answer["pairs"][0]
    assert (pair["norm"], pair["result"]) == ("C1", "not shown")
    assert (pair["listed"]["id"], pair["other"]["id"]) == (
        "core-hikvision",
        "core-palantir",
    )
    assert pair["days_apart"] == [608, 608]
    assert pair["other"]["listings"] == []
    assert all(listed["from"] != "" for listed in pair["listed"]["listings"])
    for side in (pair["listed"], pair["other"]):
        assert all(ground["citations"] for ground in side["grounds"])
    assert {"what": "home", "listed": "China", "other": "United States"} in pair[
        "differs"
    ]


def test_only_the_classes_asked_for_are_counted(behind):
    answer = behind("parity", "--class", "c3,C7", "--limit", "1", "--json").json
    assert [one["norm"] for one in answer["classes"]] == ["C3", "C7"]
    assert (len(answer["pairs"]), answer["pairs_left_out"]) == (1, 3)


def test_an_unknown_class_is_the_callers_mistake(behind):
    told = behind("parity", "--class", "C99")
    assert told.code == 2
    assert "--class C99: no such class; known are C1, C2" in told.err


def test_little_is_said_to_be_little(behind):
    told = behind("parity", "--class", "C7").out
    assert "One firm: the interval, 0 % to 97.5 %, rules out next to nothing." in told
    assert "3 rows have fewer than 5 firms" in told
    assert "Listed is no finding, and not listed is not cleared." in told


def test_nothing_that_is_written_is_a_verdict(behind, tmp_path, answer):
    page, picture = tmp_path / "parity.html", tmp_path / "parity.svg"
    told = behind("parity", "--html", page, "--svg", picture)
    written = (told.out, page.read_text(), picture.read_text(), json.dumps(answer))
    for text in (*written, behind("parity", "--help").out):
        assert not VERDICTS.search(text)
        assert "verdict" in text


def test_the_page_holds_figures_tables_and_sources_and_asks_for_nothing(
    behind, tmp_path
):
    behind("parity", "--html", tmp_path / "parity.html")
    made = html.parse(tmp_path / "parity.html")
    assert len(made.xpath("//figure//svg[@class='plot']")) == 2 * 12
    assert not made.xpath("//script | //link | //img")
    marks = {a.get("href") for a in made.xpath("//span[@class='cite']/a")}
    assert marks
    assert all(made.xpath(f"//*[@id='{mark[1:]}']") for mark in marks)
    ids = made.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_picture_is_a_file_of_its_own(behind, tmp_path):
    behind("parity", "--svg", tmp_path / "parity.svg")
    root = ET.parse(tmp_path / "parity.svg").getroot()  # noqa: S314 - our own
    assert root.get("width") == "720"
    said = " ".join(root.itertext())
    assert "C1: share that is listed" in said
    assert "first report: the earliest publication of a claim" in said


def test_what_was_counted_can_be_counted_again(behind, tmp_path):
    receipt = tmp_path / "receipt.json"
    behind("parity", "--class", "C3", "--receipt", receipt)
    assert behind("replay", receipt).out == "identical\n"


# ── the lists of the other side ──


def organisations(path):
    """Read whom the transcribed notices name, with the homes that they state; no persons."""
    homes = {}
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        if row["Type"] != "Person":
            stated = homes.setdefault(row["Name"], set())
            stated.update(filter(None, [country_code(row["Country"])]))
    return homes


def as_ftm(homes):
    """Write them as FollowTheMoney, each on one list of an authority of China."""
    for number, (name, stated) in enumerate(sorted(homes.items())):
        firm = {"name": [name], "country": sorted(stated)}
        listed = {"entity": [f"f{number}"], "programId": ["mofcom"], "country": ["cn"]}
        yield {"id": f"f{number}", "schema": "Company", "properties": firm}
        yield {"id": f"s{number}", "schema": "Sanction", "properties": listed}


@pytest.mark.shared
def test_the_lists_of_china_show_the_mirror_image(shared, behind, tmp_path):
    """Each side lists firms of the other and none of its own; both are counted in one way."""
    homes = organisations(shared / "data" / "cn-lists" / "sanctions.csv")
    file = tmp_path / "notices.ftm.json"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in as_ftm(homes)), "utf-8")
    behind("pull", "notices", "--file", file)
    behind("build")
    lists = behind("parity", "--json").json["lists"]
    ours = [one for one in lists if one["lister"] == "us"]
    (theirs,) = (one for one in lists if one["lister"] == "cn")
    named = Counter("+".join(sorted(stated)) for stated in homes.values())
    assert theirs["homes"] == named
    assert (theirs["names"], theirs["at_home"]) == (len(homes), 0)
    assert named["us"] > len(homes) / 3
    assert {one["at_home"] for one in ours} == {0}
    assert sum(one["homes"].get("cn", 0) for one in ours) > 40
    assert theirs["reach"] == "not written"
