"""Resolution for people: which records are one entity, which may be, and who judged so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from rich.console import Group, RenderableType

from standsbehind.cases.candidates import Candidate
from standsbehind.graph.merges import Merged
from standsbehind.graph.reader import Reader
from standsbehind.reports.terminal import safe_text

__all__ = ["candidate_lines", "with_merges"]

_MOST_TOLD = 10
"""Merged entities that are printed; `--json` gives all."""


def with_merges(
    shown: RenderableType, redirected: Sequence[Merged], merged: Sequence[Merged]
) -> RenderableType:
    """Say above an answer where an id led, and below it which records are one entity."""
    above = [
        safe_text(f"{one.id} leads to {one.canonical_id}", "bold") for one in redirected
    ]
    below = [safe_text(line, "dim") for line in _lines(merged)]
    return Group(*above, shown, *below) if merged else shown


def _lines(merged: Sequence[Merged]) -> Iterator[str]:
    """Say of each entity in a line of its own which records are one under its id."""
    told: dict[str, list[str]] = defaultdict(list)
    for one in merged:
        told[one.canonical_id].append(one.said)
    for entity_id, records in islice(told.items(), _MOST_TOLD):
        yield f"{entity_id} is {len(records)} records: {'; '.join(records)}"
    if len(told) > _MOST_TOLD:
        yield f"... and {len(told) - _MOST_TOLD} more; --json gives all"


def candidate_lines(one: Candidate, reader: Reader) -> Iterator[str]:
    """Say which two may be one, how their names met, and what speaks for and against it."""
    left, right = (f"{reader.caption(e)} ({e})" for e in (one.left, one.right))
    yield f"{one.match.score:.2f}  {left}"
    yield f"      {right}"
    features = "; ".join(
        f"{f.feature}: {f.detail}" for f in one.match.comparison.features
    )
    yield f"      {one.asked!r} met {one.match.listed!r}: {features}"
    for word, told in (("for", one.alike), ("against", one.differing)):
        if told:
            yield f"      {word}: {'; '.join(told)}"
    for edge in one.links:
        yield f"      linked already: {edge.role} ({edge.grade})"
