"""The archive: an untouched copy of every file that evidence was read from, by SHA-256."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standsbehind.errors import EvidenceError
from standsbehind.model.citation import Digest, digest_of
from standsbehind.store.disk import write_file

__all__ = ["Archive"]


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of evidentiary copies; a copy's path is its digest, so none is ever replaced."""

    folder: Path

    def put(self, content: bytes) -> Digest:
        """Keep the bytes and return their digest; a copy already kept is left alone."""
        digest = digest_of(content)
        if not self.has(digest):
            write_file(self._path(digest), content)
        return digest

    def has(self, digest: Digest) -> bool:
        """Whether a copy of that digest is kept."""
        return self._path(digest).is_file()

    def get(self, digest: Digest) -> bytes:
        """Return the bytes. Raises EvidenceError where they are gone or have changed."""
        path = self._path(digest)
        if not path.is_file():
            message = (
                f"{path}: the evidentiary copy is missing; restore it from a backup"
            )
            raise EvidenceError(message)
        content = path.read_bytes()
        if digest_of(content) != digest:
            message = (
                f"{path}: the copy no longer has its digest; restore it from a backup"
            )
            raise EvidenceError(message)
        return content

    def digests(self) -> Iterator[Digest]:
        """List the digests of all copies, in order."""
        for path in sorted(self.folder.glob("??/*")):
            if not path.name.startswith("."):  # left behind by a writer that was killed
                yield Digest(path.name)

    def _path(self, digest: Digest) -> Path:
        return self.folder / digest[:2] / digest
