"""Countries on lists that print two capital letters where others print a name."""

import re
from collections.abc import Iterator

from standsbehind.connectors.context import Draft, Unread
from standsbehind.connectors.countries import add_country, country_code
from standsbehind.model.citation import Citation

__all__ = ["add_printed_country", "printed_code"]

_ALPHA_2 = re.compile(r"[A-Z]{2}")


def printed_code(text: str) -> str | None:
    """Return the lower-case code of a printed code or name; None where it is neither.

    >>> printed_code("CN"), printed_code("Hong Kong"), printed_code("79905")
    ('cn', 'hk', None)
    """
    known = country_code(text)
    if known is None and _ALPHA_2.fullmatch(text):
        return text.lower()
    return known


def add_printed_country(
    draft: Draft, prop: str, text: str, citations: tuple[Citation, ...]
) -> Iterator[Unread]:
    """Add a country printed as a code or a name, or report text that is neither."""
    code = printed_code(text)
    if code is None:
        yield from add_country(draft, prop, text, citations)
    else:
        draft.add(prop, code, original=text, citations=citations)
