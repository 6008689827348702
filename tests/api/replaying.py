"""Requests that were written down byte by byte, sent over a socket, and what should come back.

Beside each `NN-name.http` stands `NN-name.yml`: from where the request is taken (`from`), and of
the reply the status, headers, the schema of the specification, what its JSON must say (`body`: of
each object the fields that are named; `holds`: of each list the items that are named), and words
that stand in a page.
"""

import http.client
import json
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from jsonschema_rs import validate

from tests.api import reconciliation_schemas as spec

HERE = Path(__file__).parent


def recorded(folder):
    """Name the requests of a folder in their order."""
    return sorted(path.stem for path in (HERE / folder).glob("*.http"))


def request_of(folder, name):
    """Read the bytes of a request."""
    sent = (HERE / folder / f"{name}.http").read_bytes()
    head, _, body = sent.partition(b"\r\n\r\n")
    told = [
        line for line in head.split(b"\r\n") if line.startswith(b"Content-Length: ")
    ]
    # Of a length that is wrong the server would wait for the rest.
    assert int(told[0].split()[1] if told else 0) == len(body), name
    return sent


def target_of(folder, name):
    """Return the address that a request asks for."""
    return request_of(folder, name).split(b" ", 2)[1].decode()


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict
    text: str


class Line:
    """A connection to a server, which stays open from one request to the next."""

    def __init__(self, address):
        at = urlsplit(address)
        self.socket = socket.create_connection((at.hostname, at.port), timeout=60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, request):
        """Send bytes as they are, and read the reply."""
        self.socket.sendall(request)
        reply = http.client.HTTPResponse(self.socket)
        reply.begin()
        headers = {name.lower(): value for name, value in reply.getheaders()}
        return Reply(reply.status, headers, reply.read().decode())


def hold(folder, name, reply):
    """Hold a reply against what is written beside the request."""
    wanted = yaml.safe_load((HERE / folder / f"{name}.yml").read_text("utf-8"))
    assert wanted["from"]
    assert reply.status == wanted["status"], reply.text
    assert wanted["headers"].items() <= reply.headers.items()
    assert not reply.headers.keys() & set(wanted.get("without", ()))
    for words in wanted.get("page", ()):
        assert words in reply.text
    if "schema" in wanted:
        validate(getattr(spec, wanted["schema"]), json.loads(reply.text))
    if "body" in wanted:
        says(json.loads(reply.text), wanted["body"], name)
    for field, items in wanted.get("holds", {}).items():
        told = json.loads(reply.text)[field]
        assert [item for item in items if item not in told] == []


def says(told, wanted, where):
    """Check that what is told says all that is wanted: an object may say more, a list may not."""
    if isinstance(wanted, dict):
        assert isinstance(told, dict), where
        for key, value in wanted.items():
            assert key in told, f"{where}.{key}"
            says(told[key], value, f"{where}.{key}")
    elif isinstance(wanted, list):
        assert isinstance(told, list), where
        assert len(told) == len(wanted), f"{where}: {told}"
        for at, (one, value) in enumerate(zip(told, wanted, strict=True)):
            says(one, value, f"{where}.{at}")
    else:
        assert told == wanted, where
