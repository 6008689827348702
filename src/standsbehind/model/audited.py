"""The audit log's entries: who did what on a server, each bound by its digest to all before it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from standsbehind.model.act import canonical

__all__ = ["Deed", "Entry", "problems_of"]


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did, or wanted to do."""

    person: str
    means: str
    """By what it is known who it was: `key ID`, `session`, `proxy`, `command`; empty if it is not."""
    address: str
    did: str
    """As in `GET /cases/2026-00001`, `log in: refused`, `revoke key 01ab...`; no secret."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    number: int
    """1 for the first, then without a gap."""
    at: str
    """ISO time in UTC, to the second."""
    person: str
    means: str
    address: str
    did: str
    previous: str
    """Digest of the entry before; empty for the first."""
    digest: str
    """SHA-256 over all other fields as canonical JSON."""

    @classmethod
    def after(cls, last: "Entry | None", deed: Deed, now: str) -> "Entry":
        """Make a deed the next entry."""
        fields: dict[str, Any] = {
            "number": last.number + 1 if last else 1,
            "at": max(now, last.at) if last else now,
            **asdict(deed),
            "previous": last.digest if last else "",
        }
        return cls(**fields, digest=_digest(fields))

    @property
    def is_whole(self) -> bool:
        """Whether its digest is that of its fields."""
        fields = asdict(self)
        del fields["digest"]
        return self.digest == _digest(fields)


def _digest(fields: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(fields)).hexdigest()


def problems_of(entries: Iterable[Entry]) -> Iterator[str]:
    """Name the first entry that is not what was written."""
    before = ""
    for place, entry in enumerate(entries, start=1):
        where = f"audit log, entry {place}"
        if entry.number != place:
            yield f"{where}: is missing; entry {entry.number} stands in its place"
            return
        if entry.previous != before:
            yield f"{where}: does not follow from entry {place - 1}; one was exchanged"
            return
        if not entry.is_whole:
            yield f"{where}: was changed after it was written"
            return
        before = entry.digest
