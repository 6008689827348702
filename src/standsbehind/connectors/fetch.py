"""Fetching: one file from a publisher's address, politely, within bounds.

What went over the wire is kept as a WARC file beside the copy, so that a stranger can see
how the copy came to us.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from standsbehind.connectors.context import Copy
from standsbehind.connectors.dataset import Part
from standsbehind.connectors.visit import Visit, public
from standsbehind.errors import SourceError
from standsbehind.model.citation import digest_of

__all__ = ["Fetched", "NotModified", "fetch"]

TRIES = 3
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
            visit = Visit(client, now)
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


def _once(
    visit: Visit, part: Part, url: str, etag: str | None
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
        url=public(url),
        capture=visit.capture,
    )
    return Fetched(copy, response.headers.get("etag"))


def _dated(visit: Visit, url: str) -> str:
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
