"""Blocks: a page of ours taken apart into the pieces that are set on paper, in its order."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import html
from lxml.html import HtmlElement

from standsbehind.reports.engraving import marks, picture
from standsbehind.reports.plain import cut
from standsbehind.reports.runs import LINE, Run, finished, runs_of, said, spaced

__all__ = ["Block", "sheet_of"]

Block = dict[str, Any]
"""A piece of the sheet: its `kind`, and what the style needs to set it."""

_INLINE = frozenset({"a", "b", "bdi", "br", "code", "i", "span", "strong"})
_APART = frozenset({"footer", "nav"})
"""What a screen needs and paper does not, and what stands at the foot of every page."""
_ONLY_SCREEN = frozenset({"skip", "switch"})
_DISALLOWED = "\ufeff"
"""A mark of byte order; PDF/UA allows it in no text."""
_MOST_OF_TITLE = 100
"""Letters of the title that stand at the head of every page."""
_WHOLE = 900
"""Letters of a row or an entry that is never broken over two pages; a longer one may be."""
_SHORT = 60
"""Letters of a pair that is never broken over two lines."""


def sheet_of(page: str) -> dict[str, Any]:
    """Take a page apart: its title, its blocks in their order, and what stands on every page.

    Nothing that the page says is left out but what is for a screen alone: its contents, and
    the way to skip them.
    """
    tree = html.document_fromstring(page.replace(_DISALLOWED, "[U+FEFF]"))
    body = tree.find("body")
    blocks = [] if body is None else [*_flow(body)]
    title = tree.findtext(".//title", "")
    lines = [said(runs_of(line)) for foot in tree.iter("footer") for line in foot]
    return {
        "title": " ".join(title.split()),
        "head": finished(said([spaced(cut(title, _MOST_OF_TITLE))])),
        "blocks": finished(blocks),
        "marks": marks(tree),
        "is_lying": bool(tree.xpath("//table[contains(@class, 'matrix')]")),
        "foot": finished(lines),
    }


def _flow(element: HtmlElement) -> Iterator[Block]:
    """Give the blocks of an element; text between them becomes a block of its own."""
    loose = [spaced(element.text)]
    for child in element:
        if _is_inline(child):
            loose += runs_of(child)
        else:
            yield from _text(loose, "")
            loose = []
            yield from _block(child)
        loose.append(spaced(child.tail))
    yield from _text(loose, "")


def _is_inline(element: HtmlElement) -> bool:
    classes = element.classes if isinstance(element.tag, str) else ()
    is_text = element.tag in _INLINE and "skip" not in classes
    return is_text or (element.tag == "svg" and "mk" in classes)


def _block(element: HtmlElement) -> Iterator[Block]:
    if not isinstance(element.tag, str) or element.tag in _APART:
        return
    if not _ONLY_SCREEN.isdisjoint(element.classes):
        return
    if _begins_a_leaf(element):
        yield {"kind": "leaf"}
    if (key := element.get("id")) and element.tag != "li":
        yield {"kind": "anchor", "id": key}
    yield from _MADE.get(element.tag, _flow)(element)


def _begins_a_leaf(element: HtmlElement) -> bool:
    """Whether a new page begins, as the style of the page has it for print."""
    before = element.getprevious()
    is_card = "card" in element.classes
    is_next_card = is_card and before is not None and before.tag == "article"
    return is_next_card or element.get("id") in {"hits", "sources"}


def _text(runs: list[Run], name: str) -> Iterator[Block]:
    if found := said(runs):
        yield {"kind": "text", "class": name, "runs": found}


def _class(element: HtmlElement) -> str:
    return element.get("class") or ""


def _paragraph(element: HtmlElement) -> Iterator[Block]:
    runs = runs_of(element)
    if "said-by" in element.classes:  # each part stands on a line of its own
        runs = [run for part in element for run in (*runs_of(part), LINE)]
    elif "state" in element.classes:
        mark, result, needs = map(runs_of, element)
        runs = [*mark, *result, LINE, *needs]
    yield from _text(runs, _class(element))


def _heading(element: HtmlElement) -> Iterator[Block]:
    level = int(element.tag[1])
    yield {"kind": "heading", "level": level, "runs": said(runs_of(element))}


def _met(element: HtmlElement) -> Iterator[Block]:
    """Set the score of a hit apart from what was met."""
    score = element.find("p[@class='score']")
    if score is None:
        yield from _flow(element)
        return
    number = score.findtext("b", "")
    score.drop_tree()
    yield {"kind": "met", "score": number, "blocks": [*_flow(element)]}


def _definitions(element: HtmlElement) -> Iterator[Block]:
    pairs = []
    for pair in element:
        term, told = pair.find("dt"), pair.find("dd")
        pairs.append(
            {
                "term": said(runs_of(term)),
                "blocks": [*_flow(told)],
                "wide": "wide" in pair.classes or "address" in pair.classes,
                "short": len(told.text_content()) <= _SHORT,
            }
        )
    yield {"kind": "definitions", "class": _class(element), "pairs": pairs}


def _list(element: HtmlElement) -> Iterator[Block]:
    items = [
        {
            "number": item.get("value"),
            "id": item.get("id"),
            "whole": _is_whole(item),
            "blocks": [*_flow(item)],
        }
        for item in element
    ]
    yield {"kind": "list", "class": _class(element), "items": items}


def _quotation(element: HtmlElement) -> Iterator[Block]:
    yield {
        "kind": "quotation",
        "class": _class(element),
        "blocks": [*_flow(element)],
    }


def _division(element: HtmlElement) -> Iterator[Block]:
    if "notices" in element.classes:
        yield {"kind": "notices", "blocks": [*_flow(element)]}
    else:
        yield from _flow(element)


def _figure(element: HtmlElement) -> Iterator[Block]:
    drawn, caption = element.find("svg"), element.find("figcaption")
    yield {
        "kind": "figure",
        "picture": None if drawn is None else picture(drawn),
        "caption": [] if caption is None else said(runs_of(caption)),
    }


def _table(element: HtmlElement) -> Iterator[Block]:
    caption, head = element.find("caption"), element.find("thead")
    yield {
        "kind": "table",
        "class": _class(element).removeprefix("stack").strip(),
        "caption": [] if caption is None else said(runs_of(caption)),
        "head": [] if head is None else [_cell(cell) for cell in head.iter("th")],
        "rows": [_row(row) for body in element.iter("tbody") for row in body],
    }


def _is_whole(element: HtmlElement) -> bool:
    return len(element.text_content()) <= _WHOLE


def _row(row: HtmlElement) -> Block:
    after = row.getnext()
    return {
        "class": _class(row),
        "joined": after is not None and "beside" in after.classes,
        "whole": _is_whole(row),
        "cells": [_cell(cell) for cell in row],
    }


def _cell(cell: HtmlElement) -> Block:
    return {
        "blocks": [*_flow(cell)],
        "span": int(cell.get("colspan", "1")),
        "head": cell.tag == "th",
        "number": "number" in cell.classes,
        "day": "day" in cell.classes,
    }


def _header(element: HtmlElement) -> Iterator[Block]:
    yield from (_met if "met" in element.classes else _flow)(element)


_MADE: Mapping[str, Callable[[HtmlElement], Iterator[Block]]] = {
    "blockquote": _quotation,
    "div": _division,
    "dl": _definitions,
    "figure": _figure,
    "header": _header,
    "ol": _list,
    "p": _paragraph,
    "table": _table,
    "ul": _list,
    **{f"h{level}": _heading for level in range(1, 7)},
}
"""How each element is set; what is not named here is taken for the blocks in it."""
