"""Stated stakes: one row of the holdings in words, with the link that says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from standsbehind.graph.holdings import (
    ABOVE,
    ACCOUNTS,
    BELOW,
    CAPITAL,
    CONTROL,
    INDIRECT,
    JOINT,
    NOMINEE,
    NOT_STATED,
    ODD,
    OWNED,
    RELATED,
    UNSTATED,
    VOTES,
    WHOLE,
)
from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge
from standsbehind.model.share import Share

__all__ = ["Stake", "percent", "share_in_words", "stakes_at"]

_CLASSES = {
    CAPITAL: "capital",
    UNSTATED: "not stated",
    OWNED: "not stated",
    VOTES: "votes",
}
_KINDS = _CLASSES | {
    CONTROL: "control",
    ACCOUNTS: "consolidation in accounts",
    RELATED: "subsidiary or affiliate",
}
_MARKS = {
    INDIRECT: "indirect",
    NOMINEE: "nominee",
    JOINT: "joint",
    NOT_STATED: "share not stated",
    ODD: "share not readable",
}


@dataclass(frozen=True, slots=True)
class Stake:
    """One stated stake or statement of control, with what the source says of it."""

    edge: Edge
    owner: str
    asset: str
    kind: str
    """Of what it is a share: `capital`, `votes`, `not stated`; or what else is stated."""
    lower: Fraction
    upper: Fraction
    share: str
    """The share in words."""
    marks: tuple[str, ...]
    """What limits it: `indirect`, `nominee`, `joint`, `share not stated` and the like."""


def stakes_at(reader: Reader, rows: Sequence[int]) -> list[Stake]:
    """Read rows of the holdings, with the words and citations of their edges."""
    holdings = reader.holdings
    numbers = holdings.edge[list(rows)].tolist()
    ids = [reader.ids[node] for node in reader.edge_nodes[numbers].tolist()]
    edges = reader.edges(ids)
    return [
        _stake(reader, row, edges[edge_id])
        for row, edge_id in zip(rows, ids, strict=True)
    ]


def _stake(reader: Reader, row: int, edge: Edge) -> Stake:
    holdings = reader.holdings
    lower, upper = int(holdings.lower[row]), int(holdings.upper[row])
    flags, kind = int(holdings.flags[row]), int(holdings.kind[row])
    is_share = kind in _CLASSES
    marks = (word for flag, word in _MARKS.items() if flags & flag)
    return Stake(
        edge=edge,
        owner=reader.ids[int(holdings.owner[row])],
        asset=reader.ids[int(holdings.asset[row])],
        kind=_KINDS[kind],
        lower=Fraction(lower, WHOLE),
        upper=Fraction(upper, WHOLE),
        share=share_in_words(lower, upper, flags) if is_share else "",
        marks=tuple(marks) if is_share else (),
    )


def share_in_words(lower: int, upper: int, flags: int = 0) -> str:
    """Say the bounds of a share, in billionths, in words."""
    if flags & NOT_STATED or (lower == 0 and upper == WHOLE):
        return "share not stated"
    least = None if lower == 0 and upper < WHOLE else percent(lower)
    most = None if upper == WHOLE and lower < WHOLE else percent(upper)
    return Share(least, most, bool(flags & ABOVE), bool(flags & BELOW)).words


def percent(share: int) -> Decimal:
    """Turn billionths into per cent."""
    return Decimal(share) / (WHOLE // 100)
