"""Feeds: what the ledger holds, as files that others can follow version by version.

The form is OpenSanctions' own (catalog, versions, deltas), with a chain beside it that
vouches for each delta. A version is made of a ledger entry, and bears its time.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha1, sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.ledger.chain import Chain, Link, read_chain
from standsbehind.ledger.delta import (
    State,
    count_ops,
    delta_between,
    digest_of_state,
    line_of,
    state_of,
    whole_file,
)
from standsbehind.ledger.ledger import ENTRY, Entry
from standsbehind.ledger.rows import claim_of
from standsbehind.model.entity import fold
from standsbehind.model.ftm import entity_to_json
from standsbehind.publishing.home import Home
from standsbehind.resolution.judged import JUDGED
from standsbehind.store.disk import only_writer, write_file

__all__ = ["Offered", "write_feed"]

KEPT_LINKS = 100
"""As OpenSanctions keeps: who is further behind takes the whole file."""
KEPT_FILES = 2
"""Whole files are kept of the last versions, for readers who are still fetching."""

_FULL = "entities.ftm.json"
_DELTA = "entities.delta.json"


@dataclass(frozen=True, slots=True)
class Offered:
    """One dataset as the feed offers it now."""

    dataset: str
    version: str
    entities: int
    ops: Mapping[str, int] | None
    """What its newest delta does; None where this version was offered already or is the first."""
    is_new: bool

    def to_json(self) -> dict[str, Any]:
        """Give the fields, as in `behind feed --json`."""
        return {
            "id": self.dataset,
            "version": self.version,
            "entities": self.entities,
            "new": self.is_new,
            "ops": self.ops,
        }


def write_feed(
    home: Home, folder: Path, names: tuple[str, ...], url: str = ""
) -> list[Offered]:
    """Write the feed of some datasets, or of all, into a folder that any server can serve.

    What was judged here bears the names of who judged: it is offered where it is named.
    `url` is the address at which the folder will be served; without it, files point to
    each other relatively. The catalog is written last: until then readers see the versions
    offered before. Raises UsageError for a dataset that the ledger does not hold,
    EvidenceError where a file of an earlier version has changed.
    """
    latest = home.ledger.latest()
    absent = sorted(set(names) - latest.keys())
    if absent:
        message = (
            f"{', '.join(absent)}: not in the ledger; `behind sources` lists what is"
        )
        raise UsageError(message)
    base = f"{url.rstrip('/')}/" if url else ""
    offered, indices = [], _indices(folder)
    with only_writer(folder):
        for name in names or sorted(latest.keys() - {JUDGED}):
            one, index = _offer(home, folder / name, latest[name], base)
            offered.append(one)
            indices[name] = index
        catalog = {
            "datasets": [indices[name] for name in sorted(indices)],
            "updated_at": max(index["updated_at"] for index in indices.values()),
        }
        write_file(folder / "index.json", _json(catalog))
    return offered


def _indices(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the catalog offers already of each dataset."""
    path = folder / "index.json"
    if not path.is_file():
        return {}
    try:
        return {row["name"]: row for row in orjson.loads(path.read_bytes())["datasets"]}
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        message = f"{path}: not a catalog of ours ({error}); choose another folder"
        raise UsageError(message) from error


def _offer(
    home: Home, folder: Path, entry: Entry, base: str
) -> tuple[Offered, dict[str, Any]]:
    """Offer one dataset as it is now, a new version where its entry is a new one."""
    before = _held(folder)
    digest = sha256((entry.folder / ENTRY).read_bytes()).hexdigest()
    if before is not None and before.entry == digest:
        content = _full_of(folder, before)
        count = content.count(b"\n")
        offered = Offered(before.dataset, before.version, count, None, is_new=False)
        chain = before
    else:
        state = dict(_entities(home, entry.dataset))
        chain, ops = _next(folder, before, _Version(entry, digest, state))
        content = whole_file(state)
        offered = Offered(entry.dataset, chain.version, len(state), ops, is_new=True)
        write_file(folder / chain.version / _FULL, content)
    index = _index(entry, chain, content, base)
    _write_indices(folder, chain, index, base)
    _forget(folder, chain)
    return offered, index


@dataclass(frozen=True, slots=True)
class _Version:
    entry: Entry
    digest: str
    state: State


def _held(folder: Path) -> Chain | None:
    path = folder / "delta.chain.json"
    return read_chain(path.read_bytes(), folder.name) if path.is_file() else None


def _full_of(folder: Path, chain: Chain) -> bytes:
    path = folder / chain.version / _FULL
    content = path.read_bytes() if path.is_file() else b""
    if sha256(content).hexdigest() != chain.state:
        message = (
            f"{path}: gone, or changed since it was offered; restore it, or move the "
            f"folder {folder} away to begin a new chain"
        )
        raise EvidenceError(message)
    return content


