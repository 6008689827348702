"""Requests that mean harm, or no good: each is refused with the right status, and never breaks us."""

import asyncio
import json
import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standsbehind.api.edges import MOST_UPLOADS, Limits
from standsbehind.api.wire import PatientProtocol

MATCH = "/match/default"


def refused(answer):
    """Say with which status a request was refused; a failure of ours is none."""
    assert answer.status_code < 500, answer.text
    return answer.status_code


DEEP = "[" * 100_000 + "]" * 100_000
BODIES = {
    "nothing": (b"", 422),
    "no JSON": (b"{", 422),
    "a list": (b"[]", 422),
    "null": (b"null", 422),
    "queries of another kind": (b'{"queries": []}', 422),
    "a query of another kind": (b'{"queries": {"q": 1}}', 422),
    "properties of another kind": (b'{"queries": {"q": {"schema": "Company", "properties": []}}}', 422),
    "a value of another kind": (b'{"queries": {"q": {"schema": "Company", "properties": {"name": [{}]}}}}', 400),
    "a number without end": (
        b'{"queries": {"q": {"schema": "Company", "properties": {"name": [1' + b"0" * 6000 + b"]}}}}",
        (400, 422),
    ),
    "an infinite number": (b'{"queries": {"q": {"schema": "Company", "properties": {"name": [Infinity]}}}}', 400),
    "half a letter": (rb'{"queries": {"q": {"schema": "Company", "properties": {"name": ["\ud800"]}}}}', (400, 422)),
    "half a letter as a key": (rb'{"queries": {"\ud800": {"schema": "Company", "properties": {}}}}', (400, 422)),
    "not a number": (b'{"weights": {"x": NaN}, "queries": {}}', (400, 422)),
    "not UTF-8": (b'{"queries": {"q": {"schema": "\xff"}}}', (400, 422)),
    "a name too long": (
        json.dumps({"queries": {"q": {"schema": "Company", "properties": {"name": "x" * 5000}}}}).encode(),
        400,
    ),
    "depth": (DEEP.encode(), (400, 422)),
    "depth in a value": (
        b'{"queries": {"q": {"schema": "Company", "properties": {"name": ' + DEEP.encode() + b"}}}}",
        (400, 422),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BODIES)
def test_a_body_that_is_none_is_refused(api, case):
    body, expected = BODIES[case]
    answer = api.post(MATCH, content=body, headers={"content-type": "application/json"})
    allowed = expected if isinstance(expected, tuple) else (expected,)
    assert refused(answer) in allowed
    assert answer.json().keys() == {"detail"}


def test_names_of_no_letters_are_answered_with_nothing(api):
    body = {
        "queries": {
            "q": {"schema": "Company", "properties": {"name": ["...", "", "\u200b"]}}
        }
    }
    answer = api.post(MATCH, json=body)
    assert answer.json()["responses"]["q"]["results"] == []


@pytest.mark.parametrize("path", [MATCH, "/reconcile/default/1.0-draft/reconcile"])
def test_a_body_too_large_is_refused_before_it_is_read(api, path):
    answer = api.post(path, content=b" " * ((1 << 20) + 1))
    assert refused(answer) == 413
    assert "1048576" in answer.json()["detail"]


def test_a_body_that_does_not_say_how_large_it_is_is_cut(api):
    def pieces():
        for _ in range(40):
            yield b" " * 65_536

    headers = {"content-type": "application/json"}
    assert refused(api.post(MATCH, content=pieces(), headers=headers)) == 413


@pytest.mark.parametrize(
    "size", ["Content-Length: 8388608", "Transfer-Encoding: chunked"]
)
def test_who_sends_on_after_a_refusal_still_reads_it(server, size):
    host, port = server.removeprefix("http://").split(":")
    piece = b" " * 65_536
    if size.startswith("Transfer"):
        piece = b"10000\r\n" + piece + b"\r\n"
    with socket.create_connection((host, int(port)), timeout=30) as line:
        told = f"POST {MATCH} HTTP/1.1\r\nHost: localhost\r\n{size}\r\n\r\n"
        line.sendall(told.encode())
        for _ in range(127):
            line.sendall(piece)
        assert line.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_a_length_that_is_a_lie_breaks_nothing(server):
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(
            b"POST /match/default HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"
        )
        assert b" 400 " in line.recv(4096).split(b"\r\n")[0]
    assert httpx.get(f"{server}/healthz").status_code == 200


@pytest.fixture
def line(server):
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as opened:
        yield opened


def test_a_head_without_end_is_not_kept(line):
    line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 400_000)
    assert line.recv(4096).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: 127"])
def test_a_head_that_does_not_come_is_not_waited_for(line, monkeypatch, sent):
    monkeypatch.setattr(PatientProtocol, "most_seconds", 0.2)
    host, port = line.getpeername()
    with socket.create_connection((host, port), timeout=10) as slow:
        slow.sendall(sent)
        assert slow.recv(4096) == b""


def test_a_long_body_is_no_long_head(line):
    head = b"POST /match/default HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 300000\r\n\r\n"
    line.sendall(head + b" " * 300_000)
    assert line.recv(4096).startswith(b"HTTP/1.1 422 ")


@pytest.mark.parametrize(
    "path",
    [
        "/entities/..%2F..%2Fetc%2Fpasswd",
        "/entities/%00",
        "/entities/%ff%fe",
        "/entities/" + "x" * 5000,
        "/entities/acme/adjacent/__class__",
        "/search/default?q=" + "x" * 20_000,
        "/search/default?q=%00%ff",
        "/search/default?q=" + "a+" * 4000,
        "/search/default?offset=-1&limit=-5",
        "/search/default?filter=" + "x" * 9000 + ":y",
        "/reconcile/default?queries=" + "%5B" * 9000,
        "/api/v1/trace?from=%00&to=%ff",
        "/api/v1/effects?entity=" + "x" * 501,
        "/api/v1/entities/%2e%2e",
        "/catalog?" + "a=b&" * 2000,
    ],
)
def test_an_address_that_means_harm_is_answered_calmly(api, path):
    answer = api.get(path)
    assert answer.status_code < 500, answer.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "GET"])
