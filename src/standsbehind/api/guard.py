"""The guard: nobody gets past it whom the policy does not let, and it writes down what must be."""

import asyncio
import hmac
import logging
from datetime import UTC, datetime
from urllib.parse import parse_qs, quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standsbehind.api.answering import Refused, on_refused, refusal
from standsbehind.api.callers import SESSION, Callers, csrf_of
from standsbehind.api.policy import Policy
from standsbehind.api.rates import Rates
from standsbehind.errors import BehindError
from standsbehind.model.account import Caller
from standsbehind.model.audited import Deed

__all__ = ["CSRF_FIELD", "Guard", "come_from_elsewhere"]

log = logging.getLogger("standsbehind.api")

CSRF_FIELD = "csrf"
_CSRF_HEADER = "x-csrf-token"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_MOST_FORM = 64 << 10
"""Bytes of a form in which the token is looked for."""
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no route of ours speaks another protocol
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope, receive)
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
            await refusal(request, 503, why)(scope, receive, send)
            return

        async def send_privately(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers = [*headers, (b"cache-control", b"private, no-cache")]
                message["headers"] = headers
            await send(message)

        await self.app(scope, receive, send_privately)

    async def _let_in(self, request: Request) -> Receive:
        """Return how its body is read on. Raises Refused where the request may not pass."""
        address = self.callers.address(request)
        _must_not_wait(self.rates.address.take(address))
        request.state.address = address
        request.state.guard = self
        route = self.policy.route_of(request.method, request.scope["path"])
        if route is None:
            raise Refused(404, "Not Found")
        self.policy.note(request.scope, route)
        needs = self.policy.lines[route]
        if needs.role is None:
            return request.receive
        caller = await self._caller(request, address)
        _must_not_wait(self.rates.caller.take(f"{caller.means} {caller.name}"))
        if why := needs.refusal(caller):
            await self.record(request, caller.name, caller.means, "refused: ")
            raise Refused(403, why)
        receive = await _not_forged(request, caller)
        request.state.caller = caller
        if needs.is_audited:
            await self.record(request, caller.name, caller.means)
        return receive

    async def _caller(self, request: Request, address: str) -> Caller:
        if not self.callers.tried(request):
            raise Refused(401, "this asks for a key or a session", _WHO)
        # Whoever guesses keys waits, before what they send is even looked at. A browser sends
        # a cookie that is over again and again; that is no guess.
        is_key = "authorization" in request.headers
        _must_not_wait(self.rates.failures.wait(address) if is_key else 0)
        caller = await self.callers.of(request)
        if caller is None:
            if is_key:
                self.rates.failures.take(address)
            why = "the key or session is not known, or is over; it may have been revoked or have expired"
            raise Refused(401, why, _WHO)
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
        is_person = "text/html" in request.headers.get("accept", "")
        if error.status == 401 and is_person and request.method == "GET":
            asked = quote(request.scope["path"])
            if query := request.scope["query_string"].decode("latin-1"):
                asked = f"{asked}?{query}"
            return RedirectResponse(f"/login?then={quote(asked, safe='')}", 303)
        return await on_refused(request, error)


def _must_not_wait(seconds: int) -> None:
    if seconds:
        why = f"too many requests; ask again in {seconds} s"
        raise Refused(429, why, {"retry-after": str(seconds)})


def _writable(text: str) -> str:
    return text.encode(errors="replace").decode().replace("\0", "?")


def come_from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that a page of another site sends the request."""
    site = headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"}:
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


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
        token, receive = await _token_of_form(request)
    right = csrf_of(request.cookies.get(SESSION, ""))
    if not hmac.compare_digest(token.encode(), right.encode()):
        raise Refused(403, "the form is out of date; open its page again and resend it")
    return receive


async def _token_of_form(request: Request) -> tuple[str, Receive]:
    """Read the token of a small form, and have the form read once more by the route."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return "", request.receive
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_FORM:
            raise Refused(413, f"the form is larger than {_MOST_FORM} bytes")
    is_read = False

    async def again() -> Message:
        nonlocal is_read
        if is_read:
            return await request.receive()
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    fields = parse_qs(body.decode(errors="replace"), max_num_fields=1000)
    return fields.get(CSRF_FIELD, [""])[-1], again
