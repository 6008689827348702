"""A vendor that a listed name holds: the answer of a screening on three days of one rule."""

import json

import pytest

DAYS = {
    "2025-10-15": ("licence", "in_force", "YES", "2025-09-29", "2025-11-09"),
    "2026-06-01": ("permitted", "suspended", "NO", "2025-11-10", "2026-11-09"),
    "2026-11-23": ("licence", "unverified", "UNDETERMINED", "2026-11-10", None),
}


def entity(key, schema, **properties):
    return json.dumps(
        {
            "id": key,
            "schema": schema,
            "properties": {name: [value] for name, value in properties.items()},
        }
    )


REGISTER = (
    entity("h-l", "Company", name="Lanternhill Holdings", country="cn"),
    entity("h-a", "Company", name="Quartzlane Optics", country="sg"),
    entity("h-b", "Company", name="Quillbrook Video", country="de"),
    entity("h-s", "Sanction", entity="h-l", programId="us-bis-entity-list",
           startDate="2019-10-09", status="listed"),
    entity("h-1", "Ownership", owner="h-l", asset="h-a", percentage="60"),
    entity("h-2", "Ownership", owner="h-l", asset="h-b", percentage="25-75"),
)  # fmt: skip


@pytest.fixture
def screened(behind, tmp_path):
    register, vendors = tmp_path / "held.ftm.json", tmp_path / "vendors.csv"
    register.write_text("\n".join(REGISTER) + "\n")
    vendors.write_text("Vendor\nQuartzlane Optics\nQuillbrook Video\nPlain Paper\n")
    assert behind("pull", "held", "--file", register).code == 0
    assert behind("build").code == 0

    def screened(day, *options):
        asked = ("--role", "exporter", "--in", "us", "--as-of", day)
        return behind("screen", vendors, *asked, *options)

    return screened


@pytest.mark.parametrize("day", DAYS)
def test_an_answer_has_the_relation_its_evidence_and_the_days_of_the_rule(
    behind, screened, day
):
    effect, state, answer, since, until = DAYS[day]
    (hit,) = screened(day, "--json").json["results"][0]["hits"]
    (exposure,) = hit["exposures"]
    (line,) = exposure["effects"]
    assert (exposure["entity"], exposure["relations"]) == ("h-l", ["owned_50"])
    assert (line["effect"], line["state"]) == (effect, state)
    assert (line["relation"], line["from"], line["to"]) == ("owned_50", since, until)
    test = line["test"]
    assert (test["answer"], test["arithmetic"]) == (answer, "YES")
    assert (test["from"], test["to"]) == (since, until)
    assert [m["fact"] for m in test["missing"]] == ["law"] * (state == "unverified")
    (held,) = line["links"]
    assert (held["owner"], held["asset"], held["share"]) == ("h-l", "h-a", "60 %")
    assert held["edge"]["citations"][0]["locator"] == "line 5"
    alone = behind("effects", "h-a", "--role", "exporter", "--as-of", day, "--json")
    assert [e for e in alone.json["effects"] if e["listed"]] == [line]


@pytest.mark.parametrize("day", DAYS)
def test_a_share_that_would_decide_is_named_where_the_rule_counts(screened, day):
    (hit,) = screened(day, "--json").json["results"][1]["hits"]
    missing = [t["missing"][0] for t in hit["undetermined"]]
    assert [e["effects"] for e in hit["exposures"]] == [[]]
    if day == "2026-06-01":
        assert missing == []
        return
    assert [(m["owner"], m["asset"]) for m in missing] == [("h-l", "h-b")]
    assert (missing[0]["yes_from"], missing[0]["no_at"]) == (0.5, 0.25)


def test_every_form_says_it(screened, tmp_path):
    said = "licence by us-bis-affiliates"
    open_share = "the share of Lanternhill Holdings in Quillbrook Video"
    names = ("a.csv", "a.html", "a.md")
    outs = [part for name in names for part in ("--out", tmp_path / name)]
    table = screened("2025-10-15").out
    screened("2025-10-15", *outs)
    told = {name: (tmp_path / name).read_text() for name in names}
    assert said in " ".join(table.split())
    assert all(open_share in told[name] for name in names)
    assert all(said in told[name] for name in ("a.csv", "a.md"))
    assert "Held to half or more, counted from the listed" in told["a.html"]


def test_a_repeat_is_the_same_byte_for_byte(behind, screened, tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    answers = [
        screened("2025-10-15", "--json", "--receipt", p) for p in (first, second)
    ]
    assert answers[0].out == answers[1].out
    assert first.read_bytes() == second.read_bytes()
    assert behind("replay", first).out == "identical\n"


def test_a_receipt_that_rests_on_a_stake_is_told_when_it_is_withdrawn(
    behind, screened, tmp_path
):
    screened("2025-10-15", "--receipt", tmp_path / "receipt.json")
    register = tmp_path / "held.ftm.json"
    register.write_text(
        "\n".join(line for line in REGISTER if "h-1" not in line) + "\n"
    )
    behind("pull", "held", "--file", register)
    assert "h-1" in behind("verify", "--dependents").out
