"""Following: take the versions of somebody's feed into the ledger, each checked first.

The ledger's entry is the commit point: it names the version held, the digest of its state
and the file that holds it, so that no crash can part the data from what is said of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from standsbehind.connectors.address import Reader, reading, resolve
from standsbehind.connectors.catalog import Feed, read_delta_index, read_feed
from standsbehind.connectors.context import Copy
from standsbehind.connectors.dataset import Dataset
from standsbehind.connectors.ftmfile import describe_file
from standsbehind.connectors.runner import Pulled, Terms, pull
from standsbehind.connectors.visit import public
from standsbehind.errors import DeltaError, NotThereError, SourceError
from standsbehind.ledger.chain import Chain, follow_link, read_chain
from standsbehind.ledger.delta import (
    State,
    apply,
    digest_of_state,
    state_of,
    whole_file,
)
from standsbehind.model.citation import Digest, digest_of
from standsbehind.publishing.home import Home, timestamp
from standsbehind.publishing.status import remember
from standsbehind.publishing.subscriptions import Subscription

__all__ = ["Followed", "Refused", "Taking", "follow", "version_held"]


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed that was followed: to a new version, or found at the version held."""

    subscription: Subscription
    version: str | None
    how: str
    """`full`, `delta` or `unchanged`."""
    deltas: int = 0
    pulled: Pulled | None = None
    notes: tuple[str, ...] = ()
    """What could not be checked, and why the whole file was taken."""

    def to_json(self) -> dict[str, Any]:
        """Give the outcome, as in `behind follow run --json`."""
        counts = self.pulled.to_json() if self.pulled else {}
        return {
            "id": self.subscription.name,
            "version": self.version,
            "how": self.how,
            "deltas": self.deltas,
            **{name: counts.get(name, 0) for name in ("added", "changed", "removed")},
            "notes": list(self.notes),
            "stale": False,
        }


@dataclass(frozen=True, slots=True)
class Refused:
    """A feed that was not followed; what was held before goes on serving, marked stale."""

    subscription: Subscription
    reason: str
    kind: str
    """The kind of a DeltaError, or `source` where the feed itself failed."""

    def to_json(self) -> dict[str, Any]:
        """Give the refusal, as in `behind follow run --json`."""
        return {
            "id": self.subscription.name,
            "refused": self.kind,
            "failed": self.reason,
            "stale": True,
        }


@dataclass(frozen=True, slots=True)
class Taking:
    """How the caller wants a feed taken."""

    whole: bool = False
    """Take the whole file, even where deltas would lead there."""
    accept_shrink: bool = False


def follow(
    home: Home, subscription: Subscription, now: datetime, taking: Taking
) -> Followed | Refused:
    """Bring one dataset to the version that its feed offers; a failure is an outcome."""
    try:
        with reading(timestamp(now)) as reader:
            followed = _Visit(home, subscription, reader, now).take(taking)
    except SourceError as error:
        kind = error.kind if isinstance(error, DeltaError) else "source"
        news = {"failed": str(error), "tried": timestamp(now)}
        remember(home, subscription.name, news)
        return Refused(subscription, str(error), kind)
    remember(home, subscription.name, {"failed": None})
    return followed


def version_held(home: Home, name: str) -> str | None:
    """Return the version that the ledger holds of a feed, or None."""
    held = _held(home, name)
    return held.version if held else None


@dataclass(frozen=True, slots=True)
class _Held:
    """What the ledger holds of a feed."""

    dataset: str
    version: str | None
    state: str
    """Digest of the state; empty where the feed has no versions."""
    checksum: str
    """What the publisher said of the whole file; empty where nothing."""
    copy: Digest


