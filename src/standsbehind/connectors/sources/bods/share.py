"""Shares in statements: how large an interest is, in the form of any version of the standard."""

import re
from decimal import Decimal

from standsbehind.connectors.sources.bods.node import Node
from standsbehind.errors import SourceError
from standsbehind.model.share import Share, plain_number

__all__ = ["class_of", "share_of"]

_LEAST, _MOST = Decimal(0), Decimal(100)
_CLASS = re.compile(
    r"\b((?:(?:(?i:class) )?[A-Z] |(?i:non-voting|voting|redeemable|cumulative|convertible) )*"
    r"(?i:ordinary|preference|preferred|common|deferred)|(?i:class) [A-Z]) (?i:shares)\b"
)
"""A letter is the name of a class only as a capital, and before more than one share."""


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
            message = f"a share of {plain_number(one)} %"
            raise SourceError(message)
    bounds = Share(least, most, is_above, is_below)
    is_empty = least is not None and most is not None and least >= most
    if is_empty and (least != most or is_above or is_below):
        message = f"a share of {bounds.words}"
        raise SourceError(message)
    if exact is None:
        return bounds
    if not bounds.holds(exact):
        message = f"a share of exactly {plain_number(exact)} % and of {bounds.words}"
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


def class_of(details: str) -> str:
    """Return the class of shares that an interest's details name; blank where not just one.

    >>> class_of("Ordinary shares"), class_of("10 A Ordinary shares"), class_of("class B shares")
    ('ordinary', 'a ordinary', 'class b')
    >>> class_of("100 ordinary shares and 5 preference shares"), class_of("shares")
    ('', '')
    """
    named = {found.lower() for found in _CLASS.findall(details)}
    return named.pop() if len(named) == 1 else ""
