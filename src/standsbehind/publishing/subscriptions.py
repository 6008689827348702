"""Subscriptions: the feeds that a data folder follows."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from standsbehind.connectors.dataset import dataset_ids
from standsbehind.connectors.ftmfile import describe_file
from standsbehind.errors import EvidenceError, UsageError
from standsbehind.publishing.home import Home
from standsbehind.store.disk import write_file

__all__ = ["Subscription", "forget", "subscribe", "subscriptions"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed, and the name under which its dataset is held."""

    name: str
    address: str
    """Of a catalog, the index of a dataset, or a bare file; on the web or on disk."""
    dataset: str | None = None
    """The dataset's name in the catalog; None where it holds one only."""


def subscribe(home: Home, subscription: Subscription) -> None:
    """Keep a subscription. Raises UsageError for a name that is taken or cannot be one."""
    name = subscription.name
    describe_file(name, Path(subscription.address))  # refuses what is no dataset name
    if name in dataset_ids():
        message = (
            f"{name}: a source of that name ships with the package; choose another"
        )
        raise UsageError(message)
    if _path(home, name).exists():
        message = f"{name}: followed already; `behind follow remove {name}` ends that"
        raise UsageError(message)
    write_file(
        _path(home, name),
        orjson.dumps(asdict(subscription), option=orjson.OPT_INDENT_2),
    )


def forget(home: Home, name: str) -> None:
    """End a subscription; what was taken in stays. Raises UsageError where there is none."""
    if not _path(home, name).is_file():
        message = f"{name}: not followed; `behind follow list` says what is"
        raise UsageError(message)
    _path(home, name).unlink()


def subscriptions(home: Home) -> Iterator[Subscription]:
    """List the subscriptions by name. Raises EvidenceError where one is damaged."""
    for path in sorted((home.folder / "feeds").glob("[!.]*.json")):
        try:
            yield Subscription(**orjson.loads(path.read_bytes()))
        except (orjson.JSONDecodeError, TypeError) as error:
            message = f"{path}: damaged ({error}); remove it and follow the feed again"
            raise EvidenceError(message) from error


def _path(home: Home, name: str) -> Path:
    return home.folder / "feeds" / f"{name}.json"
