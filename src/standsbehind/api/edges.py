"""What lies around every request: its largest size, the headers of every answer, and its measure."""

import asyncio
import time
from collections.abc import Container
from contextlib import suppress
from typing import NamedTuple

from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standsbehind.api.answering import refusal as refused
from standsbehind.api.desk import ANSWERED_FROM, Desk
from standsbehind.api.metrics import Metrics

__all__ = ["Limits", "Marks", "OpenToSites"]

LINGER = 10.0
"""Seconds in which a body that was refused is still read, so that its sender hears of it,"""
SILENCE = 2.0
"""and those without a byte after which its sender is waited for no more."""
MOST_UPLOADS = 4
"""Files that one process takes in at the same time: they lie on disk, and parts in memory."""
MOST_STILL = 30.0
"""Seconds without a byte of a body that is not whole."""
MOST_SECONDS = 1_800.0
"""Seconds until a body is whole."""


class Limits:
    """Refuses bodies that are too large or too slow before anything reads them to the end."""

    def __init__(
        self,
        app: ASGIApp,
        most: int,
        most_upload: int,
        uploads: Container[str],
        most_still: float = MOST_STILL,
    ) -> None:
        self.app = app
        self.most = most
        self.most_upload = most_upload
        self.uploads = uploads
        """The addresses at which files are taken in."""
        self.most_still = most_still
        self._taking_in = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its bytes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] == "POST" and scope["path"] in self.uploads:
            await self._file(scope, receive, send)
        else:
            await self._bounded(scope, receive, send, self.most)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._taking_in >= MOST_UPLOADS:
            await _refuse(scope, receive, send, _TOO_MANY)
            return
        self._taking_in += 1
        try:
            await self._bounded(scope, receive, send, self.most_upload)
        finally:
            self._taking_in -= 1

    async def _bounded(
        self, scope: Scope, receive: Receive, send: Send, most: int
    ) -> None:
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if told.isdigit() and int(told) > most:
            await _refuse(scope, receive, send, _too_large(most))
            return
        body = _Body(receive, most, self.most_still)
        has_begun = False

        async def send_unless_refused(message: Message) -> None:
            nonlocal has_begun
            if body.refusal is None:
                has_begun = True
                await send(message)
            elif not has_begun:
                has_begun = True
                await _refuse(scope, receive, send, body.refusal)

        await self.app(scope, body.receive, send_unless_refused)


class _Body:
    """The body of a request, which ends early where it is refused."""

    def __init__(self, receive: Receive, most: int, most_still: float) -> None:
        self.refusal: _Refusal | None = None
        self._receive = receive
        self._most = most
        self._most_still = most_still
        self._taken = 0
        self._is_whole = False
        self._until = time.monotonic() + MOST_SECONDS

    async def receive(self) -> Message:
        """Receive the next piece. What comes after a refusal is not read."""
        if self._is_whole:
            return await self._receive()
        left = min(self._most_still, self._until - time.monotonic())
        try:
            async with asyncio.timeout(max(left, 0)):
                message = await self._receive()
        except TimeoutError:
            return self._ended(_TOO_SLOW)
        self._taken += len(message.get("body", b""))
        if self._taken > self._most:
            return self._ended(_too_large(self._most))
        self._is_whole = not message.get("more_body", False)
        return message

    def _ended(self, refusal: "_Refusal") -> Message:
        self.refusal, self._is_whole = refusal, True
        return {"type": "http.request", "body": b"", "more_body": False}


class _Refusal(NamedTuple):
    status: int
    why: str
    more: tuple[tuple[bytes, bytes], ...] = ()
    """Headers besides."""


_TOO_SLOW = _Refusal(408, "the body does not come; send it again")
_TOO_MANY = _Refusal(
    429,
    "other files are being taken in; send it again later",
    ((b"retry-after", b"60"),),
)


def _too_large(most: int) -> _Refusal:
    return _Refusal(413, f"the body is larger than {most} bytes")


async def _refuse(
    scope: Scope, receive: Receive, send: Send, refusal: _Refusal
) -> None:
    """Refuse a body, and only then end: a sender that is cut off would never read why."""
    status = refusal.status
    answer = refused(Request(scope), status, refusal.why)
    headers = [*answer.raw_headers, (b"connection", b"close"), *refusal.more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    if refusal is not _TOO_SLOW:
        await _discard(receive)
    await send({"type": "http.response.body", "body": b""})


async def _discard(receive: Receive) -> None:
    """Read on what nobody wants, as long as it comes and is not much too long."""
    until = time.monotonic() + LINGER
    goes_on = True
    with suppress(TimeoutError):
        while goes_on and time.monotonic() < until:
            async with asyncio.timeout(SILENCE):
                goes_on = (await receive()).get("more_body", False)


class OpenToSites:
    """Lets pages of other sites ask below one path, as reconciliation clients in browsers must.

    Nothing else may be read so: a server on a desk is in reach of every page its user opens.
    """

    def __init__(self, app: ASGIApp, below: str) -> None:
        self.app = app
        self.below = below
        self.opened = CORSMiddleware(
            app, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        is_open = scope["type"] == "http" and scope["path"].startswith(self.below)
        await (self.opened if is_open else self.app)(scope, receive, send)


class Marks:
    """Puts the snapshot and its age on every answer, and measures how long each took.

    An answer that says so itself, as one from an earlier snapshot, is left as it is.
    """

    def __init__(self, app: ASGIApp, desk: Desk, metrics: Metrics) -> None:
        self.app = app
        self.desk = desk
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # A request that was sent behind another on one connection begins with what that left.
        ANSWERED_FROM.set(None)
        began = time.perf_counter()
        status = 500

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                said = {name for name, _ in message["headers"]}
                marks = (mark for mark in self._marks() if mark[0] not in said)
                message["headers"] = [*message["headers"], *marks]
            await send(message)

        try:
            await self.app(scope, receive, send_marked)
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            took = time.perf_counter() - began
            self.metrics.count(route, scope["method"], status, took)

    def _marks(self) -> list[tuple[bytes, bytes]]:
        fresh, answered = self.desk.freshness, ANSWERED_FROM.get()
        if fresh and answered and answered.snapshot != fresh.snapshot:
            fresh = answered  # a newer one took its place meanwhile
        told = fresh.headers if fresh else {}
        safe = {"x-content-type-options": "nosniff", **told}
        return [
            (name.encode(), value.encode("latin-1", "replace"))
            for name, value in safe.items()
        ]
