"""Countries as users write them: a code, or a name in one of many languages."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

import yaml

from standsbehind.connectors.countries import country_code, is_no_country

__all__ = ["countries_in"]

_LONGEST, _LONGEST_LIST = 100, 2_000
"""Characters of a name and of a cell; beyond, it is prose."""

_SEPARATOR = re.compile(r"[;,|/\n]")


def countries_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the alpha-2 codes of the countries in a cell, and the parts that are none.

    A cell may hold several; the whole is tried first, for "Korea, Republic of".

    >>> countries_in("CN; Germany; Ruritania")
    (('cn', 'de'), ('Ruritania',))
    """
    if (code := _code(text)) is not None:
        return (code,), ()
    if len(text) > _LONGEST_LIST:
        return (), (text,)
    parts = [stripped for part in _SEPARATOR.split(text) if (stripped := part.strip())]
    codes = {part: _code(part) for part in parts if not is_no_country(part)}
    told = dict.fromkeys(code for code in codes.values() if code is not None)
    return tuple(told), tuple(part for part, code in codes.items() if code is None)


def _code(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    return country_code(text) or _codes().get(_fold(text))


@cache
def _codes() -> Mapping[str, str]:
    file = resources.files(__package__) / "countries.yml"
    table: dict[str, list[str]] = yaml.safe_load(file.read_text("utf-8"))
    names = {_fold(name): code for code, found in table.items() for name in found}
    return MappingProxyType(names | {code: code for code in table})


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace(".", "")
    return " ".join(plain.casefold().split())
