"""`GET /search`: what is typed, what is filtered, and what is counted."""

import pytest
from pydantic import TypeAdapter

from standsbehind.api.shapes.entities import SearchResponse


def search(api, dataset="default", **params):
    answer = api.get(f"/search/{dataset}", params=params)
    assert answer.status_code == 200, answer.text
    TypeAdapter(SearchResponse).validate_json(answer.content)
    return answer.json()


def ids(found):
    return [one["id"] for one in found["results"]]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("acme opt", "acme", id="words, the last begun"),
        pytest.param("acme", "acme", id="an id"),
        pytest.param("12345678", "acme", id="a number"),
        pytest.param("hik-again", "core-hikvision", id="a merged id"),
        pytest.param("海康威视", "core-hikvision", id="another script"),
        pytest.param("Hikvison", "core-hikvision", id="misspelt"),
    ],
)
def test_what_is_typed_finds_it_first(api, text, first):
    assert ids(search(api, q=text))[0] == first


def test_nothing_is_found_by_nothing_like_it(api):
    found = search(api, q="zzyzx qwrtp")
    assert (found["results"], found["total"]["value"]) == ([], 0)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"countries": "gb"}, {"acme"}),
        ({"countries": ["gb", "de"]}, {"acme", "acme-sub"}),
        ({"countries": ["gb", "de"], "filter_op": "AND"}, set()),
        ({"topics": "sanction"}, {"acme"}),
        ({"schema": "Person"}, {"a-person"}),
        ({"exclude_schema": "Company"}, {"a-person"}),
        ({"target": True}, {"acme", "core-hikvision"}),
        ({"target": False, "schema": "Company"}, {"acme-sub"}),
        ({"filter": "properties.registrationNumber:12345678"}, {"acme"}),
        ({"filter": "countries:de"}, {"acme-sub"}),
        ({"exclude_dataset": "list"}, set()),
        ({"include_dataset": "core"}, set()),
        ({"changed_since": "2026-11-25"}, set()),
    ],
)
def test_filters_narrow_what_is_found(api, params, expected):
    assert set(ids(search(api, "list", limit=100, **params))) == expected


def test_the_values_of_what_was_found_are_counted(api):
    found = search(api, "list", facets=["schema", "countries", "identifiers"])
    assert found["facets"].keys() == {"schema", "countries", "identifiers"}
    counts = {one["name"]: one["count"] for one in found["facets"]["schema"]["values"]}
    assert counts == {"Company": 3, "Person": 1}
    labels = {
        one["name"]: one["label"] for one in found["facets"]["countries"]["values"]
    }
    assert labels == {"gb": "United Kingdom", "de": "Germany", "cn": "China"}


def test_three_fields_are_counted_where_none_is_named(api):
    assert search(api).keys() >= {"facets", "limit", "offset"}
    assert search(api)["facets"].keys() == {"countries", "topics", "datasets"}


def test_results_are_sorted_and_paged(api):
    whole = ids(search(api, "list", sort="caption:desc", limit=10))
    parts = [
        ids(search(api, "list", sort="caption:desc", limit=1, offset=n))[0]
        for n in range(4)
    ]
    assert parts == whole
    assert search(api, q="acme", limit=0)["results"] == []


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"schema": "Banana"}, 400),
        ({"sort": "height"}, 400),
        ({"filter": "nothing"}, 400),
        ({"filter": "bogus:1"}, 400),
        ({"limit": 501}, 422),
        ({"offset": 9500}, 422),
        ({"facets": "height"}, 422),
        ({"changed_since": "2026"}, 422),
    ],
)
def test_what_cannot_be_searched_is_refused(api, params, status):
    assert api.get("/search/default", params=params).status_code == status


def test_an_unknown_dataset_is_not_found(api):
    assert api.get("/search/banana").status_code == 404
