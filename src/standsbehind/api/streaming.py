"""Streaming: answers without an end in sight, few at a time, and none for who reads no more."""

import asyncio
from collections.abc import AsyncIterator, Mapping

from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from standsbehind.api.answering import Refused

__all__ = ["Streamed", "Streams"]

MOST_AT_ONCE = 8
"""Streams of one process."""
PATIENCE_SECONDS = 60.0
"""How long a piece waits to be taken; then the line is cut."""


class Streams:
    """The streams that run in one process."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self.most = most
        self.running = 0

    def begin(
        self, pieces: AsyncIterator[bytes], headers: Mapping[str, str], media_type: str
    ) -> "Streamed":
        """Make a reply of pieces. Raises Refused where too many run."""
        if self.running >= self.most:
            why = f"{self.most} answers are streamed already; ask again later"
            raise Refused(503, why, {"retry-after": "10"})
        self.running += 1
        return Streamed(self, pieces, headers, media_type)

    def end(self) -> None:
        """Make room for another."""
        self.running -= 1


class Streamed(StreamingResponse):
    """A reply in pieces. A client that sees its end cut off knows that it lacks the rest."""

    def __init__(
        self,
        streams: Streams,
        pieces: AsyncIterator[bytes],
        headers: Mapping[str, str],
        media_type: str,
    ) -> None:
        super().__init__(pieces, headers=dict(headers), media_type=media_type)
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the pieces, each as soon as the one before was taken."""

        async def send_in_time(message: Message) -> None:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await send(message)

        try:
            await super().__call__(scope, receive, send_in_time)
        finally:
            self._streams.end()
