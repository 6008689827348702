"""Runs: the text of a page as stretches of one style, spaced and broken as paper needs it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml.html import HtmlElement

__all__ = ["BREAK", "LINE", "Run", "finished", "runs_of", "said", "spaced"]

_STYLES = frozenset(
    {"act", "cite", "label", "origin", "quiet", "raw", "single", "unverified"}
)
"""Classes of the page that change how text is set."""
_TAGS = {"b": "strong", "strong": "strong", "i": "em", "code": "code"}
BREAK = "\u200b"
"""Where a long word may be broken; it takes no room and is not printed."""
_LONG = re.compile(r"[!-~\u00a1-\u052f]{20,}")
"""A word that a column of a table may not hold."""
_VERY_LONG = re.compile(r"[!-~\u00a1-\u052f]{49,}")
"""A word that the width of a page may not hold."""
_FIRST, _NEXT = 12, 4


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    styles: frozenset[str] = frozenset()
    to: str = ""
    """Where it leads: an address, or `#` and the id of a place in the document."""
    language: str = ""

    def joins(self, before: "Run") -> bool:
        """Whether it is set as one with the text before it."""
        is_text = "\n" not in (self.text, before.text) and "mark" not in self.styles
        return is_text and replace(self, text="") == replace(before, text="")

    def to_json(self) -> dict[str, Any]:
        """Give what is set; what is empty is left out."""
        told = {
            "text": self.text,
            "styles": sorted(self.styles),
            "to": self.to,
            "language": self.language,
        }
        return {name: value for name, value in told.items() if value}


LINE = Run("\n")
"""The end of a line; no other run holds one."""


def spaced(text: str | None) -> Run:
    """Take text of a page, in which every white space is a space."""
    return Run(_spaced(text))


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text or "")


def runs_of(element: HtmlElement) -> list[Run]:
    """Give the text in an element as runs."""
    return [*_runs(element, Run(""))]


def _runs(element: HtmlElement, outer: Run) -> Iterator[Run]:
    if not isinstance(element.tag, str):
        return
    if element.tag in _UNTOLD:
        yield from _UNTOLD[element.tag](element)
        return
    if "sr" in element.classes:  # told by the mark beside it
        return
    styles = {name for name in element.classes if name in _STYLES}
    if tag := _TAGS.get(element.tag):
        styles.add(tag)
    inner = replace(
        outer,
        styles=outer.styles | styles,
        to=element.get("href", outer.to),
        language=element.get("lang", outer.language),
    )
    if element.text:
        yield replace(inner, text=_spaced(element.text))
    for child in element:
        yield from _runs(child, inner)
        if child.tail:
            yield replace(inner, text=_spaced(child.tail))


def _mark(drawn: HtmlElement) -> Iterator[Run]:
    """Name the mark that a small drawing uses; it is set as a picture of that name."""
    for used in drawn.iter("use"):
        yield Run(used.get("href", "").removeprefix("#"), frozenset({"mark"}))


_UNTOLD: Mapping[object, Callable[[HtmlElement], Iterator[Run]]] = {
    "br": lambda _: iter((LINE,)),
    "svg": _mark,
}
"""Elements that stand in a line and hold no text."""


def said(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """Give what is set of runs, with spaces collapsed over them as a browser does."""
    found: list[Run] = []
    ends_in_space = True
    for run in runs:
        text = run.text.lstrip(" ") if ends_in_space else run.text
        if not text:
            continue
        ends_in_space = text.endswith((" ", "\n"))
        if found and run.joins(found[-1]):
            text = found.pop().text + text
        found.append(replace(run, text=text))
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return [run.to_json() for run in found]


def finished(blocks: list[Any]) -> list[Any]:
    """Make long words breakable, and take away links to places that are not here."""
    done: list[Any] = _finished(blocks, frozenset(_ids(blocks)), _VERY_LONG)
    return done


def _ids(node: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a sheet
    if isinstance(node, dict):
        if key := node.get("id"):
            yield key
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _ids(part)


def _finished(node: Any, here: frozenset[str], long: re.Pattern[str]) -> Any:  # noqa: ANN401 - as above
    if isinstance(node, list):
        return [_finished(part, here, long) for part in node]
    if not isinstance(node, dict):
        return node
    if node.get("kind") == "table":
        long = _LONG
    kept = {name: _finished(part, here, long) for name, part in node.items()}
    if "text" in node:
        kept["text"] = long.sub(_with_breaks, node["text"])
    to = node.get("to", "")
    if to.startswith("#") and to[1:] not in here:
        del kept["to"]
    return kept


def _with_breaks(word: re.Match[str]) -> str:
    text = word.group()
    parts = [text[:_FIRST]]
    parts += [text[at : at + _NEXT] for at in range(_FIRST, len(text), _NEXT)]
    return BREAK.join(parts)
