"""Updating: pull sources from files or from their publishers, each for itself."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from standsbehind.connectors.context import Copy
from standsbehind.connectors.dataset import Dataset, dataset_ids, load_dataset
from standsbehind.connectors.fetch import AGENT, TIMEOUT_SECONDS, Fetched, fetch
from standsbehind.connectors.ftmfile import describe_file
from standsbehind.connectors.reading import copies_of
from standsbehind.connectors.runner import Pulled, Terms, describe, pull
from standsbehind.errors import SourceError, UsageError
from standsbehind.ledger.ledger import Entry
from standsbehind.publishing.home import BUILT_IN, Home, timestamp
from standsbehind.store.disk import write_file

__all__ = [
    "Failure",
    "Unchanged",
    "failures",
    "pull_files",
    "pull_live",
    "source_states",
]


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read; its last good copy goes on serving, marked stale."""

    dataset: Dataset
    reason: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A source whose publisher says that nothing changed since our copy."""

    dataset: Dataset


def pull_files(
    home: Home, name: str, files: Sequence[Path], now: datetime, *, accept_shrink: bool
) -> Pulled:
    """Read copies as published, or a FollowTheMoney file under a name of the user's.

    Raises UsageError for files that are not of the source, SourceError for bad content.
    """
    if name in dataset_ids():
        dataset = load_dataset(name)
    elif files:
        dataset = describe_file(name, files[0])
    else:
        dataset = load_dataset(name)
    today = timestamp(now)[:10]
    copies = copies_of(dataset, files, today)
    pulled = pull(
        home.ledger,
        home.archive,
        dataset,
        copies,
        Terms(timestamp(now), accept_shrink=accept_shrink),
    )
    _remember(home, dataset, {"failed": None})
    return pulled


def pull_live(
    home: Home, dataset: Dataset, now: datetime, *, accept_shrink: bool
) -> Pulled | Unchanged | Failure:
    """Fetch one source from its publisher and read it; a failure is an outcome, not an error."""
    if dataset.id == BUILT_IN:
        home.pull_built_in(now)
        return Unchanged(dataset)
    try:
        copies, etags = _fetch(home, dataset, timestamp(now)[:10])
        if copies is None:
            return Unchanged(dataset)
        terms = Terms(timestamp(now), accept_shrink=accept_shrink, accept_partial=False)
        pulled = pull(home.ledger, home.archive, dataset, copies, terms)
    except SourceError as error:
        _remember(home, dataset, {"failed": str(error), "tried": timestamp(now)})
        return Failure(dataset, str(error))
    _remember(home, dataset, {"failed": None, "etags": etags})
    return pulled


def _fetch(
    home: Home, dataset: Dataset, today: str
) -> tuple[tuple[Copy, ...] | None, dict[str, str]]:
    """Fetch all parts; None where the publisher says that every part is unchanged."""
    held = _memory(home, dataset.id).get("etags", {})
    with httpx.Client(
        timeout=TIMEOUT_SECONDS, follow_redirects=True, headers={"User-Agent": AGENT}
    ) as client:
        asked = [(p, fetch(client, p, today, held.get(p.role))) for p in dataset.parts]
        if not any(isinstance(came, Fetched) for _, came in asked):
            return None, held
        # The parts belong together, so one that changed brings all of them anew.
        whole = [
            came if isinstance(came, Fetched) else fetch(client, part, today)
            for part, came in asked
        ]
    fetched = [came for came in whole if isinstance(came, Fetched)]
    etags = {came.copy.role: came.etag for came in fetched if came.etag}
    return tuple(came.copy for came in fetched), etags


def _memory(home: Home, name: str) -> dict[str, Any]:
    path = home.folder / "status" / f"{name}.json"
    if not path.is_file():
        return {}
    try:
        loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError:
        return {}  # tags and failures only: without them the next pull fetches anew
    return loaded


def _remember(home: Home, dataset: Dataset, news: dict[str, Any]) -> None:
    known = {**_memory(home, dataset.id), **news}
    path = home.folder / "status" / f"{dataset.id}.json"
    write_file(path, json.dumps(known, indent=1, sort_keys=True).encode())


def failures(home: Home) -> dict[str, str]:
    """Say of each source whose last pull failed why: what we hold of it is stale."""
    told = {name: _memory(home, name).get("failed") for name in dataset_ids()}
    return {name: why for name, why in told.items() if why}


def source_states(home: Home) -> Iterator[dict[str, Any]]:
    """Describe every source: what is known of it, when it was read, and whether it is stale."""
    latest = home.ledger.latest()
    for name in dict.fromkeys((*dataset_ids(), *latest)):
        known = name in dataset_ids()
        dataset = load_dataset(name) if known else None
        entry = latest.get(name)
        blank: dict[str, Any] = {"retrieved": None, "rows": 0, "added": 0, "changed": 0, "removed": 0,
                 "quarantined": 0, "partial": []}  # fmt: skip
        state = {**blank, **(describe(dataset) if dataset else {})}
        if entry is not None:
            state |= _last_reading(entry)
        failed = _memory(home, name).get("failed")
        yield state | {"stale": bool(failed), "failed": failed}


def _last_reading(entry: Entry) -> dict[str, Any]:
    return {**entry.record["source"], "published": entry.record["published"]}


def chosen(names: Sequence[str]) -> list[Dataset]:
    """Return the sources named, or all that can be fetched. Raises UsageError for others."""
    if names:
        return [load_dataset(name) for name in names]
    found = (load_dataset(name) for name in dataset_ids())
    live = [
        d
        for d in found
        if d.id != BUILT_IN and all(p.url for p in d.parts if p.required)
    ]
    if not live:
        message = "no source has an address to fetch from; read copies with --file"
        raise UsageError(message)
    return live