@dataclass(frozen=True, slots=True)
class _Step:
    """A state to which deltas lead, and the copies of those deltas."""

    state: State
    deltas: tuple[Digest, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Visit:
    """One visit to one feed."""

    home: Home
    subscription: Subscription
    reader: Reader
    now: datetime

    def take(self, taking: Taking) -> Followed:
        """Compare what the feed offers with what is held, and take what is new."""
        address = self.subscription.address
        content = self.reader.read(address)
        feed = read_feed(content, address, self.subscription.dataset)
        held = _held(self.home, self.subscription.name)
        if held is not None and _is_the_same(feed, held):
            return Followed(self.subscription, feed.version, "unchanged")
        step: _Step | None = None
        notes: tuple[str, ...] = ()
        if held is not None and held.version and feed.version and not taking.whole:
            step, notes = self._by_deltas(feed, held)
        if step is None:
            return self._whole(feed, notes, taking)
        return self._stepped(feed, step, taking)

    def _by_deltas(
        self, feed: Feed, held: _Held
    ) -> tuple[_Step | None, tuple[str, ...]]:
        """Apply the deltas, or say why the whole file must be taken."""
        try:
            if feed.chain_url is not None:
                return self._along_the_chain(feed, feed.chain_url, held)
            if feed.delta_url is not None:
                return self._unvouched(feed, feed.delta_url, held)
        except NotThereError as error:
            return None, (f"{error}; the whole file was taken",)
        return None, ()

    def _along_the_chain(
        self, feed: Feed, chain_url: str, held: _Held
    ) -> tuple[_Step | None, tuple[str, ...]]:
        chain = read_chain(self.reader.read(chain_url), feed.dataset)
        way = chain.way(held.version or "", feed.version or "")
        if way is None:
            return None, (f"version {held.version} is older than the chain of deltas",)
        state, deltas = self._state(held), []
        for link in way:
            delta = self._delta(chain_url, link.path, chain, link.target)
            state = follow_link(state, link, delta, chain)
            deltas.append(self.home.archive.put(delta))
        return _Step(state, tuple(deltas), ()), ()

    def _delta(self, base: str, path: str, chain: Chain, version: str) -> bytes:
        try:
            return self.reader.read(resolve(base, path))
        except NotThereError as error:
            message = f"{chain.dataset}: the delta of version {version} is gone"
            raise DeltaError("missing", message) from error

    def _unvouched(
        self, feed: Feed, delta_url: str, held: _Held
    ) -> tuple[_Step | None, tuple[str, ...]]:
        """Apply deltas that nobody vouches for, checking what can be checked."""
        index = read_delta_index(self.reader.read(delta_url), delta_url)
        since, until = held.version or "", feed.version or ""
        if not index or since < next(iter(index)):
            return None, (f"version {since} is older than the index of deltas",)
        state, deltas = self._state(held), []
        for version in (v for v in index if since < v <= until):
            delta = self.reader.read(index[version])
            name = f"{feed.dataset}: delta {version}"
            if not delta:
                message = f"{name}: is empty, and its feed leaves empty deltas out"
                raise DeltaError("truncated", message)
            state = apply(state, delta, name)
            deltas.append(self.home.archive.put(delta))
        if feed.entity_count not in {None, len(state)}:
            message = (
                f"{feed.dataset}: the deltas lead to {len(state)} entities, the feed "
                f"counts {feed.entity_count}; a delta may be missing"
            )
            raise DeltaError("counts", message)
        return _Step(state, tuple(deltas), (_NO_CHAIN,)), ()

    def _state(self, held: _Held) -> State:
        name = f"{self.subscription.name} as held"
        state = state_of(self.home.archive.get(held.copy), name)
        if digest_of_state(state) != held.state:
            message = (
                f"{name}: not the state that the ledger names; take the whole file"
            )
            raise DeltaError("state", message)
        return state

    def _stepped(self, feed: Feed, step: _Step, taking: Taking) -> Followed:
        content = whole_file(step.state)
        if feed.chain_url is not None:
            feed.full.check(content)  # the chain led to the very file that is offered
        record = _record(feed, digest_of_state(step.state), step.deltas)
        pulled = self._pull(feed, content, record, taking)
        return Followed(
            self.subscription,
            feed.version,
            "delta",
            len(step.deltas),
            pulled,
            step.notes,
        )

    def _whole(self, feed: Feed, notes: Sequence[str], taking: Taking) -> Followed:
        content = self.reader.read(feed.full.url)
        feed.full.check(content)
        if not feed.full.checksum:
            notes = (*notes, f"{feed.full.url}: no checksum is published, none checked")
        state = (
            digest_of_state(state_of(content, feed.full.url)) if feed.version else ""
        )
        pulled = self._pull(feed, content, _record(feed, state, ()), taking)
        return Followed(
            self.subscription, feed.version, "full", 0, pulled, tuple(notes)
        )

    def _pull(
        self, feed: Feed, content: bytes, record: dict[str, Any], taking: Taking
    ) -> Pulled:
        moment = timestamp(self.now)
        copy = Copy(
            role="file",
            name=public(feed.full.url).rsplit("/", 1)[-1],
            content=content,
            digest=digest_of(content),
            retrieved=moment[:10],
            url=public(feed.full.url),
            capture=self.reader.capture,
        )
        terms = Terms(
            moment,
            accept_shrink=taking.accept_shrink,
            feed={**record, "address": public(self.subscription.address)},
        )
        dataset = _described(self.subscription, feed)
        return pull(self.home.ledger, self.home.archive, dataset, (copy,), terms)


_NO_CHAIN = (
    "this feed publishes no digests of its deltas: a delta that is lost is noticed only "
    "where it changes the count of entities"
)


def _described(subscription: Subscription, feed: Feed) -> Dataset:
    return replace(
        describe_file(subscription.name, Path(feed.full.url)),
        title=feed.title,
        publisher=feed.publisher,
        url=public(subscription.address),
        licence="as the feed says",
        notes=f"Followed as dataset {feed.dataset}; statements as the feed gives them.",
    )


def _record(feed: Feed, state: str, deltas: Sequence[Digest]) -> dict[str, Any]:
    return {
        "dataset": feed.dataset,
        "version": feed.version,
        "state": state,
        "checksum": feed.full.checksum,
        "deltas": list(deltas),
    }


def _held(home: Home, name: str) -> _Held | None:
    entry = home.ledger.latest().get(name)
    if entry is None or "feed" not in entry.record:
        return None
    told = entry.record["feed"]
    return _Held(
        told["dataset"],
        told["version"],
        told["state"],
        told["checksum"],
        Digest(entry.record["copies"][0]["sha256"]),
    )


def _is_the_same(feed: Feed, held: _Held) -> bool:
    """Whether the feed offers what is held.

    Raises DeltaError where it offers another dataset, an older version, or other content
    under the version held.
    """
    if feed.dataset != held.dataset:
        message = f"{feed.dataset}: this address served {held.dataset} before"
        raise DeltaError("foreign", message)
    if feed.version is None or held.version is None:
        return bool(feed.full.checksum) and feed.full.checksum == held.checksum
    if feed.version < held.version:
        message = (
            f"{feed.dataset}: offers version {feed.version}, and {held.version} is held"
        )
        raise DeltaError("went back", message)
    is_same = feed.version == held.version
    if is_same and feed.full.checksum != held.checksum:
        message = (
            f"{feed.dataset}: version {feed.version} holds other content than before"
        )
        raise DeltaError("changed", message)
    return is_same
