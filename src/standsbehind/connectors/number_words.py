"""Numbers as lists write them in words: "and its two subsidiaries"."""

__all__ = ["NUMBER_WORDS"]

NUMBER_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
"""The word for each number, at its place."""
