"""Moments as the tables hold them: ISO time in UTC, to the second."""

from datetime import UTC, datetime

__all__ = ["as_moment", "as_text"]


def as_text(moment: datetime) -> str:
    """Write a moment."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_moment(told: str) -> datetime:
    """Read a moment."""
    return datetime.fromisoformat(told)
