"""Templates of the pages: those of the reports with more, and each message in a language."""

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, Template, pass_context
from jinja2.runtime import Context

from standsbehind.reports.setting import TEMPLATES, environment
from standsbehind.web.languages import Language, languages
from standsbehind.web.statics import address_of

__all__ = ["page_environment", "page_template"]


def page_template(name: str) -> Template:
    """Load a template by its file name; those of reports are there too."""
    return page_environment().get_template(name)


@cache
def page_environment() -> Environment:
    """Make the environment of the pages.

    `_("...")` says a message in the language of the page, `told` a text that may be one.
    """
    ours = PackageLoader("standsbehind", "web/templates")
    made = environment(ChoiceLoader([ours, TEMPLATES]))
    made.add_extension("jinja2.ext.i18n")
    install = made.install_gettext_callables  # type: ignore[attr-defined]
    install(_said, _counted, newstyle=True)
    made.filters["told"] = _told
    made.globals |= {"static": address_of, "languages": languages}
    return made


@pass_context
def _said(context: Context, message: str) -> str:
    return _language(context).of(message)


@pass_context
def _counted(context: Context, one: str, many: str, number: int) -> str:
    return _language(context).of(one if number == 1 else many)


@pass_context
def _told(context: Context, text: str) -> str:
    return _language(context).of(text)


def _language(context: Context) -> Language:
    found: Language = context["language"]
    return found
