"""Welcome: who reads the pages, and which of them are open to that reader."""

from dataclasses import dataclass
from ipaddress import ip_address

from fastapi import Request

from standsbehind.api.callers import SESSION, csrf_of
from standsbehind.api.policy import Policy
from standsbehind.model.account import Caller, Needs

__all__ = ["API", "Reader", "is_at_this_machine", "reader_of", "way_back"]

API = "/openapi.json"
"""What programs read of the routes; pages link to it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page."""

    is_asked: bool
    """Whether the server asks who asks."""
    caller: Caller | None
    """Who it is, where that is known."""
    token: str
    """What the forms of their session send along; empty outside of one."""
    pages: frozenset[str]
    """The pages that are open to them, as they are declared."""


def reader_of(request: Request) -> Reader:
    """Say who reads, and what they may open."""
    is_asked = hasattr(request.state, "guard")
    caller: Caller | None = getattr(request.state, "caller", None)
    is_in_session = caller is not None and caller.means == "session"
    token = csrf_of(request.cookies[SESSION]) if is_in_session else ""
    policy: Policy = request.app.state.policy
    pages: frozenset[str] = request.app.state.pages
    if is_asked:
        pages = frozenset(
            path for path in pages if _may_read(caller, policy.lines.get(("GET", path)))
        )
    elif not is_at_this_machine(request):
        pages = frozenset(path for path in pages if not path.startswith("/cases"))
    return Reader(is_asked, caller, token, pages)


def _may_read(caller: Caller | None, needs: Needs | None) -> bool:
    if needs is None:  # nothing is to be read there
        return False
    return needs.role is None or (caller is not None and not needs.refusal(caller))


def is_at_this_machine(request: Request) -> bool:
    """Whether the reader sits at this machine, as far as can be told; through a proxy: no."""
    if {"forwarded", "x-forwarded-for"} & set(request.headers):
        return False
    try:
        return (
            request.client is not None and ip_address(request.client.host).is_loopback
        )
    except ValueError:
        return False


def way_back(request: Request) -> str:
    """Return the page from which something was sent, as far as its address tells."""
    policy: Policy = request.app.state.policy
    path: str = request.scope["path"]
    while path and policy.route_of("GET", path) is None:
        path = path.rpartition("/")[0]
    return path or "/"
