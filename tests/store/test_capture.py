"""A capture is a WARC file that others can read, and the same exchange makes the same bytes."""

import gzip
import io
import zlib

import pytest
from warcio.archiveiterator import ArchiveIterator

from standsbehind.errors import EvidenceError
from standsbehind.model.citation import digest_of
from standsbehind.store import warcfile
from standsbehind.store.capture import Exchange, write_capture, write_resource
from standsbehind.store.unpacking import UndecodedError, decoded
from standsbehind.store.warcfile import captures_in, is_warc, records_in

NOW = "2026-11-24T08:00:00Z"
LIMIT = 1 << 20


def exchange(body=b"Name\nAcme\n", url="https://lists.example/list.csv", **headers):
    return Exchange(
        url=url,
        date=NOW,
        request_line="GET /list.csv HTTP/1.1",
        request_headers=(("Host", "lists.example"),),
        status_line="HTTP/1.1 200 OK",
        response_headers=(("Content-Type", "text/csv; name=\xe9"), *headers.items()),
        body=body,
    )


def test_another_reader_finds_request_and_response():
    capture = write_capture([exchange()])
    records = ArchiveIterator(io.BytesIO(capture), check_digests="raise")
    found = [(r.rec_type, r.format, r.content_stream().read()) for r in records]
    assert [kind for kind, _, _ in found] == ["warcinfo", "response", "request"]
    assert found[1][2] == b"Name\nAcme\n"


def test_it_is_warc_1_1_and_its_payload_has_a_sha256_digest():
    capture = write_capture([exchange()])
    plain = gzip.decompress(capture)
    assert plain.count(b"WARC/1.1\r\n") == 3
    digest = digest_of(b"Name\nAcme\n")
    assert f"WARC-Payload-Digest: sha256:{digest}".encode() in plain
    assert b"name=\xe9\r\n" in plain  # a header goes in as it came, byte for byte


def test_the_same_exchanges_make_the_same_bytes_and_each_record_has_its_own_id():
    twice = [exchange(), exchange()]
    assert write_capture(twice) == write_capture(twice)
    ids = [r.head["warc-record-id"] for r in records_in(write_capture(twice), "it")]
    assert len(set(ids)) == len(ids) == 5


def test_a_packed_body_is_kept_as_received_and_given_unpacked():
    packed = gzip.compress(b"Name\nAcme\n", mtime=0)
    capture = write_capture([exchange(packed, **{"Content-Encoding": "gzip"})])
    response = next(r for r in records_in(capture, "it") if r.kind == "response")
    assert response.head["warc-payload-digest"] == f"sha256:{digest_of(packed)}"
    assert (response.payload, response.body()) == (packed, b"Name\nAcme\n")
    assert (response.status, response.mime[:8]) == ("200", "text/csv")


def test_joined_captures_come_apart_as_they_were():
    captures = [
        write_capture([exchange()]),
        write_resource("urn:sha256:ab", "2026-11-24", "text/csv", b"Name\n"),
    ]
    parted = list(captures_in(b"".join(captures), "it"))
    assert [content for content, _ in parted] == captures


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", b"text"),
        ("identity", b"text"),
        ("gzip", gzip.compress(b"te") + gzip.compress(b"xt") + b"\0\0"),
        ("x-gzip", gzip.compress(b"text")),
        ("deflate", zlib.compress(b"text")),
        ("deflate", zlib.compress(b"text", wbits=-15)),
        ("deflate, gzip", gzip.compress(zlib.compress(b"text"))),
    ],
)
def test_a_body_is_unpacked_as_its_header_says(encoding, body):
    assert decoded(body, encoding, LIMIT) == b"text"


@pytest.mark.parametrize(
    ("encoding", "body", "why"),
    [
        pytest.param("br", b"x", "'br'", id="unknown"),
        pytest.param("gzip", gzip.compress(b"text")[:-9], "cut off", id="cut off"),
        pytest.param("gzip", b"Name\n", "damaged", id="not packed"),
        pytest.param("gzip,gzip,gzip,gzip", b"", "4 times", id="packed for ever"),
        pytest.param("gzip", gzip.compress(bytes(LIMIT + 1)), "more than", id="bomb"),
        pytest.param(
            "gzip",
            b"".join([gzip.compress(bytes(LIMIT // 2))] * 3),
            "more than",
            id="bomb in members",
        ),
        pytest.param(
            "gzip, gzip",
            gzip.compress(gzip.compress(bytes(1 << 26))),
            "more than",
            id="bomb in a bomb",
        ),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_refused(encoding, body, why):
    with pytest.raises(UndecodedError, match=why):
        decoded(body, encoding, LIMIT)


def as_plain(change):
    return change(gzip.decompress(write_capture([exchange()])))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(
            as_plain(lambda w: w.replace(b"Acme", b"Acne")), "digest", id="changed"
        ),
        pytest.param(as_plain(lambda w: w[:-6]), "does not end", id="cut off"),
        pytest.param(
            as_plain(lambda w: w.replace(b"Digest: sha256:", b"Digest: md5256:")),
            "unknown algorithm 'md5256'",
            id="unknown digest",
        ),
        pytest.param(
            as_plain(lambda w: w.replace(b"Content-Length: ", b"Content-Length: -")),
            "no number",
            id="negative length",
        ),
        pytest.param(
            write_capture([exchange()])[:-3], "cut off", id="packed and cut off"
        ),
        pytest.param(b"WARC/0.9\r\n\r\n", "not a record", id="old version"),
    ],
)
def test_a_warc_file_that_is_not_whole_is_refused(content, why):
    with pytest.raises(EvidenceError, match=why):
        list(records_in(content, "it"))


def test_a_record_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(warcfile, "MAX_RECORD_BYTES", 1000)
    capture = write_capture([exchange(bytes(5000))])
    with pytest.raises(EvidenceError, match="more than 1000 bytes"):
        list(records_in(capture, "it"))


def test_a_chunked_answer_of_another_crawler_is_joined():
    chunked = exchange(
        b"4\r\nName\r\n1\r\n\n\r\n0\r\n\r\n", **{"Transfer-Encoding": "chunked"}
    )
    response = list(records_in(write_capture([chunked]), "it"))[1]
    assert response.body() == b"Name\n"


def test_only_a_warc_file_is_taken_for_one():
    capture = write_capture([exchange()])
    assert is_warc(capture)
    assert is_warc(gzip.decompress(capture))
    assert not is_warc(gzip.compress(b"Name"))
    assert not is_warc(b"\x1f\x8bName")
    assert not is_warc(b"Name")
