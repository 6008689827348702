"""Callers: who makes a request, by a key, a session, or the word of a proxy that is trusted."""

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from time import monotonic
from typing import TYPE_CHECKING

from starlette.requests import Request

from standsbehind.errors import UsageError
from standsbehind.model.account import Caller

if TYPE_CHECKING:
    from standsbehind.store.accounts import Accounts

__all__ = ["SESSION", "Callers", "Proxy", "csrf_of"]

SESSION = "behind_session"
"""The cookie of a session."""
_KNOWN_SECONDS = 5.0
"""How long a key is known without asking the database: so long it may open after it is revoked."""
_MOST_KNOWN = 10_000


@dataclass(frozen=True, slots=True)
class Proxy:
    """The proxies that are trusted, and the header by which they say who somebody is."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    user_header: str = ""
    """Empty where they do not say it."""

    @classmethod
    def of(cls, addresses: Sequence[str], user_header: str) -> "Proxy":
        """Read addresses and networks. Raises UsageError where one is none."""
        try:
            networks = tuple(map(ip_network, addresses))
        except ValueError as error:
            message = (
                f"--trust-proxy: {error}; write an address, or a network as 10.0.0.0/8"
            )
            raise UsageError(message) from error
        if user_header and not networks:
            message = "--user-header: anybody could send it; name the proxy's address by --trust-proxy too"
            raise UsageError(message)
        return cls(networks, user_header.lower())

    def trusts(self, address: str) -> bool:
        """Whether an address is that of a trusted proxy."""
        try:
            at = ip_address(address)
        except ValueError:
            return False
        return any(at in network for network in self.networks)


def csrf_of(secret: str) -> str:
    """Derive what the forms of a session must send along; no other site can know it."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


class Callers:
    """Says who makes a request."""

    def __init__(self, accounts: "Accounts", proxy: Proxy) -> None:
        self.accounts = accounts
        self.proxy = proxy
        self._known: dict[str, tuple[Caller, float]] = {}

    def address(self, request: Request) -> str:
        """Say from which address it comes: that which the last trusted proxy saw."""
        at = request.client.host if request.client else ""
        told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
        for before in reversed([one.strip() for one in told if one.strip()]):
            if not self.proxy.trusts(at):
                break
            at = before
        return at[:64]

    async def of(self, request: Request) -> Caller | None:
        """Say who makes a request; None where nothing good says so."""
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        if kind.lower() in {"apikey", "bearer"}:
            return await self._known_by("key", key.strip(), self.accounts.caller_of_key)
        return await self.person(request)

    async def person(self, request: Request) -> Caller | None:
        """Say which person makes a request, by a session or the word of a proxy.

        Keys are passed over: where none is asked for, nobody is told whether theirs is good.
        """
        if secret := request.cookies.get(SESSION, ""):
            ask = self.accounts.caller_of_session
            if caller := await self._known_by(SESSION, secret, ask):
                return caller
        if name := self.vouched(request):
            return await asyncio.to_thread(self.accounts.caller_named, name, "proxy")
        return None

    def tried(self, request: Request) -> bool:
        """Whether a request says who makes it, be it true or not."""
        return bool(
            "authorization" in request.headers
            or SESSION in request.cookies
            or self.vouched(request)
        )

    def forget(self, session: str) -> None:
        """Ask the database when this session is seen again."""
        self._known.pop(_digest(SESSION, session), None)

    def vouched(self, request: Request) -> str:
        """Return the name that a trusted proxy gives; empty where it gives none."""
        at = request.client.host if request.client else ""
        if not self.proxy.user_header or not self.proxy.trusts(at):
            return ""
        return request.headers.get(self.proxy.user_header, "")

    async def _known_by(
        self, kind: str, secret: str, ask: Callable[[str, datetime], Caller | None]
    ) -> Caller | None:
        digest = _digest(kind, secret)
        caller, until = self._known.get(digest, (None, 0.0))
        if caller is not None and monotonic() < until:
            return caller
        self._known.pop(digest, None)
        caller = await asyncio.to_thread(ask, secret, datetime.now(tz=UTC))
        if caller is not None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[digest] = (caller, monotonic() + _KNOWN_SECONDS)
        return caller


def _digest(kind: str, secret: str) -> str:
    return hashlib.sha256(f"{kind} {secret}".encode(errors="replace")).hexdigest()
