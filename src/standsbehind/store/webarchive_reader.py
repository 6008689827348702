"""Reading web archives: nothing of a package is believed before its digests are made again.

The only algorithm is SHA-256: another is refused by its name, because a digest that is not
checked says nothing.
"""

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.model.citation import Digest, digest_of
from standsbehind.store.unpacking import UndecodedError
from standsbehind.store.warcfile import (
    MAX_RECORD_BYTES,
    WarcRecord,
    captures_in,
    records_in,
)
from standsbehind.store.webarchive import PACKAGE, SEAL

__all__ = ["Brought", "read_wacz"]

_MAX_FILES = 10_000
_MAX_BYTES = 4 << 30
"""All files of a package together, unpacked."""
_MAX_LIST_BYTES = 16 << 20
"""The list of the files, as JSON."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20
_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library says of a zip file that is cut off, changed or of another kind."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One file that came with a package."""

    url: str
    date: str
    body: bytes
    """The file itself, unpacked; empty where it could not be."""
    capture: bytes
    """The part of the package's WARC file that holds it."""
    problem: str = ""
    """Why it was left aside; empty where it was not."""

    @property
    def digest(self) -> Digest:
        """Return the SHA-256 of the file."""
        return digest_of(self.body)


def read_wacz(path: Path) -> Iterator[Brought]:
    """Check a WACZ file whole, then give each file that was sent or handed over in it.

    Raises EvidenceError, naming the package and the file in it, where anything is missing,
    changed, too large, or vouched for with another algorithm than SHA-256; UsageError where
    the path is none of a file. Nothing is given before all has been checked.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check the path"
        raise UsageError(message) from error
    with file:
        try:
            with zipfile.ZipFile(file) as package:
                yield from _checked(package, path)
        except _DAMAGED as error:
            message = f"{path}: not a whole zip file ({error}); get it again"
            raise EvidenceError(message) from error


def _checked(package: zipfile.ZipFile, path: Path) -> Iterator[Brought]:
    members = _members(package, path)
    listed = _listed(package, members, path)
    _check_all(package, members, listed, path)
    warcs = [name for name in listed if _is_warc(name)]
    if not warcs:
        message = f"{path}: holds no WARC file under archive/; nothing to import"
        raise EvidenceError(message)
    for name in warcs:  # once to check them all, once to give
        content = _read(package, members[name], path)
        for _ in records_in(content, _in(path, name)):
            pass
    for name in warcs:
        content = _read(package, members[name], path)
        yield from _brought(content, _in(path, name))


def _in(path: Path, name: str) -> str:
    return f"{path}: {name}"


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _members(package: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """List the files of the zip; refuse what no honest packer writes."""
    infos = [info for info in package.infolist() if not info.is_dir()]
    if len(infos) > _MAX_FILES:
        message = f"{path}: {len(infos)} files, at most {_MAX_FILES} are read; refused"
        raise EvidenceError(message)
    total = sum(info.file_size for info in infos)
    if total > _MAX_BYTES:
        message = f"{path}: {total} bytes once unpacked, more than 4 GiB; refused"
        raise EvidenceError(message)
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        _refuse_name(info.orig_filename, path)
        if info.filename in members:
            message = f"{_in(path, info.filename)}: is there twice; refused"
            raise EvidenceError(message)
        if info.flag_bits & 1:
            message = f"{_in(path, info.filename)}: is encrypted; refused"
            raise EvidenceError(message)
        members[info.filename] = info
    return members


def _refuse_name(name: object, path: Path) -> None:
    text = name if isinstance(name, str) else ""
    steps = text.split("/")
    if not text or "\\" in text or "\0" in text or ":" in steps[0]:
        message = f"{path}: {name!r} is not the path of a file in a package; refused"
        raise EvidenceError(message)
    if any(step in {"", ".", ".."} for step in steps):
        message = f"{path}: {name!r} leads out of the package; refused"
        raise EvidenceError(message)


def _listed(
    package: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], path: Path
) -> dict[str, dict[str, Any]]:
    """Read the list of the package's files, once what seals it has been checked."""
    for name in (PACKAGE, SEAL):
        if name not in members:
            message = (
                f"{path}: no {name}, which vouches for the rest; not a whole WACZ file"
            )
            raise EvidenceError(message)
        if members[name].file_size > _MAX_LIST_BYTES:
            message = f"{_in(path, name)}: more than 16 MiB; refused"
            raise EvidenceError(message)
    seal = _object(_read(package, members[SEAL], path), _in(path, SEAL))
    content = _read(package, members[PACKAGE], path)
    _compare(seal.get("hash"), digest_of(content), _in(path, PACKAGE))
    told = _object(content, _in(path, PACKAGE))
    version = told.get("wacz_version")
    if not isinstance(version, str) or not version.startswith("1."):
        message = f"{_in(path, PACKAGE)}: WACZ version {version!r}; 1.x is read"
        raise EvidenceError(message)
    return _resources(told, path)


