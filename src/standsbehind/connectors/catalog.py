"""Catalogs: what a feed of datasets offers, in OpenSanctions' form or as one bare file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha1, sha256
from typing import Any

import orjson

from standsbehind.connectors.address import resolve
from standsbehind.errors import DeltaError, SourceError

__all__ = ["Feed", "Resource", "read_delta_index", "read_feed"]

_ENTITIES = "entities.ftm.json"
_VERSION = re.compile(r"\d{14}-[a-z0-9]{3}")
_ALGORITHMS = {40: ("sha1", sha1), 64: ("sha256", sha256)}


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a dataset, with what its publisher says of its bytes."""

    url: str
    checksum: str = ""
    """SHA-256 or SHA-1 in hexadecimal; empty where none is published."""
    size: int | None = None

    def check(self, content: bytes) -> None:
        """Hold the bytes against size and checksum. Raises SourceError where they differ."""
        if self.size is not None and self.size != len(content):
            message = f"{self.url}: {len(content)} of {self.size} bytes came; run again"
            raise SourceError(message)
        if not self.checksum:
            return
        if len(self.checksum) not in _ALGORITHMS:
            message = (
                f"{self.url}: the checksum {self.checksum!r} is of no algorithm that is "
                "known (SHA-256 or SHA-1), so that the file cannot be checked"
            )
            raise SourceError(message)
        name, algorithm = _ALGORITHMS[len(self.checksum)]
        digest = algorithm(content).hexdigest()
        if digest != self.checksum:
            message = f"{self.url}: not the bytes of its {name} checksum; run again"
            raise SourceError(message)


@dataclass(frozen=True, slots=True)
class Feed:
    """One dataset as its feed offers it now."""

    dataset: str
    title: str
    publisher: str
    full: Resource
    version: str | None = None
    """`YYYYMMDDHHMMSS-xyz`; None where the feed has none, and so no deltas either."""
    delta_url: str | None = None
    chain_url: str | None = None
    """The chain that vouches for each delta: only feeds of ours have one."""
    entity_count: int | None = None


def read_feed(content: bytes, address: str, wanted: str | None) -> Feed:
    """Read what is at an address: a catalog, the index of a dataset, or a bare FtM file.

    Raises SourceError where a catalog lacks the dataset, holds several and none is wanted,
    or a dataset has no file of entities.
    """
    try:
        told = orjson.loads(content)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict) or "schema" in told:
        # Not one JSON document but a line for each entity, or a table of statements.
        return _bare(address, wanted)
    entry = _chosen(told["datasets"], address, wanted) if "datasets" in told else told
    return _feed(entry, address)


def _bare(address: str, wanted: str | None) -> Feed:
    name = wanted or address.rstrip("/").rsplit("/", 1)[-1]
    return Feed(name, name, "as the address says", Resource(address))


def _chosen(datasets: object, address: str, wanted: str | None) -> Mapping[str, Any]:
    rows = datasets if isinstance(datasets, list) else []
    entries: dict[str, Mapping[str, Any]] = {
        row["name"]: row for row in rows if _has_name(row)
    }
    if wanted is None and len(entries) == 1:
        return next(iter(entries.values()))
    if wanted in entries:
        return entries[wanted]
    known = ", ".join(sorted(entries)) or "nothing"
    what = f"holds no dataset {wanted}" if wanted else "holds several datasets"
    message = f"{address}: {what}; name one of {known} with --dataset"
    raise SourceError(message)


def _has_name(row: object) -> bool:
    return isinstance(row, dict) and isinstance(row.get("name"), str)


def _feed(entry: Mapping[str, Any], address: str) -> Feed:
    resources = entry.get("resources")
    if not _has_name(entry) or not isinstance(resources, list):
        message = f"{address}: neither a catalog nor the index of a dataset"
        raise SourceError(message)
    found = [r for r in resources if isinstance(r, dict) and r.get("name") == _ENTITIES]
    if not found or not isinstance(found[0].get("url"), str):
        message = f"{address}: {entry['name']} offers no {_ENTITIES}"
        raise SourceError(message)
    version = entry.get("version")
    return Feed(
        dataset=entry["name"],
        title=str(entry.get("title") or entry["name"]),
        publisher=_publisher(entry),
        full=_resource(found[0], address),
        version=version if _VERSION.fullmatch(str(version)) else None,
        delta_url=_pointed(entry, "delta_url", address),
        chain_url=_pointed(entry, "delta_chain_url", address),
        entity_count=_whole_number(entry.get("entity_count")),
    )


def _publisher(entry: Mapping[str, Any]) -> str:
    publisher = entry.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else None
    return str(name or "as the feed says")


def _resource(row: Mapping[str, Any], address: str) -> Resource:
    checksum = str(row.get("sha256") or row.get("checksum") or "")
    return Resource(
        resolve(address, row["url"]), checksum.lower(), _whole_number(row.get("size"))
    )


def _pointed(entry: Mapping[str, Any], name: str, address: str) -> str | None:
    reference = entry.get(name)
    return resolve(address, reference) if isinstance(reference, str) else None


def _whole_number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def read_delta_index(content: bytes, address: str) -> dict[str, str]:
    """Read `delta.json`: where each version's delta lies, oldest version first.

    Raises DeltaError where it is not such a file.
    """
    try:
        versions = orjson.loads(content)["versions"]
        told = {version: resolve(address, url) for version, url in versions.items()}
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        message = f"{address}: not an index of deltas ({error})"
        raise DeltaError("unreadable", message) from error
    return dict(sorted(told.items()))
