"""Captures: what was said between us and a publisher, as a WARC 1.1 file.

A capture opens with a `warcinfo` record and holds, for each exchange, what was answered
and what was asked. The body stays as it came over the wire, packed where the publisher
packed it. Ids are made of digests and dates are given, so that the same exchanges make
the same bytes. Each record is a gzip member of its own: captures can be joined.
"""

import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from standsbehind import __version__

__all__ = ["Exchange", "write_capture", "write_resource"]

_FORMAT = "WARC/1.1"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the answer to it."""

    url: str
    date: str
    """ISO time in UTC, or a day where no more is known."""
    request_line: str
    """`GET /list.csv HTTP/1.1`."""
    request_headers: tuple[tuple[str, str], ...]
    status_line: str
    """`HTTP/1.1 200 OK`."""
    response_headers: tuple[tuple[str, str], ...]
    body: bytes
    """What came after the headers, unpacked by nobody."""


def write_capture(exchanges: Sequence[Exchange]) -> bytes:
    """Write exchanges, in the order in which they took place, as one WARC file."""
    answers: list[_Record] = []
    for place, exchange in enumerate(exchanges):
        answers.extend(_pair(exchange, place))
    return _written(exchanges[0].date, answers)


def write_resource(url: str, date: str, mime: str, content: bytes) -> bytes:
    """Write a file that somebody handed over, with no exchange to show, as a WARC file."""
    head = {
        "WARC-Target-URI": _one_line(url),
        "WARC-Date": date,
        "WARC-Payload-Digest": _labelled(content),
    }
    return _written(date, [_record("resource", head, content, mime)])


_Record = tuple[dict[str, str], bytes]
"""The headers of a record and its block."""


def _pair(exchange: Exchange, place: int) -> Iterator[_Record]:
    head = {
        "WARC-Target-URI": _one_line(exchange.url),
        "WARC-Date": exchange.date,
    }
    lines = _http(exchange.status_line, exchange.response_headers)
    response = _record(
        "response",
        head | {"WARC-Payload-Digest": _labelled(exchange.body)},
        lines + exchange.body,
        "application/http; msgtype=response",
        place,
    )
    yield response
    yield _record(
        "request",
        head
        | {
            "WARC-Concurrent-To": response[0]["WARC-Record-ID"],
            "WARC-Payload-Digest": _labelled(b""),  # we ask, and send nothing along
        },
        _http(exchange.request_line, exchange.request_headers),
        "application/http; msgtype=request",
        place,
    )


def _record(
    kind: str, head: dict[str, str], block: bytes, mime: str, place: int = 0
) -> _Record:
    given = {"WARC-Type": kind, **head, "WARC-Block-Digest": _labelled(block)}
    told = "\x1f".join([*given.values(), str(place)])
    # The id must be unique and the same again: a digest in the form of a UUID is both.
    number = uuid.UUID(bytes=sha256(told.encode()).digest()[:16], version=5)
    given["WARC-Record-ID"] = f"<urn:uuid:{number}>"
    given["Content-Type"] = mime
    return given, block


def _written(date: str, records: Sequence[_Record]) -> bytes:
    ids = "\x1f".join(head["WARC-Record-ID"] for head, _ in records)
    about = (
        f"software: standsbehind {__version__}\r\n"
        "format: WARC File Format 1.1\r\n"
        "conformsTo: http://iipc.github.io/warc-specifications/"
        "specifications/warc-format/warc-1.1/\r\n"
        f"description: records sha256:{sha256(ids.encode()).hexdigest()}\r\n"
    ).encode()
    info = _record("warcinfo", {"WARC-Date": date}, about, "application/warc-fields")
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version=_FORMAT)
    for head, block in (info, *records):
        headers = StatusAndHeaders("", list(head.items()), protocol=_FORMAT)
        # Without parsed HTTP headers the block goes out byte for byte.
        writer.write_record(
            ArcWarcRecord(
                "warc",
                head["WARC-Type"],
                headers,
                io.BytesIO(block),
                None,
                head["Content-Type"],
                len(block),
            )
        )
    return out.getvalue()


def _http(first: str, headers: Sequence[tuple[str, str]]) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def _labelled(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def _one_line(url: str) -> str:
    return "".join(url.split())
