"""Wanting: what the form of a screening says, as the API takes it."""

from datetime import date
from typing import get_args

from starlette.datastructures import FormData

from standsbehind.api.answering import Refused
from standsbehind.api.routes.screenings import Wanted
from standsbehind.matching.score import THRESHOLD
from standsbehind.screening.files.headings import KINDS
from standsbehind.standards.provisions import Role

__all__ = ["ROLES", "wanted_by"]

ROLES: tuple[Role, ...] = get_args(Role)


def wanted_by(form: FormData) -> Wanted:
    """Read how a file is asked about. Raises Refused for a field that cannot be."""
    return Wanted(
        role=[role for role in ROLES if role in form.getlist("role")],
        jurisdiction=_place(_text(form, "in")),
        as_of=_day(_text(form, "as_of")),
        threshold=_threshold(_text(form, "threshold")),
        lists=[one for one in form.getlist("lists") if isinstance(one, str) and one],
        column=[
            f"{kind}={heading}"
            for kind in KINDS
            if (heading := _text(form, f"column-{kind}"))
        ],
        encoding=None,
        sheet=None,
    )


def _text(form: FormData, name: str) -> str:
    found = form.get(name)
    return found.strip() if isinstance(found, str) else ""


def _place(text: str) -> str | None:
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise Refused(400, f"in: {text!r} is not the code of a country, as in us")
    return text or None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        message = f"as_of: {text!r} is not a day; write it as 2026-11-23"
        raise Refused(400, message) from error


def _threshold(text: str) -> float:
    try:
        found = float(text) if text else THRESHOLD
    except ValueError:
        found = 0.0
    if not 0.4 <= found <= 1:
        raise Refused(400, f"threshold: {text!r} is not a number from 0.4 to 1")
    return found
