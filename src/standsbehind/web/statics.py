"""Static files: each under an address that holds its digest, so that a browser may keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import PurePosixPath

from fastapi import APIRouter
from starlette.responses import Response

from standsbehind.api.answering import Refused
from standsbehind.reports.setting import style

__all__ = ["address_of", "router"]

BELOW = "/static/"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_KEPT = {"cache-control": "public, max-age=31536000, immutable"}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    kind: str


def address_of(name: str) -> str:
    """Return where a file is served. Raises KeyError for one that there is none of."""
    return BELOW + _addresses()[name]


@router.get(BELOW + "{name}")
async def static(name: str) -> Response:
    """Give a file, to be kept for as long as a browser likes."""
    found = _files().get(name)
    if found is None:
        raise Refused(404, "No such file.")
    return Response(found.content, 200, _KEPT, found.kind)


def _contents() -> Mapping[str, bytes]:
    folder = resources.files("standsbehind.web") / "static"
    own = {
        file.name: file.read_bytes()
        for file in folder.iterdir()
        if PurePosixPath(file.name).suffix in _KINDS
    }
    # Pages look as reports do; theirs come first, and ours adds to them.
    sheets = style("style.css") + style("assessed.css")
    case = style("dossier.css")
    return {**own, "report.css": sheets.encode(), "case.css": case.encode()}


@cache
def _addresses() -> Mapping[str, str]:
    return {name: _hashed(name, content) for name, content in _contents().items()}


def _hashed(name: str, content: bytes) -> str:
    path = PurePosixPath(name)
    return f"{path.stem}.{sha256(content).hexdigest()[:16]}{path.suffix}"


@cache
def _files() -> Mapping[str, _File]:
    return {
        _hashed(name, content): _File(content, _KINDS[PurePosixPath(name).suffix])
        for name, content in _contents().items()
    }
