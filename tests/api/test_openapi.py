"""The OpenAPI document: whole, and kept by every route."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

KEPT = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
NOT_ASKED = {("DELETE", "/api/v1/screenings/{job_id}"), ("POST", "/api/v1/screenings")}
"""What would keep files, or wait for them; the tests of screenings hold these to their shapes."""


def asked(server, examples):
    """Ask every operation so many times with what its schema allows; return how many there are."""
    schema = schemathesis.openapi.from_url(f"{server}/openapi.json")
    found = [one.ok() for one in schema.get_all_operations()]
    wanted = [o for o in found if (o.method.upper(), o.path) not in NOT_ASKED]
    for operation in wanted:
        ask(server, operation, examples)
    return len(wanted)


def ask(server, operation, examples):
    @given(case=operation.as_strategy())
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def kept(case):
        case.call_and_validate(base_url=server, checks=KEPT, timeout=60)

    kept()


@pytest.mark.filterwarnings("default")
def test_every_route_keeps_to_the_document(server):
    assert asked(server, examples=3) > 35


@pytest.mark.long
@pytest.mark.filterwarnings("default")
def test_every_route_keeps_to_the_document_for_long(server):
    assert asked(server, examples=200) > 35


def test_the_document_tells_the_shape_of_every_answer(server):
    document = httpx.get(f"{server}/openapi.json").json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation.get("summary") or operation.get("description"), where
            for status, answer in operation["responses"].items():
                if status in {"204", "304", "308"}:
                    continue
                assert answer["content"], f"{where} {status}"
                for told in answer["content"].values():
                    assert told["schema"], f"{where} {status}"
    ids = [o["operationId"] for m in document["paths"].values() for o in m.values()]
    assert len(ids) == len(set(ids))
