"""Where a statement comes from: source, place in it, and the digest of the copy we keep."""

import hashlib
from dataclasses import dataclass
from typing import Literal, NewType

__all__ = ["NOT_CAPTURED", "Citation", "Digest", "Quote", "digest_of"]

Digest = NewType("Digest", str)
"""Lower-case hexadecimal SHA-256 of an evidentiary copy, or `NOT_CAPTURED`."""

NOT_CAPTURED = Digest("not captured")
"""Said in place of a digest where no copy of the source was archived."""

Quote = NewType("Quote", str)
"""The exact words of the source (W3C text-quote selector, `exact`)."""


def digest_of(content: bytes) -> Digest:
    """Return the SHA-256 of the content."""
    return Digest(hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one source that says what a statement says.

    Two citations of one `origin_group` go back to the same origin and count as one:
    eight papers that reprint one agency report are one origin.
    """

    source: str
    """Stable id of the source: a dataset id (`un_sc_sanctions`) or a source of `core` (`S002`)."""
    title: str
    publisher: str
    url: str
    origin_group: str
    locator: str = ""
    """Where in the source: the record (`table 1, row 5`), then, after ` / `, a place in it."""
    quote: Quote | None = None
    digest: Digest = NOT_CAPTURED
    published: str | None = None
    """ISO date, as exact as the source gives it."""
    retrieved: str | None = None
    """ISO date on which the copy was read."""
    kind: Literal[
        "official", "press", "ngo", "company", "court", "research", "other"
    ] = "other"

    @property
    def record(self) -> str:
        """Return the part of the locator that names the record: a row, a list entry."""
        return self.locator.partition(" / ")[0]

    @property
    def id(self) -> str:
        """Return a digest of all fields, so that equal citations are stored once."""
        fields = (
            self.source,
            self.title,
            self.publisher,
            self.url,
            self.origin_group,
            self.locator,
            self.quote or "",
            self.digest,
            self.published or "",
            self.retrieved or "",
            self.kind,
        )
        return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()[:32]
