"""A visit: what was said between us and a publisher, each exchange kept as it came.

Each request, each answer, redirects and all: a stranger can see how a copy came to us.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import httpx

from standsbehind.connectors.reading import MAX_COPY_BYTES
from standsbehind.errors import SourceError
from standsbehind.store.capture import Exchange, write_capture
from standsbehind.store.unpacking import UndecodedError, decoded

__all__ = ["AGENT", "Visit", "connection", "public"]

TIMEOUT_SECONDS = 60.0
REDIRECTS = 20
AGENT = "standsbehind (+https://github.com/standsbehind/standsbehind)"
_UNPACKED_HERE = "gzip, deflate"
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
"""What a request may carry that must not leave the house with the evidence."""


def public(address: str) -> str:
    """Return an address as it may be told: without password, and without the value of a key.

    >>> public("https://me:pw@host.example/list.csv?token=abc&page=2")
    'https://host.example/list.csv?token=withheld&page=2'
    """
    parts = urlsplit(address)
    if not parts.netloc:
        return address
    query = _KEY.sub(r"\1=withheld", parts.query)
    return urlunsplit(
        parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query)
    )


_KEY = re.compile(
    r"(?i)(?<![^&;])([^=&;]*(?:token|key|secret|password|pwd|signature|sig|auth))=[^&;]*"
)
"""A part of a query whose name ends as those of keys do; `keyword` and `author` do not."""


def connection() -> httpx.Client:
    """Open the connection over which we ask publishers; close it when done."""
    return httpx.Client(timeout=TIMEOUT_SECONDS, headers={"User-Agent": AGENT})


@dataclass(frozen=True, slots=True)
class Visit:
    """All that is said between us and a publisher to get what belongs together."""

    client: httpx.Client
    now: str
    """ISO time in UTC, or a day."""
    exchanges: list[Exchange] = field(default_factory=list)

    def get(self, url: str, etag: str | None = None) -> httpx.Response:
        """Ask for an address, follow where it points, and note every exchange."""
        headers = {"Accept-Encoding": _UNPACKED_HERE}
        if etag:
            headers["If-None-Match"] = etag
        request = self.client.build_request("GET", url, headers=headers)
        for _ in range(REDIRECTS + 1):
            response = self._ask(request)
            if response.next_request is None:
                return response
            request = response.next_request
        message = (
            f"{url}: redirected more than {REDIRECTS} times; the last good copy goes on "
            "serving"
        )
        raise SourceError(message)

    def _ask(self, request: httpx.Request) -> httpx.Response:
        response = self.client.send(request, stream=True, follow_redirects=False)
        try:
            body = _bounded(response, str(request.url))
        finally:
            response.close()
        self.exchanges.append(_exchange(response, body, self.now))
        return response

    @property
    def capture(self) -> bytes | None:
        """The WARC file of every exchange so far; None where there was none."""
        return write_capture(self.exchanges) if self.exchanges else None

    def body(self, response: httpx.Response) -> bytes:
        """Return what the last answer holds, unpacked. Raises SourceError where it cannot be."""
        encoding = response.headers.get("content-encoding", "")
        try:
            return decoded(self.exchanges[-1].body, encoding, MAX_COPY_BYTES)
        except UndecodedError as error:
            message = f"{response.url}: {error}; fetch again"
            raise SourceError(message) from error


def _exchange(response: httpx.Response, body: bytes, now: str) -> Exchange:
    request = response.request
    target = public(f"//host{request.url.raw_path.decode('ascii')}")[len("//host") :]
    # The body is kept with its chunks joined, so the header must not promise them.
    answered = tuple(
        (f"X-Crawler-{name}" if name.lower() == "transfer-encoding" else name, value)
        for name, value in _headers(response.headers)
    )
    return Exchange(
        url=public(str(request.url)),
        date=now,
        request_line=f"{request.method} {target} HTTP/1.1",
        request_headers=tuple(
            (name, value)
            for name, value in _headers(request.headers)
            if name.lower() not in _SECRET
        ),
        status_line=f"{response.http_version} {response.status_code} {response.reason_phrase}",
        response_headers=answered,
        body=body,
    )


def _headers(headers: httpx.Headers) -> list[tuple[str, str]]:
    return [(n.decode("latin-1"), v.decode("latin-1")) for n, v in headers.raw]


def _bounded(response: httpx.Response, url: str) -> bytes:
    """Read the body as it comes over the wire, up to the limit."""
    content = bytearray()
    for chunk in response.iter_raw():
        content.extend(chunk)
        if len(content) > MAX_COPY_BYTES:
            message = f"{url}: more than 1 GiB; not a list that we know"
            raise SourceError(message)
    expected = response.headers.get("content-length")
    if expected and content and int(expected) != len(content):
        message = f"{url}: {len(content)} of {expected} bytes came; fetch again"
        raise SourceError(message)
    return bytes(content)