def _resources(told: dict[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    where = _in(path, PACKAGE)
    resources = told.get("resources")
    if not isinstance(resources, list) or len(resources) > _MAX_FILES:
        message = f"{where}: no list of resources that could be read; refused"
        raise EvidenceError(message)
    listed: dict[str, dict[str, Any]] = {}
    for resource in resources:
        name = resource.get("path") if isinstance(resource, dict) else None
        _refuse_name(name, path)
        if name in listed:
            message = f"{where}: lists {name} twice; refused"
            raise EvidenceError(message)
        listed[str(name)] = resource
    return listed


def _object(content: bytes, where: str) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        message = f"{where}: not JSON ({error}); damaged, get the package again"
        raise EvidenceError(message) from error
    if not isinstance(told, dict):
        message = f"{where}: not an object of JSON; damaged, get the package again"
        raise EvidenceError(message)
    return told


def _check_all(
    package: zipfile.ZipFile,
    members: dict[str, zipfile.ZipInfo],
    listed: dict[str, dict[str, Any]],
    path: Path,
) -> None:
    for name, resource in listed.items():
        where = _in(path, name)
        if name not in members:
            message = (
                f"{where}: is listed in {PACKAGE} and missing; get the package again"
            )
            raise EvidenceError(message)
        _compare(resource.get("hash"), _hashed(package, members[name], path), where)
        size = resource.get("bytes", members[name].file_size)
        if size != members[name].file_size:
            message = (
                f"{where}: {members[name].file_size} bytes, {size} are listed; changed"
            )
            raise EvidenceError(message)
    for name in members:
        if name not in listed and name not in {PACKAGE, SEAL}:
            message = f"{_in(path, name)}: nothing vouches for it in {PACKAGE}; refused"
            raise EvidenceError(message)


def _compare(said: object, digest: str, where: str) -> None:
    """Hold a digest against what is said. Raises EvidenceError, naming the algorithm."""
    text = said if isinstance(said, str) else ""
    name, colon, value = text.partition(":")
    if not text or not colon or name != "sha256":
        algorithm = repr(name) if name else "none"
        message = f"{where}: digest by an unknown algorithm ({algorithm}); only sha256 is read"
        raise EvidenceError(message)
    if not _DIGEST.fullmatch(value):
        message = f"{where}: {value!r} is no sha256 digest; refused"
        raise EvidenceError(message)
    if value != digest:
        message = (
            f"{where}: no longer has its digest; it was changed, get the package again"
        )
        raise EvidenceError(message)


def _hashed(package: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> str:
    made = hashlib.sha256()
    for chunk in _chunks(package, info, path):
        made.update(chunk)
    return made.hexdigest()


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bytes:
    if info.file_size > MAX_RECORD_BYTES:
        message = f"{_in(path, info.filename)}: more than 1 GiB; refused"
        raise EvidenceError(message)
    return b"".join(_chunks(package, info, path))


def _chunks(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path
) -> Iterator[bytes]:
    """Read a file of the zip; no more than its entry says comes out of it."""
    try:
        with package.open(info) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except _DAMAGED as error:
        message = f"{_in(path, info.filename)}: no longer whole ({error}); get the package again"
        raise EvidenceError(message) from error


def _brought(content: bytes, where: str) -> Iterator[Brought]:
    for capture, records in captures_in(content, where):
        for record in records:
            if record.status == "200" or record.kind == "resource":
                yield _one(record, capture)


def _one(record: WarcRecord, capture: bytes) -> Brought:
    try:
        return Brought(record.url, record.date, record.body(), capture)
    except UndecodedError as error:
        return Brought(record.url, record.date, b"", capture, str(error))
