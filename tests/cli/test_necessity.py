"""What `behind necessity` asks, what it takes as stated, and how it refuses a wrong form."""

import re
from pathlib import Path

import pytest
import yaml

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "heat-cameras.yml"
HEAD = """questionnaire: "1.0"
about:
  buyer: Example Ltd
  day: 2020-04-30
"""
CITED = """  citations:
    - title: Paper 1
      publisher: Example Ltd
      date: 2020-04-01
      place: page 2
"""


@pytest.fixture
def check(behind, tmp_path):
    """Return a function that checks a form of the text given."""

    def run(text, *options):
        path = tmp_path / "form.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return behind("necessity", "check", path, *options)

    return run


def states(answer):
    return {
        " ".join(filter(None, (e["id"], e["means"]))): e["state"]
        for e in answer["elements"]
    }


def test_the_form_asks_each_question_with_its_reason_norm_and_measure(behind):
    form = behind("necessity", "new").out
    assert list(yaml.safe_load(form)) == [
        *("questionnaire", "about", "purpose", "intrusion", "alternatives", "effect"),
        *("duration", "opt_out", "deletion", "assessment"),
    ]
    for label in ("Why", "Counts", "Norm"):
        assert len(re.findall(rf"^# {label}: ", form, re.MULTILINE)) == 8
    for means in ("testing", "masks", "economic assistance"):
        assert f"- means: {means}" in form
    assert "Law as of 2026-11-23" in form


def test_a_form_is_not_written_over_another(behind, tmp_path):
    path = tmp_path / "form.yml"
    assert behind("necessity", "new", "--out", path).code == 0
    path.write_text("our answers", "utf-8")
    again = behind("necessity", "new", "--out", path)
    assert again.code == 2
    assert path.read_text("utf-8") == "our answers"


def test_a_form_that_says_only_who_asks_is_examined_nowhere(behind, check):
    form = behind("necessity", "new").out
    filled = form.replace("  buyer:  ", "  buyer: Us ").replace(
        "  day:    ", "  day: 2020"
    )
    answer = check(filled, "--json").json
    assert set(states(answer).values()) == {"not examined"}
    lines = filled.splitlines()
    for one in answer["open"]:
        name = one["element"].rpartition(": ")[2].split()[0].lower()
        assert name in lines[one["line"] - 1].replace("opt_out", "opt-out")


def test_the_example_is_told_as_it_stands(behind):
    answer = behind("necessity", "check", EXAMPLE, "--json").json
    assert states(answer) == {
        "purpose": "stated",
        "intrusion": "stated",
        "alternatives testing": "stated",
        "alternatives masks": "stated",
        "alternatives economic assistance": "not examined",
        "effect": "not stated",
        "duration": "not stated",
        "opt_out": "not stated",
        "deletion": "not examined",
        "assessment": "not stated",
    }
    lines = EXAMPLE.read_text("utf-8").splitlines()
    at = {one["what"]: lines[one["line"] - 1].strip() for one in answer["open"]}
    assert at["answered without a citation"] == "opt_out:"
    assert at["no end is stated (to)"] == "duration:"
    assert {one["element"] for one in answer["ask_before"]} == {
        *("alternatives", "effect", "duration", "opt_out", "deletion", "assessment")
    }
    assert answer["about"]["buyer_is_invented"]
    assert answer["law_as_of"] == "2026-11-23"
    assert all(text["unverified"] for text in answer["texts"])


def test_the_data_offers_tests_and_what_was_not_known_then(behind):
    answer = behind("necessity", "check", EXAMPLE, "--json").json
    offered = {one["record"]: one for one in answer["offered"]}
    study = offered["core-R149"]
    assert study["is_later"]
    assert study["origins"] == ["healy-jbo"]
    assert "fever screening" in study["because"]
    assert offered["core-R002"]["because"] == "of the product"
    assert [r["id"] for r in offered["core-R002"]["replies"]] == ["core-R004"]
    assert "core-R004" not in offered


def test_a_record_is_never_a_verdict(behind):
    said = " ".join(behind("necessity", "check", EXAMPLE).out.split())
    assert "does not say that the deployment is lawful" in said
    assert not re.search(r"\bis (not )?(lawful|necessary|proportionate)\.", said)


def test_a_cited_record_is_told_with_its_sources(check):
    form = f"{HEAD}effect:\n  answer: It misses.\n  from: 2021\n  citations:\n    - record: core-R149\n"
    answer = check(form, "--json").json
    (known,) = answer["elements"][5]["citations"]
    assert answer["elements"][5]["state"] == "stated"
    assert known["is_later"]
    assert "fever screening" in known["says"]
    assert known["line"] == 9


