"""Clients of yente's that nobody changed, against our server."""

import json
import subprocess

import pytest
from tools.write_docs import ROOT
from yente_client import Client, Company, Person
from yente_client.exceptions import APIError, BadRequestError, NotFoundError

PYTHON = ROOT / "build" / "clients" / "bin" / "python"


@pytest.fixture(scope="module")
def client(server):
    with Client(base_url=server) as opened:
        yield opened


def test_yentes_client_matches(client):
    found = client.match(
        Company(name="Hikvision", country="cn"), threshold=0.8, limit=3
    )
    assert found.top.id == "core-hikvision"
    assert found.top.match
    assert found.top.contributing_explanations
    assert found.top.last_seen is not None
    assert found.total.value == len(found.matches)


def test_yentes_client_matches_a_stream(client):
    asked = [
        ("a", Company(name="Acme Optics")),
        ("b", Person(name="Jane Roe")),
        ("c", Company(name="Zzyzx")),
    ]
    found = dict(client.match_iter(asked, datasets=["list"], workers=3))
    assert {key: one.top and one.top.id for key, one in found.items()} == {
        "a": "acme",
        "b": "a-person",
        "c": None,
    }


def test_yentes_client_reads_an_entity_and_what_lies_around_it(client):
    assert client.fetch("hik-again").id == "core-hikvision"
    (owns,) = client.fetch("acme").properties["ownershipOwner"]
    assert owns.properties["asset"][0].caption == "Blue Lens GmbH"
    around = client.adjacent("acme")
    assert around.entity.id == "acme"
    assert around.adjacent["sanctions"].total.value == 1
    assert (
        client.adjacent("acme", prop="sanctions", limit=1).results[0].id
        == "acme-listing"
    )


def test_yentes_client_searches(client):
    found = client.search("acme", schema="Company", countries=["gb"], facets=["schema"])
    assert [one.id for one in found.results] == ["acme"]
    assert [one.name for one in found.facets["schema"].values] == ["Company"]


def test_yentes_client_reads_catalog_algorithms_and_state(client):
    listed = client.datasets()
    assert {"default", "core", "list"} <= {one.name for one in listed.datasets}
    assert client.datasets() == listed
    assert client.algorithms().best in {
        one.name for one in client.algorithms().algorithms
    }
    assert (client.healthz().status, client.readyz().status) == ("ok", "ok")


def test_yentes_client_understands_our_refusals(client):
    with pytest.raises(NotFoundError, match="No such entity"):
        client.fetch("nobody")
    with pytest.raises(NotFoundError, match="No such dataset"):
        client.match(Company(name="x"), datasets=["banana"])
    with pytest.raises(BadRequestError, match="logic-v2"):
        client.match(Company(name="x"), algorithm="logic-v2")
    with pytest.raises(APIError, match="limit"):
        client.match(Company(name="x"), limit=501)


@pytest.mark.clients
@pytest.mark.skipif(
    not PYTHON.exists(), reason=".ci/clients has not put nomenklatura in place"
)
def test_nomenklaturas_enricher_matches_and_expands(server):
    script = ROOT / "tests" / "api" / "enriching.py"
    run = subprocess.run([PYTHON, script, server], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    told = json.loads(run.stdout)
    assert [one["id"] for one in told["found"]] == ["acme"]
    schemata = {one["schema"]: one["id"] for one in told["around"]}
    assert schemata["Ownership"] == "owns"
    assert schemata["Sanction"] == "acme-listing"
    assert "acme-sub" in {one["id"] for one in told["around"]}
