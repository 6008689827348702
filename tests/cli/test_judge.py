"""`behind judge`: a false hit is judged once, shown ever after, and comes back when it must."""

import csv
import io
import json

import pytest

AUTHOR = "A. Reviewer"


def firm(name, *, key="x-zyxomar", **more):
    properties = {"name": [name], **more}
    return {"id": key, "schema": "Company", "properties": properties}


LISTED = firm("Zyxomar Optics", country=["cn"])


@pytest.fixture(autouse=True)
def pull(behind, tmp_path):
    """Read a list of the test's own in; return how its later editions are."""

    def pull(*entities, dataset="tiny"):
        file = tmp_path / "list.ftm.json"
        file.write_text("".join(json.dumps(one) + "\n" for one in entities))
        told = behind("pull", dataset, "--file", file, "--accept-shrink")
        assert told.code == 0, told.err

    pull(LISTED)
    return pull


@pytest.fixture
def vendors(tmp_path):
    file = tmp_path / "vendors.csv"
    file.write_text("Vendor,Country\nZyxomar Optics,de\nQuiet Bakery,de\n")
    return file


@pytest.fixture
def not_same(behind):
    """Return how the vendor of the tests is judged; it gives the judgement."""

    def not_same(*more, name="Zyxomar Optics", scope="customer", country="de"):
        place = ("--country", country) if scope == "customer" and country else ()
        told = behind(
            *("judge", "not-same", name, "x-zyxomar", "--author", AUTHOR),
            *("--reason", "an optician in Bremen", "--scope", scope, "--json"),
            *(*place, *more),
        )
        assert told.code == 0, told.err
        return told.json["judgement"]

    return not_same


def row_of(behind, file, *more):
    told = behind("screen", file, "--json", *more)
    assert told.code == 0, told.err
    return told.json["results"][0]


def matched(behind):
    return behind("match", "Zyxomar Optics", "--country", "de", "--json").json


def hits(row):
    return [hit["entity"]["id"] for hit in row["hits"]]


def aside(row):
    return [hit["entity"]["id"] for hit in row["judged"]]


def standings(row):
    shown = (*row["hits"], *row["judged"])
    return [one["standing"] for hit in shown for one in hit["judgements"]]


def test_a_judged_hit_is_set_aside_and_shown(behind, vendors, not_same):
    assert hits(row_of(behind, vendors)) == ["x-zyxomar"]
    made = not_same()
    answer = behind("screen", vendors, "--json").json
    row = answer["results"][0]
    assert (row["status"], row["hits"], aside(row)) == (
        "no_hit_found",
        [],
        ["x-zyxomar"],
    )
    (told,) = row["judged"][0]["judgements"]
    assert (told["id"], told["author"], told["reason"], told["standing"]) == (
        made["id"],
        AUTHOR,
        "an optician in Bremen",
        "in_force",
    )
    assert row["judged"][0]["match"] is False
    assert answer["summary"] == {
        "hit": 0,
        "no_hit_found": 2,
        "no_hit_found_by_judgement": 1,
        "not_examined": 0,
        "hits_judged_away": 1,
    }
    assert behind("screen", vendors, "--fail-on", "hit").code == 0


def test_rows_judged_away_are_counted_where_the_rows_are_written_as_they_come(
    behind, vendors, not_same
):
    not_same()
    told = behind("screen", vendors, "--jsonl").err
    assert "2 rows: 0 with a hit, 2 no hit found (1 by judgement), 0" in told


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "html", "md", "json"])
def test_every_format_shows_who_judged_and_why(
    behind, vendors, not_same, tmp_path, form
):
    not_same()
    out = tmp_path / f"answer.{form}"
    assert behind("screen", vendors, "--format", form, "--out", out).code == 0
    text = " ".join(out.read_text("utf-8-sig").split())
    assert "an optician in Bremen" in text
    assert "x-zyxomar" in text or form in {"table", "md"}
    assert "by judgement" in text or form in {"csv", "json", "jsonl"}


