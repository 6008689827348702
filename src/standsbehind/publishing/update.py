"""Updating: pull sources from files or from their publishers, each for itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from standsbehind.connectors.context import Copy
from standsbehind.connectors.dataset import Dataset, dataset_ids, load_dataset
from standsbehind.connectors.fetch import Fetched, fetch
from standsbehind.connectors.ftmfile import describe_file
from standsbehind.connectors.reading import copies_of
from standsbehind.connectors.runner import Pulled, Terms, describe, pull
from standsbehind.connectors.visit import connection
from standsbehind.errors import SourceError, UsageError
from standsbehind.publishing.home import BUILT_IN, Home, timestamp
from standsbehind.publishing.status import recall, remember

__all__ = [
    "Failure",
    "Outcome",
    "Unchanged",
    "pull_files",
    "pull_live",
]


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read; its last good copy goes on serving, marked stale."""

    dataset: Dataset
    reason: str

    def to_json(self) -> dict[str, Any]:
        """Give the source and the reason, as in `behind pull --json`."""
        return {**describe(self.dataset), "stale": True, "failed": self.reason}


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A source whose publisher says that nothing changed since our copy."""

    dataset: Dataset

    def to_json(self) -> dict[str, Any]:
        """Give the source, as in `behind pull --json`."""
        return {**describe(self.dataset), "stale": False, "unchanged": True}


Outcome = Pulled | Unchanged | Failure
"""What came of pulling one source."""


def pull_files(
    home: Home, name: str, files: Sequence[Path], now: datetime, *, accept_shrink: bool
) -> Pulled:
    """Read copies as published, or a FollowTheMoney file under a name of the user's.

    Raises UsageError for files that are not of the source, SourceError for bad content.
    """
    is_known = name in dataset_ids()
    dataset = load_dataset(name) if is_known else describe_file(name, files[0])
    today = timestamp(now)[:10]
    copies = copies_of(dataset, files, today)
    pulled = pull(
        home.ledger,
        home.archive,
        dataset,
        copies,
        Terms(timestamp(now), accept_shrink=accept_shrink),
    )
    # The publisher's tags are those of another edition now.
    remember(home, dataset.id, {"failed": None, "etags": {}})
    return pulled


def pull_live(
    home: Home, dataset: Dataset, now: datetime, *, accept_shrink: bool
) -> Outcome:
    """Fetch one source from its publisher and read it; a failure is an outcome, not an error.

    What ships with the package is read from there, without network.
    """
    try:
        if dataset.released:
            return _read_released(home, dataset, now, accept_shrink=accept_shrink)
        copies, etags = _fetch(home, dataset, timestamp(now))
        if copies is None:
            remember(home, dataset.id, {"failed": None})
            return Unchanged(dataset)
        terms = Terms(timestamp(now), accept_shrink=accept_shrink, accept_partial=False)
        pulled = pull(home.ledger, home.archive, dataset, copies, terms)
    except SourceError as error:
        remember(home, dataset.id, {"failed": str(error), "tried": timestamp(now)})
        return Failure(dataset, str(error))
    remember(home, dataset.id, {"failed": None, "etags": etags})
    return pulled


def _read_released(
    home: Home, dataset: Dataset, now: datetime, *, accept_shrink: bool
) -> Pulled | Unchanged:
    pulled = home.pull_released(dataset, now, accept_shrink=accept_shrink)
    remember(home, dataset.id, {"failed": None})
    revision = pulled.revision
    if revision.added or revision.changed or revision.removed:
        return pulled
    return Unchanged(dataset)


def _fetch(
    home: Home, dataset: Dataset, now: str
) -> tuple[tuple[Copy, ...] | None, dict[str, str]]:
    """Fetch all parts; None where the publisher says that every part is unchanged."""
    held = recall(home, dataset.id).get("etags", {})
    with connection() as client:
        asked = [(p, fetch(client, p, now, held.get(p.role))) for p in dataset.parts]
        if not any(isinstance(came, Fetched) for _, came in asked):
            return None, held
        # The parts belong together, so one that changed brings all of them anew.
        whole = [
            came if isinstance(came, Fetched) else fetch(client, part, now)
            for part, came in asked
        ]
    fetched = [came for came in whole if isinstance(came, Fetched)]
    etags = {came.copy.role: came.etag for came in fetched if came.etag}
    return tuple(came.copy for came in fetched), etags


def chosen(names: Sequence[str]) -> list[Dataset]:
    """Return the sources named, or all that can be fetched or ship with the package.

    Raises UsageError for others.
    """
    if names:
        return [load_dataset(name) for name in names]
    found = (load_dataset(name) for name in dataset_ids())
    live = [
        d
        for d in found
        if d.id != BUILT_IN
        and (d.released or all(p.url for p in d.parts if p.required))
    ]
    if not live:
        message = "no source has an address to fetch from; read copies with --file"
        raise UsageError(message)
    return live
