"""What the archive holds: each copy with the source that it was read for and how it came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.model.citation import Digest, digest_of
from standsbehind.publishing.home import Home
from standsbehind.store.capture import write_resource
from standsbehind.store.disk import write_file
from standsbehind.store.unpacking import UndecodedError
from standsbehind.store.warcfile import is_warc, records_in
from standsbehind.store.webarchive import Packed, write_wacz
from standsbehind.store.webarchive_reader import read_wacz

__all__ = ["ArchivedCopy", "Imported", "archived_copies", "export_wacz", "import_wacz"]

_SHORTEST = 8
"""Hexadecimal digits that a user must give of a digest."""


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """One copy in the archive, and what is known of it."""

    digest: Digest
    source: str | None = None
    """The dataset it was read for; None where no entry of the ledger names it."""
    name: str | None = None
    url: str | None = None
    retrieved: str | None = None
    """ISO day, or time in UTC, on which it was fetched or handed over."""
    capture: Digest | None = None
    """The WARC file of how it came; None for a file that a user gave."""
    is_kept: bool = True

    def to_json(self) -> dict[str, Any]:
        """Give the copy as `behind archive list --json` does."""
        return {
            "sha256": self.digest,
            "source": self.source,
            "name": self.name,
            "url": self.url,
            "retrieved": self.retrieved,
            "capture": self.capture,
            "kept": self.is_kept,
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file of a package."""

    url: str
    date: str
    digest: Digest | None
    """Its digest in the archive; None where it was left aside."""
    capture: Digest | None
    is_new: bool
    problem: str = ""
    """Why it was left aside."""

    def to_json(self) -> dict[str, Any]:
        """Give the file as `behind archive import --json` does."""
        return {
            "sha256": self.digest,
            "url": self.url,
            "date": self.date,
            "capture": self.capture,
            "new": self.is_new,
            "problem": self.problem or None,
        }


def archived_copies(home: Home) -> Iterator[ArchivedCopy]:
    """List the copies: first those of the ledger, in its order, then the others.

    Raises EvidenceError where the ledger, or a capture that no entry names, is damaged.
    """
    seen: set[ArchivedCopy] = set()
    named: set[str] = set()
    for copy in _of_ledger(home):
        named |= {copy.digest, copy.capture or ""}
        if copy not in seen:
            seen.add(copy)
            yield copy
    yield from _unnamed(home, named)


def _of_ledger(home: Home) -> Iterator[ArchivedCopy]:
    for entry in home.ledger.entries():
        for copy in entry.record["copies"]:
            digest = Digest(copy["sha256"])
            capture = copy.get("capture")
            yield ArchivedCopy(
                digest=digest,
                source=entry.dataset,
                name=copy["name"],
                url=copy["url"],
                retrieved=copy["retrieved"],
                capture=None if capture is None else Digest(capture),
                is_kept=home.archive.has(digest),
            )


def _unnamed(home: Home, named: set[str]) -> Iterator[ArchivedCopy]:
    """List what was imported, or fetched and then not read: its captures say what it is."""
    rest = [digest for digest in home.archive.digests() if digest not in named]
    captures: list[Digest] = []
    told: set[Digest] = set()
    for digest in rest:
        content = home.archive.get(digest)
        if is_warc(content):
            captures.append(digest)
            for copy in _in_capture(home, digest, content):
                told.add(copy.digest)
                yield copy
    for digest in rest:
        if digest not in told and digest not in captures:
            yield ArchivedCopy(digest)


def _in_capture(home: Home, capture: Digest, content: bytes) -> Iterator[ArchivedCopy]:
    for record in records_in(content, f"capture {capture}"):
        if record.status != "200" and record.kind != "resource":
            continue
        try:
            digest = digest_of(record.body())
        except UndecodedError:
            continue  # the capture keeps it, the archive holds no copy of it
        if home.archive.has(digest):
            yield ArchivedCopy(
                digest,
                url=record.url,
                retrieved=record.date,
                capture=capture,
            )


def export_wacz(home: Home, out: Path, wanted: Sequence[str], created: str) -> int:
    """Write copies, all or those of the digests named, as a WACZ file; return how many.

    Raises UsageError for a digest that is not of one copy, and where nothing is to write.
    """
    copies = [copy for copy in archived_copies(home) if copy.retrieved is not None]
    chosen = _chosen(copies, wanted) if wanted else copies
    packed = [_packed(home, copy) for copy in _best(chosen)]
    if not packed:
        message = f"{out}: the archive holds no copy yet; `behind pull` brings some"
        raise UsageError(message)
    title = "Evidence archived by standsbehind"
    write_file(out, write_wacz(packed, title, created))
    return len(packed)


def _chosen(
    copies: Sequence[ArchivedCopy], wanted: Sequence[str]
) -> list[ArchivedCopy]:
    chosen: list[ArchivedCopy] = []
    for text in wanted:
        start = text.lower().removeprefix("sha256:")
        found = [copy for copy in copies if copy.digest.startswith(start)]
        if len(start) < _SHORTEST or len({copy.digest for copy in found}) != 1:
            message = (
                f"{text}: not the digest of one copy that says where it came from; "
                f"`behind archive list` gives them, and {_SHORTEST} digits are enough"
            )
            raise UsageError(message)
        chosen.extend(found)
    return chosen


def _best(copies: Sequence[ArchivedCopy]) -> list[ArchivedCopy]:
    """Take each copy as it came: every capture of it, or else the first telling of it."""
    captured = {copy.digest for copy in copies if copy.capture}
    best: dict[tuple[str, str | None], ArchivedCopy] = {}
    for copy in copies:
        if copy.capture or copy.digest not in captured:
            best.setdefault((copy.digest, copy.capture), copy)
    return list(best.values())


def _packed(home: Home, copy: ArchivedCopy) -> Packed:
    if copy.retrieved is None:
        message = f"{copy.digest}: nothing says when this copy came"
        raise EvidenceError(message)
    url = copy.url or f"urn:sha256:{copy.digest}"
    title = " ".join(part for part in (copy.source, copy.name) if part) or url
    content = home.archive.get(copy.capture or copy.digest)
    if copy.capture is None:
        mime = "application/octet-stream"
        content = write_resource(url, copy.retrieved, mime, content)
    return Packed(content, url, copy.retrieved, title)


def import_wacz(home: Home, path: Path) -> Iterator[Imported]:
    """Put the files of a WACZ package into the archive, each with its capture.

    Raises EvidenceError, before anything is put there, where the package is not whole.
    """
    for one in read_wacz(path):
        if one.problem:
            yield Imported(
                one.url, one.date, None, None, is_new=False, problem=one.problem
            )
            continue
        is_new = not home.archive.has(one.digest)
        capture = home.archive.put(one.capture)
        digest = home.archive.put(one.body)
        yield Imported(one.url, one.date, digest, capture, is_new)
