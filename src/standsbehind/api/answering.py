"""Answering: how a document becomes a reply, and how an error becomes one."""

import logging
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from standsbehind.errors import (
    EngineError,
    EvidenceError,
    UnknownEntityError,
    UsageError,
)
from standsbehind.store.disk import is_full

__all__ = [
    "OURS",
    "PROBLEM",
    "Refused",
    "as_json",
    "fields_of",
    "is_text",
    "on_behind_error",
    "on_http_error",
    "on_invalid",
    "on_os_error",
    "on_unforeseen",
    "refusal",
    "tagged",
]

OURS = "/api/v1"
"""Where our own routes are; the others speak as yente does."""
PROBLEM = "application/problem+json"

log = logging.getLogger("standsbehind.api")

MOST_FIELDS = 100
"""Fields that are named as wrong."""

_TITLES = {
    400: "The request cannot be answered as asked",
    401: "Say who you are",
    403: "Not allowed",
    404: "Not found",
    405: "This address does not take that method",
    408: "The request came too slowly",
    409: "Not yet, or not any more",
    413: "The request is too large",
    415: "A form or file of another kind is expected",
    422: "A field of the request is wrong",
    429: "Too much at once",
    500: "Internal error",
    503: "Not ready",
    507: "The disk is full",
}


class Refused(Exception):  # noqa: N818 - an answer, not a failure
    """A request that is answered with a status and the reason."""

    def __init__(
        self,
        status: int,
        detail: str,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.errors = list(errors)
        """Where JSON that came as text is not of its shape: the fields, as yente names them."""


def as_json(
    document: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Write a document as it is: its shape is told by the route, and held to it by tests."""
    content = orjson.dumps(document, default=str)
    return Response(content, status, dict(headers or {}), "application/json")


def tagged(request: Request, reply: Response) -> Response:
    """Mark a reply by what it says; who has it already is told so, without the body."""
    mark = f'"{sha256(bytes(reply.body)).hexdigest()[:32]}"'
    reply.headers["etag"] = mark
    reply.headers["cache-control"] = "no-cache"
    held = request.headers.get("if-none-match", "").split(",")
    if not {mark, "*"} & {one.strip().removeprefix("W/") for one in held}:
        return reply
    kept = {k: v for k, v in reply.headers.items() if not k.startswith("content-")}
    return Response(status_code=304, headers=kept)


def is_text(given: str) -> bool:
    """Whether what JSON let through can be written again: half of a pair of surrogates cannot."""
    try:
        given.encode()
    except UnicodeEncodeError:
        return False
    return True


def refusal(
    request: Request, status: int, detail: object, errors: Sequence[object] = ()
) -> Response:
    """Say why a request is refused: a problem of RFC 9457 on our routes, yente's form elsewhere."""
    if not request.url.path.startswith(OURS):
        told = {"errors": errors} if errors else {}
        return as_json({"detail": detail, **told}, status)
    fields = detail if isinstance(detail, list) else None
    said = "; ".join(one["msg"] for one in fields) if fields else str(detail)
    problem = {
        "type": "about:blank",
        "title": _TITLES.get(status, "Error"),
        "status": status,
        "detail": said,
        "instance": request.url.path,
        **({"errors": fields} if fields else {}),
    }
    return Response(orjson.dumps(problem), status, media_type=PROBLEM)


async def on_refused(request: Request, error: Exception) -> Response:
    """Answer what a route refused."""
    if not isinstance(error, Refused):
        raise error
    reply = refusal(request, error.status, error.detail, error.errors)
    reply.headers.update(error.headers)
    return reply


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refused: an unknown address, another method."""
    if is_full(error):  # a large body that found no room while it was read
        return _no_room(request, error)
    status = int(getattr(error, "status_code", 500))
    reply = refusal(request, status, getattr(error, "detail", "") or _TITLES[500])
    reply.headers.update(getattr(error, "headers", None) or {})
    return reply


async def on_invalid(request: Request, error: Exception) -> Response:
    """Name the fields that are wrong; what stood in them is not repeated."""
    if not isinstance(error, RequestValidationError):
        raise error
    return refusal(request, 422, fields_of(error.errors()))


def fields_of(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Say of fields where they stand and what is wrong; of many, of the first."""
    return [
        {
            "loc": [_as_text(part) for part in one["loc"]],
            "msg": one["msg"],
            "type": one["type"],
        }
        for one in errors[:MOST_FIELDS]
    ]


def _as_text(part: str | int) -> str | int:
    """Write a key of the caller's so that it can be sent back."""
    return (
        part if isinstance(part, int) else str(part).encode(errors="replace").decode()
    )


async def on_behind_error(request: Request, error: Exception) -> Response:
    """Answer an error of ours by who must act."""
    status = 500
    if isinstance(error, UnknownEntityError):
        status = 404
    elif isinstance(error, UsageError):
        status = 400
    elif is_full(error):
        return _no_room(request, error)
    elif isinstance(error, EvidenceError | EngineError):
        status = 503
    return refusal(request, status, str(error))


async def on_os_error(request: Request, error: Exception) -> Response:
    """Say that there is no room; any other refusal of the system was not foreseen."""
    if not is_full(error):
        raise error
    return _no_room(request, error)


def _no_room(request: Request, error: Exception) -> Response:
    log.error("no room is left on the disk: %s", error)
    why = "no room is left on the server's disk; what was stored before is whole"
    return refusal(request, 507, why)


async def on_unforeseen(request: Request, error: Exception) -> Response:
    """Answer a failure of ours without telling what is inside; the log has it."""
    del error
    return refusal(request, 500, "internal error; the server's log tells more")