@pytest.mark.parametrize(
    ("part", "state", "what"),
    [
        ("purpose:\n", "not examined", "no answer"),
        ("purpose:\n  answer: Fever.\n", "not stated", "answered without a citation"),
        (f"purpose:\n  answer: Fever.\n{CITED}", "stated", None),
        (f"purpose:\n{CITED}", "not examined", "no answer"),
        (
            "purpose:\n  looked:\n    on: 2020-04\n    where: our files\n",
            "not stated",
            "no answer; looked for on 2020-04",
        ),
    ],
)
def test_an_answer_is_stated_with_a_citation(check, part, state, what):
    answer = check(HEAD + part, "--json").json
    assert answer["elements"][0]["state"] == state
    opened = [one["what"] for one in answer["open"] if one["element"] == "Purpose"]
    assert opened == ([what] if what else [])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEAD + "purpose: [", 5, "not YAML"),
        (HEAD + "purpose:\n\tanswer: x\n", 6, "not YAML"),
        (HEAD + "porpose:\n", 5, "unknown key `porpose`; did you mean `purpose`?"),
        (HEAD + "purpose:\n  anwser: x\n", 6, "did you mean `answer`?"),
        (HEAD + "purpose: because\n", 5, "expected the keys"),
        (HEAD + "purpose:\npurpose:\n", 6, "`purpose` stands twice"),
        (HEAD + "purpose:\n  from: 1 May 2020\n", 6, "is no date"),
        (HEAD + "purpose:\n  from: 2020-02-31\n", 6, "is no date"),
        (
            HEAD + "duration:\n  from: 2020-05\n  to: 2020-04\n",
            7,
            "to 2020-04: before the start, 2020-05",
        ),
        (HEAD + "purpose:\n  citations: Paper 1\n", 6, "expected a list"),
        (HEAD + "purpose:\n  citations:\n    - title: x\n", 7, "without publisher"),
        (
            HEAD + f"purpose:\n{CITED}".replace("place", "page"),
            7,
            "without `url` or `place`",
        ),
        (HEAD + f"purpose:\n{CITED}      record: core-R1\n", 7, "nothing beside it"),
        (
            HEAD + "purpose:\n  citations:\n    - record: core-R999\n",
            7,
            "core-R999: not in snapshot",
        ),
        (HEAD + "alternatives:\n  - tried: no\n", 6, "no `means` is named"),
        (HEAD + "alternatives:\n  - means: masks\n    tried: maybe\n", 7, "'maybe'"),
        (HEAD + "purpose:\n  looked:\n    on: 2020\n", 6, "both `on` (a day) and"),
        (HEAD.replace("buyer: Example Ltd", "buyer:"), 3, "nobody is named"),
        (HEAD.replace("2020-04-30", "soon"), 4, "'soon' is no date"),
        (HEAD.replace("1.0", "9.9"), 1, "this version reads 1.0"),
        (HEAD + "purpose: &a [*a]\n", 5, "alias"),
        (HEAD + "purpose: " + "[" * 2000 + "]" * 2000, 5, "nested too deeply"),
        (
            HEAD + "alternatives:\n  - means: masks\n  - means: Masks\n",
            7,
            "Masks stands twice",
        ),
        (HEAD + 'purpose:\n  answer: "\\UFFFFFFFF"\n', 6, "no character"),
        (HEAD + 'purpose:\n  answer: "\\uD800"\n', 6, "half of a pair"),
        ("", 1, "empty"),
        ("- a list", 1, "expected the keys"),
        (b"\xff\xfe not text", 1, "not UTF-8"),
        (HEAD.encode() + b"purpose:\n  answer: \x00\n", 6, "not YAML"),
    ],
)
def test_a_wrong_form_is_refused_by_file_and_line(check, text, line, said):
    told = check(text)
    assert told.code == 2
    assert f"form.yml:{line}: " in told.err
    assert said in told.err
    assert "Traceback" not in told.err
    assert len(told.err.splitlines()) <= 2
    assert told.out == ""


def test_all_lines_that_are_wrong_are_named(check):
    told = check(HEAD + "porpose:\nduration:\n  to: never\n")
    assert "form.yml:5: unknown key `porpose`" in told.err
    assert "(wrong too: line 7)" in told.err


def test_a_form_that_is_not_there_is_the_callers_mistake(behind, tmp_path):
    told = behind("necessity", "check", tmp_path / "none.yml")
    assert told.code == 2
    assert "cannot be read" in told.err


def test_a_form_may_come_from_stdin(behind, monkeypatch):
    with EXAMPLE.open("r", encoding="utf-8") as opened:
        monkeypatch.setattr("sys.stdin", opened)
        answer = behind("necessity", "check", "-", "--json").json
    assert answer["form"]["file"] == "stdin"
    assert len(answer["elements"]) == 10


def test_open_points_fail_only_where_that_is_asked(behind):
    assert behind("necessity", "check", EXAMPLE).code == 0
    assert behind("necessity", "check", EXAMPLE, "--fail-on", "open").code == 1


def test_a_product_that_the_data_does_not_know_is_said_to_be_so(check):
    told = check(HEAD.replace("  day", "  product: Cam 3000\n  day"))
    assert "the product is not in the data under that name" in told.out
    assert "nothing was found; that does not say that there is nothing" in told.out


def test_the_page_tells_the_same_and_asks_nothing_of_the_network(behind, tmp_path):
    page = tmp_path / "page.html"
    behind("necessity", "check", EXAMPLE, "--html", page)
    text = page.read_text("utf-8")
    for said in ("not examined", "Open</b> (line 77)", "not known then", "(invented)"):
        assert said in text
    assert "<script" not in text
    assert text.count('data-label="State"') == 10


def test_what_a_form_says_is_printed_and_not_obeyed(check, tmp_path):
    page = tmp_path / "page.html"
    form = f"{HEAD}purpose:\n  answer: '<script>alert(1)</script> \u202etxt'\n{CITED}"
    told = check(form, "--html", page)
    assert told.code == 0
    assert "<script" not in page.read_text("utf-8")
    assert "[U+202E]" in told.out