def test_a_workbook_shows_it_too(behind, vendors, not_same, tmp_path):
    from python_calamine import load_workbook

    not_same()
    out = tmp_path / "answer.xlsx"
    behind("screen", vendors, "--out", out)
    sheet = load_workbook(str(out)).get_sheet_by_name("results").to_python()
    first = dict(zip(sheet[0], sheet[1], strict=True))
    assert (first["entity_id"], first["status"]) == ("x-zyxomar", "no_hit_found")
    assert AUTHOR in first["judgements"]


def test_match_applies_it(behind, not_same):
    not_same()
    told = behind("match", "Zyxomar Optics", "--country", "de", "--json").json
    assert (told["status"], aside(told)) == ("no_hit_found", ["x-zyxomar"])
    shown = behind("match", "Zyxomar Optics", "--country", "de").out
    assert "not judged away" in shown
    assert "an optician in Bremen" in shown


def test_an_unrelated_change_of_the_list_leaves_it(behind, pull, vendors, not_same):
    not_same()
    pull(
        firm("Zyxomar Optics", country=["cn"], notes=["under new cover"]),
        firm("Another One", key="x-another"),
    )
    row = row_of(behind, vendors)
    assert (row["status"], standings(row)) == ("no_hit_found", ["in_force"])


@pytest.mark.parametrize(
    ("edition", "change"),
    [
        (
            {"alias": ["Zyxomar Bremen"], "country": ["cn"]},
            "tiny: alias added 'Zyxomar Bremen'",
        ),
        ({"country": ["cn", "de"]}, "tiny: country added 'de'"),
        ({}, "tiny: country removed 'cn'"),
        ({"country": ["cn"], "leiCode": ["529900T8BM49AURSDO55"]}, "leiCode added"),
        ({"country": ["cn"], "address": ["Weg 1, Bremen"]}, "address added"),
        ({"country": ["cn"], "incorporationDate": ["1990"]}, "incorporationDate"),
    ],
)
def test_an_entry_that_changed_is_a_hit_again_and_says_what_changed(
    behind, pull, not_same, edition, change
):
    not_same()
    pull(firm("Zyxomar Optics", **edition))
    row = matched(behind)
    assert (row["status"], standings(row)) == ("hit", ["stale"])
    (told,) = row["hits"][0]["judgements"]
    assert f"judged not the same by {AUTHOR}" in told["says"]
    assert "but the entry changed since" in told["says"]
    assert change in told["says"]
    assert len(told["changes"]) == 1
    text = behind("match", "Zyxomar Optics", "--country", "de").out
    assert "the entry changed since" in " ".join(text.split())


def test_a_stale_judgement_is_made_anew_on_what_is_listed_now(
    behind, pull, vendors, not_same
):
    first = not_same()
    pull(firm("Zyxomar Optics", country=["cn"], alias=["Zyxomar Bremen"]))
    second = not_same()
    assert standings(row_of(behind, vendors)) == ["in_force"]
    listed = behind("judge", "list", "--all", "--json").json["judgements"]
    assert [(one["standing"], one["replaced_by"]) for one in listed] == [
        ("replaced", second["id"]),
        ("in_force", None),
    ]
    assert listed[0]["id"] == first["id"]


def test_another_list_that_names_the_entity_too_makes_it_stale(
    behind, pull, vendors, not_same
):
    not_same()
    pull(LISTED, dataset="other")
    row = row_of(behind, vendors)
    assert (row["status"], standings(row)) == ("hit", ["stale"])


def test_a_judgement_on_a_list_does_not_reach_another_list(
    behind, pull, vendors, not_same
):
    not_same(scope="list:tiny")
    assert row_of(behind, vendors)["status"] == "no_hit_found"
    pull(LISTED, dataset="other")
    row = row_of(behind, vendors)
    assert (row["status"], standings(row)) == ("hit", ["partial"])
    assert "other names it too" in row["hits"][0]["judgements"][0]["says"]
    assert row_of(behind, vendors, "--lists", "tiny")["status"] == "no_hit_found"
    not_same(scope="list:other")
    row = row_of(behind, vendors)
    assert (row["status"], standings(row)) == ("no_hit_found", ["in_force"] * 2)


