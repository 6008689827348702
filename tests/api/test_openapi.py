"""The OpenAPI document: whole, and kept by every route."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

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

from standsbehind.api.documenting import as_documented
from standsbehind.api.policy import LINES
from standsbehind.model.account import SCOPES
from standsbehind.store.accounts import Accounts
from tests.api.serving import serving

KEPT = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
NOT_ASKED = frozenset(
    {("DELETE", "/api/v1/screenings/{job_id}"), ("POST", "/api/v1/screenings")}
)
"""What would keep files, or wait for them; the tests of screenings hold these to their shapes."""


@dataclass(frozen=True)
class Asker:
    """Who asks, and what every answer must keep to."""

    key: dict | None = None
    """The headers; None for those that schemathesis makes up."""
    of_document: dict = field(default_factory=dict)
    """The headers by which the document is fetched."""
    checks: list = field(default_factory=lambda: KEPT)
    not_asked: frozenset = NOT_ASKED

    def asks_all(self, server, examples, told_by=None):
        """Ask every operation so many times with what its schema allows; return how many there are.

        `told_by`: a server of the same document, where this one tells it to nobody.
        """
        where = f"{told_by or server}/openapi.json"
        schema = schemathesis.openapi.from_url(where, headers=dict(self.of_document))
        found = [one.ok() for one in schema.get_all_operations()]
        wanted = [o for o in found if (o.method.upper(), o.path) not in self.not_asked]
        for operation in wanted:
            self._asks(server, operation, examples)
        return len(wanted)

    def _asks(self, server, operation, examples):
        @given(case=operation.as_strategy())
        @settings(
            max_examples=examples,
            phases=[Phase.generate],
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def kept(case):
            sent = {}
            if self.key is not None:
                # It makes up keys and sessions of its own.
                case.headers.pop("Authorization", None)
                case.cookies.clear()
                sent = {"headers": self.key}
            case.call_and_validate(
                base_url=server, checks=self.checks, timeout=60, **sent
            )

        kept()


@pytest.mark.filterwarnings("default")
def test_every_route_keeps_to_the_document(server):
    assert Asker().asks_all(server, examples=3) > 35


@pytest.mark.long
@pytest.mark.filterwarnings("default")
def test_every_route_keeps_to_the_document_for_long(server):
    assert Asker().asks_all(server, examples=200) > 35


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """Return accounts of a user in the highest role."""
    accounts = Accounts.at(tmp_path_factory.mktemp("known") / "docket.sqlite")
    accounts.add("ada", "admin", "root", datetime.now(tz=UTC))
    return accounts


def key_for(known, scopes):
    made = known.new_key("ada", scopes, 1, "root", datetime.now(tz=UTC))
    return {"authorization": f"Bearer {made.secret}"}


@contextmanager
def guarded(served_home, known, **terms):
    where = f"sqlite:///{known.database.url.database}"
    terms = {"per_caller": 10**6, "per_address": 10**6, "failures": 10**6, **terms}
    with serving(served_home, asks_who=True, docket=where, **terms) as address:
        yield address


@pytest.fixture(scope="module")
def asking_who(served_home, known):
    with guarded(served_home, known) as address:
        yield address


def may_not(*statuses):
    """Return a check that whoever may not ask is told so, and learns and does nothing."""

    def refused(_, response, case):
        is_open = (case.method.upper(), case.operation.path) in OPEN
        assert response.status_code in statuses or (
            is_open and response.status_code == 200
        )

    return [*KEPT, refused]


OPEN = {("GET", "/healthz"), ("GET", "/readyz")}


@pytest.mark.filterwarnings("default")
def test_every_route_keeps_to_the_document_for_who_may_all(asking_who, known):
    key = key_for(known, SCOPES)
    assert Asker(key, key).asks_all(asking_who, examples=2) > 35


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        pytest.param("a key for nothing", (403,), id="a key for nothing"),
        pytest.param("a key of nobody", (401,), id="a key of nobody"),
        pytest.param("", (401,), id="no key"),
        pytest.param(None, (401,), id="made up"),
    ],
)
def test_who_may_nothing_is_refused_as_the_document_says(
    asking_who, known, sent, statuses
):
    keys = {
        "a key for nothing": key_for(known, ()),
        "a key of nobody": {"authorization": f"ApiKey sb_0123456789_{'A' * 43}"},
        "": {},
        None: None,
    }
    checks, reads = may_not(*statuses), key_for(known, SCOPES)
    asker = Asker(keys[sent], reads, checks, frozenset())
    assert asker.asks_all(asking_who, examples=2) > 37


@pytest.mark.filterwarnings("default")
def test_who_asks_too_much_is_refused_as_the_document_says(
    served_home, asking_who, known
):
    key = key_for(known, SCOPES)
    asker = Asker(key, key, may_not(429), frozenset())
    with guarded(served_home, known, per_caller=0.001) as address:
        assert asker.asks_all(address, 1, told_by=asking_who) > 37


@pytest.mark.parametrize("which", ["server", "asking_who"])
def test_the_document_tells_the_shape_of_every_answer(which, known, request):
    server, key = request.getfixturevalue(which), key_for(known, SCOPES)
    document = httpx.get(f"{server}/openapi.json", headers=key).json()
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


def test_the_document_says_what_each_operation_asks_of_its_caller(
    asking_who, server, known
):
    key = key_for(known, SCOPES)
    document = httpx.get(f"{asking_who}/openapi.json", headers=key).json()
    schemes = document["components"]["securitySchemes"]
    assert schemes["Bearer"]["scheme"] == "bearer"
    lines = {(how, as_documented(form)): one for (how, form), one in LINES.items()}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            needs, statuses = lines[method.upper(), path], operation["responses"].keys()
            assert operation.get("x-least-role") == needs.role
            assert "Retry-After" in operation["responses"]["429"]["headers"]
            if needs.role is None:
                assert operation["security"] == []
                continue
            assert {"401", "403", "503"} <= statuses
            assert operation["security"][0] == {"Bearer": [needs.scope]}
    plain = httpx.get(f"{server}/openapi.json").json()
    assert "securitySchemes" not in plain["components"]
    assert not any("security" in o for m in plain["paths"].values() for o in m.values())
