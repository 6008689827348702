"""OpenRefine's flow, replayed: its requests byte by byte, against what `behind serve` serves.

The requests in `openrefine/` were written by hand from the specification of version 0.2 and from
the sources of OpenRefine 3.9: what it sends itself (a form by Apache's HttpClient, with its own
user agent), and what its page in a browser asks across origins. `draft/` does the same for the
draft of 1.0, with the draft's own examples. `replaying.py` says how they are held.
"""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from jsonschema_rs import ValidationError, validate

from standsbehind.web.site import with_pages
from tests.api import reconciliation_schemas as spec
from tests.api.replaying import Line, hold, recorded, request_of, says, target_of
from tests.api.serving import serving

OPENREFINE = recorded("openrefine")
WHERE = "http://127.0.0.1:8000"
"""Under which name and port the requests were written down; the server answers as if it were there."""


@pytest.fixture(scope="module")
def served(served_home):
    """Return the address of API and pages together, as `behind serve` has them."""
    with serving(served_home, around=with_pages) as address:
        yield address


@pytest.mark.parametrize("name", OPENREFINE)
def test_openrefine_is_answered_as_it_needs(served, name):
    with Line(served) as line:
        hold("openrefine", name, line.send(request_of("openrefine", name)))


@pytest.mark.parametrize("name", recorded("draft"))
def test_the_draft_is_answered_as_it_says(served, name):
    with Line(served) as line:
        hold("draft", name, line.send(request_of("draft", name)))


def test_the_whole_flow_goes_over_one_connection(served):
    with Line(served) as line:
        for name in OPENREFINE:
            hold("openrefine", name, line.send(request_of("openrefine", name)))


def test_each_request_goes_where_the_manifest_sends_it(served):
    """Build the addresses as OpenRefine does: the written ones are these."""
    with Line(served) as line:
        manifest = json.loads(line.send(request_of("openrefine", "01-manifest")).text)

    def at(service):
        return f"{service['service_url']}{service['service_path']}"

    suggest, propose = manifest["suggest"], manifest["extend"]["propose_properties"]
    built = {
        "04-suggest-type": f"{at(suggest['type'])}?prefix=comp",
        "05-suggest-property": f"{at(suggest['property'])}?prefix=regis",
        "08-preview": manifest["preview"]["url"].replace("{{id}}", "acme"),
        "09-view": manifest["view"]["url"].replace("{{id}}", "acme"),
        "10-search-for-match": f"{at(suggest['entity'])}?prefix=acme+op",
        "11-propose-properties": f"{at(propose)}?type=Company",
        "12-propose-properties-of-any-type": f"{at(propose)}?type=",
    }
    for name, address in built.items():
        assert address == f"{WHERE}{target_of('openrefine', name)}"


@pytest.mark.parametrize("name", [one for one in OPENREFINE if "reconcile" in one])
def test_queries_are_valid_and_their_candidates_go_down_by_score(served, name):
    request = request_of("openrefine", name)
    form = request.partition(b"\r\n\r\n")[2].decode()
    queries = json.loads(parse_qs(form)["queries"][0])
    validate(spec.BATCH, queries)
    with Line(served) as line:
        results = json.loads(line.send(request).text)
    assert results.keys() == queries.keys()
    for result in results.values():
        scores = [one["score"] for one in result["result"]]
        assert scores == sorted(scores, reverse=True)


def test_what_is_unlike_the_expectation_is_seen(served):
    """Hold a reply against the wrong file: the replay must fail."""
    with Line(served) as line:
        reply = line.send(request_of("openrefine", "13-extend"))
    with pytest.raises(ValidationError):
        hold("openrefine", "06-reconcile", reply_with(reply, "x-batch-size", "3"))
    with pytest.raises(AssertionError, match=r"q0\.result"):
        says({"q0": {"result": [1, 2]}}, {"q0": {"result": [1]}}, "here")


def reply_with(reply, name, value):
    reply.headers[name] = value
    return reply


def test_a_client_may_be_shown_a_key_and_openrefine_still_asks_for_a_type(served):
    """Keep the address of proposals plain: OpenRefine puts `?type=` behind it without a look."""
    plain = request_of("openrefine", "01-manifest")
    asked = plain.replace(b"/reconcile/default ", b"/reconcile/default?key=k1 ", 1)
    with Line(served) as line:
        manifest = json.loads(line.send(asked).text)
    proposals = manifest["extend"]["propose_properties"]["service_path"]
    assert not urlsplit(proposals).query
    assert urlsplit(manifest["suggest"]["type"]["service_path"]).query == "key=k1"
