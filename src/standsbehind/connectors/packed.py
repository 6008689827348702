"""Packed copies: the files in a zip or gzip archive, unpacked within bounds."""

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from standsbehind.connectors.context import Copy
from standsbehind.errors import SourceError

__all__ = ["unpacked"]

_MOST_BYTES = 1 << 30
_MOST_FILES = 1_000
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"


def unpacked(copy: Copy) -> Iterator[tuple[str, bytes]]:
    """Give the files of a copy by name; a copy that is not packed is the one file.

    Raises SourceError where the archive is damaged or locked, or unpacks to more than 1 GiB.
    """
    try:
        if copy.content.startswith(_ZIP):
            yield from _of_zip(copy)
        elif copy.content.startswith(_GZIP):
            with gzip.open(io.BytesIO(copy.content)) as stream:
                yield copy.name, _bounded(copy, stream.read(_MOST_BYTES + 1))
        else:
            yield copy.name, copy.content
    except (
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        lzma.LZMAError,
        struct.error,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        message = f"{copy.name}: a damaged or locked archive ({error}); fetch it again"
        raise SourceError(message) from error


def _of_zip(copy: Copy) -> Iterator[tuple[str, bytes]]:
    left = _MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        if len(members) > _MOST_FILES:
            message = f"{copy.name}: holds {len(members)} files; no archive that we read holds so many"
            raise SourceError(message)
        for member in members:
            # An archive may understate a size: no more than what is left is unpacked.
            with archive.open(member) as stream:
                content = _bounded(copy, stream.read(left + 1), left)
            left -= len(content)
            yield member.filename, content


def _bounded(copy: Copy, content: bytes, most: int = _MOST_BYTES) -> bytes:
    if len(content) > most:
        message = f"{copy.name}: unpacks to more than 1 GiB; read it in parts"
        raise SourceError(message)
    return content
