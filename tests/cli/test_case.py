"""`behind case`: from opening to appeal, as people do it, and what is printed for the subject."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from standsbehind.cli.session import Session
from standsbehind.model.act import Draft
from standsbehind.store.docket import Docket

CASE = "2026-00001"
START = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Return how the day is set; every test begins on the same one."""

    def today(number):
        monkeypatch.setattr(Session, "now", START + timedelta(days=number))

    today(0)
    return today


@pytest.fixture
def desk(behind):
    """Return the command for a case, with four people enrolled and a case on Clearview."""

    def desk(verb, *arguments, by="Ruth"):
        return behind("case", verb, *arguments, "--as", by)

    enrolled = {
        "Ruth": "researcher",
        "Vera": "reviewer",
        "Dora": "decider",
        "Egon": "decider",
    }
    for name, role in enrolled.items():
        by = () if name == "Ruth" else ("--as", "Ruth")
        assert behind("case", "people", "add", name, "--role", role, *by).code == 0
    assert desk("new", "Clearview", "--reason", "A complaint came in").code == 0
    return desk


LETTER = (
    "--to",
    "Clearview, Legal",
    "--from",
    "The Desk",
    "--reply-to",
    "desk@example.org",
)


def done(run):
    assert run.code == 0, run.err
    return run


@pytest.fixture
def decided(desk):
    """Take a finding to its decision; give the command."""
    done(desk("find", CASE, "C3"))
    done(desk("notify", CASE, *LETTER))
    done(desk("reply", CASE, "The images are public.", "--to", "C3"))
    done(desk("review", CASE, "2", "--agree", "--reason", "Read", by="Vera"))
    done(desk("decide", CASE, "2", "made", "--reason", "As found", by="Dora"))
    return desk


def shown(behind, case=CASE):
    return done(behind("case", "show", case, "--json")).json["case"]


def test_a_case_goes_from_notice_to_appeal(behind, decided):
    (finding,) = shown(behind)["findings"]
    assert (finding["standing"], finding["due"]) == ("made", "2026-12-23")
    done(decided("close", CASE, "--reason", "Done", by="Dora"))
    assert shown(behind)["state"] == "closed"
    done(decided("appeal", CASE, "2", "We disagree."))
    refused = decided("decide", CASE, "2", "dismissed", "--reason", "x", by="Dora")
    assert (refused.code, "another decider decides" in refused.err) == (2, True)
    done(decided("decide", CASE, "2", "allowed", "--reason", "New law", by="Egon"))
    case = shown(behind)
    assert (case["state"], case["findings"][0]["standing"]) == ("decided", "set aside")
    assert [act["number"] for act in case["acts"]] == list(range(1, 10))


def test_what_is_found_is_what_assess_finds_with_its_grounds(behind, desk):
    told = done(behind("assess", "Clearview", "--json")).json
    (assessed,) = (one for one in told["findings"] if one["norm"] == "C3")
    done(desk("find", CASE, "C3"))
    (finding,) = shown(behind)["findings"]
    assert finding["found"] == assessed["result"]
    assert (finding["snapshot"], finding["standard_digest"]) == (
        told["snapshot"],
        told["standard"]["digest"],
    )
    for mine, theirs in zip(finding["elements"], assessed["elements"], strict=True):
        assert mine["result"] == theirs["result"]
        assert mine["grounds"] == theirs["grounds"]
        for fact, other in zip(mine["facts"], theirs["facts"], strict=True):
            for name in ("record", "statement", "says", "date", "voice", "citations"):
                assert fact[name] == other[name]
            assert fact["accepted"] == other["accepted"]
            assert fact["sources"].startswith(other["sources"])


def test_what_was_not_examined_cannot_be_found_and_nothing_can_be_typed(behind, desk):
    told = done(behind("assess", "Clearview", "--json")).json
    norm = next(f["norm"] for f in told["findings"] if f["result"] == "not examined")
    assert "nothing to find" in desk("find", CASE, norm).err
    assert "shown" not in behind("case", "find", "--help").out.partition("Options")[2]


def test_a_finding_can_be_made_again_and_one_that_was_typed_cannot(
    behind, desk, tmp_path
):
    done(desk("find", CASE, "C3", "--as-of", "2025-06-30"))
    done(desk("find", CASE, "C7"))
    assert done(behind("case", "again", CASE)).out == (
        "finding 2: the same\nfinding 3: the same\n"
    )
    docket = Docket.at(tmp_path / "data" / "docket.sqlite")
    held = docket.case(CASE).acts[2]
    typed = Draft("find", "Ruth", "researcher", {**held.said, "result": "shown"})
    docket.add(CASE, [typed], START)
    told = behind("case", "again", CASE)
    assert (told.code, told.out.splitlines()[-1]) == (3, "finding 4: not the same")


