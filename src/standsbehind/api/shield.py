"""The shield: which names the server answers to, and what browsers are told to refuse."""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standsbehind.api.answering import refusal

__all__ = ["LOOPBACK", "Shield", "host_of"]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

_SAFE = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
}
_FRAMED = {
    # Reconciliation clients set this page in a frame; its style stands in it, and no script.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "referrer-policy": "no-referrer",
}


def host_of(scope: Scope) -> str:
    """Return the name by which the server was asked, without the port."""
    host = Headers(scope=scope).get("host", "").lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


class Shield:
    """Refuses names that are not the server's, and adds the headers of safety to every answer.

    A page of another site can have its name lead to this machine (DNS rebinding), and would
    then be let read every answer: the name it asks by gives it away.
    """

    def __init__(
        self, app: ASGIApp, hosts: Collection[str], framed: tuple[str, str]
    ) -> None:
        self.app = app
        self.hosts = {host.lower() for host in hosts}
        self.framed = framed
        """How paths of pages begin that may be set in a frame, and what stands in them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        start, part = self.framed
        is_framed = scope["path"].startswith(start) and part in scope["path"]
        told = _FRAMED if is_framed else _SAFE

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                has = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.encode(), value.encode())
                        for name, value in told.items()
                        if name.encode() not in has
                    ),
                ]
            await send(message)

        if scope["type"] == "http" and host_of(scope) not in self.hosts:
            why = "the server does not answer to this name; it is told its names by --allow-host"
            await refusal(Request(scope), 400, why)(scope, receive, send_safely)
            return
        await self.app(scope, receive, send_safely)
