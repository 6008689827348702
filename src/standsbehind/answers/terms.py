"""Terms: how a question keeps a day as a plain value."""

from collections.abc import Mapping
from datetime import date
from typing import Any

__all__ = ["day_of", "iso"]


def iso(day: date | None) -> str | None:
    """Write a day as a plain value, as receipts and watches keep it."""
    return day.isoformat() if day else None


def day_of(asked: Mapping[str, Any]) -> date | None:
    """Read the day that kept terms ask about; None where none is asked about."""
    return date.fromisoformat(asked["as_of"]) if asked["as_of"] else None
