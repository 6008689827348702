"""The entry: the form to log in, and who is logged in, as pages of the site."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request
from starlette.responses import Response

from standsbehind.api.entry import CSRF_FIELD, Entry
from standsbehind.model.account import SESSION_HOURS
from standsbehind.web.addresses import LANGUAGE, Address, Field
from standsbehind.web.asking import rendered

__all__ = ["set_entry"]


def set_entry(request: Request, entry: Entry, status: int) -> Response:
    """Set an entry in the language that is asked for, or of the page that was asked for."""
    after = urlsplit(entry.then)
    fields = tuple(parse_qsl(after.query, keep_blank_values=True))
    code = request.query_params.get(LANGUAGE) or dict(fields).get(LANGUAGE)
    kept: tuple[Field, ...] = ((LANGUAGE, code),) if code else ()
    then, bare = entry.then, entry.then
    if code:
        page = Address(after.path, fields)
        then, bare = page.with_fields(lang=code), page.with_fields(lang=None)
    told = {
        "entry": replace(entry, then=then),
        "hours": SESSION_HOURS,
        "csrf_field": CSRF_FIELD,
    }
    here = Address("/login", (("then", bare), *kept))
    template = "login.html.j2" if entry.caller is None else "account.html.j2"
    return rendered(request, template, told, status, here)
