"""Bounds: how many entries a part of a request may have, counted before any of them is read."""

from pydantic import BeforeValidator

from standsbehind.api.answering import Refused

__all__ = ["MOST_QUERIES", "at_most"]

MOST_QUERIES = 100
"""Queries of one request."""


def at_most(most: int, what: str) -> BeforeValidator:
    """Refuse more: each that is read and found wrong is told of at length, and costs time."""

    def counted(given: object) -> object:
        if isinstance(given, dict | list) and len(given) > most:
            raise Refused(400, f"Too many {what} (limit: {most})")
        return given

    return BeforeValidator(counted)
