"""Places: what of a snapshot lies somewhere, as GeoJSON, and what is linked to it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson

from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge
from standsbehind.model.entity import Entity
from standsbehind.reports.dated import stands_on
from standsbehind.reports.exports.graphs import in_a_line
from standsbehind.reports.exports.walked import batches

__all__ = ["PLACES", "edges_of", "geojson", "point_of"]

PLACES = frozenset({"Address", "Deployment", "Place", "RealEstate"})
"""Schemata that lie somewhere, whether or not it is stated where."""


def geojson(reader: Reader, day: date | None = None) -> Iterator[str]:
    """Write places as a GeoJSON FeatureCollection (RFC 7946), with the links of each.

    Where no source states coordinates the geometry is null, as the standard has it of what is
    not located: none is guessed from a name.
    """
    yield '{"type":"FeatureCollection","features":['
    before = ""
    for batch in batches(reader):
        for key in batch:
            if reader.entities[key]["schema"] not in PLACES:
                continue
            if stands_on(key, reader, day):
                yield before + orjson.dumps(_feature(reader, key, day)).decode()
                before = ",\n"
    yield "]}\n"


def _feature(reader: Reader, key: str, day: date | None) -> dict[str, Any]:
    row = reader.entities[key]
    return {
        "type": "Feature",
        "id": key,
        "geometry": point_of(reader.entity(key)),
        "properties": {
            "name": row["caption"],
            "schema": row["schema"],
            "countries": list(row["countries"] or ()),
            "links": [_link(reader, edge, key) for edge in edges_of(reader, key, day)],
        },
    }


def point_of(entity: Entity) -> dict[str, Any] | None:
    """Give the coordinates that a source states, longitude first; None where none that can be."""
    stated = (entity.first("longitude"), entity.first("latitude"))
    try:
        longitude, latitude = (float(value or "") for value in stated)
    except ValueError:
        return None
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}


def edges_of(reader: Reader, key: str, day: date | None) -> Iterator[Edge]:
    """Give the links of a place, all or those that may hold on a day."""
    _, numbers = reader.graph.links(reader.numbers[key])
    found = reader.edges_at(sorted(numbers.tolist()))
    return (edge for edge in found.values() if day is None or edge.holds_on(day))


def _link(reader: Reader, edge: Edge, key: str) -> dict[str, Any]:
    other = edge.target if edge.source == key else edge.source
    return {
        "id": edge.id,
        "entity": other,
        "name": reader.caption(other),
        "schema": edge.schema,
        "role": edge.role,
        "from": edge.interval.start,
        "to": edge.interval.end,
        "voice": edge.status,
        "origins": len(edge.origins),
        "sources": in_a_line(edge.citations),
    }
