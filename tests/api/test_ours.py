"""`/api/v1`: answers with their sources, the same as the command gives."""

import json

import pytest
from pydantic import TypeAdapter

from standsbehind.api.shapes import ours, ruled, traced
from standsbehind.api.shapes.evidence import Problem
from standsbehind.cli.main import main

QUESTIONS = {
    "/snapshot": ({}, ours.SnapshotTold),
    "/match": (
        {"name": "Hikvision", "role": ["exporter", "buyer"], "in": "us"},
        ours.Matched,
    ),
    "/entities/core-hikvision": ({}, ours.Shown),
    "/entities/hik-again/statements": ({"prop": "uscCode"}, ours.Statements),
    "/trace": ({"from": "Amazon", "to": "core-pl-xinjiang"}, traced.Trace),
    "/near": ({"entity": "core-hikvision", "hops": 1}, traced.Near),
    "/owners": (
        {"entity": "acme-sub", "by": "acme", "test": "us-ofac-50"},
        ruled.Ownership,
    ),
    "/owned-by": ({"entity": "acme"}, ruled.Ownership),
    "/effects": ({"entity": "core-hikvision", "role": "exporter"}, ruled.Effects),
    "/assess": ({"entity": "core-hikvision"}, ruled.Assessed),
}


def get(api, path, **params):
    answer = api.get(f"/api/v1{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("path", QUESTIONS)
def test_every_answer_has_its_shape_and_says_how_fresh_it_is(api, path):
    params, shape = QUESTIONS[path]
    answer = api.get(f"/api/v1{path}", params=params)
    assert answer.status_code == 200, answer.text
    TypeAdapter(shape).validate_json(answer.content)
    told = answer.json()
    assert told["snapshot"] == answer.headers["x-snapshot"]
    assert told["freshness"]["known_on"] == "2026-11-24T08:00:00Z"


def test_every_built_in_entity_keeps_to_the_shapes(served_home):
    """What is told of an entity differs much: all of them are asked, some of everything."""
    from standsbehind.answers.traces import NEAR_TERMS
    from standsbehind.api.held import Held
    from standsbehind.api.sitting import answered
    from standsbehind.store import snapshot

    held = Held(served_home, snapshot.current(served_home.snapshots))
    placed = {"roles": ["buyer"], "in": None, "as_of": "2026-11-24"}
    owned = {"by": [], "tests": [], "limit": 200, "as_of": "2026-11-24"}
    ids = [key for key in held.reader.ids if key.startswith("core-")][::12]
    for key in ids:
        for verb, shape, terms in (
            ("show", ours.Shown, {"as_of": None}),
            ("effects", ruled.Effects, placed),
            ("owners", ruled.Ownership, owned),
            ("near", traced.Near, {**NEAR_TERMS, "hops": 1, "as_of": None}),
        ):
            told = answered(held, verb, {"entity": key, **terms})
            TypeAdapter(shape).validate_json(json.dumps(told, default=str))


def test_a_trace_has_the_sources_of_each_hop(api):
    found = get(api, "/trace", **{"from": "core-amazon", "to": "core-pl-xinjiang"})
    assert found["completeness"] == ("CUT" if found["cut"] else "COMPLETE")
    hops = found["paths"][0]["hops"]
    assert hops[0]["source"] == "core-amazon"
    assert hops[-1]["target"] == "core-pl-xinjiang"
    assert all(hop["citations"] for hop in hops)


def test_an_end_that_is_not_in_the_data_is_an_answer_with_a_note(api):
    found = get(api, "/trace", **{"from": "Zzyzx Nowhere", "to": "core-amazon"})
    assert found["completeness"] == "NOT_KNOWN"
    assert "no entity of this snapshot" in found["notes"][0]


def test_statements_say_which_source_says_what(api):
    found = get(api, "/entities/hik-again/statements", prop="uscCode")
    assert found["entity"]["id"] == "core-hikvision"
    datasets = {one["dataset"] for one in found["statements"]}
    assert datasets == {"core", "list"}
    assert all(one["citations"][0]["url"] for one in found["statements"])
    page = get(api, "/entities/core-hikvision/statements", limit=2, offset=1)
    assert len(page["statements"]) == 2 < page["total"]


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/trace", {"from": "core-amazon", "to": "core-pl-xinjiang"}),
        ("/effects", {"entity": "core-hikvision", "as_of": "2026-11-24"}),
        ("/match", {"name": "Acme Optics", "as_of": "2026-11-24"}),
        ("/owners", {"entity": "acme-sub", "as_of": "2026-11-24"}),
    ],
)
def test_an_answer_is_made_again_from_its_receipt(replayed, path, params):
    assert replayed(get_from=path, **params) == "identical\n"


@pytest.fixture
def replayed(api, served_home, tmp_path, capsys):
    """Return a function that asks, and lets the command replay the receipt."""

    def replay(get_from, **params):
        receipt = tmp_path / "receipt.json"
        receipt.write_text(json.dumps(get(api, get_from, **params)["receipt"]))
        with pytest.raises(SystemExit):
            main(["replay", str(receipt), "--data", str(served_home.folder)])
        return capsys.readouterr().out

    return replay


REFUSED = [
    ("/trace", {"from": "core-amazon"}, 422, "to"),
    ("/trace", {"from": "core-amazon", "to": "core-amazon"}, 400, "same entity"),
    ("/trace", {"from": "a", "to": "b", "min_voice": "loud"}, 400, "loud"),
    ("/near", {"entity": "core-hikvision", "hops": 0}, 422, "hops"),
    ("/near", {"entity": "core-hikvision", "hubs": 2**64}, 422, "hubs"),
    ("/owners", {"entity": "Zzyzx Nowhere"}, 404, "Zzyzx"),
    ("/owners", {"entity": "acme", "test": "no-such"}, 400, "no-such"),
    ("/effects", {"entity": "acme", "role": "king"}, 422, "role"),
    ("/effects", {"entity": "acme", "in": "nowhere"}, 422, "in"),
    ("/effects", {"entity": "acme", "as_of": "yesterday"}, 422, "as_of"),
    ("/assess", {"entity": "acme", "standard": "../programs"}, 400, "programs"),
    ("/match", {"name": "..."}, 400, "letter"),
    ("/match", {"name": "x", "country": "Ruritania"}, 400, "Ruritania"),
    ("/entities/nobody", {}, 404, "nobody"),
    ("/entities/nobody/statements", {}, 404, "nobody"),
    (f"/receipts/{'0' * 32}", {}, 404, "receipt"),
    ("/receipts/..%2Fx", {}, 404, ""),
    ("/nowhere", {}, 404, "Not Found"),
]


@pytest.mark.parametrize(("path", "params", "status", "word"), REFUSED)
def test_what_cannot_be_answered_is_a_problem(api, path, params, status, word):
    answer = api.get(f"/api/v1{path}", params=params)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = TypeAdapter(Problem).validate_json(answer.content)
    assert problem.status == status
    assert word in answer.text
