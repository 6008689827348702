"""The chain of deltas: each names the state it starts from and the state it leads to."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import orjson

from standsbehind.errors import DeltaError
from standsbehind.ledger.delta import State, apply, count_ops, digest_of_state

__all__ = ["Chain", "Link", "follow_link", "read_chain"]


@dataclass(frozen=True, slots=True)
class Link:
    """One delta as its publisher vouches for it."""

    base: str
    """The version it starts from."""
    target: str
    """The version it leads to."""
    path: str
    """Where the delta lies, relative to the chain's own address."""
    sha256: str
    bytes: int
    ops: Mapping[str, int]
    """How many lines ADD, MOD and DEL."""
    state_before: str
    state_after: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The deltas of one dataset, oldest first, and the state to which they lead."""

    dataset: str
    version: str
    state: str
    entry: str
    """SHA-256 of the ledger entry from which the version was made."""
    links: tuple[Link, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the fields as `delta.chain.json` holds them."""
        return asdict(self)

    def way(self, held: str, wanted: str) -> Sequence[Link] | None:
        """Return the links from the version held to the one wanted.

        None where the version held is older than the chain, which keeps only the newest
        links. Raises DeltaError where the versions do not stand on the chain.
        """
        if not self.links or held < self.links[0].base:
            return None
        bases = [link.base for link in self.links]
        targets = [link.target for link in self.links]
        if held not in bases:
            message = f"{self.dataset}: version {held} is not one of this chain"
            raise DeltaError("foreign", message)
        if wanted not in targets:
            message = f"{self.dataset}: no delta leads to version {wanted}"
            raise DeltaError("missing", message)
        return self.links[bases.index(held) : targets.index(wanted) + 1]


def read_chain(content: bytes, dataset: str) -> Chain:
    """Read `delta.chain.json` and check that its links join.

    Raises DeltaError: `unreadable` where it is cut off or lacks a field, `foreign` where it
    is of another dataset, and `replayed`, `reordered` or `missing` where links do not join.
    """
    try:
        told = orjson.loads(content)
        links = tuple(Link(**link) for link in told.pop("links"))
        chain = Chain(**told, links=links)
    except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError) as error:
        message = f"{dataset}: the chain of deltas cannot be read ({error})"
        raise DeltaError("unreadable", message) from error
    if chain.dataset != dataset:
        message = f"{dataset}: the chain of deltas is that of {chain.dataset}"
        raise DeltaError("foreign", message)
    _need_joined(chain)
    return chain


def _need_joined(chain: Chain) -> None:
    targets = [link.target for link in chain.links]
    if len(set(targets)) != len(targets):
        message = f"{chain.dataset}: a version stands twice in the chain of deltas"
        raise DeltaError("replayed", message)
    if targets != sorted(targets):
        message = (
            f"{chain.dataset}: the chain of deltas is not in the order of versions"
        )
        raise DeltaError("reordered", message)
    for link, follower in zip(chain.links, chain.links[1:], strict=False):
        joined = (link.target, link.state_after)
        if joined != (follower.base, follower.state_before):
            message = (
                f"{chain.dataset}: no delta leads from {link.target} to {follower.base}"
            )
            raise DeltaError("missing", message)
    if chain.links and targets[-1] != chain.version:
        message = f"{chain.dataset}: no delta leads to version {chain.version}"
        raise DeltaError("missing", message)


def follow_link(held: State, link: Link, content: bytes, chain: Chain) -> State:
    """Apply one delta to the state held, checking all that its link says of it.

    Raises DeltaError, whose kind says what is wrong; the state held is left as it is.
    """
    name = f"{chain.dataset}: delta {link.target}"
    if digest_of_state(held) != link.state_before:
        message = f"{name}: starts from another state than the one held"
        raise DeltaError("foreign", message)
    _need_vouched(link, content, chain, name)
    state = apply(held, content, name)
    if count_ops(content) != dict(link.ops):
        message = f"{name}: does not hold the {dict(link.ops)} that the chain counts"
        raise DeltaError("counts", message)
    if digest_of_state(state) != link.state_after:
        message = f"{name}: leads to another state than the chain says"
        raise DeltaError("state", message)
    return state


def _need_vouched(link: Link, content: bytes, chain: Chain, name: str) -> None:
    digest = sha256(content).hexdigest()
    if digest == link.sha256:
        return
    for other in chain.links:
        # An empty delta is like every other, so it tells nothing about order.
        if other.sha256 == digest and other.bytes:
            kind = "replayed" if other.target < link.target else "reordered"
            message = f"{name}: is the delta of version {other.target}"
            raise DeltaError(kind, message)  # type: ignore[arg-type]
    if len(content) < link.bytes:
        message = f"{name}: {len(content)} of {link.bytes} bytes"
        raise DeltaError("truncated", message)
    message = f"{name}: its digest is not the one that the chain names"
    raise DeltaError("changed", message)