def test_what_another_list_says_does_not_make_a_judgement_on_a_list_stale(
    behind, pull, vendors, not_same
):
    pull(LISTED, dataset="other")
    not_same(scope="list:tiny")
    pull(firm("Zyxomar Optics", alias=["Zyxomar West"]), dataset="other")
    assert standings(row_of(behind, vendors)) == ["partial"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Vendor,Country\nZyxomar Optics,cn\n", id="another country"),
        pytest.param("Vendor\nZyxomar Optics\n", id="no country"),
        pytest.param(
            "Vendor,Country,LEI\nZyxomar Optics,de,529900T8BM49AURSDO55\n",
            id="a number of its own",
        ),
        pytest.param(
            "Vendor,Country,Alias\nZyxomar Optics,de,Zyxomar Peking\n",
            id="another name besides",
        ),
        pytest.param("Vendor,Country\nZyxomar Optic,de\n", id="another name"),
    ],
)
def test_a_judgement_of_one_customer_does_not_silence_another(
    behind, vendors, not_same, text
):
    not_same()
    vendors.write_text(text)
    row = row_of(behind, vendors)
    assert (row["status"], standings(row)) == ("hit", [])


def test_the_same_customer_may_be_spelt_otherwise(behind, vendors, not_same):
    not_same("--identifier", "lei=529900-T8BM49AURSDO55")
    vendors.write_text(
        "Vendor,Country,LEI\n ZYXOMAR  optics.,Germany,529900T8BM49AURSDO55\n"
    )
    assert row_of(behind, vendors)["status"] == "no_hit_found"


def test_everywhere_is_any_row_of_the_name(behind, vendors, not_same):
    not_same(scope="everywhere")
    vendors.write_text("Vendor,Country\nZyxomar Optics,fr\n")
    assert row_of(behind, vendors)["status"] == "no_hit_found"
    vendors.write_text("Vendor,Country\nZyxomar Optics Nord,fr\n")
    assert standings(row_of(behind, vendors, "--threshold", "0.3")) == []


def test_a_row_with_the_entitys_own_number_is_not_silenced_by_its_name(
    behind, pull, vendors, not_same
):
    lei = "529900T8BM49AURSDO55"
    pull(firm("Zyxomar Optics", leiCode=[lei]))
    not_same(scope="everywhere")
    vendors.write_text(f"Vendor,LEI\nZyxomar Optics,{lei}\n")
    assert row_of(behind, vendors)["status"] == "hit"


def test_the_last_day_counts_and_the_next_does_not(
    behind, vendors, not_same, monkeypatch
):
    from datetime import UTC, datetime, timedelta

    from standsbehind.cli.session import Session

    today = datetime.now(tz=UTC)
    last = (today + timedelta(days=30)).date()
    not_same("--until", last.isoformat())
    monkeypatch.setattr(Session, "now", today + timedelta(days=30))
    assert standings(row_of(behind, vendors)) == ["in_force"]
    monkeypatch.setattr(Session, "now", today + timedelta(days=31))
    row = row_of(behind, vendors, "--as-of", "2020-01-01")
    assert (row["status"], standings(row)) == ("hit", ["expired"])
    assert "which has expired" in row["hits"][0]["judgements"][0]["says"]


def test_a_withdrawn_judgement_has_no_say_and_stays_in_the_log(
    behind, vendors, not_same
):
    made = not_same()
    key = made["id"][:6]
    told = behind("judge", "withdraw", key, "--reason", "it is", "--author", "B. Chief")
    assert told.code == 0, told.err
    row = row_of(behind, vendors)
    assert (row["status"], standings(row)) == ("hit", [])
    assert behind("judge", "list", "--json").json == {"judgements": []}
    (kept,) = behind("judge", "list", "--all", "--json").json["judgements"]
    assert (kept["reason"], kept["standing"]) == ("an optician in Bremen", "withdrawn")
    assert (kept["withdrawn"]["author"], kept["withdrawn"]["reason"]) == (
        "B. Chief",
        "it is",
    )
    assert "withdrawn by B. Chief" in behind("judge", "list", "--all").out
    again = behind("judge", "withdraw", key, "--reason", "x", "--author", "B. Chief")
    assert (again.code, "withdrawn already" in again.err) == (2, True)


