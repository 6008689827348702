"""Fetching: one file from a publisher's address, politely, within bounds."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

from standsbehind.connectors.context import Copy
from standsbehind.connectors.dataset import Part
from standsbehind.connectors.reading import MAX_COPY_BYTES
from standsbehind.errors import SourceError
from standsbehind.model.citation import digest_of

__all__ = ["Fetched", "NotModified", "fetch"]

TIMEOUT_SECONDS = 60.0
TRIES = 3
AGENT = "standsbehind (+https://github.com/standsbehind/standsbehind)"
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
    today: str,
    etag: str | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Fetched | NotModified:
    """Fetch one part of a dataset, with retries, a size limit and the ETag we hold.

    Raises SourceError, naming address and reason, when the publisher cannot be reached or
    refuses; what was stored before goes on serving.
    """
    if part.url is None:
        message = f"the {part.role} part has no address; give it with --file"
        raise SourceError(message)
    headers = {"If-None-Match": etag} if etag else {}
    for turn in range(TRIES):
        try:
            url = _dated(client, part.url)
            return _once(client, part, url, headers, today)
        except httpx.RequestError as error:
            if turn == TRIES - 1:
                message = (
                    f"{part.url}: cannot be reached ({error}); the last good copy goes "
                    "on serving"
                )
                raise SourceError(message) from error
            wait(2.0**turn)
    raise AssertionError(part.url)


def _once(
    client: httpx.Client, part: Part, url: str, headers: Mapping[str, str], today: str
) -> Fetched | NotModified:
    with client.stream("GET", url, headers=dict(headers)) as response:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return NotModified(part.role)
        if response.status_code != httpx.codes.OK:
            message = f"{url}: the publisher answered {response.status_code}; the last good copy goes on serving"
            raise SourceError(message)
        content = _bounded(response, url)
        name = url.rsplit("/", 1)[-1].split("?", maxsplit=1)[0]
        copy = Copy(part.role, name, content, digest_of(content), today, url)
        return Fetched(copy, response.headers.get("etag"))


def _bounded(response: httpx.Response, url: str) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content.extend(chunk)
        if len(content) > MAX_COPY_BYTES:
            message = f"{url}: more than 1 GiB; not a list that we know"
            raise SourceError(message)
    expected = response.headers.get("content-length")
    encoded = response.headers.get("content-encoding")
    if expected and not encoded and int(expected) != len(content):
        message = f"{url}: {len(content)} of {expected} bytes came; fetch again"
        raise SourceError(message)
    return bytes(content)


def _dated(client: httpx.Client, url: str) -> str:
    """Put the date of the current eCFR edition into an address; `current` is not one."""
    if _ECFR_DATE not in url:
        return url
    answer = client.get(_ECFR_TITLES)
    number = int(url.split("title-")[1].split(".", maxsplit=1)[0])
    try:
        dates = {t["number"]: t["up_to_date_as_of"] for t in answer.json()["titles"]}
        return url.replace(_ECFR_DATE, dates[number])
    except (ValueError, KeyError, TypeError) as error:
        message = f"{_ECFR_TITLES}: gives no date for title {number}; the last good copy goes on serving"
        raise SourceError(message) from error
