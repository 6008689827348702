"""Write the packaged outlines of countries from world-atlas 2.0.2 (npm; Natural Earth, public domain).

Usage: write_world.py FOLDER, which holds countries-110m.json (outlines) and
countries-50m.json (which names the small countries too).
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from standsbehind.reports.world import HEIGHT, project
from standsbehind.screening.files.countries import countries_in

WRITTEN = Path(__file__).parents[1] / "src/standsbehind/reports/templates/world.json"
SHORT = {
    "Bosnia and Herz.": "ba", "Central African Rep.": "cf", "Dem. Rep. Congo": "cd", "Congo": "cg",
    "Dominican Rep.": "do", "Eq. Guinea": "gq", "Falkland Is.": "fk", "Fr. S. Antarctic Lands": "tf",
    "Solomon Is.": "sb", "W. Sahara": "eh", "eSwatini": "sz", "S. Sudan": "ss", "Macedonia": "mk",
    "Kosovo": "xk", "Palestine": "ps", "Antigua and Barb.": "ag", "Cook Is.": "ck", "Cayman Is.": "ky",
    "Marshall Is.": "mh", "Fr. Polynesia": "pf", "St. Vin. and Gren.": "vc", "St. Kitts and Nevis": "kn",
    "British Virgin Is.": "vg", "U.S. Virgin Is.": "vi", "Turks and Caicos Is.": "tc", "Åland": "ax",
    "Faeroe Is.": "fo", "N. Mariana Is.": "mp", "São Tomé and Principe": "st", "Heard I. and McDonald Is.": "hm",
    "St. Pierre and Miquelon": "pm", "Wallis and Futuna Is.": "wf", "S. Geo. and the Is.": "gs",
    "Pitcairn Is.": "pn", "Br. Indian Ocean Ter.": "io", "St-Barthélemy": "bl", "St-Martin": "mf",
    "Sint Maarten": "sx", "Curaçao": "cw", "Vatican": "va", "Macao": "mo", "Hong Kong": "hk",
}  # fmt: skip
"""What Natural Earth shortens."""
NO_CODE = {
    "N. Cyprus",
    "Somaliland",
    "Siachen Glacier",
    "Indian Ocean Ter.",
    "Ashmore and Cartier Is.",
}
"""Areas that it draws and that have no code."""


Point = tuple[float, float]


def rings_in(atlas: dict[str, Any]) -> Iterator[tuple[str, list[list[Point]]]]:
    """Give each country's rings as lists of longitude and latitude."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(numbers: Sequence[int]) -> list[Point]:
        points: list[Point] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    for one in atlas["objects"]["countries"]["geometries"]:
        name = one["properties"]["name"]
        polygons = {"Polygon": [one.get("arcs")], "MultiPolygon": one.get("arcs")}
        yield name, [ring(r) for p in polygons.get(one.get("type")) or [] for r in p]


def cut_at_edge(ring: Sequence[Point]) -> Iterator[list[Point]]:
    """Give the parts of a ring on this side of the 180th meridian and those beyond it."""
    points = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((points[-1][0] - longitude) / 360)
        points.append((longitude + 360 * turns, latitude))
    for shift in (-360, 0, 360):
        moved = [(x + shift, y) for x, y in points]
        part = within(within(moved, -180, 1), 180, -1)
        if len(part) > 2:
            yield part


def within(points: Sequence[Point], edge: float, side: int) -> list[Point]:
    """Cut a ring along a meridian, keeping one side (Sutherland and Hodgman 1974)."""
    kept: list[Point] = []
    for (ax, ay), (bx, by) in pairwise([*points, points[0]] if points else []):
        if side * (ax - edge) >= 0:
            kept.append((ax, ay))
        if side * (ax - edge) * side * (bx - edge) < 0:
            kept.append((edge, ay + (by - ay) * (edge - ax) / (bx - ax)))
    return kept


def area_and_middle(points: Sequence[Point]) -> tuple[float, Point]:
    """Return the area of a ring on the page, and its middle."""
    area = x = y = 0.0
    for (ax, ay), (bx, by) in pairwise([*points, points[0]]):
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if not area:
        return 0.0, points[0]
    return abs(area) / 2, (round(x / 3 / area, 1), round(y / 3 / area, 1))


def path_of(rings: Sequence[Sequence[Point]]) -> str:
    """Write rings as a path, in whole steps from point to point."""
    said = []
    for points in rings:
        kept = [a for a, b in pairwise([*points, points[0]]) if a != b]
        if len(kept) > 2:
            said.append("M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z")
    return "".join(said)


def code_of(name: str) -> str:
    """Return the code of a country; blank for an area that has none."""
    if name in NO_CODE:
        return ""
    if name in SHORT:
        return SHORT[name]
    codes, unknown = countries_in(name)
    if unknown or len(codes) != 1:
        sys.exit(f"{name}: no code is known; add it to SHORT or NO_CODE")
    return codes[0]


def main() -> None:
    folder = Path(sys.argv[1])
    coarse, fine = (
        dict(rings_in(json.loads((folder / f"countries-{scale}.json").read_text())))
        for scale in ("110m", "50m")
    )
    told = []
    for name in sorted({*coarse, *fine} - {"Antarctica"}):
        drawn, seen = (
            [
                [project(*point) for point in part]
                for ring in atlas.get(name, [])
                for part in cut_at_edge(ring)
            ]
            for atlas in (coarse, fine if name not in coarse else coarse)
        )
        _, middle = max(area_and_middle(ring) for ring in seen)
        if middle[1] < HEIGHT:
            outline = path_of(drawn)
            told.append(
                {
                    "code": code_of(name),
                    "name": name,
                    "outline": outline,
                    "middle": middle,
                }
            )
    lines = ",\n".join(
        json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in told
    )
    WRITTEN.write_text(f"[\n{lines}\n]\n")
    print(f"{len(told)} countries, {WRITTEN.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
