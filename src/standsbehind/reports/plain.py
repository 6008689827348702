"""Plain text: what files and lists contain, made safe to print, nothing dropped in silence."""

import re
import unicodedata
from urllib.parse import urlsplit

__all__ = ["cut", "cut_line", "ems_of", "one_line", "plain", "web_address"]

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of surrogate pairs: no file format can carry them all."""
_REORDERING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Marks that make a reader see letters in an order other than the stored one."""


def plain(text: str) -> str:
    r"""Replace what cannot be printed, and name the marks that reorder letters.

    >>> plain("Acme\x00 \u202eLtd")
    'Acme� [U+202E]Ltd'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REORDERING.sub(_named, _UNPRINTABLE.sub("\ufffd", lines))


def _named(mark: re.Match[str]) -> str:
    return f"[U+{ord(mark.group()):04X}]"


def one_line(text: str) -> str:
    """Make text plain and put it on one line."""
    return " ".join(plain(text).split())


def cut(text: str, most: int) -> str:
    """Keep the beginning of a long text and say how long it was.

    >>> cut("abcdef", 3)
    'abc… (6 characters)'
    """
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters)"


def cut_line(text: str, ems: float) -> tuple[str, str]:
    """Divide text so that the first part fits a width in ems, at a space where there is one."""
    used, space = 0.0, 0
    for place, character in enumerate(text):
        used += _ems(character)
        if used > ems:
            end = space or max(place, 1)
            return text[:end].rstrip(), text[end:].lstrip()
        if character in " -/" or _is_wide(character):
            space = place + 1
    return text, ""


def ems_of(text: str) -> float:
    """Estimate the width of a line in ems, on the wide side."""
    return sum(map(_ems, text))


def _ems(character: str) -> float:
    """Estimate how wide a letter is, on the wide side of the usual screen faces."""
    if _is_wide(character):
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    return 0.72 if character.isupper() or character in "mw@%" else 0.55


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


def web_address(url: str) -> str | None:
    """Return an address that may become a link: http or https, with a host; else None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    # What a browser would repair silently is not the address that the source gave.
    is_whole = (
        not any(c.isspace() or c in "\\<>\"'`" for c in url) and plain(url) == url
    )
    return url if is_web and is_whole else None
