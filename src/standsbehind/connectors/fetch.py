"""Fetching: one file from a publisher's address, politely, within bounds.

What went over the wire is kept as a WARC file beside the copy: each request, each answer
as received, redirects and all, so that a stranger can see how the copy came to us.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from standsbehind.connectors.context import Copy
from standsbehind.connectors.dataset import Part
from standsbehind.connectors.reading import MAX_COPY_BYTES
from standsbehind.errors import SourceError
from standsbehind.model.citation import digest_of
from standsbehind.store.capture import Exchange, UndecodedError, decoded, write_capture

__all__ = ["Fetched", "NotModified", "fetch"]

TIMEOUT_SECONDS = 60.0
TRIES = 3
REDIRECTS = 20
AGENT = "standsbehind (+https://github.com/standsbehind/standsbehind)"
_UNPACKED_HERE = "gzip, deflate"
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
"""What a request may carry that must not leave the house with the evidence."""
_ECFR_DATE = "{up_to_date_as_of}"
_ECFR_TITLES = "https://www.ecfr.gov/api/versioner/v1/titles.json"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came, with the tag by which the publisher knows this edition."""

    copy: Copy
    etag: str | None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The publisher says that the edition we hold is still the current one."""

    role: str


def fetch(
    client: httpx.Client,
    part: Part,
    now: str,
    etag: str | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Fetched | NotModified:
    """Fetch one part of a dataset, with retries, a size limit and the ETag we hold.

    `now` is an ISO time in UTC, or a day. Raises SourceError, naming address and reason,
    when the publisher cannot be reached or refuses; what was stored before goes on serving.
    """
    if part.url is None:
        message = f"the {part.role} part has no address; give it with --file"
        raise SourceError(message)
    for turn in range(TRIES):
        try:
            visit = _Visit(client, now)
            url = _dated(visit, part.url)
            return _once(visit, part, url, etag)
        except httpx.RequestError as error:
            if turn == TRIES - 1:
                message = (
                    f"{part.url}: cannot be reached ({error}); the last good copy goes "
                    "on serving"
                )
                raise SourceError(message) from error
            wait(2.0**turn)
    raise AssertionError(part.url)


@dataclass(frozen=True, slots=True)
class _Visit:
    """All that is said between us and a publisher to get one file."""

    client: httpx.Client
    now: str
    exchanges: list[Exchange] = field(default_factory=list)

    def get(self, url: str, etag: str | None = None) -> httpx.Response:
        """Ask for an address, follow where it points, and note every exchange."""
        headers = {"Accept-Encoding": _UNPACKED_HERE}
        if etag:
            headers["If-None-Match"] = etag
        request: httpx.Request | None = self.client.build_request(
            "GET", url, headers=headers
        )
        for _ in range(REDIRECTS + 1):
            if request is None:
                break
            response = self.client.send(request, stream=True, follow_redirects=False)
            try:
                self.exchanges.append(
                    _exchange(response, _bounded(response, url), self.now)
                )
            finally:
                response.close()
            request = response.next_request
        else:
            message = f"{url}: redirected more than {REDIRECTS} times; the last good copy goes on serving"
            raise SourceError(message)
        return response

    def body(self, response: httpx.Response) -> bytes:
        """Return what the last answer holds, unpacked. Raises SourceError where it cannot be."""
        encoding = response.headers.get("content-encoding", "")
        try:
            content = decoded(self.exchanges[-1].body, encoding)
        except UndecodedError as error:
            message = f"{response.url}: {error}; fetch again"
            raise SourceError(message) from error
        if len(content) > MAX_COPY_BYTES:
            raise _too_large(str(response.url))
        return content


def _exchange(response: httpx.Response, body: bytes, now: str) -> Exchange:
    request = response.request
    target = request.url.raw_path.decode("ascii")
    # The body is kept with its chunks joined, so the header must not promise them.
    answered = tuple(
        (f"X-Crawler-{name}" if name.lower() == "transfer-encoding" else name, value)
        for name, value in _headers(response.headers)
    )
    return Exchange(
        url=str(request.url),
        date=now,
        request_line=f"{request.method} {target} HTTP/1.1",
        request_headers=tuple(
            (name, value)
            for name, value in _headers(request.headers)
            if name.lower() not in _SECRET
        ),
        status_line=f"{response.status_code} {response.reason_phrase}",
        response_headers=answered,
        body=body,
    )


def _headers(headers: httpx.Headers) -> list[tuple[str, str]]:
    return [(n.decode("latin-1"), v.decode("latin-1")) for n, v in headers.raw]


def _once(
    visit: _Visit, part: Part, url: str, etag: str | None
) -> Fetched | NotModified:
    response = visit.get(url, etag)
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return NotModified(part.role)
    if response.status_code != httpx.codes.OK:
        message = f"{url}: the publisher answered {response.status_code}; the last good copy goes on serving"
        raise SourceError(message)
    content = visit.body(response)
    copy = Copy(
        role=part.role,
        name=url.rsplit("/", 1)[-1].split("?", maxsplit=1)[0],
        content=content,
        digest=digest_of(content),
        retrieved=visit.now[: len("2026-11-24")],
        url=url,
        capture=write_capture(visit.exchanges),
    )
    return Fetched(copy, response.headers.get("etag"))


def _bounded(response: httpx.Response, url: str) -> bytes:
    """Read the body as it comes over the wire, up to the limit."""
    content = bytearray()
    for chunk in response.iter_raw():
        content.extend(chunk)
        if len(content) > MAX_COPY_BYTES:
            raise _too_large(url)
    expected = response.headers.get("content-length")
    if expected and content and int(expected) != len(content):
        message = f"{url}: {len(content)} of {expected} bytes came; fetch again"
        raise SourceError(message)
    return bytes(content)


def _too_large(url: str) -> SourceError:
    return SourceError(f"{url}: more than 1 GiB; not a list that we know")


def _dated(visit: _Visit, url: str) -> str:
    """Put the date of the current eCFR edition into an address; `current` is not one."""
    if _ECFR_DATE not in url:
        return url
    body = visit.body(visit.get(_ECFR_TITLES))
    number = int(url.split("title-")[1].split(".", maxsplit=1)[0])
    try:
        titles = json.loads(body)["titles"]
        dates = {title["number"]: title["up_to_date_as_of"] for title in titles}
        return url.replace(_ECFR_DATE, dates[number])
    except (ValueError, KeyError, TypeError) as error:
        message = f"{_ECFR_TITLES}: gives no date for title {number}; the last good copy goes on serving"
        raise SourceError(message) from error
