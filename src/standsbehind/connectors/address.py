"""Addresses: a page of the web or a file on disk, read whole within bounds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from standsbehind.connectors.reading import MAX_COPY_BYTES
from standsbehind.connectors.visit import Visit, connection
from standsbehind.errors import NotThereError, SourceError

__all__ = ["Reader", "reading", "resolve"]

_WEB = ("http", "https")


def resolve(base: str, reference: str) -> str:
    """Say where a document at `base` points. Raises SourceError where it may not point there.

    A document of the web points to the web; one on disk also to files below its folder.
    """
    if urlsplit(base).scheme in _WEB:
        target = urljoin(base, reference)
        if urlsplit(target).scheme in _WEB:
            return target
    elif urlsplit(reference).scheme in _WEB:
        return reference
    else:
        folder = Path(base).parent
        path = folder / reference
        if path.resolve().is_relative_to(folder.resolve()):
            return str(path)
    message = (
        f"{base}: points to {reference!r}, which is outside of it; ask the publisher"
    )
    raise SourceError(message)


class Reader:
    """Reads addresses over one connection, and notes what was said on the web."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @property
    def capture(self) -> bytes | None:
        """The WARC file of all that was read from the web; None where nothing was."""
        return self._visit.capture

    def read(self, address: str) -> bytes:
        """Read an address whole.

        Raises NotThereError where nothing is there, SourceError where it cannot be reached,
        is larger than 1 GiB or came cut off.
        """
        try:
            if urlsplit(address).scheme in _WEB:
                return self._fetched(address)
            return _file(Path(address))
        except (httpx.HTTPError, OSError) as error:
            message = f"{address}: cannot be read ({error})"
            raise SourceError(message) from error

    def _fetched(self, address: str) -> bytes:
        response = self._visit.get(address)
        if response.status_code in {404, 410}:
            message = f"{address}: the publisher has nothing there"
            raise NotThereError(message)
        if response.status_code != httpx.codes.OK:
            message = f"{address}: the publisher answered {response.status_code}"
            raise SourceError(message)
        return self._visit.body(response)


def _file(path: Path) -> bytes:
    try:
        _need_bounded(str(path), path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        message = f"{path}: no such file"
        raise NotThereError(message) from error


def _need_bounded(address: str, size: int) -> None:
    if size > MAX_COPY_BYTES:
        message = f"{address}: larger than 1 GiB; no list that we read is that large"
        raise SourceError(message)


@contextmanager
def reading(now: str) -> Iterator[Reader]:
    """Open a reader, and close its connections afterwards; `now` is an ISO time in UTC."""
    with connection() as client:
        yield Reader(Visit(client, now))
