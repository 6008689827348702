"""Reading WARC files: record by record, within bounds, each held against its digests."""

import base64
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from standsbehind.errors import EvidenceError
from standsbehind.store.unpacking import UndecodedError, decoded, gzip_member

__all__ = ["MAX_RECORD_BYTES", "WarcRecord", "captures_in", "is_warc", "records_in"]

MAX_RECORD_BYTES = 1 << 30
"""No file that we keep is near 1 GiB; a larger record is a mistake or an attack."""
MAX_RECORDS = 100_000
_GZIP = b"\x1f\x8b"
_KNOWN = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}
"""How crawlers digest a record; `sha1` is read because most of them still write it."""


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One record of a WARC file."""

    kind: str
    """`warcinfo`, `request`, `response`, `resource` and so on."""
    url: str
    date: str
    head: Mapping[str, str]
    """The record's headers, their names in small letters."""
    block: bytes
    start: int
    """Where in the file its gzip member begins."""
    end: int

    @property
    def is_http(self) -> bool:
        """Whether the block opens with the lines of HTTP."""
        return self.head.get("content-type", "").startswith("application/http")

    @property
    def status(self) -> str | None:
        """The number that the publisher answered, or None where nobody answered."""
        if self.kind != "response" or not self.is_http:
            return None
        words = self.block.split(b"\r\n", 1)[0].split(b" ")
        return words[1].decode("latin-1") if len(words) > 1 else None

    @property
    def mime(self) -> str:
        """What kind of file it says it is."""
        said = self.http if self.is_http else self.head
        return said.get("content-type", "application/octet-stream")

    @property
    def http(self) -> dict[str, str]:
        """The headers of the answer, their names in small letters."""
        lines = self.block.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
        pairs = (line.decode("latin-1").partition(":") for line in lines)
        return {name.strip().lower(): value.strip() for name, _, value in pairs}

    @property
    def payload(self) -> bytes:
        """What came after the headers, as it came."""
        return self.block.partition(b"\r\n\r\n")[2] if self.is_http else self.block

    def body(self, limit: int = MAX_RECORD_BYTES) -> bytes:
        """Return the file that was sent, unpacked. Raises EvidenceError where it cannot be."""
        if not self.is_http:
            return self.block
        said = self.http
        payload = self.payload
        if "chunked" in said.get("transfer-encoding", "").lower():
            payload = _joined(payload)
        return decoded(payload, said.get("content-encoding", ""), limit)


def is_warc(content: bytes) -> bool:
    """Whether the content opens as a WARC file does, packed or not."""
    if not content.startswith(_GZIP):
        return content.startswith(b"WARC/")
    try:
        start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content[:4096], 5)
    except zlib.error:
        return False
    return start == b"WARC/"


def captures_in(content: bytes, where: str) -> Iterator[tuple[bytes, list[WarcRecord]]]:
    """Part a WARC file where a `warcinfo` record opens another: each is a file by itself.

    The bytes of each part are those of the file, so that a capture which was joined with
    others comes out with the digest that it went in with.
    """
    held: list[WarcRecord] = []
    for record in records_in(content, where):
        if record.kind == "warcinfo" and held and record.start != held[-1].start:
            yield content[held[0].start : held[-1].end], held
            held = []
        held.append(record)
    if held:
        yield content[held[0].start : held[-1].end], held


def records_in(content: bytes, where: str) -> Iterator[WarcRecord]:
    """Read all records. `where` names the file in messages.

    Raises EvidenceError where one is cut off, too large, or does not have its digest.
    """
    count = 0
    for start, end, plain in _members(content, where):
        place = 0
        while place < len(plain):
            count += 1
            if count > MAX_RECORDS:
                message = f"{where}: more than {MAX_RECORDS} records; refused"
                raise EvidenceError(message)
            head, block, place = _parsed(plain, place, f"{where}, record {count}")
            record = WarcRecord(
                kind=head.get("warc-type", ""),
                url=head.get("warc-target-uri", "").strip("<>"),
                date=head.get("warc-date", ""),
                head=head,
                block=block,
                start=start,
                end=end,
            )
            _check_digests(record, f"{where}, record {count}")
            yield record


def _members(content: bytes, where: str) -> Iterator[tuple[int, int, bytes]]:
    """Unpack the gzip members one at a time, each with its place in the file."""
    if not content.startswith(_GZIP):
        yield 0, len(content), content
        return
    start = 0
    while start < len(content):
        try:
            plain, end = gzip_member(content, start, MAX_RECORD_BYTES)
        except UndecodedError as error:
            message = f"{where}: {error}; get the file again"
            raise EvidenceError(message) from error
        yield start, end, plain
        start = end


def _parsed(plain: bytes, place: int, where: str) -> tuple[dict[str, str], bytes, int]:
    """Read the record that begins at a place; return its headers, its block, its end."""
    stop = plain.find(b"\r\n\r\n", place)
    if not plain.startswith(b"WARC/1.", place) or stop < 0:
        message = f"{where}: not a record of WARC 1.0 or 1.1; refused"
        raise EvidenceError(message)
    text = plain[place:stop].decode("utf-8", "replace")
    lines = text.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    head = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = head.get("content-length", "")
    begin = stop + len(b"\r\n\r\n")
    if not (length.isascii() and length.isdigit() and len(length) < 12):
        message = f"{where}: its length is {length!r}, which is no number; refused"
        raise EvidenceError(message)
    end = begin + int(length)
    if plain[end : end + 4] != b"\r\n\r\n":
        message = f"{where}: does not end where its length says; cut off or changed"
        raise EvidenceError(message)
    return head, plain[begin:end], end + 4


def _check_digests(record: WarcRecord, where: str) -> None:
    _check(record.head.get("warc-block-digest"), [record.block], where)
    if record.kind not in {"response", "resource"}:
        return  # a `revisit` bears the digest of a payload that stands elsewhere
    payloads = [record.payload]
    if record.is_http and "chunked" in record.http.get("transfer-encoding", "").lower():
        # Crawlers differ on whether the payload is that before or after its chunks are joined.
        payloads.append(_joined(record.payload))
    _check(record.head.get("warc-payload-digest"), payloads, where)


def _check(said: str | None, contents: list[bytes], where: str) -> None:
    if said is None:
        return
    name, _, digest = said.partition(":")
    if name.lower() not in _KNOWN or not digest:
        message = (
            f"{where}: digest {said!r}: unknown algorithm {name!r}; known are "
            f"{', '.join(_KNOWN)}"
        )
        raise EvidenceError(message)
    for content in contents:
        made = _KNOWN[name.lower()](content)
        if digest.lower() == made.hexdigest() or digest == _base32(made.digest()):
            return
    message = f"{where}: no longer has its {name} digest; it was changed, get it again"
    raise EvidenceError(message)


def _base32(digest: bytes) -> str:
    return base64.b32encode(digest).decode()


def _joined(payload: bytes) -> bytes:
    """Join the chunks of a body; one that is not in chunks stays as it is."""
    out, place = bytearray(), 0
    while True:
        stop = payload.find(b"\r\n", place)
        size = payload[place:stop].split(b";")[0].strip() if stop >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return payload if not out else bytes(out)
        if length <= 0:
            return bytes(out)
        begin = stop + len(b"\r\n")
        out.extend(payload[begin : begin + length])
        place = begin + length + len(b"\r\n")