def test_a_shown_finding_with_a_reply_is_answered_and_the_reply_stands_beside_its_claim(
    behind, desk
):
    done(desk("find", CASE, "C3"))
    record = shown(behind)["findings"][0]["elements"][0]["facts"][0]["record"]
    done(desk("notify", CASE, *LETTER))
    done(desk("reply", CASE, "Only what anybody can see.", "--to", record))
    lines = done(behind("case", "show", CASE)).out.splitlines()
    claim = next(n for n, line in enumerate(lines) if f"claim {record}" in line)
    following = next(
        (n for n, line in enumerate(lines) if n > claim and "    claim " in line),
        len(lines),
    )
    said = next(
        n for n, line in enumerate(lines) if "Only what anybody can see." in line
    )
    assert claim < said < following
    assert shown(behind)["findings"][0]["result"] == "answered"


def test_after_thirty_days_without_a_reply_it_is_decided_and_says_so(
    behind, desk, today
):
    done(desk("find", CASE, "C3"))
    done(desk("notify", CASE, *LETTER))
    today(30)
    early = desk("review", CASE, "2", "--agree", "--reason", "Read", by="Vera")
    assert "has until 2026-12-23 to reply" in early.err
    today(31)
    done(desk("review", CASE, "2", "--agree", "--reason", "Read", by="Vera"))
    done(desk("decide", CASE, "2", "made", "--reason", "As found", by="Dora"))
    assert "no reply is on record" in behind("case", "show", CASE).out


def test_the_letter_tells_claims_sources_day_and_how_to_reply(behind, desk):
    done(desk("find", CASE, "C3"))
    letter = done(desk("notify", CASE, *LETTER, "--draft")).out
    assert len(shown(behind)["acts"]) == 2
    sent = done(desk("notify", CASE, *LETTER)).out
    assert sent == letter
    case = shown(behind)
    assert case["letters"][0]["letter"] == letter
    words = " ".join(letter.split())
    for said in (
        "Case: 2026-00001",
        "Your reply is asked for until 2026-12-23.",
        "Write to desk@example.org, until 2026-12-23",
        "Not legal advice. Law as of 2026-11-23.",
        f"SHA-256 of the act before it: {case['acts'][1]['digest']}",
    ):
        assert said in words
    for element in case["findings"][0]["elements"]:
        for fact in element["facts"]:
            assert fact["record"] in words
            assert " ".join(fact["says"].split()) in words
            assert all(cited["url"] in words for cited in fact["citations"])


JUDGING = [
    "serious",
    "severe",
    "grave",
    "notorious",
    "complicit",
    "guilty",
    "shocking",
    "alarming",
    "egregious",
    "blatant",
    "clear",
    "clearly",
    "obvious",
    "obviously",
    "credible",
    "repressive",
    "abusive",
    "harmful",
    "suspicious",
    "dubious",
    "infamous",
    "controversial",
    "significant",
    "massive",
    "extensive",
    "systematic",
    "deliberate",
    "reckless",
    "negligent",
    "illegal",
    "unlawful",
    "criminal",
]


@pytest.mark.usefixtures("decided")
def test_no_word_that_judges_is_the_letter_s_or_the_page_s_own(behind):
    """Words of the evidence are quoted; what the product adds says no more than it knows."""
    letter = shown(behind)["letters"][0]["letter"]
    page = done(behind("case", "show", CASE)).out
    finding = shown(behind)["findings"][0]
    evidence = " ".join(
        json.dumps(finding["elements"], ensure_ascii=False).split()
    ).lower()
    for text in (letter, page):
        own = set(re.findall(r"[a-z]+", text.lower())) - set(
            re.findall(r"[a-z]+", evidence)
        )
        assert own.isdisjoint(JUDGING)
        assert "Not legal advice. Law as of 2026-11-23." in " ".join(text.split())


def test_of_sealed_evidence_the_docket_holds_a_digest_alone(behind, desk, tmp_path):
    secret = tmp_path / "witness-miller.txt"
    secret.write_text("I saw it with my own eyes.")
    told = done(desk("add", CASE, "--sealed", secret, "--kind", "statement", "--json"))
    salt = told.json["salt"]
    held = b"".join(
        path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()
    )
    for hidden in (b"own eyes", b"miller", salt.encode(), bytes.fromhex(salt)):
        assert hidden not in held
    (seal,) = shown(behind)["sealed"]
    assert (seal["kind"], len(seal["digest"])) == ("statement", 64)
    page = done(behind("case", "show", CASE)).out
    assert "sealed statement" in page
    assert "no finding rests on it" in " ".join(page.split())
    assert done(behind("case", "check", CASE, "2", secret, "--salt", salt))
    secret.write_text("I saw it with my own eye.")
    assert behind("case", "check", CASE, "2", secret, "--salt", salt).code == 3


