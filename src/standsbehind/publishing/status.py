"""The status of sources: when each was last read, and whether its last pull failed."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from standsbehind.connectors.dataset import dataset_ids, load_dataset
from standsbehind.connectors.runner import describe
from standsbehind.publishing.home import Home
from standsbehind.store.disk import write_file

__all__ = ["failures", "recall", "remember", "source_states"]

_NOT_PULLED: Mapping[str, Any] = {
    "retrieved": None,
    "published": None,
    "rows": 0,
    "subjects": 0,
    "added": 0,
    "changed": 0,
    "removed": 0,
    "older": 0,
    "quarantined": 0,
    "partial": [],
}


def recall(home: Home, name: str) -> dict[str, Any]:
    """Return what was remembered of a source: `failed`, `tried`, `etags`."""
    path = _path(home, name)
    if not path.is_file():
        return {}
    try:
        loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError:
        return {}  # tags and failures only: without them the next pull fetches anew
    return loaded


def remember(home: Home, name: str, news: Mapping[str, Any]) -> None:
    """Add to what is remembered of a source."""
    known = {**recall(home, name), **news}
    write_file(_path(home, name), json.dumps(known, indent=1, sort_keys=True).encode())


def _path(home: Home, name: str) -> Path:
    return home.folder / "status" / f"{name}.json"


def failures(home: Home) -> dict[str, str]:
    """Say of each source whose last pull failed why: what we hold of it is stale."""
    names = {path.stem for path in (home.folder / "status").glob("[!.]*.json")}
    told = {name: recall(home, name).get("failed") for name in sorted(names)}
    return {name: why for name, why in told.items() if why}


def source_states(home: Home) -> Iterator[dict[str, Any]]:
    """Describe every source: what is known of it, when it was read, and whether it is stale."""
    latest = home.ledger.latest()
    known = dataset_ids()
    for name in dict.fromkeys((*known, *latest)):
        state = {
            **_NOT_PULLED,
            **(describe(load_dataset(name)) if name in known else {}),
        }
        if name in latest:
            record = latest[name].record
            state |= {**record["source"], "published": record["published"]}
        failed = recall(home, name).get("failed")
        yield state | {"stale": bool(failed), "failed": failed}
