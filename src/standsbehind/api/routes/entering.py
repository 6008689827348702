"""`/login`, `/logout`: a session by name and password, for people with a browser."""

import asyncio
import hmac
import secrets
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from standsbehind.api.answering import Refused
from standsbehind.api.callers import SESSION, csrf_of
from standsbehind.api.guard import CSRF_FIELD, Guard, come_from_elsewhere
from standsbehind.api.shield import LOOPBACK, host_of
from standsbehind.model.account import SESSION_HOURS

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_FORM_COOKIE = "behind_form"
_PAGE = Markup("""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Log in - standsbehind</title>
<main>
<h1>{title}</h1>
<p role="status">{told}</p>
{form}
</main>
</html>
""")
_LOG_IN = Markup("""\
<form method="post" action="/login">
<input type="hidden" name="{field}" value="{token}">
<input type="hidden" name="then" value="{then}">
<p><label for="name">Name</label>
<input id="name" name="name" autocomplete="username" required></p>
<p><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button>Log in</button></p>
</form>""")
_LOG_OUT = Markup("""\
<form method="post" action="/logout">
<input type="hidden" name="{field}" value="{token}">
<p><button>Log out</button></p>
</form>""")


def _guard(request: Request) -> Guard:
    guard: Guard = request.state.guard
    return guard


@router.get("/login")
async def ask(
    request: Request, then: Annotated[str, Query(max_length=2000)] = "/"
) -> Response:
    """Show the form, or, to whom has a session, who they are."""
    caller = await _guard(request).callers.of(request)
    if caller is not None and caller.means == "session":
        told = f"You are logged in as {caller.name} ({caller.role})."
        token = csrf_of(request.cookies[SESSION])
        form = _LOG_OUT.format(field=CSRF_FIELD, token=token)
        return HTMLResponse(_PAGE.format(title="Account", told=told, form=form))
    return _form(request, then)


@router.post("/login")
async def enter(
    request: Request,
    name: Annotated[str, Form(max_length=64)],
    password: Annotated[str, Form(max_length=1000)],
    csrf: Annotated[str, Form(max_length=100)] = "",
    then: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Begin a session. One that the browser brings along is never taken over."""
    guard = _guard(request)
    held = request.cookies.get(_FORM_COOKIE, "")
    is_ours = bool(held) and hmac.compare_digest(held.encode(), csrf.encode())
    if come_from_elsewhere(request.headers) or not is_ours:
        raise Refused(403, "the form is out of date; open /login again")
    accounts, address = guard.callers.accounts, request.state.address
    wait = guard.rates.failures.wait(address) or guard.rates.names.wait(name)
    if wait:
        why = f"too many wrong passwords; try again in {wait} s"
        raise Refused(429, why, {"retry-after": str(wait)})
    if not await asyncio.to_thread(accounts.has_password, name, password):
        guard.rates.failures.take(address)
        guard.rates.names.take(name)
        # The name is not kept: people type their password into the field of the name.
        await guard.record(request, "", "", "refused: ")
        return _form(request, then, "The name or the password is not right.", 401)
    await _end(request)
    await guard.record(request, name, "session")
    secret = await asyncio.to_thread(accounts.begin_session, name, datetime.now(tz=UTC))
    answer = RedirectResponse(_here(then), 303)
    answer.set_cookie(
        SESSION,
        secret,
        max_age=SESSION_HOURS * 3600,
        httponly=True,
        samesite="lax",
        secure=_must_be_secure(request),
    )
    answer.delete_cookie(_FORM_COOKIE, path="/login")
    return answer


@router.post("/logout")
async def leave(
    request: Request, csrf: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """End the session."""
    held = request.cookies.get(SESSION, "")
    if come_from_elsewhere(request.headers) or not hmac.compare_digest(
        csrf_of(held).encode(), csrf.encode()
    ):
        raise Refused(403, "the form is out of date; open /login again")
    await _end(request)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(SESSION)
    return answer


async def _end(request: Request) -> None:
    if held := request.cookies.get(SESSION, ""):
        callers = _guard(request).callers
        callers.forget(held)
        await asyncio.to_thread(callers.accounts.end_session, held)


def _form(request: Request, then: str, told: str = "", status: int = 200) -> Response:
    token = secrets.token_urlsafe(16)
    form = _LOG_IN.format(field=CSRF_FIELD, token=token, then=_here(then))
    page = _PAGE.format(title="Log in", told=told, form=form)
    answer = HTMLResponse(page, status, {"cache-control": "no-store"})
    answer.set_cookie(
        _FORM_COOKIE,
        token,
        path="/login",
        httponly=True,
        samesite="strict",
        secure=_must_be_secure(request),
    )
    return answer


def _here(address: str) -> str:
    """Return an address of this server, whatever was asked: another is never gone to."""
    is_here = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_here and address.isprintable() else "/"


def _must_be_secure(request: Request) -> bool:
    return host_of(request.scope) not in LOOPBACK
