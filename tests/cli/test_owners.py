"""`behind owners` and `owned-by` print bounds and answers, and a receipt makes them again."""

import json

import pytest

from standsbehind.cli.main import main


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A data folder with a file of somebody's stakes pulled into it."""
    folder = tmp_path_factory.mktemp("owners")
    file = folder / "mine.ftm.json"
    known = [*firms("l", "a", "b", "c", "d"), *STAKES, *TWINS]
    file.write_text("\n".join(map(json.dumps, known)))
    data = folder / "data"
    for words in (["pull", "mine", "--file", str(file)], ["build"]):
        assert run([*words, "--data", str(data)]) == 0
    return data


def firms(*keys):
    return [
        {"id": k, "schema": "Company", "properties": {"name": [f"Firm {k.upper()}"]}}
        for k in keys
    ]


def stake(key, owner, asset, share):
    properties = {"owner": [owner], "asset": [asset], "percentage": [share]}
    return {"id": key, "schema": "Ownership", "properties": properties}


STAKES = [
    stake("e1", "l", "a", "60"),
    stake("e2", "l", "b", "30"),
    stake("e3", "a", "b", "40"),
    stake("e4", "b", "a", "10"),
    stake("e5", "c", "d", "120 %"),
]
TWINS = [
    {"id": key, "schema": "Company", "properties": {"name": ["Twin Oaks"]}}
    for key in ("twin1", "twin2")
]


def run(words):
    with pytest.raises(SystemExit) as leaving:
        main(words)
    return leaving.value.code or 0


def answered(capsysbinary, home, *words):
    assert run([*words, "--json", "--data", str(home)]) == 0
    return json.loads(capsysbinary.readouterr().out)


def test_interests_and_answers_of_the_worked_example(home, capsysbinary):
    asked = ("--by", "l", "--test", "us-ofac-50", "--as-of", "2026-01-01")
    found = answered(capsysbinary, home, "owners", "b", *asked)
    by_id = {one["id"]: one for one in found["holders"]}
    assert (by_id["l"]["lower"], by_id["l"]["upper"]) == (0.5625, 0.5625)
    assert [s["share"] for s in by_id["l"]["direct"]] == ["30 %"]
    (test,) = found["tests"]
    assert (test["id"], test["answer"], test["missing"]) == ("us-ofac-50", "YES", [])


def test_what_a_holder_holds(home, capsysbinary):
    found = answered(capsysbinary, home, "owned-by", "l", "--as-of", "2026-01-01")
    shares = {one["id"]: one["lower"] for one in found["holders"]}
    assert shares == {"a": 0.65625, "b": 0.5625}


def test_a_share_that_cannot_be_is_told_and_counts_as_not_stated(home, capsysbinary):
    found = answered(capsysbinary, home, "owners", "d")
    assert [note["kind"] for note in found["notes"]] == ["unread"]
    assert "120 %" in found["notes"][0]["text"]
    (holder,) = found["holders"]
    assert (holder["lower"], holder["upper"]) == (0, 1)


def test_a_receipt_makes_the_answer_again(home, capsysbinary, tmp_path):
    receipt = tmp_path / "receipt.json"
    words = ["owners", "b", "--by", "l", "--receipt", str(receipt)]
    assert run([*words, "--data", str(home)]) == 0
    capsysbinary.readouterr()
    assert run(["replay", str(receipt), "--data", str(home)]) == 0
    assert capsysbinary.readouterr().out == b"identical\n"


def test_people_read_bounds_and_what_is_not_stated(home, capsysbinary):
    assert run(["owners", "b", "--by", "l", "--data", str(home)]) == 0
    told = capsysbinary.readouterr().out.decode()
    assert "56.25 %" in told
    assert "YES  OFAC 50 Percent Rule" in told
    assert "Not shown is not cleared." in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["owners", "nobody at all"], "no entity of this snapshot"),
        (["owners", "b", "--test", "us-ofac-51"], "no such test; known are us-ofac-50"),
        (["owned-by", "l", "--by", "qqqq"], "no entity of this snapshot"),
        (["owners", "b", "--by", "Twin Oaks"], "several bear that name"),
        (["around", "Twin Oaks"], "give the id of one: Twin Oaks (twin1)"),
    ],
)
def test_a_mistake_of_the_caller_is_told_in_a_line(home, capsysbinary, words, said):
    assert run([*words, "--data", str(home)]) == 2
    assert said in capsysbinary.readouterr().err.decode()