def test_what_is_in_force_otherwise_keeps_the_hit(behind, vendors, not_same, tmp_path):
    not_same(scope="everywhere")
    reviewed = tmp_path / "reviewed.csv"
    reviewed.write_text(
        "name,country,entity,verdict,reason\nZyxomar Optics,de,x-zyxomar,same,asked\n"
    )
    assert behind("judge", "--file", reviewed, "--author", "B").code == 0
    row = row_of(behind, vendors)
    assert (row["status"], standings(row)) == ("hit", ["in_force", "in_force"])


def test_a_hit_that_is_set_aside_takes_no_other_hits_place(behind, pull, not_same):
    pull(LISTED, firm("Zyxomar Optics", key="x-zz-second"))
    not_same(scope="everywhere")
    told = behind("match", "Zyxomar Optics", "--limit", "1", "--json").json
    assert (hits(told), aside(told)) == (["x-zz-second"], ["x-zyxomar"])


def test_the_same_word_twice_is_kept_once(behind, not_same):
    not_same()
    assert not_same() is None
    assert len(behind("judge", "list", "--all", "--json").json["judgements"]) == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("Zyxomar Optics", "x-nobody at all"), "no entity"),
        (("Zyxomar Optics", "x-zyxomar", "--until", "2020-01-01"), "past"),
        (("Zyxomar Optics", "x-zyxomar", "--scope", "list:core"), "does not name"),
        (("Zyxomar Optics", "x-zyxomar", "--scope", "mars"), "not a scope"),
        (("Zyxomar Optics", "x-zyxomar", "--country", "Ruritania"), "not a country"),
        (("Zyxomar Optics", "x-zyxomar", "--reason", "  "), "reason is missing"),
        (("Zyxomar Optics", "x-zyxomar", "--author", " "), "who judges"),
        (("Zyxomar Optics", "x-zyxomar", "--reason", "x" * 5000), "at most 4,000"),
        (("...", "x-zyxomar"), "no letter or digit"),
        (("a\udc80b", "x-zyxomar"), "half of a pair"),
    ],
)
def test_what_cannot_be_judged_is_refused_and_nothing_is_kept(behind, arguments, why):
    said = ("--reason", "r", "--author", "A", *arguments[2:])
    told = behind("judge", "not-same", *arguments[:2], *said)
    assert (told.code, why in told.err) == (2, True), told.err
    assert behind("judge", "list", "--all", "--json").json == {"judgements": []}


def test_who_judges_may_stand_in_the_environment(behind, monkeypatch):
    line = ("judge", "not-same", "Zyxomar Optics", "x-zyxomar", "--reason", "r")
    assert behind(*line).code == 2
    monkeypatch.setenv("BEHIND_AUTHOR", "C. Clerk")
    assert "by C. Clerk" in behind(*line).out


def test_a_name_that_several_bear_is_not_guessed(behind, pull):
    pull(LISTED, firm("Zyxomar Optics", key="x-second"))
    line = ("judge", "not-same", "Zyxomar", "Zyxomar Optics")
    told = behind(*line, "--reason", "r", "--author", "A")
    assert told.code == 2
    assert "x-second" in told.err
    assert "x-zyxomar" in told.err


def test_the_csv_of_a_screening_is_judged_in_a_spreadsheet(behind, tmp_path):
    vendors = tmp_path / "vendors.csv"
    vendors.write_text(
        "Vendor,Country,LEI,Alias\n"
        "=Zyxomar Optics,de,529900T8BM49AURSDO55,Zyxo Bremen; Zyxo Nord\n"
        "Zyxomar Optics,cn,,\nQuiet Bakery,de,,\n"
    )
    table = behind("screen", vendors, "--format", "csv").out.removeprefix("\ufeff")
    lines = list(csv.DictReader(io.StringIO(table)))
    lines[0] |= {"verdict": "not-same", "reason": "=1+1", "until": "", "author": ""}
    written = io.StringIO()
    writer = csv.DictWriter(written, lines[0].keys(), restval="")
    writer.writeheader()
    writer.writerows(lines)
    reviewed = tmp_path / "reviewed.csv"
    reviewed.write_text(written.getvalue(), "utf-8")
    told = behind("judge", "--file", reviewed, "--author", "A", "--json")
    assert (told.code, told.json["taken"], told.json["not_judged"]) == (0, 1, 2)
    rows = behind("screen", vendors, "--json").json["results"]
    assert [row["status"] for row in rows] == ["no_hit_found", "hit", "no_hit_found"]
    again = behind("judge", "--file", reviewed, "--author", "A", "--json").json
    assert (again["taken"], again["known"]) == (0, 1)


