"""The policy of the pages: what each asks of its caller, where a server asks who asks."""

from collections.abc import Mapping

from standsbehind.api.policy import CASE, FILE, OPEN, READ, SCREEN, Route
from standsbehind.model.account import Needs

__all__ = ["LINES"]

LINES: Mapping[Route, Needs] = {
    ("GET", "/static/{name}"): OPEN,
    ("GET", "/"): READ,
    ("GET", "/search"): READ,
    ("GET", "/entity/{entity_id:path}"): READ,
    ("GET", "/trace"): READ,
    ("GET", "/map"): READ,
    ("GET", "/sources"): READ,
    ("GET", "/compare"): READ,
    ("GET", "/standards"): READ,
    ("GET", "/standards/neutrality"): READ,
    ("GET", "/standards/parity"): READ,
    ("GET", "/cases"): CASE,
    ("GET", "/cases/{case_id}"): CASE,
    ("GET", "/screening"): SCREEN,
    ("POST", "/screening"): FILE,
    ("GET", "/screening/{job_id}"): SCREEN,
    ("POST", "/screening/{job_id}"): FILE,
    ("POST", "/screening/{job_id}/delete"): FILE,
    ("GET", "/screening/{job_id}/row/{row}"): SCREEN,
    ("GET", "/screening/{job_id}/report.{form}"): SCREEN,
}
