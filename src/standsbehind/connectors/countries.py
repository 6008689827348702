"""Countries: which code a country's name stands for, as official lists print it."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from standsbehind.connectors.context import Draft, Unread
from standsbehind.model.citation import Citation
from standsbehind.model.packaged import read_yaml

__all__ = [
    "add_country",
    "country_at_end",
    "country_code",
    "country_name",
    "country_names",
    "from_alpha3",
    "is_no_country",
]


def country_code(name: str) -> str | None:
    """Return the lower-case alpha-2 code of a name or a code; None where it is not known.

    >>> country_code("Korea, North")
    'kp'
    >>> country_code("Region: Crimea") is None
    True
    >>> country_code("CN")
    'cn'
    """
    return _codes().get(_fold(name))


def country_name(code: str) -> str:
    """Return the name of a country in English; a code that is not known comes back as it is.

    >>> country_name("us"), country_name("zz")
    ('United States', 'zz')
    """
    return _table()["countries"].get(code, [code])[0]


def from_alpha3(code: str) -> str:
    """Return the alpha-2 code of an alpha-3 code; text that is none comes back as it is.

    >>> from_alpha3("FRA"), from_alpha3("Atlantis")
    ('fr', 'Atlantis')
    """
    return _table()["alpha3"].get(code, [code])[0]


def country_at_end(address: str) -> str | None:
    """Return the country whose name an address ends in; `CA` may be a state, so not codes."""
    last = address.rpartition(", ")[2]
    return country_code(last) if len(last) > 2 else None


def is_no_country(name: str) -> bool:
    """Whether the text stands where a country does and is none (`undetermined`)."""
    return _fold(name) in _no_countries()


def add_country(
    draft: Draft, prop: str, name: str, citations: tuple[Citation, ...]
) -> Iterator[Unread]:
    """Add a country to an entity, or report a name that the table does not have.

    The first citation says where the name stands. Blank text and text that is no country
    add nothing: the address keeps them.
    """
    if not name or is_no_country(name):
        return
    code = country_code(name)
    if code is None:
        yield Unread(citations[0].locator, f"country {name!r}")
        return
    draft.add(prop, code, original=name, citations=citations)


@cache
def _codes() -> Mapping[str, str]:
    listed = _table()["countries"]
    codes = {_fold(name): code for code, names in listed.items() for name in names}
    return MappingProxyType(codes | {_fold(code): code for code in listed})


@cache
def _no_countries() -> frozenset[str]:
    return frozenset(_fold(name) for name in _table()["no_country"])


@cache
def _table() -> Mapping[str, dict[str, list[str]]]:
    file = resources.files("standsbehind.connectors") / "countries.yml"
    table: Mapping[str, dict[str, list[str]]] = read_yaml(file.read_text("utf-8"))
    return table


@lru_cache(maxsize=10_000)
def _fold(name: str) -> str:
    plain = name.replace("’", "'").replace(".", "")
    return " ".join(plain.casefold().split())


def country_names() -> Mapping[str, str]:
    """Return every name and code of a country that the table holds, with its alpha-2 code."""
    listed = _table()["countries"]
    names = {name: code for code, named in listed.items() for name in named}
    three = {code: two[0] for code, two in _table()["alpha3"].items()}
    return MappingProxyType(names | three | {code: code for code in listed})
