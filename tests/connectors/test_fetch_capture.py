"""What went over the wire is kept as it came: redirects, packed bodies, and no secrets."""

import gzip

import httpx
import pytest

from standsbehind.connectors import fetch as fetching
from standsbehind.connectors import visit
from standsbehind.connectors.dataset import Part
from standsbehind.connectors.fetch import fetch
from standsbehind.errors import SourceError
from standsbehind.model.citation import digest_of
from standsbehind.store.warcfile import records_in
from tests.publisher import LIST, Publisher, publishing

NOW = "2026-11-24T08:00:00Z"


class Packing(Publisher):
    """Packs what it sends, sends in chunks, points elsewhere, and lies."""

    def do_GET(self):  # noqa: N802 - the name is that of http.server
        packed = gzip.compress(self.content, mtime=0)
        if self.path == "/packed":
            self.send(200, packed, ("Content-Encoding", "gzip"))
        elif self.path == "/moved":
            self.send(302, b"over there", ("Location", "/packed"))
        elif self.path == "/round":
            self.send(302, b"", ("Location", "/round"))
        elif self.path == "/bomb":
            content = gzip.compress(bytes(1 << 22))
            self.send(200, content, ("Content-Encoding", "gzip"))
        elif self.path == "/torn":
            self.send(200, packed[:-4], ("Content-Encoding", "gzip"))
        elif self.path == "/odd":
            self.send(200, packed, ("Content-Encoding", "br"))
        elif self.path == "/chunks":
            self.protocol_version = "HTTP/1.1"
            self.send(200, b"", ("Transfer-Encoding", "chunked"))
            self.wfile.write(b"5\r\nName\n\r\n5\r\nAcme\n\r\n0\r\n\r\n")
        else:
            super().do_GET()

    def send(self, status, content, *headers):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if ("Transfer-Encoding", "chunked") not in headers:
            self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def address():
    with publishing(LIST, Packing) as address:
        yield address


@pytest.fixture
def client():
    with httpx.Client(timeout=5, trust_env=False, follow_redirects=True) as client:
        yield client


def come(client, url, **terms):
    return fetch(client, Part("list", ("*",), url), NOW, **terms).copy


def records(copy):
    return [(r.kind, r) for r in records_in(copy.capture, "capture")]


def test_request_and_response_are_kept_with_the_moment(client, address):
    copy = come(client, f"{address}/list.csv")
    kinds = [kind for kind, _ in records(copy)]
    assert kinds == ["warcinfo", "response", "request"]
    _, response = records(copy)[1]
    assert (response.url, response.date, response.status) == (copy.url, NOW, "200")
    assert (response.payload, copy.content, copy.retrieved) == (LIST, LIST, NOW[:10])
    assert records(copy)[2][1].block.startswith(b"GET /list.csv HTTP/1.1\r\n")


def test_a_packed_body_is_kept_packed_and_read_unpacked(client, address):
    copy = come(client, f"{address}/packed")
    _, response = records(copy)[1]
    packed = gzip.compress(LIST, mtime=0)
    assert response.head["warc-payload-digest"] == f"sha256:{digest_of(packed)}"
    assert (response.payload, response.body(), copy.content) == (packed, LIST, LIST)
    assert copy.digest == digest_of(LIST)


def test_where_an_address_pointed_is_kept_too(client, address):
    copy = come(client, f"{address}/moved")
    answers = [r for kind, r in records(copy) if kind == "response"]
    assert [r.status for r in answers] == ["302", "200"]
    assert [r.url for r in answers] == [f"{address}/moved", f"{address}/packed"]
    assert copy.content == LIST


def test_chunks_are_joined_and_no_longer_promised(client, address):
    copy = come(client, f"{address}/chunks")
    _, response = records(copy)[1]
    assert (copy.content, response.body(), response.payload) == (LIST, LIST, LIST)
    assert response.http["x-crawler-transfer-encoding"] == "chunked"


def test_what_opens_a_door_does_not_leave_the_house(client, address):
    headers = {"Authorization": "Bearer open-sesame", "Cookie": "me=open-sesame"}
    client.headers.update(headers)
    told = gzip.decompress(come(client, f"{address}/list.csv").capture)
    assert b"open-sesame" not in told


def test_a_key_in_an_address_does_not_leave_the_house_either(client, address):
    url = f"{address}/list.csv?api_token=open-sesame&keyword=lens&Sig=open-sesame"
    copy = come(client, url.replace("//", "//me:open-sesame@"))
    told = gzip.decompress(copy.capture)
    assert b"open-sesame" not in told + copy.url.encode()
    assert copy.url.endswith("/list.csv?api_token=withheld&keyword=lens&Sig=withheld")
    assert b"GET /list.csv?api_token=withheld&keyword=lens&Sig=withheld HTTP" in told


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("round", "more than 20 times"),
        ("bomb", "more than 1048576 bytes once unpacked"),
        ("torn", "cut off"),
        ("odd", "'br'"),
    ],
)
def test_what_cannot_be_read_is_refused(client, address, path, why, monkeypatch):
    monkeypatch.setattr(visit, "MAX_COPY_BYTES", 1 << 20)
    with pytest.raises(SourceError, match=why):
        come(client, f"{address}/{path}")


def test_the_edition_asked_for_is_part_of_the_story(client, address, monkeypatch):
    monkeypatch.setattr(fetching, "_ECFR_TITLES", f"{address}/titles.json")
    copy = come(client, f"{address}/full/{{up_to_date_as_of}}/title-15.xml")
    urls = [r.url for kind, r in records(copy) if kind == "response"]
    assert urls == [f"{address}/titles.json", copy.url]
