"""The entry: what whoever comes to log in is told, and a plain form where there are no pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from standsbehind.model.account import Caller

__all__ = ["CSRF_FIELD", "Entry", "SetEntry", "plainly"]

CSRF_FIELD = "csrf"
"""The field by which a form of ours says that it is ours."""

Why = Literal["", "wrong", "over", "left", "stale", "wait", "unknown"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the form says, or, to somebody who is logged in, who they are."""

    then: str
    """Where they wanted to go: an address of this server."""
    token: str
    """What the form sends along, to log in or out; empty where there is nothing to send."""
    caller: Caller | None = None
    """Who is logged in already."""
    why: Why = ""
    """Why the form is shown (again)."""
    name: str = ""
    """The name that was typed, or that a proxy gives."""
    wait: int = 0
    """Seconds until the next try is looked at."""


SetEntry = Callable[[Request, Entry, int], Response]
"""Sets an entry as a page, with a status."""

_WHYS: Mapping[Why, str] = {
    "": "",
    "wrong": "The name or the password is not right.",
    "over": "Your session is over.",
    "left": "You are logged out.",
    "stale": "The form was out of date. Fill it in once more.",
    "wait": "Too many wrong passwords; try again in {wait} s.",
    "unknown": "The proxy gives the name {name}; no user of it is known here.",
}
_PAGE = Markup("""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Log in - standsbehind</title>
<main>
<h1>{title}</h1>
<p role="alert">{told}</p>
{form}
</main>
</html>
""")
_LOG_IN = Markup("""\
<form method="post" action="/login">
<input type="hidden" name="{field}" value="{token}">
<input type="hidden" name="then" value="{then}">
<p><label for="name">Name</label>
<input id="name" name="name" value="{name}" autocomplete="username" required></p>
<p><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button>Log in</button></p>
</form>""")
_LOG_OUT = Markup("""\
<form method="post" action="/logout">
<input type="hidden" name="{field}" value="{token}">
<p><button>Log out</button></p>
</form>""")


def plainly(request: Request, entry: Entry, status: int) -> Response:
    """Set an entry as a form without style, for a server that has no pages."""
    del request
    fields = {"field": CSRF_FIELD, "token": entry.token}
    if entry.caller is None:
        told = _WHYS[entry.why].format(wait=entry.wait, name=entry.name)
        form = _LOG_IN.format(then=entry.then, name=entry.name, **fields)
        return HTMLResponse(_PAGE.format(title="Log in", told=told, form=form), status)
    told = f"You are logged in as {entry.caller.name} ({entry.caller.role})."
    form = _LOG_OUT.format(**fields) if entry.token else Markup("")
    return HTMLResponse(_PAGE.format(title="Account", told=told, form=form), status)