def test_another_method_is_refused(api, method):
    assert refused(api.request(method, MATCH)) == 405


TEXTS = (
    st.text(max_size=40) | st.integers() | st.floats(allow_nan=False) | st.booleans()
)


@given(
    schema=st.sampled_from(["Company", "Person", "Thing", "Vessel"]),
    properties=st.dictionaries(
        st.sampled_from(
            ["name", "alias", "country", "registrationNumber", "birthDate"]
        ),
        TEXTS | st.lists(TEXTS, max_size=4),
        max_size=4,
    ),
    cutoff=st.floats(-2, 2, allow_nan=False),
    limit=st.integers(-5, 500),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_described_is_answered_within_the_terms(
    api, schema, properties, cutoff, limit
):
    query = {"schema": schema, "properties": properties}
    params = {"cutoff": cutoff, "limit": limit}
    # Python writes an infinite number as `Infinity`, which a client may well send.
    body = json.dumps({"queries": {"q": query}})
    headers = {"content-type": "application/json"}
    answer = api.post(MATCH, content=body, headers=headers, params=params)
    assert refused(answer) in {200, 400}
    if answer.status_code == 200:
        results = answer.json()["responses"]["q"]["results"]
        assert len(results) <= max(0, limit)
        scores = [one["score"] for one in results]
        assert scores == sorted(scores, reverse=True)
        assert all(score >= min(cutoff, 0.7) for score in scores)


def queries(count, **properties):
    one = {"schema": "Company", "properties": properties}
    return {"queries": {str(number): one for number in range(count)}}


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (queries(101, name=["Acme"]), "limit: 100"),
        (queries(100, name=[f"Acme {n}" for n in range(50)]), "5000 names"),
        (queries(100, name=["海" * 1_000]), "100000 letters"),
        ({"queries": dict.fromkeys(map(str, range(20_000)), 1)}, "limit: 100"),
        (queries(1, **dict.fromkeys(map(str, range(20_000)))), "limit: 500"),
        ({"queries": {}, "weights": dict.fromkeys(map(str, range(9_999)))}, "limit"),
    ],
)
def test_more_than_one_request_may_ask_is_refused_in_few_words(api, body, word):
    answer = api.post(MATCH, json=body)
    assert refused(answer) == 400
    assert word in answer.json()["detail"]
    assert len(answer.content) < 500


def test_of_many_wrong_fields_the_first_are_named(api):
    wrong = api.post(MATCH, json={"queries": {"q": {"schema": "Company", "properties": dict.fromkeys("abc")}}})  # fmt: skip
    assert len(wrong.json()["detail"]) == 1
    body = {"queries": {str(number): {} for number in range(100)}}
    answer = api.post(MATCH, json=body)
    assert answer.status_code == 422
    assert len(answer.json()["detail"]) == 100


@pytest.mark.parametrize(
    "params",
    [
        [("sort", "caption")] * 7,
        [("filter", "name:x")] * 13,
        [("countries", "cn")] * 301,
    ],
)
def test_a_search_that_repeats_itself_without_end_is_refused(api, params):
    assert refused(api.get("/search/default", params=params)) == 422


def test_many_names_are_answered_among_the_long_questions(server, api):
    """They may take seconds, and short questions are answered meanwhile."""
    words = ("Acme Optics International Trading", "Blue Lens Technology")
    names = [f"{word} {n}" for n in range(25) for word in words]
    body = queries(20, name=names)
    with ThreadPoolExecutor() as pool:
        terms = {"cutoff": 0.4, "limit": 500}
        long = pool.submit(httpx.post, f"{server}{MATCH}", json=body, params=terms, timeout=60)  # fmt: skip
        while not long.done():
            assert api.post(MATCH, json=queries(1, name=["Acme"])).elapsed.total_seconds() < 2  # fmt: skip
    assert len(long.result().json()["responses"]) == 20


async def answered_by(limits, pieces, path="/match/default"):
    """Send the pieces of a body, and then nothing; return the status and what was read."""
    read, statuses, never = [], [], asyncio.Event()
    waiting = list(pieces)

    async def receive():
        if not waiting:
            await never.wait()
        return {"type": "http.request", "body": waiting.pop(0), "more_body": True}

    async def send(message):
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def app(_, receive, send):
        while (message := await receive())["more_body"]:
            read.append(message["body"])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    limits.app = app
    scope = {"type": "http", "method": "POST", "path": path, "headers": []}
    await limits(
        {**scope, "query_string": b"", "server": ("127.0.0.1", 80)}, receive, send
    )
    return statuses, read


def test_a_body_that_stops_half_way_is_waited_for_no_longer():
    limits = Limits(None, 100, 1000, {"/upload"}, most_still=0.05)
    told = asyncio.run(answered_by(limits, [b"half"]))
    assert told == ([408], [b"half"])


def test_only_so_many_files_are_taken_in_together():
    limits = Limits(None, 100, 1000, {"/upload"}, most_still=0.2)

    async def sent():
        sending = (answered_by(limits, [b"x"], "/upload") for _ in range(6))
        return await asyncio.gather(*sending)

    statuses = sorted(status for (status,), _ in asyncio.run(sent()))
    assert statuses == [408] * MOST_UPLOADS + [429] * 2
