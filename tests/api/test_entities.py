"""`GET /entities`: one entity, where a merged id leads, and what lies around it."""

import pytest
from pydantic import TypeAdapter

from standsbehind.api.shapes.entities import Adjacent, AdjacentProperty, EntityResponse


def get(api, address, **params):
    answer = api.get(address, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_entity_holds_its_neighbours_and_links_hold_the_other_end(api):
    answer = api.get("/entities/acme")
    TypeAdapter(EntityResponse).validate_json(answer.content)
    properties = answer.json()["properties"]
    assert properties["name"] == ["Acme Optics Ltd"]
    (owns,) = properties["ownershipOwner"]
    assert owns["schema"] == "Ownership"
    assert "owner" not in owns["properties"]
    assert [one["id"] for one in owns["properties"]["asset"]] == ["acme-sub"]
    assert [one["id"] for one in properties["sanctions"]] == ["acme-listing"]


def test_without_nesting_a_neighbour_is_an_id(api):
    assert get(api, "/entities/owns", nested=False)["properties"]["asset"] == [
        "acme-sub"
    ]
    assert "sanctions" not in get(api, "/entities/acme", nested=False)["properties"]


def test_a_merged_id_leads_to_its_entity(api):
    answer = api.get("/entities/hik-again?nested=false")
    assert answer.status_code == 308
    assert answer.headers["location"] == "/entities/core-hikvision?nested=false"
    onward = api.get("/entities/hik-again/adjacent/sanctions?limit=1")
    assert (
        onward.headers["location"]
        == "/entities/core-hikvision/adjacent/sanctions?limit=1"
    )


@pytest.mark.parametrize("rest", ["", "/adjacent", "/adjacent/sanctions"])
def test_an_unknown_id_is_not_found(api, rest):
    answer = api.get(f"/entities/nobody{rest}")
    assert (answer.status_code, answer.json()) == (404, {"detail": "No such entity!"})


def test_what_did_not_change_is_not_sent_again(api):
    tag = api.get("/entities/acme").headers["etag"]
    again = api.get("/entities/acme", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert (
        api.get(
            "/entities/acme?nested=false", headers={"if-none-match": tag}
        ).status_code
        == 200
    )


def test_neighbours_come_page_by_page(api):
    answer = api.get("/entities/core-hikvision/adjacent", params={"limit": 2})
    TypeAdapter(Adjacent).validate_json(answer.content)
    adjacent = answer.json()["adjacent"]
    total = adjacent["supplySupplier"]["total"]["value"]
    assert total > 2
    assert len(adjacent["supplySupplier"]["results"]) == 2
    address = "/entities/core-hikvision/adjacent/supplySupplier"
    seen = []
    for offset in range(0, total, 2):
        page = api.get(address, params={"limit": 2, "offset": offset, "sort": "id:asc"})
        TypeAdapter(AdjacentProperty).validate_json(page.content)
        seen += [one["id"] for one in page.json()["results"]]
    assert seen == sorted(set(seen))
    assert len(seen) == total


def test_a_property_that_leads_nowhere_has_no_neighbours(api):
    assert get(api, "/entities/acme/adjacent/bogus")["total"]["value"] == 0


def test_neighbours_are_not_sorted_by_what_they_do_not_have(api):
    answer = api.get("/entities/acme/adjacent", params={"sort": "height"})
    assert answer.status_code == 400
    assert "height" in answer.json()["detail"]
