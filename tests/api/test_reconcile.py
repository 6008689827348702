"""Reconciliation: version 0.2, and the draft of 1.0. OpenRefine's flow is in test_openrefine.py."""

import json

import pytest
from jsonschema_rs import validate

from tests.api import reconciliation_schemas as spec

ROOT = "/reconcile/default"
DRAFT = f"{ROOT}/1.0-draft"


def reconcile(api, query, dataset="default"):
    """Ask one query as OpenRefine does: a form that holds JSON."""
    validate(spec.BATCH, {"q0": query})
    answer = api.post(
        f"/reconcile/{dataset}", data={"queries": json.dumps({"q0": query})}
    )
    assert answer.status_code == 200, answer.text
    validate(spec.RESULTS, answer.json())
    return answer.json()["q0"]["result"]


def ids(found):
    return [one["id"] for one in found]


def test_queries_may_stand_in_the_address(api):
    queries = {"q0": {"query": "Acme Optics"}}
    by_get = api.get(ROOT, params={"queries": json.dumps(queries)})
    assert by_get.json() == api.post(ROOT, data={"queries": json.dumps(queries)}).json()


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(12345678, id="a number"),
        pytest.param("1234 5678", id="text"),
        pytest.param([True, 1.5, "12345678"], id="several of all kinds"),
        pytest.param({"id": "12345678", "name": "12345678"}, id="something reconciled"),
    ],
)
def test_every_value_that_the_specification_allows_is_taken(api, value):
    query = {"query": "", "properties": [{"pid": "registrationNumber", "v": value}]}
    found = reconcile(api, query)
    assert ids(found) == ["acme"]
    assert found[0]["match"] is True


def test_a_country_that_was_reconciled_elsewhere_is_read_by_its_name(api):
    country = {"id": "Q145", "name": "United Kingdom"}
    same = {
        "query": "Acme Optics",
        "properties": [{"pid": "Company:jurisdiction", "v": country}],
    }
    other = {"query": "Acme Optics", "properties": [{"pid": "country", "v": "Japan"}]}
    scores = [reconcile(api, query)[0]["score"] for query in (same, other)]
    assert scores[0] == 1.0
    assert scores[1] < scores[0]


def test_a_name_alone_is_never_certain(api):
    (found,) = reconcile(api, {"query": "Acme Optics Ltd"})
    assert (found["score"], found["match"]) == (1.0, False)
    assert sum(one["value"] for one in found["features"]) == pytest.approx(1.0)


def test_an_id_in_place_of_a_name_is_certain(api):
    (found, *_) = reconcile(api, {"query": "hik-again"})
    assert (found["id"], found["match"]) == ("core-hikvision", True)


@pytest.mark.parametrize(
    ("types", "strict", "expected"),
    [
        ("Company", None, ["acme"]),
        ("Person", None, []),
        (["Person", "Company"], "any", ["acme"]),
        (["Person", "Company"], "all", []),
        (["LegalEntity", "Company"], "all", ["acme"]),
        (["Person"], "should", ["acme"]),
    ],
)
def test_types_are_as_strict_as_is_asked(api, types, strict, expected):
    query = {"query": "Acme Optics", "type": types}
    if strict:
        query["type_strict"] = strict
    assert ids(reconcile(api, query)) == expected


def test_a_type_that_only_ranks_says_who_comes_and_not_in_which_order(api):
    query = {"query": "Hikvision", "type": "Product", "type_strict": "should"}
    firm, product = reconcile(api, query)
    assert (firm["type"][0]["id"], product["type"][0]["id"]) == ("Company", "Product")
    assert firm["score"] > product["score"]
    (only,) = reconcile(api, {**query, "limit": 1})
    assert only == product


def test_an_id_with_a_slash_in_it_has_a_preview_too(api):
    # OpenRefine encodes the whole address, and a slash stays one.
    answer = api.get(f"{ROOT}/preview/no/such")
    assert (answer.status_code, answer.json()) == (404, {"detail": "No such entity!"})


def test_the_limit_and_the_dataset_hold(api):
    assert reconcile(api, {"query": "Acme Optics", "limit": 0}) == []
    assert reconcile(api, {"query": "Acme Optics"}, "core") == []


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ({}, "queries"),
        ({"queries": "{"}, "JSON"),
        ({"queries": "[]"}, "object"),
        ({"queries": '{"q0": {}}'}, "text or properties"),
        ({"queries": '{"q0": {"query": "x", "bogus": 1}}'}, "bogus"),
        ({"queries": '{"q0": {"query": "x", "type": "Spaceship"}}'}, "Spaceship"),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(101)})}, "100"),
        ({"extend": "nothing"}, "JSON"),
        ({"extend": json.dumps({"ids": ["x"] * 101, "properties": []})}, "100"),
    ],
)
def test_what_cannot_be_answered_is_refused(api, form, word):
    answer = api.post(ROOT, data=form)
    assert answer.status_code == 400
    assert word in answer.json()["detail"]


