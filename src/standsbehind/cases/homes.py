"""Homes: the country that an organisation is of, as its records state it."""

from collections.abc import Iterable, Mapping, Sequence

from standsbehind.graph.brief import stated_in
from standsbehind.graph.reader import Reader

__all__ = ["homes_of"]

_STATED = ("mainCountry", "country", "jurisdiction")
"""Where a home is stated, the nearest to where a firm is run first."""


def homes_of(reader: Reader, ids: Iterable[str]) -> Mapping[str, str]:
    """Return the home of each entity: a code, several joined by `+`, blank where none is stated.

    A firm that is run from one country and registered in another is of the first.
    """
    nodes = {key: reader.numbers.get(key) for key in ids}
    known = [node for node in nodes.values() if node is not None]
    told = stated_in(reader, known, _STATED)
    return {
        key: "" if node is None else _home(told[node]) for key, node in nodes.items()
    }


def _home(told: Mapping[str, Sequence[str]]) -> str:
    stated = (told[prop] for prop in _STATED if prop in told)
    return "+".join(sorted({code.lower() for code in next(stated, ())}))
