"""Kept: how many readings of one kind stay in memory, so that a server stays small for months."""

__all__ = ["MOST_KEPT"]

MOST_KEPT = 10_000
"""Answers that a function of one name, word or pair keeps, those asked for last.

Twenty times as many saved no time over 20,000 rows; a person's name as it was read takes 4 KiB.
"""
