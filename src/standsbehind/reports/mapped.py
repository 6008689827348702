"""Mapped: where deployments and places lie, as far as their sources say, country by country."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from markupsafe import Markup

from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge
from standsbehind.model.labels import value_label
from standsbehind.reports.dated import stands_on
from standsbehind.reports.exports.places import PLACES, edges_of, point_of
from standsbehind.reports.world import VIEW, Country, countries, project

__all__ = ["KINDS", "MOST_PLACES", "Group", "Mapped", "Placed", "placed"]

KINDS: tuple[str, ...] = tuple(sorted(PLACES))
"""What can be looked for; all of it lies somewhere."""
MOST_PLACES = 500
"""Places that are told one by one."""
_SHADES = (1, 2, 5, 10)
"""From how many places on a country is a shade darker."""
_DOT = 4.5
_SAY_WHERE = frozenset({"located in", "deployed at"})
"""Roles of links by which a thing lies in a place."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A place, with what its sources say of where it is."""

    id: str
    name: str
    schema: str
    countries: tuple[str, ...]
    point: tuple[float, float] | None
    """Longitude and latitude, where a source states them."""
    inside: tuple[str, ...]
    """The places that it is stated to be in."""
    links: tuple[Edge, ...]
    """All its links but those that say where it is."""
    told_by: tuple[Edge, ...]
    """The links that say where it is."""

    @property
    def certainty(self) -> str:
        """Say how well it is known where it is."""
        if self.point is not None:
            return "A source states coordinates."
        if self.inside:
            return f"In {', '.join(self.inside)}; where in it is not stated."
        if self.schema == "Place":
            return "A place by its name; no coordinates are stated."
        if self.countries:
            return "Only the country is stated."
        return "No source states where."


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one country, or those of which no source states one."""

    code: str
    name: str
    places: tuple[Placed, ...]


@dataclass(frozen=True)
class Mapped:
    """Places in the order in which a page tells them: the country with the most first."""

    places: tuple[Placed, ...]
    total: int
    """How many there are, told or not."""

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The places by country; those without one come last."""
        codes = {code for place in self.places for code in place.countries}
        found = [
            Group(code, value_label("country", code), self._in(code)) for code in codes
        ]
        found.sort(key=lambda group: (-len(group.places), group.name))
        nowhere = tuple(place for place in self.places if not place.countries)
        return (*found, *((Group("", "", nowhere),) if nowhere else ()))

    def _in(self, code: str) -> tuple[Placed, ...]:
        return tuple(place for place in self.places if code in place.countries)

    @cached_property
    def undrawn(self) -> tuple[Group, ...]:
        """The groups whose country the map does not know."""
        known = {country.code for country in countries().values()}
        return tuple(g for g in self.groups if g.code and g.code not in known)

    def picture(self) -> Markup:
        """Draw the map: countries shaded by how many places lie in them, each with its count.

        What a country is shaded with is written beside it too. A link leads from each name to
        the part of the page of the id `in-` with the code.
        """
        counts = {group.code: len(group.places) for group in self.groups if group.code}
        land = [c for c in countries().values() if c.code not in counts or not c.code]
        parts = [
            Markup('<path class="land" aria-hidden="true" d="{}"/>').format(
                "".join(country.outline for country in land)
            ),
            *(_shaded(c, counts) for c in countries().values() if c.code in counts),
            *map(_dot, (p.point for p in self.places if p.point)),
            *(_named(group) for group in self.groups if group.code),
        ]
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" class="world" role="group" '
            'viewBox="{}">{}</svg>'
        ).format(VIEW, Markup("").join(parts))


def placed(
    reader: Reader,
    kinds: Sequence[str] = ("Deployment", "Place"),
    day: date | None = None,
) -> Mapped:
    """Find what lies somewhere, whether or not it is stated where."""
    ids = [key for key in _of_kinds(reader, kinds) if stands_on(key, reader, day)]
    told = tuple(_placed(reader, key, day) for key in ids[:MOST_PLACES])
    return Mapped(told, len(ids))


def _of_kinds(reader: Reader, kinds: Sequence[str]) -> Iterator[str]:
    wanted = np.array([schema in kinds for schema in reader.schemata], np.bool_)
    for node in np.flatnonzero(wanted[reader.schema_codes]).tolist():
        yield reader.ids[node]


def _placed(reader: Reader, key: str, day: date | None) -> Placed:
    row = reader.entities[key]
    edges = tuple(edges_of(reader, key, day))
    where = tuple(edge for edge in edges if _says_where(edge, key, reader))
    point = point_of(reader.entity(key))
    return Placed(
        id=key,
        name=row["caption"],
        schema=row["schema"],
        countries=tuple(row["countries"] or ()),
        point=(point["coordinates"][0], point["coordinates"][1]) if point else None,
        inside=tuple(reader.caption(edge.target) for edge in where),
        links=tuple(edge for edge in edges if edge not in where),
        told_by=where,
    )


def _says_where(edge: Edge, key: str, reader: Reader) -> bool:
    """Whether a link leads from a thing to the place that it lies in."""
    is_place = reader.entities[edge.target]["schema"] == "Place"
    return edge.source == key and is_place and edge.role in _SAY_WHERE


def _shaded(country: Country, counts: Mapping[str, int]) -> Markup:
    shade = sum(counts[country.code] >= least for least in _SHADES)
    return Markup('<path class="shade-{}" aria-hidden="true" d="{}"/>').format(
        shade, country.outline
    )


def _dot(point: tuple[float, float] | None) -> Markup:
    x, y = project(*point) if point else (0.0, 0.0)
    return Markup('<circle aria-hidden="true" cx="{:g}" cy="{:g}" r="{:g}"/>').format(
        x, y, _DOT
    )


def _named(group: Group) -> Markup:
    middle = next(
        (c.middle for c in countries().values() if c.code == group.code), None
    )
    if middle is None:
        return Markup("")
    return Markup(
        '<a href="#in-{code}"><text x="{x:g}" y="{y:g}" text-anchor="middle">'
        "{name} <tspan>{count}</tspan></text></a>"
    ).format(
        code=group.code,
        x=middle[0],
        y=middle[1],
        name=group.name,
        count=len(group.places),
    )