def test_a_bad_row_is_named_and_the_rest_is_taken(behind, tmp_path, vendors):
    reviewed = tmp_path / "reviewed.csv"
    reviewed.write_text(
        "name,country,entity,verdict,reason,author,until,scope\n"
        "Zyxomar Optics,de,x-zyxomar,not-same,an optician,A,,\n"
        "Zyxomar Optics,fr,x-zyxomar,perhaps,who knows,A,,\n"
        "Zyxomar Optics,it,x-gone,not-same,r,A,,\n"
        "Zyxomar Optics,es,x-zyxomar,not-same,,A,,\n"
        "Zyxomar Optics,pt,x-zyxomar,not-same,r,,,\n"
        "Zyxomar Optics,at,x-zyxomar,not-same,r,A,soon,\n"
        "Zyxomar Optics,ch,x-zyxomar,not-same,r,A,,mars\n"
        ",ch,x-zyxomar,not-same,r,A,,\n"
        "Quiet Bakery,de,x-zyxomar,,,,,\n"
    )
    told = behind("judge", "--file", reviewed)
    assert told.code == 2
    assert "1 taken, 0 known already, 7 not taken, 1 without a verdict" in told.out
    named = [
        line.split(":")[2].strip() for line in told.err.splitlines() if "row" in line
    ]
    assert named == [f"row {n}" for n in range(3, 10)]
    assert row_of(behind, vendors)["status"] == "no_hit_found"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,entity\nA,x-zyxomar\n", "no column 'verdict'"),
        ("name,verdict\nA,same\n", "no column 'entity'"),
        ("vendor,entity,verdict\nA,x,same\n", "'name'"),
        ("name,entity,verdict\n", "no row"),
    ],
)
def test_a_file_that_is_no_review_is_refused(behind, tmp_path, text, why):
    reviewed = tmp_path / "reviewed.csv"
    reviewed.write_text(text)
    told = behind("judge", "--file", reviewed, "--author", "A")
    assert (told.code, why in told.err) == (2, True), told.err


def test_hostile_cells_reach_neither_terminal_nor_page(behind, vendors, tmp_path):
    reviewed = tmp_path / "reviewed.csv"
    reviewed.write_text(
        "name,country,entity,verdict,reason,author\n"
        'Zyxomar Optics,de,x-zyxomar,not-same,"\x1b[31m<script>alert(1)</script>'
        '\u202eknil",=cmd|A1\n'
    )
    told = behind("judge", "--file", reviewed)
    assert told.code == 0, told.err
    for shown in (told.out, behind("screen", vendors).out, behind("judge", "list").out):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    page = behind("screen", vendors, "--format", "html").out
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_replay_gives_the_same_whatever_was_judged_since(
    behind, pull, vendors, not_same, tmp_path
):
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    behind("screen", vendors, "--receipt", before)
    made = not_same()
    behind("screen", vendors, "--receipt", after)
    named = json.loads(after.read_text())["judgements"]
    assert (named["used"], named["size"]) == ([made["id"]], 1)
    assert json.loads(before.read_text())["judgements"] is None
    behind("judge", "withdraw", made["id"], "--reason", "r", "--author", "A")
    pull(firm("Zyxomar Optics", alias=["Zyxomar Bremen"]))
    for receipt in (before, after):
        assert behind("replay", receipt).out == "identical\n"


def test_judgements_are_counted_over_all_parts_of_a_long_file(
    behind, not_same, tmp_path
):
    made = not_same()
    quiet = "".join(f"Bakery {n},de\n" for n in range(2_100))
    long = tmp_path / "long.csv"
    long.write_text(f"Vendor,Country\nZyxomar Optics,de\n{quiet}Zyxomar Optics,de\n")
    answer = behind("screen", long, "--json").json
    assert answer["summary"] == {
        "hit": 0,
        "no_hit_found": 2_102,
        "no_hit_found_by_judgement": 2,
        "not_examined": 0,
        "hits_judged_away": 2,
    }
    assert answer["receipt"]["judgements"]["used"] == [made["id"]]


