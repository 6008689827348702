"""Unpacking: what was packed with gzip or deflate, never beyond a limit."""

import zlib
from collections.abc import Callable
from types import MappingProxyType

from standsbehind.errors import EvidenceError

__all__ = ["UndecodedError", "decoded", "gzip_member"]

_CHUNK = 1 << 16
_MOST_LAYERS = 3
"""Nobody packs a file more often than this, except to make us unpack for ever."""
_GZIP = zlib.MAX_WBITS | 16


class UndecodedError(EvidenceError):
    """A body cannot be unpacked: cut off, packed in a way we do not read, or too large."""


def decoded(body: bytes, encoding: str, limit: int) -> bytes:
    """Unpack a body as its `Content-Encoding` says; without one it stays as it is.

    Raises UndecodedError where it is cut off, packed in a way that we do not read, or
    larger than `limit` bytes once unpacked.
    """
    layers = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    if len(layers) > _MOST_LAYERS:
        message = f"packed {len(layers)} times over ({encoding}); refused"
        raise UndecodedError(message)
    for layer in reversed(layers):
        if layer not in _UNPACKED_BY:
            message = (
                f"packed with {layer!r}, which we do not unpack; known are "
                f"{', '.join(_UNPACKED_BY)}"
            )
            raise UndecodedError(message)
        body = _UNPACKED_BY[layer](body, limit)
    return body


def gzip_member(content: bytes, start: int, limit: int) -> tuple[bytes, int]:
    """Unpack the gzip member that begins at a place; return it and where it ends.

    Raises UndecodedError where it is damaged, cut off or larger than `limit` bytes.
    """
    return _stream(content, start, limit, _GZIP)


def _gunzipped(body: bytes, limit: int) -> bytes:
    out, place = bytearray(), 0
    end = len(body.rstrip(b"\0"))  # some packers fill up the last block
    while place < end:
        piece, place = gzip_member(body, place, limit - len(out))
        out.extend(piece)
    return bytes(out)


def _inflated(body: bytes, limit: int) -> bytes:
    if not body:
        return b""
    # The standard says zlib's frame; half of the web sends the bare stream.
    has_frame = body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    wbits = zlib.MAX_WBITS if has_frame else -zlib.MAX_WBITS
    return _stream(body, 0, limit, wbits)[0]


def _stream(packed: bytes, start: int, limit: int, wbits: int) -> tuple[bytes, int]:
    """Unpack one stream piece by piece, so that a bomb is noticed before it goes off."""
    reader = zlib.decompressobj(wbits)
    out, place, rest = bytearray(), start, b""
    while not reader.eof:
        if not rest:
            rest = packed[place : place + _CHUNK]
            place += len(rest)
        try:
            piece = reader.decompress(rest, _CHUNK)
        except zlib.error as error:
            message = f"damaged after byte {start} of what was packed ({error})"
            raise UndecodedError(message) from error
        if not piece and not rest and not reader.eof:
            message = f"cut off: the packed content of byte {start} has no end"
            raise UndecodedError(message)
        out.extend(piece)
        if len(out) > limit:
            message = f"more than {limit} bytes once unpacked; refused"
            raise UndecodedError(message)
        rest = reader.unconsumed_tail
    return bytes(out), place - len(reader.unused_data)


def _as_it_is(body: bytes, limit: int) -> bytes:
    del limit
    return body


_UNPACKED_BY = MappingProxyType[str, Callable[[bytes, int], bytes]](
    {
        "gzip": _gunzipped,
        "x-gzip": _gunzipped,
        "deflate": _inflated,
        "identity": _as_it_is,
    }
)
