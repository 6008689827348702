"""The world: outlines of countries on a flat page, and where on it a place lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import asin, cos, pi, radians, sin, sqrt

import orjson

__all__ = ["HEIGHT", "VIEW", "WIDTH", "Country", "countries", "project"]

WIDTH, HEIGHT = 960.0, 440.0
"""The page in its own units; Antarctica is left out."""
VIEW = "62 -4 862 424"
"""The part of the page that has land: left, top, width, height."""
_SCALE = WIDTH / 5.42
_TOP = radians(83.7)
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class Country:
    """A country as Natural Earth draws it: by who holds an area in fact."""

    code: str
    """ISO 3166 alpha-2 in lower case; blank where an area has none."""
    name: str
    outline: str
    """The path of its outline; blank where it is too small for this scale."""
    middle: tuple[float, float]
    """The middle of its largest part, where its name can stand."""


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a place lies on the page.

    The projection is Equal Earth (Savric, Patterson and Jenny 2018): areas keep their sizes.
    """
    x, y = _equal_earth(radians(longitude), radians(latitude))
    _, top = _equal_earth(0.0, _TOP)
    return round(WIDTH / 2 + x * _SCALE, 1), round((top - y) * _SCALE, 1)


def _equal_earth(along: float, up: float) -> tuple[float, float]:
    turned = asin(_M * sin(up))
    square = turned * turned
    sixth = square**3
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    x = along * cos(turned) / (_M * slope)
    y = turned * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return min(max(x, -pi), pi), y


@cache
def countries() -> Mapping[str, Country]:
    """Read the outlines, by name."""
    folder = resources.files("standsbehind.reports") / "templates"
    told = orjson.loads((folder / "world.json").read_bytes())
    return {
        one["name"]: Country(
            one["code"],
            one["name"],
            one["outline"],
            (one["middle"][0], one["middle"][1]),
        )
        for one in told
    }
