"""Every error raised on purpose, in one tree named by who must act.

BehindError
├── UsageError      the caller: a wrong option, an unreadable file of theirs (exit 2)
│   └── UnknownEntityError   no entity of the data bears that name or id
├── SourceError     the publisher: a list changed its shape, shrank or failed (exit 3)
│   ├── NotThereError        the address exists no more, or never did
│   └── DeltaError           a delta is not the next step from what is held; `kind` says how
├── EvidenceError   the evidence: a copy, ledger or snapshot is not what it was (exit 3)
└── EngineError     the machine: no disk space, a lock held by another process (exit 4)

A hit, a finding or a quarantined row is a value, never an error. A message says the
subject first, then what is wrong, then what to do.
"""

from typing import Literal

__all__ = [
    "BehindError",
    "DeltaError",
    "DeltaKind",
    "EngineError",
    "EvidenceError",
    "NotThereError",
    "SourceError",
    "UnknownEntityError",
    "UsageError",
]


class BehindError(Exception):
    """Any error that this product raises on purpose; `exit_code` is what `behind` returns."""

    exit_code = 4


class UsageError(BehindError):
    """The caller asked for something that cannot be done as asked."""

    exit_code = 2


class UnknownEntityError(UsageError):
    """No entity of the snapshot bears the name or id that the caller gave."""


class SourceError(BehindError):
    """A publisher's file is not what its connector was built for."""

    exit_code = 3


class NotThereError(SourceError):
    """A publisher serves nothing under the address."""


DeltaKind = Literal[
    "missing",
    "truncated",
    "changed",
    "reordered",
    "replayed",
    "foreign",
    "counts",
    "state",
    "went back",
    "unreadable",
]
"""How a delta, or a chain of them, fails to be the next step from what is held."""


class DeltaError(SourceError):
    """A delta is refused; what was held before goes on serving."""

    def __init__(self, kind: DeltaKind, message: str) -> None:
        super().__init__(f"{message} ({kind})")
        self.kind = kind


class EvidenceError(BehindError):
    """Stored evidence is missing, damaged or no longer matches its digest."""

    exit_code = 3


class EngineError(BehindError):
    """The machine under us failed: disk, lock, memory."""

    exit_code = 4