def test_a_replay_of_a_match_uses_the_judgements_of_then(behind, not_same, tmp_path):
    receipt = tmp_path / "receipt.json"
    line = ("match", "Zyxomar Optics", "--country", "de")
    made = not_same()
    behind(*line, "--receipt", receipt)
    behind("judge", "withdraw", made["id"], "--reason", "r", "--author", "A")
    assert behind("replay", receipt).out == "identical\n"


def test_a_replay_without_the_judgements_is_refused(
    behind, vendors, not_same, tmp_path
):
    receipt = tmp_path / "receipt.json"
    not_same()
    behind("screen", vendors, "--receipt", receipt)
    log = tmp_path / "data" / "judgements"
    log.rename(tmp_path / "taken-away")
    told = behind("replay", receipt)
    assert (told.code, "another data folder" in told.err) == (2, True)


def test_what_was_known_on_a_day_leaves_later_judgements_out(
    behind, vendors, not_same, monkeypatch
):
    from datetime import UTC, datetime, timedelta

    from standsbehind.cli.session import Session

    today = datetime.now(tz=UTC)
    monkeypatch.setattr(Session, "now", today + timedelta(days=9))
    not_same()
    assert row_of(behind, vendors)["status"] == "no_hit_found"
    known = row_of(behind, vendors, "--known-on", today.date().isoformat())
    assert (known["status"], standings(known)) == ("hit", [])


def test_a_watch_tells_what_was_judged_and_what_made_it_stale(
    behind, pull, vendors, not_same
):
    behind("watch", "add", "desk", "--screen", vendors)
    not_same()
    (alert,) = behind("watch", "run", "--json").json["alerts"]
    told = {(one["change"], one["kind"]): one for one in alert["changes"]}
    assert told["removed", "hit"]["causes"] == ["judgements"]
    assert told["added", "judgement"]["causes"] == ["judgements"]
    assert behind("watch", "run", "--json").json["alerts"] == []
    pull(firm("Zyxomar Optics", country=["cn"], alias=["Zyxomar Bremen"]))
    (alert,) = behind("watch", "run", "--json").json["alerts"]
    told = {(one["change"], one["kind"]): one for one in alert["changes"]}
    assert told["added", "hit"]["causes"] == ["statements", "judgements"]
    assert "the entry changed since" in told["changed", "judgement"]["after"]


def test_a_watch_says_nothing_of_a_hit_that_is_judged_away(
    behind, pull, vendors, not_same
):
    not_same()
    behind("watch", "add", "desk", "--screen", vendors)
    pull(LISTED, firm("Zyxomar Hand", key="x-hand"), owned("x-hand", "x-zyxomar"))
    assert behind("watch", "run", "--json").json["alerts"] == []


def owned(owner, asset):
    ends = {"owner": [owner], "asset": [asset]}
    return {"id": f"{owner}-{asset}", "schema": "Ownership", "properties": ends}


def test_a_changed_or_missing_entry_of_the_log_stops_every_answer(
    behind, vendors, not_same, tmp_path
):
    not_same()
    not_same(scope="everywhere")
    log = tmp_path / "data" / "judgements"
    first, last = log / "000001.json", log / "000002.json"
    for path in (first, last):
        whole = path.read_bytes()
        path.write_bytes(whole.replace(b"optician", b"opticion"))
        told = behind("screen", vendors)
        assert (told.code, str(path) in told.err) == (3, True), told.err
        assert str(path) in behind("verify").out
        path.unlink()
        assert behind("screen", vendors).code == 3
        path.write_bytes(whole)
    assert behind("screen", vendors).code == 0


def test_a_product_that_came_by_its_row_is_judged_with_it(behind, vendors):
    vendors.write_text("Vendor,Product\nQuiet Bakery,Zyxomar Optics\n")
    line = ("judge", "not-same", "Quiet Bakery", "x-zyxomar", "--reason", "r")
    behind(*line, "--author", "A")
    assert row_of(behind, vendors)["status"] == "hit"
    behind(*line, "--author", "A", "--other-name", "Zyxomar Optics")
    assert row_of(behind, vendors)["status"] == "no_hit_found"