def _entities(home: Home, dataset: str) -> Iterator[tuple[str, bytes]]:
    """Fold what a dataset states into entities, each as its line."""
    rows = home.ledger.live(dataset).to_pylist()
    for key, found in groupby(rows, key=lambda row: row["entity_id"]):
        entity = fold(claim_of(row | {"citations": []}, {}).statement for row in found)
        yield key, line_of({**entity_to_json(entity), "id": key})


def _next(
    folder: Path, before: Chain | None, now: _Version
) -> tuple[Chain, Mapping[str, int] | None]:
    """Extend the chain by the delta to the new version; the first version has none."""
    name, state = now.entry.dataset, digest_of_state(now.state)
    elder = before.version if before else ""
    version = _version(now.entry.recorded_at, state, elder)
    if before is None:
        return Chain(name, version, state, now.digest, ()), None
    held = state_of(_full_of(folder, before), f"{name} {before.version}")
    delta = delta_between(held, now.state)
    path = f"{version}/{_DELTA}"
    write_file(folder / path, delta)
    ops = count_ops(delta)
    link = Link(
        base=before.version,
        target=version,
        path=path,
        sha256=sha256(delta).hexdigest(),
        bytes=len(delta),
        ops=ops,
        state_before=before.state,
        state_after=state,
    )
    links = (*before.links, link)[-KEPT_LINKS:]
    return Chain(name, version, state, now.digest, links), ops


def _version(recorded_at: str, state: str, elder: str) -> str:
    """Name a version by its time and its state; never below its elder, whatever the clock."""
    form = "%Y%m%d%H%M%S"
    moment = datetime.fromisoformat(recorded_at)
    if elder and moment.strftime(form) <= elder[:14]:
        moment = datetime.strptime(f"{elder[:14]}Z", f"{form}%z") + timedelta(seconds=1)
    return f"{moment.strftime(form)}-{state[:3]}"


def _index(entry: Entry, chain: Chain, content: bytes, base: str) -> dict[str, Any]:
    name, source = entry.dataset, entry.record["source"]
    return {
        "name": name,
        "title": source["title"],
        "type": "source",
        "version": chain.version,
        "updated_at": entry.recorded_at,
        "last_export": entry.recorded_at,
        "last_change": entry.recorded_at,
        "entity_count": content.count(b"\n"),
        "publisher": {"name": source["publisher"]},
        "url": source["url"],
        "license": source["licence"],
        "index_url": f"{base}{name}/index.json",
        "delta_url": f"{base}{name}/delta.json",
        "delta_chain_url": f"{base}{name}/delta.chain.json",
        "resources": [
            {
                "name": _FULL,
                "path": f"{chain.version}/{_FULL}",
                "url": f"{base}{name}/{chain.version}/{_FULL}",
                "checksum": sha1(content, usedforsecurity=False).hexdigest(),
                "sha256": chain.state,
                "size": len(content),
                "mime_type": "application/json+ftm",
                "title": "FollowTheMoney entities",
            }
        ],
        "result": "success",
    }


def _write_indices(
    folder: Path, chain: Chain, index: Mapping[str, Any], base: str
) -> None:
    """Write the files beside a dataset's versions; what they point to is there already."""
    here = f"{base}{folder.name}/" if base else ""
    deltas = {link.target: f"{here}{link.path}" for link in reversed(chain.links)}
    first = [chain.links[0].base] if chain.links else [chain.version]
    versions = first + [link.target for link in chain.links]
    files = {
        "delta.chain.json": chain.to_json(),
        "delta.json": {"versions": deltas},
        "versions.json": {"items": versions, "last_successful": chain.version},
        "index.json": index if base else _seen_from_inside(index, folder.name),
    }
    for name, document in files.items():
        write_file(folder / name, _json(document))


def _seen_from_inside(index: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Point from the dataset's own folder, not from the catalog above it."""
    inside = {
        key: value.removeprefix(f"{name}/") if key.endswith("_url") else value
        for key, value in index.items()
    }
    resources = [
        {**row, "url": row["url"].removeprefix(f"{name}/")}
        for row in index["resources"]
    ]
    return {**inside, "resources": resources}


def _forget(folder: Path, chain: Chain) -> None:
    """Delete what no file points to any more: old whole files, and links off the chain."""
    kept = {chain.version, *(link.target for link in chain.links)}
    whole = sorted(kept)[-KEPT_FILES:]
    for path in sorted(folder.glob("[0-9]*-*")):
        if path.name not in kept:
            shutil.rmtree(path)
        elif path.name not in whole:
            (path / _FULL).unlink(missing_ok=True)


def _json(document: object) -> bytes:
    return orjson.dumps(
        document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )
