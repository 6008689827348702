"""Engraving: a drawing of ours taken apart, so that its words are set as text on paper."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

__all__ = ["marks", "picture"]

_POINTS = 0.75
"""Points of a pixel: a drawing stands on paper as large as on a screen."""
_POINTS_OF_A_PATH = 0.6
"""The same of the picture of one path, which is lettered larger than others."""
_PORTRAIT = (504.0, 640.0)
_LANDSCAPE = (738.0, 400.0)
"""Room for a picture on A4, in points, with its caption below it."""
_SMALL = 0.55
"""Smaller than this of its size on a screen, the words of a picture are below 6.6 points."""
_MOVED = re.compile(r"translate\(([-\d.]+)[ ,]+([-\d.]+)\)")
_SHAPES = frozenset({"circle", "line", "path", "rect"})
_WIDTH = 640.0
"""Pixels of a drawing that has no width of its own."""


def picture(drawn: HtmlElement) -> dict[str, Any]:
    """Give a drawing as shapes without words, and its words with where they stand.

    Typst sets words in the fonts of the document then, and refuses what no font has. Lengths
    are pixels of the drawing; `scale` gives points of them. `is_turned` says that it needs
    a page of its own that lies on its side.
    """
    if drawn.get("width", "").endswith("%"):
        _fix_width(drawn, _WIDTH)
    width, height = (float(drawn.get(side, "0")) for side in ("width", "height"))
    points = _POINTS_OF_A_PATH if "path" in drawn.classes else _POINTS
    scale, is_turned = _fitted(width, height, points)
    words = [drawn.findtext(part, "") for part in ("title", "desc")]
    return {
        "width": width,
        "height": height,
        "scale": scale,
        "is_turned": is_turned,
        "words": ". ".join(filter(None, words)),
        "shapes": _shapes(drawn, width, height),
        "labels": [*_labels(drawn, 0.0, 0.0)],
    }


def _fix_width(drawn: HtmlElement, width: float) -> None:
    """Give a drawing that fits any width one width, and its marks and lines their places in it."""
    drawn.set("width", f"{width:g}")
    for one in drawn.iterdescendants("line", "svg", "text"):
        for side in ("x", "x1", "x2"):
            share = one.get(side, "")
            if share.endswith("%"):
                one.set(side, f"{width * float(share[:-1]) / 100:g}")
        if one.tag == "svg":
            one.tag = "g"
            one.set("transform", f"translate({one.get('x', '0')} {one.get('y', '0')})")


def marks(page: HtmlElement) -> dict[str, str]:
    """Give the small drawings that a page uses again and again, as SVG by their ids."""
    return {
        symbol.get("id", ""): _shapes(symbol, 16.0, 16.0)
        for symbol in page.iter("symbol")
    }


def _fitted(width: float, height: float, points: float) -> tuple[float, bool]:
    upright, lying = (
        min(points, room[0] / width, room[1] / height)
        for room in (_PORTRAIT, _LANDSCAPE)
    )
    is_turned = upright < _SMALL and lying > upright
    return round(lying if is_turned else upright, 4), is_turned


def _shapes(drawn: HtmlElement, width: float, height: float) -> str:
    """Write the lines and boxes as SVG; the parser of pages has lost the case of names."""
    made = etree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": f"{width:g}",
            "height": f"{height:g}",
            "fill": "none",
            "stroke": "black",
            "color": "black",
        },
    )
    _copy(drawn, made)
    return etree.tostring(made, encoding="unicode")


def _copy(source: HtmlElement, target: etree._Element) -> None:
    for child in source:
        if child.tag == "g" or child.tag in _SHAPES:
            kept = {name: value for name, value in child.items() if name != "class"}
            _copy(child, etree.SubElement(target, str(child.tag), kept))


def _labels(element: HtmlElement, left: float, top: float) -> Iterator[dict[str, Any]]:
    for child in element:
        if child.tag == "g":
            moved = _MOVED.search(child.get("transform", ""))
            x, y = map(float, moved.groups()) if moved else (0.0, 0.0)
            yield from _labels(child, left + x, top + y)
        elif child.tag == "text":
            yield from _lines(child, left, top)


def _lines(text: HtmlElement, left: float, top: float) -> Iterator[dict[str, Any]]:
    for line in text.findall("tspan") or [text]:
        yield {
            "words": line.text_content(),
            "x": left + float(line.get("x", "0")),
            "y": top + float(line.get("y", "0")),
            "size": float(text.get("font-size", "12")),
            "is_bold": text.get("font-weight") == "600",
            "anchor": text.get("text-anchor", "start"),
        }
