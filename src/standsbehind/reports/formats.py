"""Formats: a whole screening as text or bytes, in the form that was asked for."""

from collections.abc import Callable
from importlib import import_module

from standsbehind.cases.screening import ScreenAnswer

__all__ = ["FORMATS", "render"]

Rendered = str | bytes


def _by(module: str, function: str) -> Callable[[ScreenAnswer, str], Rendered]:
    """Load the module of one format when that format is asked for."""

    def rendered(answer: ScreenAnswer, made_at: str) -> Rendered:
        found = getattr(import_module(f"standsbehind.reports.{module}"), function)
        tells_moment = function == "render_page"
        result: Rendered = found(answer, made_at) if tells_moment else found(answer)
        return result

    return rendered


FORMATS: dict[str, Callable[[ScreenAnswer, str], Rendered]] = {
    "xlsx": _by("workbook", "to_workbook"),
    "html": _by("page", "render_page"),
    "md": _by("table", "to_markdown"),
    "pdf": _by("page", "to_pdf"),
    "sarif": _by("sarif", "to_sarif"),
}
"""What a screening is written as once it is whole, besides the table of a terminal."""


def render(answer: ScreenAnswer, form: str, made_at: str) -> Rendered:
    """Write a screening in one of the `FORMATS`; bytes where the format is not text."""
    return FORMATS[form](answer, made_at)
