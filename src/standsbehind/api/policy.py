"""The policy: what each route asks of its caller. A route without a line is refused to all."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.routing import compile_path
from starlette.types import Scope

from standsbehind.api.answering import OURS, Refused
from standsbehind.model.account import Needs

__all__ = [
    "CASE",
    "FILE",
    "LINES",
    "OPEN",
    "READ",
    "SCREEN",
    "Policy",
    "Route",
    "only_by_its_line",
]

Route = tuple[str, str]
"""Method, and path as it is declared."""

OPEN = Needs()
READ = Needs("reader", "read")
METRICS = Needs("reader", "metrics")
SCREEN = Needs("screener", "screen")
FILE = Needs("screener", "screen", is_audited=True)
CASE = Needs("researcher", "cases", is_audited=True)
RUN = Needs("admin", "admin", is_audited=True)

_RECONCILE = "/reconcile/{dataset}"
_DRAFT = f"{_RECONCILE}/1.0-draft"
_FILES = f"{OURS}/screenings"

LINES: Mapping[Route, Needs] = {
    ("GET", "/healthz"): OPEN,
    ("GET", "/readyz"): OPEN,
    ("GET", "/login"): OPEN,
    ("POST", "/login"): OPEN,
    ("POST", "/logout"): OPEN,
    ("GET", "/metrics"): METRICS,
    ("POST", "/updatez"): RUN,
    ("GET", "/openapi.json"): READ,
    ("GET", "/catalog"): READ,
    ("GET", "/manifest"): READ,
    ("GET", "/algorithms"): READ,
    ("GET", "/search/{dataset}"): READ,
    ("GET", "/entities/{entity_id}"): READ,
    ("GET", "/entities/{entity_id}/adjacent"): READ,
    ("GET", "/entities/{entity_id}/adjacent/{prop}"): READ,
    ("GET", f"{OURS}/snapshot"): READ,
    ("GET", f"{OURS}/entities/{{entity_id}}"): READ,
    ("GET", f"{OURS}/entities/{{entity_id}}/statements"): READ,
    ("GET", f"{OURS}/statements"): READ,
    ("GET", f"{OURS}/statements/{{statement_id}}"): READ,
    ("GET", f"{OURS}/receipts/{{receipt_id}}"): READ,
    ("GET", f"{OURS}/trace"): READ,
    ("GET", f"{OURS}/near"): READ,
    ("GET", f"{OURS}/owners"): READ,
    ("GET", f"{OURS}/owned-by"): READ,
    ("GET", f"{OURS}/effects"): READ,
    ("GET", f"{OURS}/assess"): READ,
    ("GET", f"{OURS}/match"): SCREEN,
    ("POST", "/match/{dataset}"): SCREEN,
    ("GET", _RECONCILE): SCREEN,
    ("POST", _RECONCILE): SCREEN,
    ("GET", f"{_RECONCILE}/suggest/entity"): READ,
    ("GET", f"{_RECONCILE}/suggest/property"): READ,
    ("GET", f"{_RECONCILE}/suggest/type"): READ,
    ("GET", f"{_RECONCILE}/extend/property"): READ,
    ("GET", f"{_RECONCILE}/preview/{{entity_id:path}}"): READ,
    ("GET", _DRAFT): READ,
    ("POST", f"{_DRAFT}/reconcile"): SCREEN,
    ("POST", f"{_DRAFT}/extend"): READ,
    ("GET", f"{_DRAFT}/preview"): READ,
    ("GET", f"{_DRAFT}/suggest/entity"): READ,
    ("GET", f"{_DRAFT}/suggest/property"): READ,
    ("GET", f"{_DRAFT}/suggest/type"): READ,
    ("GET", f"{_DRAFT}/extend/propose"): READ,
    ("POST", _FILES): FILE,
    ("GET", f"{_FILES}/{{job_id}}"): SCREEN,
    ("GET", f"{_FILES}/{{job_id}}/result"): SCREEN,
    ("DELETE", f"{_FILES}/{{job_id}}"): FILE,
}
"""Posts that only ask are no writes: what is sent to them is not kept."""

_LINE = "standsbehind.line"


class Policy:
    """The lines of an application; pages that are mounted on it bring their own by `add`."""

    def __init__(self, lines: Mapping[Route, Needs] = LINES) -> None:
        self.lines: dict[Route, Needs] = {}
        self._forms: dict[str, re.Pattern[str]] = {}
        self.add(lines)

    def add(self, lines: Mapping[Route, Needs]) -> None:
        """Take in further lines. Raises ValueError for a route that has one."""
        if twice := self.lines.keys() & lines.keys():
            message = f"{sorted(twice)}: have a line already"
            raise ValueError(message)
        self.lines |= lines
        self._forms |= {path: compile_path(path)[0] for _, path in lines}
        # A path that is written out goes before one with a blank in its place.
        order = sorted(self._forms, key=lambda path: (path.count("{"), path))
        self._forms = {path: self._forms[path] for path in order}

    def route_of(self, method: str, path: str) -> Route | None:
        """Find the route that a request asks for; None where no line speaks of it."""
        asked = "GET" if method == "HEAD" else method
        for form, pattern in self._forms.items():
            if (asked, form) in self.lines and pattern.match(path):
                return asked, form
        return None

    def note(self, scope: Scope, route: Route) -> None:
        """Remember by which line a request was let in."""
        scope[_LINE] = route[1]


async def only_by_its_line(request: Request) -> None:
    """Refuse a request that another route would answer than that by whose line it was let in."""
    line = request.scope.get(_LINE)
    if line is not None and request.scope["route"].path != line:
        raise Refused(403, "this address is not open; tell whoever runs the server")
