"""`/login`, `/logout`: a session by name and password, for people with a browser."""

import asyncio
import hmac
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from standsbehind.api.answering import Refused
from standsbehind.api.callers import SESSION, csrf_of
from standsbehind.api.entry import Entry, SetEntry
from standsbehind.api.guard import LONGEST, Guard, come_from_elsewhere
from standsbehind.api.shield import LOOPBACK, host_of
from standsbehind.errors import EngineError, EvidenceError
from standsbehind.model.account import SESSION_HOURS

__all__ = ["LEFT", "router"]

log = logging.getLogger("standsbehind.api")

router = APIRouter(include_in_schema=False)

LEFT = "left"
"""The field by which the form knows that somebody has just logged out."""
_FORM_COOKIE = "behind_form"
_UNKEPT = {"cache-control": "no-store"}


@contextmanager
def _told_to_nobody() -> Iterator[None]:
    """Keep from whoever asks, who is nobody known yet, where the database is and what it said."""
    try:
        yield
    except (EngineError, EvidenceError) as error:
        log.error("accounts: %s", error)  # noqa: TRY400 - as in the guard
        why = "accounts cannot be asked just now; the server's log tells more"
        raise Refused(503, why) from None


def _guard(request: Request) -> Guard:
    guard: Guard = request.state.guard
    return guard


@router.get("/login")
async def ask(request: Request, then: str = "/") -> Response:
    """Show the form, or, to whom is logged in, who they are."""
    callers = _guard(request).callers
    with _told_to_nobody():
        caller = await callers.person(request)
    if caller is not None:
        request.state.caller = caller
        token = csrf_of(request.cookies[SESSION]) if caller.means == "session" else ""
        return _set(request, Entry(_here(then), token, caller), 200)
    entry = Entry(_here(then), "")
    if request.cookies.get(SESSION):
        entry = replace(entry, why="over")
    elif vouched := callers.vouched(request):
        entry = replace(entry, why="unknown", name=vouched)
    elif LEFT in request.query_params:
        entry = replace(entry, why="left")
    return _form(request, entry)


@router.post("/login")
async def enter(
    request: Request,
    name: Annotated[str, Form(max_length=64)],
    password: Annotated[str, Form(max_length=1000)],
    csrf: Annotated[str, Form(max_length=100)] = "",
    then: Annotated[str, Form()] = "/",
) -> Response:
    """Begin a session. One that the browser brings along is never taken over."""
    guard = _guard(request)
    asked = Entry(_here(then), "", name=name)
    held = request.cookies.get(_FORM_COOKIE, "")
    is_ours = bool(held) and hmac.compare_digest(held.encode(), csrf.encode())
    if come_from_elsewhere(request.headers) or not is_ours:
        return _form(request, replace(asked, why="stale"), 403)
    block = request.state.block
    # Both are taken before the password is looked at: guesses may come together.
    wait = guard.rates.failures.take(block) or guard.rates.names.take(name)
    if wait:
        answer = _form(request, replace(asked, why="wait", wait=wait), 429)
        answer.headers["retry-after"] = str(wait)
        return answer
    with _told_to_nobody():
        secret = await _begun(request, name, password)
        if secret is None:
            # The name is not kept: people type their password into the field of the name.
            await guard.record(request, "", "", "refused: ")
            return _form(request, replace(asked, why="wrong"), 401)
    guard.rates.failures.give_back(block)
    guard.rates.names.give_back(name)
    answer = RedirectResponse(asked.then, 303, _UNKEPT)
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


async def _begun(request: Request, name: str, password: str) -> str | None:
    """Begin a session in place of the one that is there; None where the password is not right."""
    guard = _guard(request)
    accounts = guard.callers.accounts
    proof = await asyncio.to_thread(accounts.proof_of_password, name, password)
    if proof is None:
        return None
    await _end(request)
    await guard.record(request, name, "session")
    now = datetime.now(tz=UTC)
    return await asyncio.to_thread(accounts.begin_session, name, now, proof)


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
    with _told_to_nobody():
        await _end(request)
    fields = [(LEFT, "yes"), *request.query_params.multi_items()]
    answer = RedirectResponse(f"/login?{urlencode(fields)}", 303, _UNKEPT)
    answer.delete_cookie(SESSION)
    return answer


async def _end(request: Request) -> None:
    if held := request.cookies.get(SESSION, ""):
        callers = _guard(request).callers
        callers.forget(held)
        await asyncio.to_thread(callers.accounts.end_session, held)


def _form(request: Request, entry: Entry, status: int = 200) -> Response:
    token = secrets.token_urlsafe(16)
    answer = _set(request, replace(entry, token=token), status)
    answer.set_cookie(
        _FORM_COOKIE,
        token,
        path="/login",
        httponly=True,
        samesite="strict",
        secure=_must_be_secure(request),
    )
    return answer


def _set(request: Request, entry: Entry, status: int) -> Response:
    set_entry: SetEntry = request.app.state.set_entry
    answer = set_entry(request, entry, status)
    answer.headers.update(_UNKEPT)
    return answer


def _here(address: str) -> str:
    """Return an address of this server, whatever was asked: another is never gone to."""
    is_here = address.startswith("/") and not address.startswith(("//", "/\\"))
    is_good = is_here and address.isprintable() and len(address) <= LONGEST
    return address if is_good else "/"


def _must_be_secure(request: Request) -> bool:
    return host_of(request.scope) not in LOOPBACK
