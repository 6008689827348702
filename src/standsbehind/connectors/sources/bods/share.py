"""Shares: how large an interest is, in exactly the bounds in which it is stated."""

from dataclasses import dataclass
from decimal import Decimal

from standsbehind.connectors.sources.bods.node import Node
from standsbehind.errors import SourceError

__all__ = ["Share", "share_of"]

_LEAST, _MOST = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage, or the bounds that one lies in; `None` where no such bound is stated.

    Written for machines, without the sign: `60` is exact; `25-50` holds both of its ends;
    `>25-50`, `25-<50` and `>25-<50` hold them but for the end that is marked. With only one
    bound stated: `>=25`, `>25`, `<=50`, `<50`. Nothing is filled in for the other bound.

    >>> Share(Decimal(25), Decimal(50), is_above=True).figure
    '>25-50'
    >>> Share(Decimal(25), Decimal(50), is_above=True).words
    'more than 25 % and at most 50 %'
    """

    least: Decimal | None
    most: Decimal | None
    is_above: bool = False
    """Whether the share is more than `least`, and not just as much."""
    is_below: bool = False
    """Whether the share is less than `most`, and not just as much."""

    @property
    def figure(self) -> str:
        """Write the share for machines."""
        least, most = _plain(self.least), _plain(self.most)
        above, below = ">" * self.is_above, "<" * self.is_below
        if least and most:
            return least if least == most else f"{above}{least}-{below}{most}"
        if least:
            return f"{above or '>='}{least}"
        return f"{below or '<='}{most}" if most else ""

    @property
    def words(self) -> str:
        """Write the share for people."""
        least, most = _plain(self.least), _plain(self.most)
        if least and least == most and not (self.is_above or self.is_below):
            return f"{least} %"
        bounds = (
            f"{'more than' if self.is_above else 'at least'} {least} %" * bool(least),
            f"{'less than' if self.is_below else 'at most'} {most} %" * bool(most),
        )
        return " and ".join(filter(None, bounds))


def share_of(node: Node) -> Share:
    """Take the share of an interest, in the form of any version.

    Raises SourceError for what is no share: above 100 %, below 0, bounds that leave
    nothing between them, or an exact figure outside of them.
    """
    exact = node.number("exact")
    least, is_above = _bound(node, "minimum", "exclusiveMinimum")
    most, is_below = _bound(node, "maximum", "exclusiveMaximum")
    for one in (exact, least, most):
        if one is not None and not _LEAST <= one <= _MOST:
            message = f"a share of {_plain(one)} %"
            raise SourceError(message)
    bounds = Share(least, most, is_above, is_below)
    is_empty = least is not None and most is not None and least >= most
    if is_empty and (least != most or is_above or is_below):
        message = f"a share of {bounds.words}"
        raise SourceError(message)
    if exact is None:
        return bounds
    if not _holds(bounds, exact):
        message = f"a share of exactly {_plain(exact)} % and of {bounds.words}"
        raise SourceError(message)
    return Share(exact, exact)


def _bound(node: Node, inclusive: str, exclusive: str) -> tuple[Decimal | None, bool]:
    """Take a bound and whether it is excluded: a mark of it up to 0.3, a figure in 0.4."""
    if isinstance(node.cells.get(exclusive), bool):
        is_excluded = bool(node.flag(exclusive))
        bound = node.number(inclusive)
        return bound, is_excluded and bound is not None
    within, beyond = node.number(inclusive), node.number(exclusive)
    if within is not None and beyond is not None:
        message = f"{node.path} has both {inclusive} and {exclusive}"
        raise SourceError(message)
    return (within, False) if beyond is None else (beyond, True)


def _holds(bounds: Share, exact: Decimal) -> bool:
    if bounds.least is not None and (
        exact < bounds.least or (bounds.is_above and exact == bounds.least)
    ):
        return False
    return bounds.most is None or (
        exact < bounds.most or (not bounds.is_below and exact == bounds.most)
    )


def _plain(number: Decimal | None) -> str:
    """Write a number without an exponent and without idle zeros."""
    return "" if number is None else f"{(number + 0).normalize():f}"
