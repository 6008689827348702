"""The guard: nobody gets past it whom the policy does not let, and it writes down what must be."""

import asyncio
import hmac
import logging
from datetime import UTC, datetime
from urllib.parse import quote
from weakref import WeakValueDictionary

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standsbehind.api.answering import Refused
from standsbehind.api.callers import SESSION, Callers, csrf_of
from standsbehind.api.policy import Policy
from standsbehind.api.rates import Rates, block_of
from standsbehind.api.tokens import token_of_form
from standsbehind.errors import BehindError
from standsbehind.model.account import Caller
from standsbehind.model.audited import Deed

__all__ = ["LONGEST", "Guard", "come_from_elsewhere"]

log = logging.getLogger("standsbehind.api")

_CSRF_HEADER = "x-csrf-token"
LONGEST = 5_000
"""Letters of an address to which somebody is led after logging in."""
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_TELLING = ("cookie", "authorization")
"""The headers by which a caller is known; a proxy may have another."""
_WHO = {"www-authenticate": 'ApiKey realm="standsbehind"'}


class Guard:
    """Lets a request on when its caller may; else it answers itself, before a body is read."""

    def __init__(
        self, app: ASGIApp, policy: Policy, callers: Callers, rates: Rates
    ) -> None:
        self.app = app
        self.policy = policy
        self.callers = callers
        self.rates = rates
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no route of ours speaks another protocol
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope, receive)
        send = self._privately(request, send)
        try:
            receive = await self._let_in(request)
        except Refused as error:
            answer = await self._refused(request, error)
            await answer(scope, receive, send)
            return
        except BehindError as error:
            # Whoever asks is not known: what is wrong, and where, is for the log alone. A
            # traceback would repeat there what the database was asked.
            log.error("accounts: %s", error)  # noqa: TRY400
            why = "who asks cannot be looked up, or not be put on record; the log tells more"
            answer = await self._refused(request, Refused(503, why))
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _privately(self, request: Request, send: Send) -> Send:
        """Have what is told to somebody kept by nobody else, and not be shown to the next.

        A program with a key may keep an answer and ask whether it still holds; a browser, at
        which somebody else may sit later, keeps nothing.
        """
        by = ", ".join(filter(None, (*_TELLING, self.callers.proxy.user_header)))

        async def send_privately(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                caller: Caller | None = getattr(request.state, "caller", None)
                if caller is not None:
                    is_program = caller.means.startswith("key ")
                    kept = "no-cache" if is_program else "no-store"
                    headers["cache-control"] = f"private, {kept}"
                else:
                    headers.setdefault("cache-control", "private, no-cache")
                if "public" not in headers["cache-control"]:
                    headers.add_vary_header(by)
                message["headers"] = headers.raw
            await send(message)

        return send_privately

    async def _let_in(self, request: Request) -> Receive:
        """Return how its body is read on. Raises Refused where the request may not pass."""
        address = self.callers.address(request)
        block = block_of(address)
        _must_not_wait(self.rates.address.take(block))
        request.state.address, request.state.block = address, block
        request.state.guard = self
        route = self.policy.route_of(request.method, request.scope["path"])
        if route is None:
            await self._greet(request)
            raise Refused(404, "Not Found")
        self.policy.note(request.scope, route)
        needs = self.policy.lines[route]
        request.state.needs = needs
        if needs.role is None:
            return request.receive
        caller = await self._caller(request, block)
        request.state.caller = caller
        _must_not_wait(self.rates.caller.take(f"{caller.means} {caller.name}"))
        if why := needs.refusal(caller):
            await self.record(request, caller.name, caller.means, "refused: ")
            raise Refused(403, why)
        receive = await _not_forged(request, caller)
        if needs.is_audited:
            await self.record(request, caller.name, caller.means)
        return receive

    async def _caller(self, request: Request, block: str) -> Caller:
        if not self.callers.tried(request):
            raise Refused(401, "this asks for a key or a session", _WHO)
        # A browser sends a cookie that is over again and again; that is no guess.
        is_key = "authorization" in request.headers
        found = self._by_key(request, block) if is_key else self.callers.of(request)
        caller = await found
        if caller is None:
            why = "the key or session is not known, or is over; it may have been revoked or have expired"
            raise Refused(401, why, _WHO)
        return caller

    async def _greet(self, request: Request) -> None:
        """Know a person also at an address that is none, to show them the way back."""
        if _is_person(request):
            request.state.caller = await self.callers.person(request)

    async def _by_key(self, request: Request, block: str) -> Caller | None:
        """Look a key up; whoever guesses waits, before what they send is even looked at.

        Those of one block are looked up one after the other: of a thousand guesses that come
        together, each waits for what became of the one before.
        """
        lock = self._turns.setdefault(block, asyncio.Lock())
        async with lock:
            _must_not_wait(self.rates.failures.wait(block))
            caller = await self.callers.of(request)
            if caller is None:
                self.rates.failures.take(block)
        return caller

    async def record(
        self, request: Request, name: str, means: str, outcome: str = ""
    ) -> None:
        """Put on record what is asked, without the query and the body: they may hold secrets."""
        did = f"{outcome}{request.method} {request.scope['path'][:500]}"
        deed = Deed(name, means, request.state.address, _writable(did))
        audit = self.callers.accounts.audit
        await asyncio.to_thread(audit.add, deed, datetime.now(tz=UTC))

    async def _refused(self, request: Request, error: Refused) -> Response:
        if error.status == 401 and _is_person(request) and request.method == "GET":
            asked = quote(request.scope["path"])
            if query := request.scope["query_string"].decode("latin-1"):
                asked = f"{asked}?{query}"
            after = f"?then={quote(asked, safe='')}" if len(asked) <= LONGEST else ""
            return RedirectResponse(f"/login{after}", 303)
        # Pages that are mounted on the application set refusals in words.
        refuse = request.app.exception_handlers[Refused]
        answer: Response = await refuse(request, error)
        return answer


def _is_person(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _must_not_wait(seconds: int) -> None:
    if seconds:
        why = f"too many requests; ask again in {seconds} s"
        raise Refused(429, why, {"retry-after": str(seconds)})


def _writable(text: str) -> str:
    return text.encode(errors="replace").decode().replace("\0", "?")


def come_from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that a page of another site sends the request.

    Of the site it says so itself; the origin, that older ones send, may be hidden by the page.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host", "")


async def _not_forged(request: Request, caller: Caller) -> Receive:
    """Refuse what another site has a browser send in somebody's name.

    A key is sent by nobody unasked. A browser sends a cookie, and a proxy a name, with each
    request; so what writes must also come from our own pages, and with the session's token.
    """
    if caller.means.startswith("key ") or request.method in _SAFE_METHODS:
        return request.receive
    if come_from_elsewhere(request.headers):
        raise Refused(403, "another site sent this; open the page here and try again")
    is_ours = request.headers.get("sec-fetch-site") == "same-origin"
    if caller.means == "proxy" or is_ours:
        return request.receive  # no page can have a browser say that of another
    token, receive = request.headers.get(_CSRF_HEADER, ""), request.receive
    if not token:
        token, receive = await token_of_form(request)
    right = csrf_of(request.cookies.get(SESSION, ""))
    if not hmac.compare_digest(token.encode(), right.encode()):
        raise Refused(403, "the form is out of date; open its page again and resend it")
    return receive
