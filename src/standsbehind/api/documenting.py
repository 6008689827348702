"""Documenting: what the OpenAPI document tells of a server that asks who asks."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi import FastAPI

from standsbehind.api.answering import OURS, PROBLEM
from standsbehind.api.callers import SESSION
from standsbehind.api.policy import Policy
from standsbehind.model.account import Needs

__all__ = ["as_documented", "tell_who_may"]

_Document = dict[str, Any]

_SCHEMES = {
    "Bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of `behind users key`.",
    },
    "ApiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "The same key as yente's clients send it: `ApiKey KEY`.",
    },
    "Session": {
        "type": "apiKey",
        "in": "cookie",
        "name": SESSION,
        "description": "A session that was begun at `/login`. What it writes must also "
        "come from our own pages.",
    },
}

_WAIT = {
    "Retry-After": {
        "description": "Seconds after which it may be asked again.",
        "schema": {"type": "integer", "minimum": 1},
    }
}
_OF_ALL = {429: "Too much was asked in a minute by this address."}
_OF_GUARDED = {
    401: "No key and no session, or one that is not known or is over.",
    403: "The key or the user may not do this.",
    429: "Too much was asked in a minute by this key, person or address.",
    503: "It cannot be looked up who asks, or not be put on record.",
}


def tell_who_may(app: FastAPI) -> None:
    """Have the application's document say what each operation asks of its caller."""
    plain = app.openapi

    @cache
    def told() -> _Document:
        return _with_callers(plain(), app.state.policy)

    app.openapi = told  # type: ignore[method-assign]


def _with_callers(document: _Document, policy: Policy) -> _Document:
    lines = {
        (how, as_documented(form)): one for (how, form), one in policy.lines.items()
    }
    document["components"]["securitySchemes"] = _SCHEMES
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            needs = lines[method.upper(), path]
            operation["security"] = _security(needs)
            if needs.role:
                operation["x-least-role"] = needs.role
            _add_refusals(path, operation, _OF_GUARDED if needs.role else _OF_ALL)
    return document


def as_documented(form: str) -> str:
    """Write a path as the document does: it does not tell what a blank may hold."""
    return re.sub(r":\w+\}", "}", form)


def _security(needs: Needs) -> list[dict[str, list[str]]]:
    """Say by what a caller may be known; of a key, for what it must be."""
    if needs.role is None:
        return []
    scopes = [needs.scope] if needs.scope else []
    return [{"Bearer": [*scopes]}, {"ApiKey": [*scopes]}, {"Session": []}]


def _add_refusals(path: str, operation: _Document, told: Mapping[int, str]) -> None:
    is_ours = path.startswith(OURS)
    shape = "Problem" if is_ours else "ErrorResponse"
    content = {"schema": {"$ref": f"#/components/schemas/{shape}"}}
    for status, description in told.items():
        answer = {
            "description": description,
            "content": {PROBLEM if is_ours else "application/json": content},
        }
        held = operation["responses"].setdefault(str(status), answer)
        if status == 429:
            held["headers"] = _WAIT
