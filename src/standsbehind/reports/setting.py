"""Templates: the environment in which pages are set, so that no value escapes unprinted."""

import re
from functools import cache
from importlib import resources

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from standsbehind.reports import words
from standsbehind.reports.alike import alike
from standsbehind.reports.diagram import draw
from standsbehind.reports.effect_groups import effect_groups
from standsbehind.reports.picture import draw_path
from standsbehind.reports.plain import cut, plain, web_address

__all__ = ["EAST_ASIAN", "TEMPLATES", "environment", "named", "style", "template"]

TEMPLATES = PackageLoader("standsbehind", "reports/templates")
"""The templates of reports."""

_MOST_LETTERS = 300
"""Letters of one name from a file that a page prints."""

EAST_ASIAN = (
    r"\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
"""Ranges of the letters of Chinese, Japanese and Korean, for a pattern."""
_RUNS = re.compile(f"([{EAST_ASIAN}]+)")
_LANGUAGES = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", re.compile(f"[{EAST_ASIAN}]")),
)
"""Languages told by their letters, so that a screen reader speaks them and a font fits."""


def template(name: str) -> Template:
    """Load a template of the package by its file name."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    return environment(TEMPLATES)


def environment(loader: BaseLoader) -> Environment:
    """Make an environment that prints safely whatever stands in a value."""
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Every value passes here before it is escaped, so that no template can forget it.
        finalize=_printable,
    )
    made.filters |= {"named": named, "web": web_address}
    made.globals |= {
        "css": style("style.css"),
        "draw": draw,
        "draw_path": draw_path,
        "alike": alike,
        "effect_groups": effect_groups,
        "words": words,
    }
    return made


def style(name: str) -> Markup:
    """Load a style sheet of the package by its file name."""
    folder = resources.files("standsbehind.reports") / "templates"
    # Our own file, no data in it: escaping would break its selectors.
    return Markup((folder / name).read_text("utf-8"))  # noqa: S704


def _printable(value: object) -> object:
    is_ours = isinstance(value, Markup)
    return plain(value) if isinstance(value, str) and not is_ours else value


def named(text: str, most: int = _MOST_LETTERS) -> Markup:
    """Set a text from outside apart, in its own direction and languages.

    What was set apart already, as a name that is a link, stays as it is.
    """
    if isinstance(text, Markup):
        return text
    runs = (_spoken(run) for run in _RUNS.split(cut(plain(text), most)))
    return Markup('<bdi dir="auto">{}</bdi>').format(Markup("").join(runs))


def _spoken(run: str) -> Markup:
    language = next((code for code, letters in _LANGUAGES if letters.search(run)), "")
    if not language:
        return escape(run)
    return Markup('<span lang="{}">{}</span>').format(language, run)
