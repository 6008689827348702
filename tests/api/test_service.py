"""What the service says of itself, and how another snapshot takes the place of the last."""

import shutil
import threading
import time

import httpx
import pytest
from pydantic import TypeAdapter

from standsbehind.api.shapes.entities import Algorithms, Catalog
from standsbehind.publishing.home import Home
from standsbehind.publishing.status import remember
from tests.api.conftest import TOKEN, a_list
from tests.api.serving import serving
from tests.published import take_in
from tests.told import firm


@pytest.fixture
def home(served_home, tmp_path):
    shutil.copytree(served_home.folder, tmp_path / "data")
    return Home(tmp_path / "data")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_says_that_it_serves(api, path):
    assert api.get(path).json() == {"status": "ok"}


def test_every_answer_names_the_snapshot_and_its_age(api, served_home):
    for path in ("/healthz", "/match/nothing", "/api/v1/nowhere", "/openapi.json"):
        headers = api.get(path).headers
        assert (
            headers["x-snapshot"]
            == served_home.snapshots.joinpath("CURRENT").read_text().strip()
        )
        assert headers["x-known-on"] == "2026-11-24T08:00:00Z"
        assert headers["x-oldest-read"] == "2026-11-23"
        assert headers["x-stale-sources"] == ""


def test_the_catalog_lists_sources_and_all_of_them(api):
    answer = api.get("/catalog")
    TypeAdapter(Catalog).validate_json(answer.content)
    names = [one["name"] for one in answer.json()["datasets"]]
    assert names == ["default", "core", "list"]
    assert answer.json()["current"] == ["core", "list"]
    assert api.get("/manifest").json() == answer.json()
    tag = answer.headers["etag"]
    assert api.get("/catalog", headers={"if-none-match": tag}).status_code == 304


def test_a_source_whose_pull_failed_is_outdated(home):
    remember(home, "core", {"failed": "the publisher did not answer"})
    with serving(home) as address:
        answer = httpx.get(f"{address}/catalog")
    assert answer.json()["outdated"] == ["core"]
    assert answer.json()["index_stale"] is True
    assert answer.headers["x-stale-sources"] == "core"


def test_the_algorithms_name_one_that_can_be_asked_for(api):
    answer = api.get("/algorithms")
    TypeAdapter(Algorithms).validate_json(answer.content)
    best = answer.json()["best"]
    body = {"queries": {"q": {"schema": "Company", "properties": {"name": "Acme"}}}}
    assert (
        api.post("/match/default", json=body, params={"algorithm": best}).status_code
        == 200
    )


def test_metrics_are_in_the_form_that_prometheus_reads(api):
    api.get("/healthz")
    text = api.get("/metrics").text
    assert 'behind_requests_total{route="/healthz",method="GET",status="200"}' in text
    assert 'behind_request_seconds_bucket{route="/healthz",le="+Inf"}' in text
    names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("token", ["", "wrong", "ünïcode"])
def test_without_the_token_nobody_updates(api, token):
    answer = api.post("/updatez", params={"token": token})
    assert (answer.status_code, answer.json()) == (403, {"detail": "Invalid token."})


def test_with_the_token_it_looks_at_once(api):
    answer = api.post("/updatez", params={"token": TOKEN, "sync": True})
    assert answer.json() == {"status": "ok"}


def test_a_newer_snapshot_takes_over_while_requests_are_answered(home):
    body = {
        "queries": {
            "q": {"schema": "Company", "properties": {"name": "Newcomer Optics"}}
        }
    }
    with serving(home, update_token=TOKEN) as address:
        statuses, told, stop = [], set(), threading.Event()

        def ask_on():
            with httpx.Client(base_url=address, timeout=60) as client:
                while not stop.is_set():
                    answer = client.post("/match/default", json=body)
                    statuses.append(answer.status_code)
                    found = bool(answer.json()["responses"]["q"]["results"])
                    told.add((answer.headers["x-snapshot"], found))

        asking = threading.Thread(target=ask_on)
        asking.start()
        before = httpx.post(f"{address}/match/default", json=body)
        newer = [*a_list(), *firm("new", "Newcomer Optics")]
        take_in(home.ledger, newer, when="2026-11-25T08:00:00Z")
        published = home.publish()
        until = time.monotonic() + 30
        while time.monotonic() < until:
            after = httpx.post(f"{address}/match/default", json=body)
            if after.headers["x-snapshot"] == published.id:
                break
            time.sleep(0.1)
        stop.set()
        asking.join()
    assert before.json()["responses"]["q"]["results"] == []
    assert [one["id"] for one in after.json()["responses"]["q"]["results"]] == ["new"]
    assert set(statuses) == {200}
    # An answer names the snapshot it came from, not the one that took its place meanwhile.
    assert told == {(before.headers["x-snapshot"], False), (published.id, True)}


def test_a_damaged_pointer_leaves_the_old_snapshot_serving(home):
    pointer = home.snapshots / "CURRENT"
    whole = pointer.read_text()
    with serving(home, update_token=TOKEN) as address:
        was = httpx.get(f"{address}/healthz").headers["x-snapshot"]
        pointer.write_text("nothing that is there\n")
        httpx.post(f"{address}/updatez", params={"token": TOKEN, "sync": True})
        now = httpx.get(f"{address}/entities/acme")
        metrics = httpx.get(f"{address}/metrics").text
        pointer.write_text(whole)
        httpx.post(f"{address}/updatez", params={"token": TOKEN, "sync": True})
        healed = httpx.get(f"{address}/metrics").text
    assert (now.status_code, now.headers["x-snapshot"]) == (200, was)
    assert "behind_snapshot_refused 1" in metrics
    assert "behind_snapshot_refused 0" in healed
