"""`POST /match`, as yente's clients ask it."""

import shutil

import httpx
import pytest
from pydantic import TypeAdapter

from standsbehind.api.shapes.entities import MatchResponse
from standsbehind.cli.main import main
from standsbehind.publishing.home import Home
from tests.api.serving import serving

HIKVISION = {
    "schema": "Company",
    "properties": {"name": ["Hikvision"], "country": "China"},
}
ACME = {"schema": "Company", "properties": {"name": "Acme Optics"}}


def ask(api, example, dataset="default", **params):
    body = {"queries": {"q": example}}
    answer = api.post(f"/match/{dataset}", json=body, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["responses"]["q"]


def ids(found):
    return [one["id"] for one in found["results"]]


def test_a_firm_is_found_with_the_reasons_of_its_score(api):
    answer = api.post("/match/default", json={"queries": {"a": HIKVISION, "b": ACME}})
    TypeAdapter(MatchResponse).validate_json(answer.content)
    assert answer.headers["x-batch-size"] == "2"
    document = answer.json()
    assert document["limit"] == 5
    found = document["responses"]["a"]
    assert found["status"] == 200
    assert found["total"] == {"value": 1, "relation": "eq"}
    first = found["results"][0]
    assert first["id"] == "core-hikvision"
    assert first["match"] is True
    assert first["target"] is True
    assert "hik-again" in first["referents"]
    assert first["first_seen"] == "2026-11-23T00:00:00"
    assert first["last_change"] == "2026-11-24T08:00:00"
    reasons = first["explanations"].values()
    assert {key for one in reasons for key in one} == {
        "detail",
        "score",
        "query",
        "candidate",
    }
    assert sum(one["score"] for one in reasons) == pytest.approx(first["score"])


def test_the_query_comes_back_as_it_was_understood(api):
    example = {**HIKVISION, "id": "mine"}
    example["properties"] = {**HIKVISION["properties"], "bogus": "x", "taxNumber": 12.5}
    assert ask(api, example)["query"] == {
        "id": "mine",
        "schema": "Company",
        "properties": {"name": ["Hikvision"], "country": ["cn"], "taxNumber": ["12.5"]},
    }


def test_a_number_alone_finds_its_bearer(api):
    example = {"schema": "Company", "properties": {"registrationNumber": [12345678]}}
    found = ask(api, example)
    assert ids(found) == ["acme"]
    assert "same_identifier" in found["results"][0]["explanations"]


def test_the_parts_of_a_persons_name_are_put_together(api):
    parts = {"firstName": "Jane", "lastName": "Roe"}
    assert ids(ask(api, {"schema": "Person", "properties": parts})) == ["a-person"]


@pytest.mark.parametrize(
    ("schema", "is_found"),
    [
        pytest.param("Company", True, id="the type itself"),
        pytest.param("LegalEntity", True, id="a wider type"),
        pytest.param("Thing", True, id="anything"),
        pytest.param("Person", False, id="another type"),
        pytest.param("Vessel", False, id="a type that nothing has"),
    ],
)
def test_only_what_may_be_of_the_type_is_found(api, schema, is_found):
    found = ask(api, {"schema": schema, "properties": {"name": "Acme Optics"}})
    assert ids(found) == (["acme"] if is_found else [])


@pytest.mark.parametrize(
    ("params", "is_found"),
    [
        ({"include_dataset": "list"}, True),
        ({"include_dataset": ["core", "unheard-of"]}, False),
        ({"exclude_dataset": "list"}, False),
        ({"exclude_schema": "Company"}, False),
        ({"exclude_schema": "Person"}, True),
        ({"topics": ["sanction", "debarment"]}, True),
        ({"topics": "debarment"}, False),
        ({"changed_since": "2026-11-24"}, True),
        ({"changed_since": "2026-11-24T08:00:01"}, False),
        ({"exclude_entity_ids": "acme"}, False),
        ({"limit": 0}, False),
    ],
)
def test_terms_of_the_address_narrow_what_is_found(api, params, is_found):
    assert ids(ask(api, ACME, **params)) == (["acme"] if is_found else [])


def test_a_record_that_was_merged_excludes_its_entity(api):
    assert "core-hikvision" not in ids(
        ask(api, HIKVISION, exclude_entity_ids="hik-again")
    )


def test_the_dataset_of_the_address_is_searched_alone(api):
    assert ids(ask(api, ACME, "list")) == ["acme"]
    assert ids(ask(api, ACME, "core")) == []


def test_a_query_may_have_terms_of_its_own(api):
    mine = {**ACME, "options": {"exclude_entity_ids": ["acme"]}}
    body = {"queries": {"mine": mine, "plain": ACME}}
    answers = api.post("/match/default", json=body).json()["responses"]
    assert [ids(answers[key]) for key in ("mine", "plain")] == [[], ["acme"]]


def test_what_scores_below_the_threshold_is_shown_and_is_no_match(api):
    example = {"schema": "Company", "properties": {"name": "Acme Optics Trading"}}
    weak = ask(api, example, threshold=1, cutoff=0.4)
    assert ids(weak) == ["acme"]
    assert weak["results"][0]["match"] is False
    assert weak["total"]["value"] == 0


REFUSED = {
    "no query": ({"queries": {}}, {}, 400, "No queries"),
    "101 queries": ({"queries": {str(n): ACME for n in range(101)}}, {}, 400, "100"),
    "an unknown type": ({"queries": {"q": {**ACME, "schema": "Spaceship"}}}, {}, 400, "Spaceship"),
    "a type nobody asks for": ({"queries": {"q": {**ACME, "schema": "Sanction"}}}, {}, 400, "Sanction"),
    "no type": ({"queries": {"q": {"properties": {"name": "x"}}}}, {}, 422, "schema"),
    "a setting": ({"queries": {"q": ACME}, "config": {"nm_number_mismatch": 1}}, {}, 400, "nm_number_mismatch"),
    "a weight": ({"queries": {"q": ACME}, "weights": {"name_literal": 1}}, {}, 400, "name_literal"),
    "another algorithm": ({"queries": {"q": ACME}}, {"algorithm": "logic-v2"}, 400, "logic-v2"),
    "too high a limit": ({"queries": {"q": ACME}}, {"limit": 501}, 422, "limit"),
    "too many exclusions": ({"queries": {"q": ACME}}, {"exclude_entity_ids": ["x"] * 51}, 422, "exclude_entity_ids"),
    "a moment that is none": ({"queries": {"q": ACME}}, {"changed_since": "yesterday"}, 422, "changed_since"),
    "no number": ({"queries": {"q": ACME}}, {"threshold": "nan"}, 422, "threshold"),
    "too many names": (
        {"queries": {"q": {"schema": "Company", "properties": {"name": [f"firm {n}" for n in range(60)]}}}},
        {}, 400, "60 names",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_asked_is_refused_in_yentes_form(api, case):
    body, params, status, word = REFUSED[case]
    answer = api.post("/match/default", json=body, params=params)
    assert answer.status_code == status
    assert answer.json().keys() == {"detail"}
    assert word in answer.text


def test_an_unknown_dataset_is_not_found(api):
    answer = api.post("/match/banana", json={"queries": {"q": ACME}})
    assert (answer.status_code, answer.json()) == (404, {"detail": "No such dataset."})


def test_a_hit_that_was_judged_away_is_told_and_is_no_match(tmp_path, served_home):
    shutil.copytree(served_home.folder, tmp_path / "data")
    why = ("--reason", "another firm of that name", "--author", "A. Reviewer")
    data = ("--data", str(tmp_path / "data"))
    with pytest.raises(SystemExit) as left:
        main(["judge", "not-same", "Acme Optics", "acme", *why, *data])
    assert not left.value.code
    with serving(Home(tmp_path / "data")) as address:
        body = {"queries": {"q": ACME}}
        found = httpx.post(f"{address}/match/default", json=body).json()
    answer = found["responses"]["q"]
    assert [(one["id"], one["match"]) for one in answer["results"]] == [("acme", False)]
    assert answer["total"]["value"] == 0
