"""Wire: the connection of a client, closed where the head of a request is too long or does not come."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["PatientProtocol"]

MOST_HEAD = 64 << 10
"""Bytes of a request before its body: the address and the headers."""
MOST_SECONDS = 20.0
"""Seconds in which they must be there."""
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class PatientProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, with an end to its patience.

    The parser holds what it has of a header until it has the rest, and an open connection
    costs one of few descriptors; both come before anybody can be asked who they are.
    """

    most_seconds = MOST_SECONDS
    _head = 0
    _is_in_head = True
    _giving_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came, and refuse a head that goes on too long."""
        super().data_received(data)
        if not self._is_in_head or self.transport.is_closing():
            return
        self._head += len(data)
        if self._head > MOST_HEAD:
            self.transport.write(_TOO_LONG)
            self.transport.close()

    def on_message_begin(self) -> None:
        """Begin to count a head, and to wait for its end."""
        super().on_message_begin()
        self._head, self._is_in_head = 0, True
        self._await_head()

    def on_headers_complete(self) -> None:
        """Take the request: its head is there."""
        self._is_in_head = False
        self._stop_waiting()
        super().on_headers_complete()

    def _await_head(self) -> None:
        self._stop_waiting()
        self._giving_up = self.loop.call_later(self.most_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
