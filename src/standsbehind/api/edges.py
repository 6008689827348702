"""What lies around every request: its largest size, the headers of every answer, and its measure."""

import asyncio
import time
from collections.abc import Container

import orjson
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standsbehind.api.answering import OURS, PROBLEM
from standsbehind.api.desk import ANSWERED_FROM, Desk
from standsbehind.api.metrics import Metrics

__all__ = ["Limits", "Marks", "OpenToSites"]

_LINGER_SECONDS = 10
"""How long a body that was refused is still read, so that its sender hears of it."""


class Limits:
    """Refuses bodies that are too large before anything reads them."""

    def __init__(
        self, app: ASGIApp, most: int, most_upload: int, uploads: Container[str]
    ) -> None:
        self.app = app
        self.most = most
        self.most_upload = most_upload
        self.uploads = uploads
        """The addresses at which files are taken in."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its bytes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.most_upload if scope["path"] in self.uploads else self.most
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if told.isdigit() and int(told) > most:
            await _refuse(scope["path"], most, receive, send)
            return
        await self._counted(scope, receive, send, most)

    async def _counted(
        self, scope: Scope, receive: Receive, send: Send, most: int
    ) -> None:
        taken, is_over, has_begun = 0, False, False

        async def receive_counted() -> Message:
            nonlocal taken, is_over
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                is_over = True
                # The rest is not read; what is read so far ends here.
                return {"type": "http.request", "body": b"", "more_body": False}
            return message

        async def send_unless_over(message: Message) -> None:
            nonlocal has_begun
            if is_over:
                if not has_begun:
                    has_begun = True
                    await _refuse(scope["path"], most, receive, send)
                return
            has_begun = True
            await send(message)

        await self.app(scope, receive_counted, send_unless_over)


async def _refuse(path: str, most: int, receive: Receive, send: Send) -> None:
    """Refuse a body, and only then end: a sender that is cut off would never read why."""
    detail = f"the body is larger than {most} bytes"
    is_ours = path.startswith(OURS)
    title = "The request is too large"
    problem = {"type": "about:blank", "title": title, "status": 413, "detail": detail}
    body = orjson.dumps(problem if is_ours else {"detail": detail})
    kind = PROBLEM if is_ours else "application/json"
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    await _discard(receive)
    await send({"type": "http.response.body", "body": b""})


async def _discard(receive: Receive) -> None:
    try:
        async with asyncio.timeout(_LINGER_SECONDS):
            while (await receive()).get("more_body"):
                pass
    except TimeoutError:
        return


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
