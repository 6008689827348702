"""Formats: a screening as text or bytes, in the form that was asked for."""

from collections.abc import Callable
from importlib import import_module

import orjson

from standsbehind.cases.screening import ScreenAnswer
from standsbehind.reports import document

__all__ = ["FORMATS", "render"]

Rendered = str | bytes


def _json(answer: ScreenAnswer, made_at: str) -> Rendered:
    del made_at
    return (
        orjson.dumps(document.screen_json(answer), option=orjson.OPT_INDENT_2) + b"\n"
    )


def _jsonl(answer: ScreenAnswer, made_at: str) -> Rendered:
    del made_at
    return "".join(document.screen_lines(answer))


def _by(module: str, function: str) -> Callable[[ScreenAnswer, str], Rendered]:
    """Load the module of one format when that format is asked for."""

    def rendered(answer: ScreenAnswer, made_at: str) -> Rendered:
        found = getattr(import_module(f"standsbehind.reports.{module}"), function)
        result: Rendered = found(answer, made_at) if module == "page" else found(answer)
        return result

    return rendered


FORMATS: dict[str, Callable[[ScreenAnswer, str], Rendered]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _by("table", "to_csv"),
    "xlsx": _by("workbook", "to_workbook"),
    "html": _by("page", "render_page"),
    "md": _by("table", "to_markdown"),
}
"""What a screening can be written as, besides the table of a terminal."""


def render(answer: ScreenAnswer, form: str, made_at: str) -> Rendered:
    """Write a screening in one of the `FORMATS`; bytes where the format is not text."""
    return FORMATS[form](answer, made_at)
