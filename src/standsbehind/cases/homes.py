"""Homes: the country that an organisation is of, as its records state it."""

from collections.abc import Iterable, Mapping

from standsbehind.graph.reader import Reader
from standsbehind.model.entity import Entity, fold

__all__ = ["homes_of"]

_STATED = ("mainCountry", "country", "jurisdiction")
"""Where a home is stated, the nearest to where a firm is run first."""


def homes_of(reader: Reader, ids: Iterable[str]) -> Mapping[str, str]:
    """Return the home of each entity: a code, several joined by `+`, blank where none is stated.

    A firm that is run from one country and registered in another is of the first.
    """
    told = reader.claims(ids)
    return {
        key: _home(fold(claim.statement for claim in claims)) if claims else ""
        for key, claims in told.items()
    }


def _home(entity: Entity) -> str:
    stated = filter(None, map(entity.get, _STATED))
    return "+".join(sorted({code.lower() for code in next(stated, ())}))
