"""Statements over HTTP: by a filter, page by page or in one stream, and by their id."""

import json

import pytest
from pydantic import TypeAdapter

from standsbehind.api.shapes.ours import StatementsPage, StatementTold
from standsbehind.store import snapshot


def get(api, **params):
    answer = api.get("/api/v1/statements", params=params)
    assert answer.status_code == 200, answer.text
    return answer


def pages(api, **params):
    """Follow the cursors to the end; give the statements of each page."""
    found, cursor = [], {}
    while True:
        told = get(api, **params, **cursor).json()
        TypeAdapter(StatementsPage).validate_python(told)
        found.append(told["statements"])
        if told["next"] is None:
            return found
        cursor = {"cursor": told["next"]}


def lines(api, **params):
    text = get(api, **params, form="jsonl").text
    return [json.loads(line) for line in text.splitlines()]


FILTERS = [
    {"entity": "core-hikvision"},
    {"dataset": "list"},
    {"prop": "uscCode"},
    {"dataset": "core", "prop": "name"},
    {"value": "Acme Optics Ltd"},
    {"entity": "hik-again", "dataset": "list"},
    {"value": "nobody says this"},
    {"digest": "0" * 64},
]
EMPTY = ("nobody says this", "0" * 64)


@pytest.mark.parametrize("wanted", FILTERS)
def test_pages_and_lines_give_the_same_and_only_what_fits(api, wanted):
    paged = [one for page in pages(api, **wanted, limit=7) for one in page]
    assert paged == lines(api, **wanted)
    for one in paged:
        for name in wanted.keys() & {"dataset", "prop", "value"}:
            assert one[name] == wanted[name]
    assert bool(paged) is not any(value in EMPTY for value in wanted.values())


def test_all_of_them_are_as_many_as_the_snapshot_says(api, served_home):
    held = snapshot.current(served_home.snapshots)
    told = lines(api)
    assert len(told) == held.manifest["rows"]["claims"] > 4_000
    assert len({one["id"] for one in told}) == len(told)


def test_an_entity_has_the_statements_that_its_own_route_gives(api):
    own = api.get("/api/v1/entities/hik-again/statements").json()["statements"]
    told = [one for page in pages(api, entity="hik-again") for one in page]
    assert [one["id"] for one in told] == [one["id"] for one in own]
    assert {one["entity"]["id"] for one in told} == {"core-hikvision"}
    assert {one["record"] for one in told} == {"core-hikvision", "hik-again"}


def test_the_id_of_a_statement_leads_to_its_source_and_quote(api):
    one = lines(api, entity="acme", prop="name")[0]
    answer = api.get(f"/api/v1/statements/{one['id']}")
    TypeAdapter(StatementTold).validate_json(answer.content)
    assert answer.json()["statement"] == one
    assert one["citations"][0]["url"] == "https://paper.example/S1"
    assert one["recorded_at"] == "2026-11-24T08:00:00Z"


def test_each_ground_of_a_finding_can_be_looked_up(api):
    found = api.get("/api/v1/assess", params={"entity": "core-hikvision"}).json()
    grounds = {
        ground
        for finding in found["findings"]
        for element in finding["elements"]
        for ground in element["grounds"]
    }
    assert grounds
    for ground in sorted(grounds)[:20]:
        assert api.get(f"/api/v1/statements/{ground}").status_code == 200, ground


def test_a_statement_that_came_later_is_none_of_the_day_before(api):
    one = lines(api, entity="acme", prop="name")[0]
    answer = api.get(
        f"/api/v1/statements/{one['id']}", params={"known_on": "2026-11-23"}
    )
    assert answer.status_code == 404
    assert lines(api, known_on="2026-11-23", dataset="list") == []


def test_a_cursor_stays_with_its_snapshot(api):
    then = get(api, known_on="2026-11-23", limit=3).json()
    onward = get(api, limit=3, cursor=then["next"])
    assert onward.json()["snapshot"] == then["snapshot"]
    assert onward.headers["x-snapshot"] == then["snapshot"]
    params = {"cursor": then["next"], "known_on": "2026-11-24"}
    assert api.get("/api/v1/statements", params=params).status_code == 410
    params = {"cursor": f"20200101-{'0' * 12}.5"}
    assert api.get("/api/v1/statements", params=params).status_code == 404


def test_a_stream_that_one_has_is_not_sent_again(api):
    first = get(api, dataset="list", form="jsonl")
    assert first.headers["content-type"] == "application/x-ndjson"
    mark = {"if-none-match": first.headers["etag"]}
    params = {"dataset": "list", "form": "jsonl"}
    again = api.get("/api/v1/statements", params=params, headers=mark)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("", {"entity": "nobody"}, 404),
        ("", {"entity": "nobody", "form": "jsonl"}, 404),
        ("", {"digest": "short"}, 422),
        ("", {"cursor": "5"}, 422),
        ("", {"limit": 0}, 422),
        ("/nothing", {}, 404),
        (f"/{'0' * 40}", {}, 404),
    ],
)
def test_what_there_is_not_is_a_problem(api, path, params, status):
    answer = api.get(f"/api/v1/statements{path}", params=params)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