def test_a_query_of_another_shape_is_told_field_by_field(api):
    answer = api.post(ROOT, data={"queries": '{"q0": {"query": "x", "limit": "many"}}'})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["loc"] == ["q0", "limit"]


@pytest.mark.parametrize("root", [ROOT, DRAFT])
def test_types_and_properties_are_suggested_by_their_beginnings(api, root):
    types = api.get(f"{root}/suggest/type", params={"prefix": "organ"}).json()
    validate(spec.SUGGESTED, types)
    assert ids(types["result"]) == ["Organization"]
    found = api.get(f"{root}/suggest/property", params={"prefix": "country"}).json()
    validate(spec.SUGGESTED, found)
    assert {"Thing:country", "LegalEntity:mainCountry"} <= set(ids(found["result"]))
    for part in ("entity", "type", "property"):
        assert api.get(f"{root}/suggest/{part}").json()["result"] == []
        nothing = api.get(f"{root}/suggest/{part}", params={"prefix": "zzyzx"})
        assert nothing.json()["result"] == []


def draft(api, *conditions, **more):
    body = {"queries": [{"conditions": list(conditions), **more}]}
    answer = api.post(f"{DRAFT}/reconcile", json=body)
    assert answer.status_code == 200, answer.text
    validate(spec.DRAFT_RESULTS, answer.json())
    return answer.json()["results"][0]["candidates"]


def named(value, **more):
    return {"matchType": "name", "propertyValue": value, **more}


def having(prop, value, **more):
    return {"matchType": "property", "propertyId": prop, "propertyValue": value, **more}


def test_the_draft_says_what_it_can_do(api):
    validate(spec.DRAFT_MANIFEST, api.get(DRAFT).json())
    page = api.get(f"{DRAFT}/preview", params={"id": "acme"})
    assert "Acme Optics Ltd" in page.text
    proposed = api.get(
        f"{DRAFT}/extend/propose", params={"type": "Company", "limit": 2}
    )
    assert len(proposed.json()["properties"]) == 2
    wanted = {
        "ids": ["acme"],
        "properties": [{"id": "country", "settings": {"render": "raw"}}],
    }
    extended = api.post(f"{DRAFT}/extend", json=wanted).json()
    validate(spec.DRAFT_EXTENDED, extended)
    assert extended["rows"] == [
        {"id": "acme", "properties": [{"id": "country", "values": [{"str": "gb"}]}]}
    ]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([named("Acme Optics")], ["acme"]),
        ([named(["Acme Optics", "Blue Lens"])], ["acme", "acme-sub"]),
        ([{"matchType": "id", "propertyValue": "acme-sub"}], ["acme-sub"]),
        ([named("Acme Optics"), having("country", "gb", required=True)], ["acme"]),
        ([named("Acme Optics"), having("country", "Japan", required=True)], []),
        ([named("Acme Optics"), having("country", "Japan")], ["acme"]),
        ([named("Acme Optics"), having("country", "gb", matchQuantifier="none")], []),
        ([named("Acme Optics"), having("country", ["gb", "jp"], required=True, matchQuantifier="all")], []),
        ([named("Acme Optics"), having("country", ["gb", "jp"], required=True)], ["acme"]),
    ],
)  # fmt: skip
def test_conditions_of_the_draft_hold(api, conditions, expected):
    found = draft(api, *conditions, type="Company", lang="en")
    assert sorted(ids(found)) == expected


def test_scores_of_the_draft_run_to_a_hundred(api):
    assert draft(api, named("Acme Optics Ltd"))[0]["score"] == 100


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"queries": [{"conditions": []}]}, 422),
        ({"queries": [{"conditions": [{"propertyValue": "x"}]}]}, 422),
        (
            {
                "queries": [
                    {"conditions": [{"matchType": "property", "propertyValue": "x"}]}
                ]
            },
            400,
        ),
        ({"queries": [{"conditions": [named("x")], "type": ["Company"]}]}, 422),
        ([], 422),
    ],
)
def test_what_the_draft_forbids_is_refused(api, body, status):
    assert api.post(f"{DRAFT}/reconcile", json=body).status_code == status


def test_a_client_on_another_site_may_ask(api):
    asked = {
        "origin": "https://client.example",
        "access-control-request-method": "POST",
    }
    before = api.options(f"{DRAFT}/reconcile", headers=asked)
    assert before.status_code == 200
    assert before.headers["access-control-allow-origin"] == "*"
    assert api.get(ROOT, headers=asked).headers["access-control-allow-origin"] == "*"
    # What a visitor's browser can reach on this machine is not for every site to read.
    assert (
        "access-control-allow-origin" not in api.get("/catalog", headers=asked).headers
    )