def test_a_document_is_kept_and_checked(behind, desk, tmp_path):
    paper = tmp_path / "contract.pdf"
    paper.write_bytes(b"%PDF not really")
    done(
        desk(
            "add",
            CASE,
            "--file",
            paper,
            "--title",
            "Contract",
            "--publisher",
            "A court",
        )
    )
    (item,) = shown(behind)["evidence"]
    kept = tmp_path / "data" / "case-files" / item["digest"][:2] / item["digest"]
    assert kept.read_bytes() == paper.read_bytes()
    assert item["digest"] not in done(behind("archive", "list", "--json")).out
    assert f"document contract.pdf, SHA-256 {item['digest']}" in " ".join(
        behind("case", "show", CASE).out.split()
    )
    kept.write_bytes(b"another")
    (line,) = behind("verify", "--json").json["failed"]
    assert str(kept) in line


def test_records_are_added_with_what_they_say(behind, desk):
    done(desk("find", CASE, "C3"))
    record = shown(behind)["findings"][0]["elements"][0]["facts"][0]["record"]
    done(desk("add", CASE, record))
    (item,) = shown(behind)["evidence"]
    assert item["says"]
    assert item["citations"][0]["publisher"]
    assert "no record of snapshot" in desk("add", CASE, "x-nothing").err


@pytest.mark.usefixtures("decided")
def test_verify_counts_the_acts_and_names_the_first_bad_one(behind, tmp_path):
    import sqlite3

    before = done(behind("verify", "--json")).json
    file = tmp_path / "data" / "docket.sqlite"
    with sqlite3.connect(file) as raw:
        raw.execute("DROP TRIGGER acts_no_update")
        raw.execute("UPDATE acts SET person = 'Egon' WHERE kind = 'decide'")
    raw.close()
    after = behind("verify", "--json")
    assert after.code == 3
    assert after.json["checked"] == before["checked"]
    (line,) = after.json["failed"]
    assert "docket.sqlite: case 2026-00001, act 6: was changed" in line
    told = behind("case", "show", CASE)
    assert (told.code, "act 6: was changed" in told.err) == (3, True)


@pytest.mark.usefixtures("decided")
def test_a_digest_of_a_letter_is_held_against_the_case(behind):
    digest = shown(behind)["acts"][2]["digest"]
    done(behind("case", "show", CASE, "--holds", digest))
    assert behind("case", "show", CASE, "--holds", "0" * 64).code == 3


def test_an_interest_that_is_noted_keeps_a_person_out(desk):
    done(desk("find", CASE, "C3"))
    done(desk("notify", CASE, *LETTER))
    done(desk("reply", CASE, "No."))
    done(desk("conflict", CASE, "--reason", "Worked there until 2024", by="Vera"))
    refused = desk("review", CASE, "2", "--agree", "--reason", "Read", by="Vera")
    assert (refused.code, "has a noted interest" in refused.err) == (2, True)


def test_the_same_on_a_postgresql_that_is_named(behind, monkeypatch, postgres):
    monkeypatch.setenv("BEHIND_DOCKET", postgres.url())
    done(behind("case", "people", "add", "Ruth", "--role", "researcher"))
    done(behind("case", "new", "Clearview", "--reason", "Told", "--as", "Ruth"))
    done(behind("case", "find", CASE, "C3", "--as", "Ruth"))
    assert shown(behind)["state"] == "open"
    named = done(behind("verify", "--json")).json["checked"]
    monkeypatch.delenv("BEHIND_DOCKET")
    assert done(behind("case", "list", "--json")).json == {"cases": []}
    assert named == done(behind("verify", "--json")).json["checked"] + 3


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("show", "2026-00009"), "no such case"),
        (("show", "people"), "no such case"),
        (("add", CASE), "one of them"),
        (("find", CASE, "C99"), "not a class"),
        (("close", CASE, "--reason", " ", "--as", "Dora"), "says nothing"),
        (("new", "Clearview", "--reason", "x", "--as", "Mallory"), "is not enrolled"),
        (("list", "--docket", "cases"), "not the URL of a database"),
    ],
)
def test_a_mistake_is_told_in_a_line(behind, desk, arguments, why):
    del desk
    told = behind("case", *arguments)
    assert told.code == 2
    assert why in " ".join(told.err.split())
    assert "Traceback" not in told.err
