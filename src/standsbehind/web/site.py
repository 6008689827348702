"""The site: the pages on the application of the API, with the errors that people meet."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import orjson
from fastapi import FastAPI, Request
from starlette.responses import Response

from standsbehind.api.answering import OURS
from standsbehind.model.account import Caller, Needs
from standsbehind.web import policy, statics
from standsbehind.web.addresses import Address
from standsbehind.web.asking import rendered
from standsbehind.web.pages import (
    cases,
    compare,
    entity,
    entry,
    home,
    places,
    screening,
    search,
    sources,
    standards,
    trace,
)
from standsbehind.web.readying import readied
from standsbehind.web.welcome import API, way_back

__all__ = ["with_pages"]

_PAGES = (
    home,
    search,
    entity,
    screening,
    trace,
    places,
    sources,
    standards,
    cases,
    compare,
)

_INSIDE = 500
"""From here on, a status says that the server failed."""

FORBIDDEN = 403
_TOLD_TOO = frozenset({"allow", "retry-after", "www-authenticate"})
"""Headers of a refusal that a page has too."""

Handler = Callable[[Request, Any], Response | Awaitable[Response]]


def with_pages(app: FastAPI) -> FastAPI:
    """Put the pages on an application of the API."""
    app.state.policy.add(policy.LINES)
    app.state.pages = frozenset(
        {API, *(route.path for module in _PAGES for route in module.router.routes)}
    )
    app.state.set_entry = entry.set_entry
    app.state.uploads.add(screening.UPLOAD)
    # Whoever follows a link out of OpenRefine is a person.
    app.state.view = "entity"
    app.include_router(statics.router)
    for module in _PAGES:
        app.include_router(module.router)
    for kind, handler in list(app.exception_handlers.items()):
        app.exception_handlers[kind] = partial(_in_words, as_told=handler)
    readied(app)
    return app


async def _in_words(request: Request, error: Exception, as_told: Handler) -> Response:
    """Set the refusal of the API as a page, where it is a person's browser that asks."""
    answer = as_told(request, error)
    reply = await answer if isinstance(answer, Awaitable) else answer
    is_person = "text/html" in request.headers.get("accept", "")
    if not is_person or request.url.path.startswith(OURS) or reply.status_code < 400:
        return reply
    if _is_by_line(request, reply):
        told = {"needs": request.state.needs}
        return rendered(
            request, "refusal.html.j2", told, reply.status_code, _at(request)
        )
    detail = orjson.loads(bytes(reply.body)).get("detail", "")
    if isinstance(detail, list):
        detail = "; ".join(one["msg"] for one in detail)
    status = reply.status_code
    said = "" if status >= _INSIDE else detail
    told = {"status": status, "detail": said, "back": way_back(request)}
    page = rendered(request, "error.html.j2", told, status, _at(request))
    for name in _TOLD_TOO.intersection(reply.headers):
        page.headers[name] = reply.headers[name]
    return page


def _at(request: Request) -> Address | None:
    """Return where a page that answers a form can be asked for again, as in another language."""
    if request.method in {"GET", "HEAD"}:
        return None
    return Address(way_back(request), tuple(request.query_params.multi_items()))


def _is_by_line(request: Request, reply: Response) -> bool:
    """Whether it is refused for what its line in the policy asks of its caller."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if reply.status_code != FORBIDDEN or caller is None:
        return False
    needs: Needs | None = getattr(request.state, "needs", None)
    return needs is not None and needs.refusal(caller) is not None
